"""The linkage chain from the shell: how far a need has come; a document put to a bid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.words import AS, JSON, acting, show
from db import doors, engine
from db.stages import STAGES, Story


@click.command("stage")
@click.argument("need", metavar="NEED")
@AS
@JSON
def stage(need: str, user: str, as_json: bool) -> None:
    """一件需求（编号或受理编号）走到了哪一步，各步的日期。"""
    found = doors.story(engine.engine(), acting(user), need)
    if as_json:
        show(_said(found))
        return
    click.echo(f"{found.number}\t{found.title}")
    for name in STAGES:
        click.echo(f"{name}\t{found.days.get(name, '—')}")


def _said(found: Story) -> dict[str, Any]:
    """The story as one JSON value: every stage in its order, those not reached without a day."""
    spans = found.spans()
    return {
        "need": found.need,
        "number": found.number,
        "title": found.title,
        "project": found.project,
        "organisation": found.organisation,
        "settlement": found.settlement,
        "stages": [
            {"stage": name, "on": found.days.get(name), "days": spans.get(name)} for name in STAGES
        ],
        "reached": found.reached,
        "waits_for": found.waits_for,
    }


@click.command("attach")
@click.argument("bid", metavar="BID")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@AS
@JSON
def attach(bid: str, file: Path, user: str, as_json: bool) -> None:
    """给本组织的申请书加一个附件。"""
    row_id = doors.attach(engine.engine(), acting(user), bid, file.name, file.read_bytes())
    if as_json:
        show({"id": row_id, "name": file.name})
    else:
        click.echo(f"已存入附件 {file.name}（{row_id}）")
