"""The operator's commands: the same two doors, from the shell."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, TextIO

import click

from commands import coverage, files, linkage, tokens
from commands.words import AS, JSON, acting, say, show
from db import accounts, backup, dates, doors, engine, facts, founding, migrate, sessions, settings
from db.changes import Written
from db.parsers import Refused
from db.permissions import ROLES
from logic import lines, usage
from logic.rosters.sheets import Unreadable

PORTION = 500  # changes in one transaction, so that others get in between


@click.group()
def main() -> None:
    """三社联动工作台的管理命令；数据库由环境变量 DATABASE_URL 指定。"""


@main.command()
@click.option("--sample", is_flag=True, help="同时写入示例数据和示例账号")
@click.option("--name", default="咸宁市", help="最上级区域的名称")
def init(sample: bool, name: str) -> None:
    """建立数据库；已经建立的不会改动。"""
    on = engine.engine()
    if founding.exists(on):
        if facts.get(on, facts.FILLING):
            raise Refused("上次写入示例数据时中断了，请清空这个数据库后重新 init")
        say("数据库已经建立，没有改动。")
        return
    founding.found(on, name)
    if sample:
        from db import sample as samples  # only then: the generator is large

        samples.fill(on)
        say("已建立数据库，并写入示例数据（人物均为虚构）。")
    else:
        say("已建立数据库。请用 python manage.py user add 建立第一个管理员账号。")


@main.command("accounts")
def list_samples() -> None:
    """列出示例账号（只有示例数据库才有）。"""
    found = accounts.samples(engine.engine())
    if found:
        say(f"示例账号，密码都是 {accounts.SAMPLE_PASSWORD}：")
    for known, place in found:
        say(f"  {known.username:<16} {known.actor.name}（{place}）")


@main.group()
def user() -> None:
    """账号。"""


@user.command("add")
@click.argument("username")
@click.option("--name", default="", help="姓名")
@click.option("--role", default="city_admin", type=click.Choice([role.name for role in ROLES]))
@click.option("--area", default="xianning", help="工作范围的区域编号")
@click.option("--password", envvar="SANSHE_PASSWORD", default=None, help="不给出则会询问")
@click.option("--clearance", is_flag=True, help="可查看须专门授权的服务对象")
@click.option("--email", default=None, help="统一身份认证中的邮箱")
@click.option("--organisation", default=None, help="所属社会组织的编号（社会组织、社工的账号）")
def add_user(
    username: str,
    name: str,
    role: str,
    area: str,
    password: str | None,
    clearance: bool,
    email: str | None,
    organisation: str | None,
) -> None:
    """建立账号。"""
    if password is None and email is None:
        password = click.prompt("密码", hide_input=True, confirmation_prompt="再输一遍", err=True)
    on = engine.engine()
    if not founding.exists(on):
        founding.found(on)
    accounts.add(
        on, username, name, password, role, area, clearance,
        oidc_email=email, organisation_id=organisation,
    )  # fmt: skip
    say(f"已建立账号 {username}。")


@user.command("password")
@click.argument("username")
@click.option("--password", envvar="SANSHE_PASSWORD", default=None, help="不给出则会询问")
def reset_password(username: str, password: str | None) -> None:
    """重设密码；本人下次登录时须再改一次，已登录的设备全部退出。"""
    on = engine.engine()
    who = accounts.actor(on, username)
    if password is None:
        password = click.prompt("新密码", hide_input=True, confirmation_prompt="再输一遍", err=True)
    accounts.set_password(on, username, password, must_change=True)
    sessions.end_all(on, who.id)
    say(f"已重设 {username} 的密码。")


@user.command("close")
@click.argument("username")
def close_user(username: str) -> None:
    """停用账号；它做过的改动仍在历史中。"""
    on = engine.engine()
    who = accounts.actor(on, username)
    accounts.close(on, username)
    sessions.end_all(on, who.id)
    say(f"已停用账号 {username}。")


@main.command()
@click.argument("register")
@click.option("--area", default=None, help="区域编号；不给出则为全部可见的")
@click.option("--where", multiple=True, help="FIELD=VALUE，可多次")
@click.option("--q", default="", help="搜索的文字")
@AS
@JSON
def rows(
    register: str, area: str | None, where: tuple[str, ...], q: str, user: str, as_json: bool
) -> None:
    """读出台账中的行。"""
    actor = acting(user)
    asked = doors.Question(register, area, tuple(map(_condition, where)), q, limit=None)
    answer = doors.read(engine.engine(), actor, asked)
    show(answer.rows) if as_json else _table(answer.rows)


def _condition(written: str) -> doors.Condition:
    name, sign, value = written.partition("=")
    if not sign:
        raise Refused(f"--where 应写成 列名=值，读到“{written}”")
    return doors.Condition(name, "eq", value)


def _table(found: list[dict[str, Any]]) -> None:
    for row in found:
        click.echo("\t".join("" if value is None else str(value) for value in row.values()))


@main.command()
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@AS
@JSON
def change(file: TextIO, user: str, as_json: bool) -> None:
    """逐行执行 JSON 行文件中的改动，逐行回答。"""
    changes = list(lines.read(file))  # a bad line at the end must not leave the first half written
    if not changes:
        raise Refused("文件中没有改动")
    actor, batch, left = acting(user), None, 0
    for start in range(0, len(changes), PORTION):
        part = changes[start : start + PORTION]
        written = doors.write(engine.engine(), actor, part, source="shell", batch=batch)
        batch = written.batch
        left += _answer(written)
    say(f"批次 {batch}：{len(changes) - left} 行已写入，{left} 行没有写入。")


def _answer(written: Written) -> int:
    """Prints a line for each outcome; how many were not applied."""
    for outcome in written.outcomes:
        show(lines.said(outcome))
    return sum(outcome.status != "applied" for outcome in written.outcomes)


@main.command()
@click.argument("register")
@click.argument("row_id", metavar="ID")
@AS
@JSON
def history(register: str, row_id: str, user: str, as_json: bool) -> None:
    """一行的全部改动，最近的在前。"""
    entries = doors.history(engine.engine(), acting(user), register, row_id)
    show(entries) if as_json else _table(entries)


@main.command()
@click.argument("batch")
@AS
@JSON
def undo(batch: str, user: str, as_json: bool) -> None:
    """撤销一个批次；再撤销它所产生的批次即为重做。"""
    written = doors.undo(engine.engine(), acting(user), batch)
    show({"batch": written.batch, "results": [lines.said(one) for one in written.outcomes]})


@main.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def save_backup(file: Path) -> None:
    """备份到一个文件；密钥不在其中，请另行保管。"""
    counts = backup.save(engine.engine(), file)
    say(f"已备份 {sum(counts.values())} 行到 {file}。密钥（{settings.key_file()}）请另行保管。")


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="替换数据库中已有的数据")
def restore(file: Path, replace: bool) -> None:
    """从备份文件恢复。"""
    counts = backup.load(engine.engine(), file, replace=replace)
    say(f"已恢复 {sum(counts.values())} 行。")
    if counts.get("tokens"):
        say("备份时有效的接口令牌也恢复了；备份之后停用的，请用 token list 核对后再停用。")


@main.command("migrate")
def bring_up() -> None:
    """把数据库升级到当前版本。"""
    on = engine.engine()
    before = migrate.current(on)
    migrate.upgrade(on)
    if before != migrate.current(on):
        say(f"数据库已从版本 {before or '无'} 升级到 {migrate.current(on)}。")


main.add_command(tokens.token)
main.add_command(linkage.stage)
main.add_command(linkage.attach)
main.add_command(files.take_in)
main.add_command(files.give_out)
main.add_command(files.give_form)
main.add_command(coverage.coverage)
main.add_command(coverage.list_indicators)
main.add_command(coverage.close_months)


def run(arguments: list[str] | None = None) -> int:
    """The exit code; every error is one sentence on stderr."""
    try:
        code = main.main(arguments, prog_name="manage.py", standalone_mode=False)
    except (Refused, Unreadable, doors.Forbidden, dates.Unreadable, settings.BadKey) as refusal:
        say(str(refusal))
    except click.Abort:
        say("已取消。")
    except click.ClickException as problem:
        say(f"{usage.sentence(problem)}；用 --help 查看用法")
        return 2
    except OSError as problem:
        say(f"文件 {problem.filename or ''} 读不了或写不了，请检查路径、权限和磁盘空间")
    except (engine.DatabaseProblem, ImportError):
        say("数据库没有回答，请检查 DATABASE_URL 和数据库服务")
    else:
        return code or 0
    return 1


if __name__ == "__main__":
    sys.exit(run())
