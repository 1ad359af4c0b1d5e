"""The kinds of field: one row says how a kind is stored, checked, masked, edited and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Boolean, Float, String, Text
from sqlalchemy.types import TypeEngine

from db import masks, parsers


@dataclass(frozen=True)
class Kind:
    """`editor` names the editor of the grid; `excel` is a cell's number format."""

    name: str
    sql: type[TypeEngine[Any]]
    parse: Callable[[Any, Any], Any]
    editor: str = "text"
    excel: str = "@"
    mask: Callable[[str], str] = masks.text
    example: str = ""


TEXT = Kind("text", Text, parsers.text, example="文字")
NUMBER = Kind("number", BigInteger, parsers.integer, "number", "0", example="12")
DECIMAL = Kind("decimal", Float, parsers.decimal, "number", "0.##", example="1.5")
FIGURE = Kind("figure", String, parsers.figure, example="12500余")
YES_NO = Kind("yes_no", Boolean, parsers.yes_no, "yes_no", example="是")
CHOICE = Kind("choice", String, parsers.choice, "choice", example="从列表中选")
CHOICES = Kind("choices", String, parsers.choices, "choices", example="生活、心灵")
DATE = Kind("date", String, parsers.day, "date", "yyyy-mm-dd", example="2026-11-23")
PARTIAL_DATE = Kind("partial_date", String, parsers.partial_day, "date", example="1956-03")
TIME = Kind("time", String, parsers.clock, example="08:30")
ID_NUMBER = Kind("id_number", String, parsers.identity, mask=masks.identity, example="18 位号码")
PHONE = Kind("phone", String, parsers.phone, mask=masks.phone, example="13800000000")
REFERENCE = Kind("reference", String, parsers.reference, "reference", example="从列表中选")

KINDS = (
    TEXT, NUMBER, DECIMAL, FIGURE, YES_NO, CHOICE, CHOICES,
    DATE, PARTIAL_DATE, TIME, ID_NUMBER, PHONE, REFERENCE,
)  # fmt: skip
