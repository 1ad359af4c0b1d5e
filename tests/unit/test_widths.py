"""Columns as wide as their labels need."""

from __future__ import annotations

import pytest

from db import registers
from db.fields import Field

SIGN = 14  # pixels of a Chinese sign in a header
REST = 36  # its margins and the button of the menu
STAR = 11  # of what is required


@pytest.mark.parametrize("name", [n for n in registers.BY_NAME if n != "comments"])
def test_a_label_has_room_in_its_column(name: str) -> None:
    def needs(field: Field) -> int:
        return SIGN * len(field.label) + REST + STAR * field.required

    fields = registers.BY_NAME[name].fields.values()
    assert [one.label for one in fields if one.width < needs(one)] == []
