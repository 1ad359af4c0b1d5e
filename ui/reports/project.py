"""The closing report of a project that was awarded: who carried it out, what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from db.actors import Actor
from db.registers.programmes import CAME
from logic import money
from logic.reports.saying import Figure, Listing, Section
from ui import data, effects
from ui.data import Condition
from ui.reports import parts
from ui.reports.asking import Asked, Row, hidden

REACHED = "应在截至日前达到的里程碑中，已经达到的占多少"
SATISFIED = "回访中给 4 分或 5 分的占多少（1 很不满意，5 很满意）"


def awarded(actor: Actor, area: str) -> list[Row]:
    """The projects of an area that were awarded, each with its award and who carries it out."""
    if not all(data.may(actor, one)["read"] for one in ("projects", "calls", "awards")):
        return []
    calls = {row["id"]: row["project_id"] for row in _rows(actor, "calls", area)}
    found = data.listed(actor, "awards", area, (), (), None)
    award = {calls[row["call_id"]]: row for row in found.rows if row["call_id"] in calls}
    return [
        row | {"award": won, "by": found.labels.get(won["organisation_id"])}
        for row in _rows(actor, "projects", area)
        if (won := award.get(row["id"]))
    ]


def _rows(actor: Actor, register: str, area: str) -> list[Row]:
    return data.listed(actor, register, area, (), (), None).rows


def sections(asked: Asked, project: Row) -> tuple[Section, ...]:
    """What the report says, in its order."""
    return (
        _design(asked, project),
        _carried(project),
        _work(asked, project),
        _effect(asked, project),
        _milestones(asked, project),
        _judged(asked, project),
        _money(asked, project),
    )


def _design(asked: Asked, project: Row) -> Section:
    answers = asked.rows("project_needs", _of(project)) if asked.may("project_needs") else []
    span = f"{project['started_on'] or '未填'} 至 {project['ended_on'] or '未填'}"
    said = [
        f"项目名称：{project['name']}。",
        f"目标：{project['goal'] or '未填'}。",
        f"计划实施时间：{span}；计划服务 {project['expected'] or 0:,} 人。",
        f"回应居民需求 {len(answers):,} 件。",
    ]
    return Section("项目设计", tuple(said))


def _carried(project: Row) -> Section:
    award = project["award"]
    closed = f"{project['closed_on']} 结项" if project["closed_on"] else "还没有结项"
    said = f"由 {project['by'] or '社会组织'} 承接，{award['awarded_on']} 决定；{closed}。"
    return Section("承接情况", (said, f"选定理由：{award['reason']}。"))


def _work(asked: Asked, project: Row) -> Section:
    """What was done within the project's programmes; of each what its registers say."""
    if not asked.may("programmes", "sessions_held", "enrolments", "attendances", "contacts"):
        return hidden("实施情况")
    programmes = [row["id"] for row in asked.rows("programmes", _of(project))]
    if not programmes:
        return Section("实施情况", ("没有登记服务项目和场次。",))
    within = Condition("programme_id", "in", tuple(programmes))
    sessions = asked.rows("sessions_held", within, Condition("state", "eq", "已举办"))
    held = Condition("session_id", "in", tuple(row["id"] for row in sessions))
    came = asked.rows("attendances", held) if sessions else []
    served = {row["resident_id"] for row in came if row["presence"] == CAME}
    met = asked.rows("contacts", within, Condition("done_on", "filled"))
    served |= {row["resident_id"] for row in met if row["resident_id"]}
    enrolled = {row["resident_id"] for row in asked.rows("enrolments", within)}
    said = f"举办活动 {len(sessions):,} 场，走访和服务 {len(met):,} 次，服务 {len(served):,} 人。"
    rates = _rates(asked, project, len(served), len(served & enrolled), len(enrolled))
    return Section("实施情况", (said,), (), rates)


def _effect(asked: Asked, project: Row) -> Section:
    """The figures that it was to move, on the day of the award and on the report's."""
    heading = "实施前后的覆盖"
    if project["group_id"] is None:
        return Section(heading, ("没有写服务对象类别，不能对照。",))
    days = (project["award"]["awarded_on"], asked.day)
    told = effects.changes(asked.actor, project, days)
    rows = tuple(tuple(one.values()) for one in told)
    if not rows:
        return hidden(heading)
    said = f"承接时指 {days[0]}，截至日为 {days[1]}；数字来自服务台账。"
    return Section(heading, (said,), (), (), (
        Listing("覆盖对照", ("指标", "承接时", "截至日", "变化"), rows, True),
    ))  # fmt: skip


def _rates(asked: Asked, project: Row, served: int, met: int, enrolled: int) -> tuple[Figure, ...]:
    reached = parts.share(
        "报名人员服务率", met, enrolled, asked.day, "项目参加人员中，至少接受过一次服务的占多少"
    )
    planned = parts.share(
        "计划完成率", served, project["expected"] or 0, asked.day, "服务人数占计划服务人数的多少"
    )
    return reached, planned


def _milestones(asked: Asked, project: Row) -> Section:
    if not asked.may("milestones"):
        return hidden("进度")
    found = asked.rows("milestones", _of(project))
    due = [row for row in found if row["due_on"] <= asked.day]
    done = sum(bool(row["done_on"]) for row in due)
    rows = tuple((row["name"], row["due_on"], row["done_on"] or "未达到") for row in found)
    table = (Listing("里程碑", ("里程碑", "应达日期", "达到日期"), rows, True),) if rows else ()
    said = () if rows else ("没有登记里程碑。",)
    rate = parts.share("里程碑达成率", done, len(due), asked.day, REACHED)
    return Section("进度", said, (), (rate,), table)


def _judged(asked: Asked, project: Row) -> Section:
    if not asked.may("evaluations", "satisfactions"):
        return hidden("评估和满意度")
    said = [
        f"{row['done_on']} {row['kind']}评估 {row['score']:g} 分，{row['opinion'] or '未写意见'}。"
        for row in asked.rows("evaluations", _of(project))
    ]
    scores = [row["score"] for row in asked.rows("satisfactions", _of(project))]
    good = sum(score >= 4 for score in scores)
    rate = parts.share("满意率", good, len(scores), asked.day, SATISFIED)
    return Section("评估和满意度", tuple(said) or ("没有登记评估。",), (), (rate,))


def _money(asked: Asked, project: Row) -> Section:
    if not asked.may("funds", "payments", "spendings"):
        return hidden(parts.MONEY)
    funds = asked.rows("funds", _of(project))
    own = {row["id"] for row in funds}
    known = money.accounts(
        funds, _mine(asked.rows("payments"), own), _mine(asked.rows("spendings"), own)
    )
    total = money.total(known.values())
    lines = asked.rows("budget_lines", _of(project)) if asked.may("budget_lines") else []
    said = (
        f"申报预算 {money.yuan(sum(row['amount'] for row in lines))} 元，"
        f"核定 {money.yuan(total.budget)} 元，结余 {money.yuan(total.left)} 元。"
    )
    return Section(parts.MONEY, (said,), (), parts.of_money(total, asked.day))


def _mine(rows: Iterable[Row], funds: set[str]) -> list[Row]:
    return [row for row in rows if row["fund_id"] in funds]


def _of(project: Row) -> Condition:
    return Condition("project_id", "eq", project["id"])
