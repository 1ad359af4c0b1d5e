"""What does not fit together within a row or between rows: warnings, and doubles as errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from db import citizen_id
from db.base import Register
from db.registers import rules

Clash = tuple[int, str, str, bool]  # place among the rows, field, sentence, whether an error


def clashes(register: Register, rows: list[dict[str, Any]], numbers: list[int]) -> Iterator[Clash]:
    """Everything that can be told from the rows alone."""
    for name, field in register.fields.items():
        if field.unique:
            yield from _doubles(name, field.label, rows, numbers)
    if "id_number" in register.fields:
        for at, row in enumerate(rows):
            if row.get("id_number"):
                yield from _against_number(at, row)
    for check in register.about.checks:
        # Whom a row is about is known only once its names have been looked up.
        if check is not rules.person_or_household:
            yield from (
                (at, "ended_on", said, True) for at, row in enumerate(rows) if (said := check(row))
            )


def _doubles(
    name: str, label: str, rows: list[dict[str, Any]], numbers: list[int]
) -> Iterator[Clash]:
    first: dict[str, int] = {}
    for at, row in enumerate(rows):
        value = row.get(name)
        if value is None:
            continue
        earlier = first.setdefault(value, at)
        if earlier != at:
            yield at, name, f"与第 {numbers[earlier]} 行的“{label}”相同，请核对是否重复", True


def _against_number(at: int, row: dict[str, Any]) -> Iterator[Clash]:
    number = row["id_number"]
    sex = citizen_id.sex(number)
    if row.get("sex") and row["sex"] != sex:
        yield at, "sex", f"与身份证号码不符，号码表示的是“{sex}”，请核对", False
    born, said = citizen_id.written(number), row.get("birth_date")
    if said and not born.startswith(said):
        yield at, "birth_date", f"与身份证号码不符，号码中的出生日期是 {born}，请核对", False
