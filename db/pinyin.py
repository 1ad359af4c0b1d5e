"""How Chinese is spelled, for finding and ordering: each sign's syllable, surnames as such."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

# Signs that are read otherwise as a surname than the dictionary's first reading.
SURNAMES = {
    "单": "shan4", "仇": "qiu2", "曾": "zeng1", "解": "xie4", "区": "ou1", "查": "zha1",
    "盖": "ge3", "任": "ren2", "华": "hua4", "朴": "piao2", "翟": "zhai2", "乐": "yue4",
    "葛": "ge3", "燕": "yan1", "缪": "miao4", "员": "yun4", "种": "chong2", "纪": "ji3",
    "覃": "qin2", "洗": "xian3", "召": "shao4", "繁": "po2", "句": "gou1", "秘": "bi4",
    "祭": "zhai4", "乜": "nie4", "佴": "nai4", "折": "she2", "令": "ling2", "卜": "bu3",
    "都": "du1", "稽": "ji1", "那": "na1", "过": "guo1", "哈": "ha3",
}  # fmt: skip
DOUBLE = {"尉迟": ("yu4", "chi2"), "单于": ("chan2", "yu2"), "万俟": ("mo4", "qi2"),
          "澹台": ("tan2", "tai2"), "长孙": ("zhang3", "sun1")}  # fmt: skip
SHORT = 4  # signs: of longer names not every mixture of syllables and initials is kept


def key(text: str, person: bool) -> str:
    """What stands beside a name: that by which it is ordered, a tab, all by which it is sought.

    李明 → " li3李 ming2明\tlm lming lim liming". Syllables before signs group a surname's people,
    tones before signs, as spreadsheets do; a space is less than any letter.
    """
    parts = [_part(sign, spelled) for sign, spelled in _spelled(text, person)]
    ordered = "".join([said for said, _ in parts])
    return f"{ordered}\t{' '.join(_typed([ways for _, ways in parts]))}"


def typed(word: str) -> str | None:
    """The word as it would stand among the sought ones, or None where nobody types pinyin so."""
    plain = word.lower().replace("ü", "v").replace("'", "")
    return plain if plain.isascii() and plain.isalnum() and not plain.isdigit() else None


def _spelled(text: str, person: bool) -> list[tuple[str, str]]:
    """(sign, syllable with its tone); what is neither Chinese, letter nor digit is left out."""
    signs = [sign for sign in text.lower() if sign.isalnum()]
    spelled = [syllable(sign) for sign in signs]
    if person and text[:2] in DOUBLE:
        spelled[:2] = DOUBLE[text[:2]]
    elif person and text[:1] in SURNAMES:
        spelled[:1] = [SURNAMES[text[:1]]]
    return list(zip(signs, spelled, strict=True))


@cache
def _part(sign: str, spelled: str) -> tuple[str, tuple[str, ...]]:
    """How a sign is ordered, and how it may be typed: by its initial or whole."""
    toneless = spelled.rstrip("12345") or spelled
    return f" {spelled}{sign}", tuple(dict.fromkeys((toneless[:1], toneless)))


def _typed(parts: list[tuple[str, ...]]) -> list[str]:
    """lm, lming, lim, liming: any sign may be cut to its initial."""
    if len(parts) > SHORT:
        return ["".join([ways[0] for ways in parts]), "".join([ways[-1] for ways in parts])]
    mixtures = [""]
    for ways in parts:
        mixtures = [begun + way for begun in mixtures for way in ways]
    return mixtures


@cache
def syllable(sign: str) -> str:
    """The first reading, its tone behind it; a sign without one stands for itself."""
    spell = _dictionary()
    return str(spell.pinyin(sign, style=spell.Style.TONE3)[0][0])


@cache
def _dictionary() -> Any:
    """Fetched when a name is first spelled, and without its phrases: they take 45 MB."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    import pypinyin

    return pypinyin
