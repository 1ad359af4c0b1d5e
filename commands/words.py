"""What every command says and asks: words to stderr, JSON alone to stdout, an account to act as."""

from __future__ import annotations

import json
from typing import Any

import click

from db import accounts, engine, founding
from db.actors import Actor
from db.parsers import Refused

AS = click.option("--as", "user", required=True, help="以哪个账号的权限")
JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")


def say(sentence: str) -> None:
    """Words go to stderr; stdout is for JSON alone."""
    click.echo(sentence, err=True)


def show(value: Any) -> None:
    """One JSON value on stdout."""
    said = json.dumps(value, ensure_ascii=False)
    click.echo(said.encode(errors="replace").decode())  # an id that was refused may be anything


def acting(user: str) -> Actor:
    """The actor behind --as, on a database that is ready to be asked."""
    on = engine.engine()
    if not founding.exists(on):
        raise Refused("数据库还没有建立，请先运行 python manage.py init")
    founding.check_key(on)
    return accounts.actor(on, user)
