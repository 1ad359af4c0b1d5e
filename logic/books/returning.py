"""A carried workbook that comes back: what was changed in it, as Changes for the write door."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import python_calamine

from db.changes import Change, Values
from db.fields import Field
from logic.books import cells
from logic.books.carrying import BASE, WORDS


class NotCarried(Exception):
    """The file is none that was carried from here; the message is a sentence for the user."""


@dataclass(frozen=True)
class Edit:
    """One change made in the workbook, and where: the line as the spreadsheet counts it."""

    line: int
    change: Change
    said: str  # the row's own words, so that a person knows it


@dataclass(frozen=True)
class Returned:
    """What came back: of which register and area, as of which version, and what was changed.

    `problems` are (line, column's label, sentence): cells that point at nothing known.
    """

    register: str
    area: str
    seq: int
    moment: str
    who: str
    edits: list[Edit] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Book:
    about: Values
    base: dict[str, Values]
    words: dict[str, dict[str, str]]  # field → id → words
    lines: list[list[Any]]


def read(content: bytes, fields: Callable[[str], Mapping[str, Field]]) -> Returned:
    """Compares the workbook with what it was taken from; `fields` of a register, by name.

    Raises NotCarried for every other file.
    """
    book = _opened(content)
    known = _named(fields(book.about["register"]), book.about)
    found = Returned(*(book.about[one] for one in ("register", "area", "seq", "moment", "who")))
    columns = [known[name] for name in book.about["fields"] if name in known]
    labels = {row_id: said for words in book.words.values() for row_id, said in words.items()}
    placed = _placed(book.lines[0], columns)
    lost = [name for name in book.about["fields"] if name not in known]
    found.problems.extend(_deleted(book, lost))
    left = dict(book.base)
    for line, cells_of in enumerate(book.lines[1:], start=2):
        row_id = str(cells_of[0] or "") if cells_of else ""
        typed = {one: _typed(cells_of[at]) for one, at in placed.items() if at < len(cells_of)}
        _row(found, book, line, row_id, left.pop(row_id, None), typed, labels)
    for row_id, gone in left.items():
        said = _said(columns, gone, labels)
        found.edits.append(Edit(0, _change(book, found, row_id, gone, None), said))
    return found


def _opened(content: bytes) -> _Book:
    try:
        whole = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = whole.get_sheet_by_name(BASE).to_python(skip_empty_area=False)
        about = json.loads(str(hidden[0][0]))
        base = {str(row[0]): dict(zip(about["fields"], json.loads(str(row[1])), strict=True))
                for row in hidden[1:]}  # fmt: skip
        lines = whole.get_sheet_by_index(0).to_python(skip_empty_area=False)
        words: dict[str, dict[str, str]] = {}
        for name, row_id, said in whole.get_sheet_by_name(WORDS).to_python(skip_empty_area=False):
            words.setdefault(str(name), {})[str(row_id)] = str(said)
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError, KeyError, IndexError,
            TypeError) as problem:  # fmt: skip
        raise NotCarried(
            "这不是从这里取出的离线工作簿，或隐藏的工作表已被删除；普通名册请用“导入”"
        ) from problem
    return _Book(about, base, words, lines)


def _placed(head: Sequence[Any], columns: list[Field]) -> dict[Field, int]:
    """Where each column stands now: people move columns about."""
    at = {str(text).rstrip("*").strip(): place for place, text in enumerate(head) if text}
    missing = [one.label for one in columns if one.label not in at]
    if missing:
        raise NotCarried(f"没有找到这些列：{'、'.join(missing)}；请不要改动或删除列名")
    return {one: at[one.label] for one in columns}


def _named(fields: Mapping[str, Field], about: Values) -> dict[str, Field]:
    """The fields by name, each as it was called when the workbook was made."""
    said = dict(zip(about["fields"], about.get("labels", ()), strict=False))
    return {name: replace(one, label=said.get(name, one.label)) for name, one in fields.items()}


def _deleted(book: _Book, lost: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Columns that somebody has deleted since: what was typed in them has no place any more."""
    said = dict(zip(book.about["fields"], book.about.get("labels", ()), strict=False))
    for name in lost:
        yield 1, said.get(name, "？"), "这一列已被删除，其中的修改没有带回；原文件请留着"


def _typed(value: Any) -> str | float | None:
    """A cell as text or number; a day as 2026-11-23, an empty one as None."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.strip() or None if isinstance(value, str) else value


def _row(
    found: Returned, book: _Book, line: int, row_id: str, base: Values | None,
    typed: dict[Field, Any], labels: Mapping[str, str],
) -> None:  # fmt: skip
    before, after = {}, {}
    for one, value in typed.items():
        stood = None if base is None else base[one.name]
        if one.readonly or _same(value, cells.text(one, stood, labels)):
            continue
        try:
            after[one.name] = _meant(one, value, book.words.get(one.name, {}))
        except LookupError as problem:
            found.problems.append((line, one.label, str(problem)))
            continue
        before[one.name] = stood
    if not after:
        return
    said = str(next((value for value in typed.values() if value), ""))
    if base is None:
        if row_id in book.base or not row_id:  # a copied row, or one pushed in between
            row_id = _digest(book, line, sorted((k, str(v)) for k, v in after.items()))[:36]
        found.edits.append(Edit(line, _change(book, found, row_id, None, after), said))
        return
    for name in after:
        one_cell = _change(book, found, row_id, {name: before[name]}, {name: after[name]})
        found.edits.append(Edit(line, one_cell, said))


def _same(value: Any, shown: str) -> bool:
    return ("" if value is None else str(value)) == shown.strip()


def _meant(one: Field, value: Any, words: Mapping[str, str]) -> Any:
    """The value to store; a reference by its words."""
    if value is None or not one.refers:
        return value
    ids_of = [row_id for row_id, said in words.items() if said == value]
    if len(ids_of) == 1:
        return ids_of[0]
    raise LookupError(
        f"读到“{value}”，{'没有找到' if not ids_of else '同名的不止一个'}，请从下拉列表中选"
    )


def _change(
    book: _Book, found: Returned, row_id: str, before: Values | None, after: Values | None
) -> Change:
    if before is None and after is not None:
        after = {**after, "area_id": found.area}
    op = _digest(book, row_id, before, after)
    return Change(found.register, row_id, before, after, op, found.seq)


def _digest(book: _Book, *parts: Any) -> str:
    """The same for the same edit of the same workbook: brought back twice it is done once."""
    said = json.dumps([book.about["book"], *parts], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:40]


def _said(columns: Sequence[Field], row: Values, labels: Mapping[str, str]) -> str:
    texts: Iterator[str] = (cells.text(one, row[one.name], labels) for one in columns)
    return next((text for text in texts if text), "")
