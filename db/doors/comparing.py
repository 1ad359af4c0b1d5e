"""One filter on one column as SQL: equal, among, containing, empty, from, to.

A date belongs to a range when it may lie in it: 2015 (no month known) lies in “from 2015-03”, and
“to 2016” ends with the year. Of several choices in one cell, a filter's value asks for those named
in it and lets others stand beside them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, String, and_, false, or_

from db.fields import Field
from db.kinds import CHOICES, DATE, PARTIAL_DATE, REFERENCE, TEXT
from db.parsers import CONTROL, Refused, short

OPS = ("eq", "in", "contains", "empty", "filled", "from", "to")
LONGEST = 100  # signs of one word to look for


def compare(column: Any, field: Field, op: str, value: Any) -> ColumnElement[bool]:
    """The condition; raises Refused with a sentence where it makes no sense."""
    if op == "empty":
        return empty(column, field)
    if op == "filled":
        return ~empty(column, field)
    if op == "contains":
        if not isinstance(column.type, String) or field.kind is REFERENCE:
            raise Refused(f"“{field.label}”不能按其中的文字筛选")
        return contains(column, CONTROL.sub("", str(value))[:LONGEST])
    if op in ("from", "to"):
        return _bounded(column, field, op, value)
    return _among(column, field, several(op, value))


def contains(column: Any, word: str) -> ColumnElement[bool]:
    """The word stands in the text, in capitals or not."""
    if word.lower() == word.upper():  # Chinese has no capitals, and folding them takes long
        return column.contains(word, autoescape=True)
    return column.icontains(word, autoescape=True)


def several(op: str, value: Any) -> list[Any]:
    """The values that are asked for."""
    if op == "eq":
        return [value]
    if op == "in" and isinstance(value, list | tuple):
        return list(value)
    raise Refused(f"没有{short(op)}这种筛选方式，或给它的值不对")


def empty(column: Any, field: Field) -> ColumnElement[bool]:
    """Nothing stands in the cell."""
    return or_(column.is_(None), column == "") if field.kind is TEXT else column.is_(None)


def _bounded(column: Any, field: Field, op: str, value: Any) -> ColumnElement[bool]:
    if value in (None, "") or field.kind.editor not in ("number", "date"):
        raise Refused(f"“{field.label}”不能按这个范围筛选")
    kind = PARTIAL_DATE if field.kind is DATE else field.kind
    # What bounds the cells does not bound the question: “to 2030” is fine for past dates.
    bound = replace(field, kind=kind, past=False, least=None, most=None).parse(value)
    if bound is None:
        raise Refused(f"“{field.label}”不能按这个范围筛选")
    if kind is not PARTIAL_DATE:
        return column >= bound if op == "from" else column <= bound
    if op == "to":
        return column <= bound + "-12-31"[len(bound) - 4 :]
    wider = [bound[:length] for length in (4, 7) if length < len(bound)]
    return or_(column >= bound, column.in_(wider))


def _among(column: Any, field: Field, values: list[Any]) -> ColumnElement[bool]:
    """One of the values; an empty one stands for an empty cell."""
    parsed = [None if value in (None, "") else field.parse(value) for value in values]
    wanted = [value for value in parsed if value is not None]
    here = [empty(column, field)] if None in parsed else []
    if field.kind is CHOICES:
        return or_(*(_including(column, value) for value in wanted), *here, false())
    return or_(column == wanted[0] if len(wanted) == 1 else column.in_(wanted), *here)


def _including(column: Any, choices: str) -> ColumnElement[bool]:
    """A cell that names all of these choices, and maybe others."""
    framed = "、" + column + "、"
    return and_(*(framed.contains(f"、{one}、", autoescape=True) for one in choices.split("、")))
