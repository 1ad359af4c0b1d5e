"""Rosters into the registers, registers out into files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from commands.words import AS, JSON, acting, say, show
from db import doors
from db.actors import Actor
from db.changes import Change, Written
from db.engine import engine
from db.fields import Field
from db.matches import CHANGED, NEW, REVIEW, UNCHANGED
from db.parsers import Refused
from db.registers import BY_NAME
from logic import importing
from logic.books import carrying, exporting
from logic.rosters import checking, mapping, offering, reading
from logic.rosters.checking import Checked, Undecided
from logic.rosters.tables import Table

LEFT = 3  # the exit code where something was rejected or is for a person to say
FORMS = {".xlsx": "xlsx", ".csv": "csv"}


@click.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option("--register", required=True, help="台账，例如 residents")
@click.option("--area", required=True, help="导入到哪个区域")
@click.option("--sheet", default=None, help="文件里有几个表时，导入哪一个")
@click.option("--dry-run", is_flag=True, help="只核对，不写入")
@click.option("--accept-valid", is_flag=True, help="有问题的行不写，其余照写")
@AS
@JSON
def take_in(
    file: Path, register: str, area: str, sheet: str | None, dry_run: bool, accept_valid: bool,
    user: str, as_json: bool,
) -> int:  # fmt: skip
    """导入名册：核对、与已有的比对，再一次写入；有一处不对就什么也不写。"""
    actor = acting(user)
    checked = _checked(file, register, sheet, _made(actor, register, area))
    lines = importing.sound(checked)
    found = doors.match(
        engine(), actor, register, area, lines.rows,
        numbers=lines.numbers, homes=lines.homes, covered=lines.covered,
    )  # fmt: skip
    tally, rejected = importing.tally(checked, found), importing.rejected(checked, lines, found)
    batch = None
    if not dry_run and (accept_valid or not rejected):
        changes = importing.changes(register, area, found)
        batch, refused = importing.insist(_writer(actor), changes, accept_valid)
        rejected += importing.turned_away(checked, lines, found, refused)
        tally = importing.without(tally, found, refused)
    counts = {
        "inserted": tally[NEW], "updated": tally[CHANGED], "unchanged": tally[UNCHANGED],
        "review": tally[REVIEW],
    }  # fmt: skip
    if as_json:
        show({**counts, "rejected": rejected, "batch": batch})
    else:
        _tell(tally, rejected, batch)
    return LEFT if rejected else 0


def _made(actor: Actor, register: str, area: str) -> tuple[Field, ...]:
    """The columns that users made for the place."""
    if register not in BY_NAME:
        raise Refused(f"没有名为“{register}”的台账")
    fields = doors.columns(engine(), actor, register, area)[1]
    return tuple(one for one in fields if one.within is not None)


def _checked(file: Path, register: str, sheet: str | None, made: tuple[Field, ...]) -> Checked:
    table = _table(file, sheet)
    guessed = mapping.guess(table, register, made)
    if guessed.missing:
        raise Refused(f"没有找到必须有的列：{guessed.lacking}")
    try:
        return checking.check(table, guessed)
    except Undecided as undecided:
        raise Refused(f"{undecided}（在网页上导入可以选定）") from None


def _table(file: Path, sheet: str | None) -> Table:
    book = reading.read(file.read_bytes(), file.name)
    if sheet is None:
        return offering.single(book)
    for one in offering.offers(book):
        if sheet in (one.title, one.table and one.table.sheet.name) and one.table:
            return one.table
    raise Refused(f"文件里没有名为“{sheet}”的表")


def _writer(actor: Actor) -> Callable[[list[Change]], Written]:
    def write(changes: list[Change]) -> Written:
        return doors.write(engine(), actor, changes, source="import", bound=doors.Bound.WHOLE)

    return write


def _tell(tally: dict[str, int], rejected: list[dict[str, Any]], batch: str | None) -> None:
    say(
        f"新增 {tally[NEW]}，修改 {tally[CHANGED]}，"
        f"无变化 {tally[UNCHANGED]}，待核对 {tally[REVIEW]}。"
    )
    for one in rejected:
        say(f"第 {one['row']} 行“{one['column'] or one['value']}”：{one['reason']}")
    say(f"批次 {batch}，可用 undo 撤回。" if batch else "什么也没有写入。")


@click.command("export")
@click.argument("register")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--area", default=None, help="区域编号；不给出则为全部可见的")
@click.option("--reason", default="命令行导出", help="用途，会记入历史并写在文件里")
@click.option("--gb18030", is_flag=True, help="CSV 用 GB18030 编码")
@AS
def give_out(
    register: str, file: Path, area: str | None, reason: str, gb18030: bool, user: str
) -> None:
    """导出台账为 .xlsx 或 .csv。"""
    form = FORMS.get(file.suffix.lower())
    if form is None:
        raise Refused(f"文件名应以 .xlsx 或 .csv 结尾，读到“{file.name}”")
    asked = doors.Question(register, area)
    taken = doors.export(engine(), acting(user), asked, reason)
    file.write_bytes(exporting.file(taken, "csv-gb18030" if gb18030 and form == "csv" else form))
    say(f"已导出 {len(taken.rows)} {taken.about.unit}到 {file}。")


@click.command("template")
@click.argument("register")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--area", required=True, help="给哪个区域填")
@AS
def give_form(register: str, file: Path, area: str, user: str) -> None:
    """一份空的离线工作簿：列名上有填法和例子，填好后在网页上“带回”。"""
    if file.suffix.lower() != ".xlsx":
        raise Refused(f"文件名应以 .xlsx 结尾，读到“{file.name}”")
    taken = doors.export(engine(), acting(user), doors.Question(register, area), "空表")
    file.write_bytes(carrying.workbook(taken, {}, rows=False))
    say(f"已写出“{taken.about.label}”的空表：{file}。")
