"""A column's texts to values, each different text once, with what had to be said about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from db.kinds import CHOICE, DATE, FIGURE, PARTIAL_DATE, PHONE, TEXT
from db.parsers import Refused, plain
from logic.rosters import problems, synonyms
from logic.rosters.targets import Target

MOMENT = re.compile(
    r"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", re.ASCII
)
CUT = re.compile(r"^-?\d(\.\d+)?E\+\d{2}$", re.ASCII)
FLOAT = re.compile(r"^\d{7,15}\.0$", re.ASCII)
MASKED = re.compile(r"\*{2,}")
REWORDED = (CHOICE, DATE, PARTIAL_DATE, PHONE, TEXT, FIGURE)
CUT_SHORT = "这是超过 15 位、被表格截断成科学计数的数字，后几位已丢失，请按原件重填"


@dataclass
class Parsed:
    """`values` holds what each text that was understood means, `refused` why others were not;
    `reworded` counts the cells that were read as something else than they say, `masked` those
    that say nothing, since they come from where their contents were covered."""

    values: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    reworded: Counter[tuple[str, str]] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)


def column(texts: Sequence[str], target: Target) -> Parsed:
    """All different texts of a column through its Field's parser."""
    parsed, field = Parsed(), target.field
    values = parsed.values
    sensitive, worded, parse = field.sensitive, field.kind is TEXT, field.parse
    reword = field.kind in REWORDED
    masked: list[str] = []
    reworded: dict[str, str] = {}
    for text in dict.fromkeys(texts):
        if sensitive and not text.isalnum() and MASKED.search(plain(text)):
            values[text] = None
            masked.append(text)
            continue
        meant = _meant(text, target) if reword else text
        try:
            if worded and "E+" in meant and CUT.match(meant):
                raise Refused(CUT_SHORT)
            values[text] = parse(meant)
        except Refused as refusal:
            parsed.refused[text] = problems.expected(str(refusal))
            continue
        if meant != text:
            reworded[text] = meant
    if masked or reworded:
        count = Counter(texts)
        parsed.masked.update({text: count[text] for text in masked})
        parsed.reworded.update({(was, now): count[was] for was, now in reworded.items()})
    return parsed


def _meant(text: str, target: Target) -> str:
    """What is read instead of a usual wording that is none of the choices, or of a moment."""
    kind = target.field.kind
    if kind is CHOICE and text and text not in target.field.choices:
        written = plain(text)
        if written in target.field.choices:
            return text
        meant = synonyms.CHOICES.get(target.field.name, {}).get(written.lower(), "")
        return meant if meant in target.field.choices else text
    if (kind is DATE or kind is PARTIAL_DATE) and (moment := MOMENT.match(text)):
        return moment[1]
    if (kind is PHONE or kind is TEXT) and text.endswith(".0") and FLOAT.match(text):
        return text[:-2]  # a number that passed through a program that writes them as 1.0
    if kind is FIGURE:
        return text.removesuffix(target.field.unit) if target.field.unit else text
    return text
