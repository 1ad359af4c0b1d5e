"""Texts of header cells compared: how a label is written makes no difference to what it names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from db.base import Register
from db.registers import REGISTERS
from logic.rosters import synonyms

JOINT = "·"
ASIDE = re.compile(r"[(\[【].*?[)\]】]")
NOISE = re.compile(r"[\s*:·、,.。/_\-]+")


@cache
def key(label: str) -> str:
    """What is compared: plain letters, no spaces, marks or words in brackets."""
    plain = unicodedata.normalize("NFKC", label).lower()
    return NOISE.sub("", ASIDE.sub("", plain)) or NOISE.sub("", plain)


def parts(label: str) -> list[str]:
    return label.split(JOINT)


@cache
def known() -> frozenset[str]:
    """The keys of every label and synonym of every register, and of what no register keeps."""
    said = [one for words in synonyms.COLUMNS.values() for one in words]
    said += [one.label for register in REGISTERS for one in register.fields.values()]
    return frozenset(map(key, said)) | synonyms.SERIAL | frozenset(synonyms.DERIVED)


@cache
def choices() -> frozenset[str]:
    """Texts that are values wherever they stand, never headings."""
    said = {
        option
        for register in REGISTERS
        for one in register.fields.values()
        for option in one.choices
    }
    return frozenset(said | {"是", "否", "√", "×", "有", "无"}) - known()


def named(register: Register, target: str) -> tuple[str, ...]:
    """The synonyms of a target of `register`, its own before those that it shares."""
    own = synonyms.COLUMNS.get(f"{register.name}.{target}", ())
    return own + synonyms.COLUMNS.get(target, ())
