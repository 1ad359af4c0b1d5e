"""Access tokens from the shell: made for an account, listed, revoked."""

from __future__ import annotations

import json
from typing import Any

import click

from db import accounts, engine, moments, tokens
from db.permissions import ROLE_BY_NAME, ROLES

JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")


@click.group()
def token() -> None:
    """接口令牌：让别的系统以某个账号的名义调用接口。"""


@token.command("add")
@click.argument("name")
@click.option("--as", "user", required=True, help="哪个账号的")
@click.option("--role", default=None, type=click.Choice([role.name for role in ROLES]))
@click.option("--area", default=None, help="区域编号；不给出则为账号的工作范围")
@click.option("--days", default=tokens.DAYS, help=f"有效天数，最多 {tokens.MOST_DAYS}")
@click.option("--clearance", is_flag=True, help="可查看须专门授权的服务对象")
@JSON
def add(
    name: str,
    user: str,
    role: str | None,
    area: str | None,
    days: int,
    clearance: bool,
    as_json: bool,
) -> None:
    """生成接口令牌，只显示这一次；角色和区域不能比账号自己的更宽。"""
    on = engine.engine()
    owner = accounts.actor(on, user)
    reach = (role or owner.role, area or owner.area_id)
    made = tokens.make(on, owner.id, name, *reach, days, clearance)
    click.echo(json.dumps(vars(made)) if as_json else made.token)
    click.echo("请马上抄到要用它的系统里：它只显示这一次。", err=True)


@token.command("list")
@click.option("--as", "user", default=None, help="只列这个账号的")
@JSON
def show(user: str | None, as_json: bool) -> None:
    """列出接口令牌；已停用、已到期的再列一个月。"""
    on = engine.engine()
    found = tokens.mine(on, accounts.actor(on, user).id) if user else tokens.all_held(on)
    if as_json:
        click.echo(json.dumps([vars(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        click.echo("\t".join((one.id, *_words(one))))


def _words(one: tokens.Held) -> tuple[Any, ...]:
    label = ROLE_BY_NAME[one.role].label if one.role in ROLE_BY_NAME else one.role
    return (
        one.username,
        one.name,
        label,
        one.area,
        one.ended or f"{moments.day(one.expires_at)} 到期",
    )


@token.command("revoke")
@click.argument("token_id", metavar="ID")
def revoke(token_id: str) -> None:
    """停用接口令牌，立即生效；编号见 token list。"""
    name = tokens.revoke_any(engine.engine(), token_id)
    click.echo(f"已停用接口令牌“{name}”。", err=True)
