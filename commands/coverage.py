"""Figures from the shell: which there are, one with the names behind it, months closed."""

from __future__ import annotations

from typing import Any

import click

from commands.words import AS, JSON, acting, say, show
from db import dates, doors, spans
from db.actors import Actor
from db.engine import engine
from db.indicators import BY_NAME, INDICATORS, Indicator
from db.parsers import Refused


@click.command()
@click.option("--area", required=True)
@click.option("--indicator", default="pairing", help="见 indicators 命令")
@click.option("--group", default=None, help="服务对象类别的名称或编号")
@click.option("--on", "day", default=None, help="日期，默认今天")
@click.option("--from", "first", default=None, help="期间的第一天，默认按指标的口径往回算")
@click.option("--to", "last", default=None, help="期间的最后一天，默认今天")
@AS
@JSON
def coverage(
    area: str, indicator: str, group: str | None, day: str | None, first: str | None,
    last: str | None, user: str, as_json: bool,
) -> None:  # fmt: skip
    """一个指标的数字和背后的名单。"""
    if day and (first or last):
        raise Refused("--on 说一天，--from 和 --to 说一段期间，请只用一种")
    end, begun = _day(last or day), dates.whole(first) if first else None
    known = BY_NAME.get(indicator)
    if known and known.grouped and group is None:
        raise Refused(f"“{known.label}”按服务对象类别统计，请用 --group 说明是哪一类")
    actor, on = acting(user), engine()
    found = doors.people(on, actor, indicator, group, end, area, begun)
    served, unserved = list(found.served), list(found.unserved)
    n: float = len(served)
    total: float = n + len(unserved)
    more: dict[str, Any] = {}
    if known and known.totals:
        n, total = _amounts(actor, indicator, end, area, begun)
        more = {"value": round(n / total * known.times, 2) if total else None, "unit": known.unit}
    show({"n": n, "N": total, **more, "served": served, "unserved": unserved})


def _day(written: str | None) -> str:
    return dates.whole(written) if written else dates.today().isoformat()


def _amounts(
    actor: Actor, indicator: str, day: str, area: str, first: str | None
) -> tuple[float, float]:
    """n and N of a whole area, where they are no numbers of those behind them."""
    found = doors.figures(engine(), actor, indicator, day, area, first)
    return sum(one.n or 0 for one in found), sum(one.N or 0 for one in found)


@click.command("indicators")
@JSON
def list_indicators(as_json: bool) -> None:
    """列出各项指标：分子、分母、期间、单位、目标、取自哪些台账。"""
    show([_told(one) for one in INDICATORS])


def _told(one: Indicator) -> dict[str, Any]:
    goal = one.goal and {"least": one.goal.least, "most": one.goal.most, "unit": one.goal.unit}
    return {
        "name": one.name, "label": one.label, "definition": one.definition,
        "numerator": one.numerator, "denominator": one.denominator, "unit": one.unit,
        "times": one.times, "period_days": one.period or None, "target": goal,
        "per": "group" if one.grouped else "community", "reads": list(one.reads),
    }  # fmt: skip


@click.command("close")
@click.option("--months", default=1, type=click.IntRange(1, spans.MONTHS), help="最近几个月")
def close_months(months: int) -> None:
    """把已结束的月份的各项指标结存下来；结存过的不再改动。宜在每月一日执行。"""
    wanted = spans.finished(dates.today(), months)
    done = doors.close(engine(), wanted)
    say(f"{wanted[0]} 至 {wanted[-1]}：新结存 {done:,} 项（社区×指标×月）。")
