"""The corpus of files, good and bad: it has every kind of file that a roster was ever sent as."""

from __future__ import annotations

import pytest

from tests.unit.rosters.cases import Bad, Good
from tests.unit.rosters.test_bad_files import FILES
from tests.unit.rosters.test_makes import MAKES
from tests.unit.rosters.test_shapes import SHAPES

CORPUS: tuple[Good | Bad, ...] = (*FILES, *MAKES, *SHAPES)
KINDS = {
    "nothing in it": ("empty", "blanks only", "an empty workbook"),
    "a picture renamed": ("a picture renamed .xlsx", "a photo renamed .xls"),
    "a password": ("a password on an .xlsx", "a password on an .xls", "a password on an .ods"),
    "half of it": ("half an .xlsx", "half an .xls", "half an .ods", "half a character"),
    "a bomb": ("a zip bomb", "a size that lies", "many members that are too large together"),
    "a million rows": ("a million rows of text", "a million rows of a workbook"),
    "500 columns": ("500 columns", "500 columns in a workbook"),
    "formulas": ("formulas",),
    "merged data cells": ("householder merged downwards", "data merged sideways"),
    "macros": ("macros",),
    "hidden rows": ("a hidden row and sheet", "a hidden row of an xls", "a hidden row of an ods"),
    "two columns of one name": ("two columns of one name",),
    "control characters": ("control characters", "control characters in a workbook"),
    "no header": ("no header", "a letter as text"),
    "encodings": ("utf-8", "utf-8 with its mark", "gb18030, as Chinese Excel saves",
                  "utf-16 LE with its mark", "utf-16 BE alone"),
    "makes": ("xlsx", "xls", "ods", "macros", "tabs", "a zipped file", "a zip with a GBK name"),
    "titles and levels": ("a merged title", "two levels, merged", "two levels below a title"),
    "feet": ("a total at the foot", "remarks and signatures at the foot"),
    "households": ("householder on the first row", "householders only"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_corpus_has_every_kind_and_says_what_each_gives(kind: str) -> None:
    named = {one.name: one for one in CORPUS}
    for name in KINDS[kind]:
        one = named[name]
        assert one.sentence if isinstance(one, Bad) else one.rows


def test_there_are_more_than_a_hundred_and_each_has_a_name_of_its_own() -> None:
    names = [one.name for one in CORPUS]
    assert len(names) == len(set(names))
    assert len(names) > 100
    assert len(FILES) > 50
