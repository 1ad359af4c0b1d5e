"""The table of Streamlit's words: whole, in Chinese, and as the browser will read it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ui import scripts

PLACES: list[dict[str, Any]] = scripts.STRINGS["places"]
LATIN = re.compile(r"[A-Za-z]{2,}")
SAME = re.compile(r"CSV|Ctrl|Esc|Tab")


def names(place: dict[str, Any]) -> str:
    return str(place["at"])[:60]


@pytest.mark.parametrize("place", PLACES, ids=names)
def test_place_speaks_chinese(place: dict[str, Any]) -> None:
    assert set(place) <= {"at", "tooltip", "words", "patterns"}
    said = [*place.get("words", {}).values(), *(said for _, said in place.get("patterns", []))]
    assert said
    for words in said:
        assert not LATIN.search(SAME.sub("", words)), words


@pytest.mark.parametrize("place", PLACES, ids=names)
def test_pattern_has_the_groups_that_its_answer_names(place: dict[str, Any]) -> None:
    for pattern, said in place.get("patterns", []):
        groups = re.compile(pattern).groups
        named = {int(one) for one in re.findall(r"\$(\d)", said) + re.findall(r"\{(\d)\}", said)}
        assert named <= set(range(1, groups + 1)), pattern
        assert not re.fullmatch(pattern, re.sub(r"[\${}\d]+", "甲", said)), f"says {said} again"


def test_each_place_stands_once() -> None:
    ats = [place["at"] for place in PLACES]
    assert len(set(ats)) == len(ats)
    # One selector that a browser can't read would silence all the others.
    assert not [at for at in ats if ":has(" in at or at.count("[") != at.count("]")]


def test_path_names_the_content() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", scripts.VERSION)
    for name in scripts.ASSETS:
        assert f'src="/scripts/{scripts.VERSION}/{name}"' in scripts.TAGS
