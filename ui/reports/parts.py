"""The sections that reports share: coverage, services, money, admissions, who serves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from db.indicators import Indicator
from logic import admission, figures, money, three
from logic import coverage as shaping
from logic.reports.saying import Figure, Listing, Section
from logic.three import Standing
from ui import data, standing, tallies
from ui.data import Condition
from ui.reports.asking import Asked, hidden

COVERAGE, SERVICES, MONEY, ADMISSION, THREE = (
    "服务覆盖", "服务开展", "资金使用", "减负增效", "三社力量",
)  # fmt: skip
PAIRING = "pairing"  # the indicator whose unserved are listed
DONE = "期内应办的走访和服务中，已经完成的占多少"
HELD = "期内登记的班次中，已经开展的占多少"
PAID, SPENT = "累计拨付占核定预算的多少", "累计支出占累计拨付的多少"


def coverage(asked: Asked) -> Section:
    """Every indicator for every group that somebody belongs to; who is not paired yet."""
    found = []
    for name in data.indicators():
        known = data.indicator(name)
        try:
            table = shaping.summed(tallies.coverage(asked.actor, name, asked.day, asked.place))
        except data.Forbidden:
            return hidden(COVERAGE)
        found += [one for row in table.to_dict("records") if (one := _covered(asked, known, row))]
    if not found:
        return Section(COVERAGE, ("还没有登记服务对象，没有覆盖数字。",))
    said = "各类服务对象有交叉，合计不等于居民数；分母是截至日在册的人（户）数，少于 5 的不列。"
    return Section(COVERAGE, (said,), (), tuple(found), tuple(_unserved(asked)))


def _covered(asked: Asked, known: Indicator, row: Mapping[Any, Any]) -> Figure | None:
    """A report is read by many: a group of fewer than 5 is left out, a small part hidden."""
    n, total = shaping.veiled(_whole(row["n"]), _whole(row["N"]))
    if total is None:
        return None
    label, group = known.label, str(row["group"])
    return Figure(label, n, total, group, "", asked.day, known.definition)


def _whole(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _unserved(asked: Asked) -> list[Listing]:
    """Who of each group is not paired, for one community and for who may know names."""
    if asked.place is None or not asked.whole:
        return []
    found = tallies.coverage(asked.actor, PAIRING, asked.day, asked.place)
    listings = []
    for row in found[found["rest"].fillna(0) > 0].to_dict("records"):
        try:
            people = tallies.people(
                asked.actor, PAIRING, str(row["group_id"]), asked.day, asked.area
            )
        except data.Forbidden:
            return []
        rows = tuple(
            (str(at), people.labels.get(one, "")) for at, one in enumerate(people.unserved, 1)
        )
        listings.append(Listing(f"未结对·{row['group']}", ("序号", "姓名（户）"), rows))
    return listings


def services(asked: Asked) -> Section:
    """What was done in the period."""
    if not asked.may("contacts", "sessions_held", "attendances", "shifts", "hours"):
        return hidden(SERVICES)
    due, days = asked.within("due_on"), asked.within("held_on")
    hours = asked.rows("hours", *asked.within("served_on"), _is("已认定"))
    total = sum(row["hours"] or 0 for row in hours)
    finished = asked.count("contacts", *asked.within("done_on"))
    held = asked.count("sessions_held", *days, _is("已举办"))
    said = (
        f"期内完成走访和服务 {finished:,} 次，举办活动 {held:,} 场，"
        f"认定志愿服务 {total:,.1f} 小时（{len({row['volunteer_id'] for row in hours}):,} 人）。"
    )
    done = asked.count("contacts", *due, Condition("done_on", "filled"))
    patrols = asked.count("shifts", *days, _is("已开展"))
    rates = (
        share("走访和服务完成率", done, asked.count("contacts", *due), asked.day, DONE),
        share("例行活动开展率", patrols, asked.count("shifts", *days), asked.day, HELD),
    )
    return Section(SERVICES, (said,), (), rates)


def _is(state: str) -> Condition:
    return Condition("state", "eq", state)


def funds(asked: Asked) -> Section:
    """Budgets, what was paid and spent by the end of the period; by source."""
    if not asked.may("funds", "payments", "spendings"):
        return hidden(MONEY)
    granted = asked.rows("funds", asked.until("granted_on"))
    if not granted:
        return Section(MONEY, ("截至本期末没有登记资金。",))
    known = money.accounts(
        granted, asked.rows("payments", asked.until("paid_on")),
        asked.rows("spendings", asked.until("spent_on")),
    )  # fmt: skip
    total = money.total(known.values())
    by = money.grouped(granted, known, lambda row: str(row["source"]))
    lines = [money.line("来源", name, one) for name, one in by.items()]
    said = (
        f"核定预算 {money.yuan(total.budget)} 元，拨付 {money.yuan(total.paid)} 元，"
        f"支出 {money.yuan(total.spent)} 元，结余 {money.yuan(total.left)} 元。"
    )
    rates = of_money(total, asked.day)
    table = Listing("按来源", tuple(lines[0]), tuple(tuple(one.values()) for one in lines), True)
    return Section(MONEY, (said,), (), rates, (table,))


def of_money(total: money.Account, day: str) -> tuple[Figure, Figure]:
    """How much of a budget is paid, and of that spent."""
    return (
        Figure("资金拨付率", total.paid, total.budget, "", "元", day, PAID),
        Figure("资金支出率", total.spent, total.paid, "", "元", day, SPENT),
    )


def admissions(asked: Asked) -> Section:
    """What departments have carried out here, what of it lacks something, and the hours."""
    if not asked.may("admissions", "admission_decisions"):
        return hidden(ADMISSION)
    found = admission.items(
        asked.rows("admissions", asked.until("asked_on")),
        asked.rows("admission_decisions", asked.until("decided_on")),
    )
    n, total = admission.rate(found, asked.day)
    if not total:
        return Section(ADMISSION, ("期末没有正在开展的部门事项。",))
    now = [one for one in found if one.in_force(asked.day)]
    bad = [one for one in now if one.lacks]
    month = admission.months(dt.date.fromisoformat(asked.day), 1)
    hours = admission.burden(found, month).to_numpy().sum()
    said = f"期末正在开展的部门事项 {total:,} 项，本月工作量 {hours:,.0f} 小时。"
    rate = Figure("准入合规率", n, total, "", "项", asked.day,
                  "正在开展的事项中，经过审批、有依据、有配套经费的占多少")  # fmt: skip
    rows = tuple((one.row["department"], one.row["item"], "、".join(one.lacks)) for one in bad)
    table = (Listing("手续不全的事项", ("部门", "事项", "缺什么"), rows, True),) if rows else ()
    return Section(ADMISSION, (said,), (), (rate,), table)


def serving(asked: Asked, found: list[Standing]) -> Section:
    """Organisations and workers on the last day, and what runs out."""
    workers = [row for one in found for row in one.workers]
    known = {row["id"]: row for one in found for row in one.organisations}
    certified = three.people(row for one in found for row in one.certified)
    soon = standing.expiring(asked.actor, asked.area, found, asked.day)
    count = f"在岗社工 {three.people(workers):,} 人，其中持证 {certified:,} 人"
    said = [f"在这里服务的社会组织 {len(known):,} 家，{count}。"]
    if soon:
        names = "；".join(f"{one.whose}（{one.what}，{one.day}）" for one in soon)
        said.append(f"{three.SOON} 天内到期或已过期的资质和证书：{names}。")
    rate = Figure("持证社工占比", certified, three.people(workers), "", "人", asked.day,
                  "在岗社工中有职业水平证书的占多少")  # fmt: skip
    area = {one.area["id"]: one.area["name"] for one in found}
    rows = tuple(
        (area[row["area_id"]], row["name"], row["grade"],
         known.get(row["organisation_id"], {}).get("name", "社区聘用"))
        for row in workers
    )  # fmt: skip
    table = Listing("在岗社工", ("社区", "姓名", "职业水平", "所属社会组织"), rows, True)
    return Section(THREE, tuple(said), (), (rate,) if workers else (), (table,) if rows else ())


def share(label: str, n: int, total: int, day: str, definition: str) -> Figure:
    """A figure of communities or persons, n of N."""
    return Figure(label, n, total, "", "", day, definition)


def published(row: Mapping[str, Any]) -> str:
    """What is published of a community, in one sentence."""
    said = [
        f"{figures.published(row.get(name), unit)}"
        for name, unit in (("households", "户"), ("population", "人"), ("area_km2", "平方公里"))
        if row.get(name)
    ]
    since = f"（{row['as_of']}，{row.get('source') or '公布'}）" if row.get("as_of") else ""
    return f"公布的规模为 {'、'.join(said)}{since}。" if said else ""
