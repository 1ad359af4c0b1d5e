"""What a column holds, by its texts alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice, pairwise

from db import dates
from db.fields import Field
from db.kinds import CHOICE, CHOICES, DATE, ID_NUMBER, PARTIAL_DATE, PHONE, YES_NO
from db.parsers import NO, YES, plain
from logic.rosters import synonyms

LOOKED_AT = 300
MOST = 0.8  # the share of cells that makes a column of a kind
IDENTITY = re.compile(r"^(\d{17}[\dXx]|\d{15}|\d(\.\d+)?[Ee]\+?1[47])$", re.ASCII)
MOBILE = re.compile(r"^(\+?86)?1[3-9]\d{9}$|^0\d{2,3}-\d{7,8}$", re.ASCII)
DAY = re.compile(r"^(19|20)\d{2}([-/.年]\d{1,2}([-/.月](\d{1,2}日?)?)?|\d{2}(\d{2})?)$", re.ASCII)
BETWEEN = re.compile(r"[、,;/\s]+")
ORDINAL = re.compile(r"^\d{1,6}$", re.ASCII)


def sample(rows: list[list[str]], index: int) -> list[str]:
    """The first three hundred texts of a column that are not empty, made plain."""
    texts = (row[index] for row in rows if row[index])
    return [plain(text) for text in islice(texts, LOOKED_AT)]


def kind(texts: Sequence[str]) -> str:
    """id_number, phone, date, ordinal, or nothing that could be told."""
    if _share(texts, lambda text: bool(IDENTITY.match(text.replace(" ", "")))) >= MOST:
        return ID_NUMBER.name
    if _share(texts, lambda text: bool(MOBILE.match(text))) >= MOST:
        return PHONE.name
    if _share(texts, lambda text: bool(DAY.match(text))) >= MOST:
        return DATE.name
    if len(texts) > 1 and all(map(ORDINAL.match, texts)):
        numbers = [int(text) for text in texts]
        if all(after - before == 1 for before, after in pairwise(numbers)):
            return "ordinal"
    return ""


def fits(field: Field, texts: Sequence[str]) -> float:
    """The share of texts that a field would understand, as far as that can be said quickly."""
    if field.kind in (CHOICE, CHOICES):
        known = {*field.choices, *synonyms.CHOICES.get(field.name, ())}
        return _share(texts, lambda text: text in known or set(BETWEEN.split(text)) <= known)
    if field.kind is YES_NO:
        return _share(texts, lambda text: text.lower() in YES | NO)
    if field.kind is ID_NUMBER:
        return _share(texts, lambda text: bool(IDENTITY.match(text.replace(" ", ""))))
    if field.kind is PHONE:
        return _share(texts, lambda text: bool(re.fullmatch(r"[\d()+\- ]{7,20}", text)))
    if field.kind in (DATE, PARTIAL_DATE):
        return _share(texts, _is_date)
    return 1.0 if texts else 0.0


def _is_date(text: str) -> bool:
    try:
        dates.parse(text[:10].strip())
    except dates.Unreadable:
        return bool(DAY.match(text))
    return True


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts) if texts else 0.0
