"""The figures, each declared as data: who or what counts, what of it is done, in words."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import literal

from db import ages, bed_days, spans, standings, volunteering
from db.counting import (
    Rows,
    counted,
    due,
    everybody,
    in_time,
    in_touch,
    members,
    met_or_came,
    paired,
    pairs,
    ratio,
    share,
)
from db.registers.targets import BEDS, VOLUNTEERS, Goal
from db.spans import Span

RECENT, SILENT = 90, 30  # days in which somebody was served; after which a pair counts as silent
YEAR = 365


@dataclass(frozen=True)
class Indicator:
    """A figure n/N of each target group, or of each community (group ""), in SQL.

    `rows` gives area_id, group_id, subject and whether it is served, for a span: n are the
    distinct subjects served, N all. Where n and N are no numbers of such subjects, `totals` gives
    area_id, group_id, n and whole (N). `quick` and `quick_totals` are the same of a span that ends
    today.

    `done` and `undone` are the words for either side; `undone` is empty where nobody is left out.
    `period` are the days that it looks back by, 0 for one day; a month that is closed counts from
    its first day where `monthly`. `about` is the register of its subjects, empty where they are
    the residents or households of a group; `communal` says that it is of a whole community.
    `times` 100 gives a percentage. `beside` is the indicator that is shown with it. `reads` are
    the registers it is counted from. `starred` says that it depends on the first star's hours.
    """

    name: str
    label: str
    done: str
    undone: str
    numerator: str
    denominator: str
    rows: Rows
    reads: tuple[str, ...]
    quick: Rows | None = None
    totals: Rows | None = None
    quick_totals: Rows | None = None
    period: int = 0
    monthly: bool = False
    about: str = ""
    communal: bool = False
    times: int = 100
    unit: str = "%"
    goal: Goal | None = None
    beside: str = ""
    note: str = ""
    starred: bool = False

    @property
    def definition(self) -> str:
        """What is divided by what, in one sentence."""
        return f"{self.numerator}，除以{self.denominator}" + (f"；{self.note}" if self.note else "")

    @property
    def counts(self) -> str:
        """The measure word of its subjects: 次, 人, 张; empty where a group says it."""
        return {"contacts": "次", "pairings": "对", "volunteers": "人", "beds": "张"}.get(
            self.about, ""
        )

    @property
    def grouped(self) -> bool:
        """Whether there is a figure of each target group."""
        return not self.communal

    def span(self, last: str, first: str | None = None) -> Span:
        """The days that the figure of a day is about, or those from `first` on."""
        return Span(first, last) if first else spans.looking_back(last, self.period)

    def month(self, month: str) -> Span:
        """The days that the closed figure of a month is about."""
        days = spans.whole(month)
        return days if self.monthly else self.span(days.last)


_BEDS, _SERVED = counted(bed_days.beds), share(members, met_or_came)
_HERE = "当日在册的服务对象"

INDICATORS = (
    Indicator(
        "pairing",
        "结对率",
        "已结对",
        "尚无人结对",
        "有志愿者正在结对帮扶的人数",
        _HERE,
        share(members, paired),
        ("memberships", "pairings"),
        share(standings.members, standings.paired),
        note="已结束的结对不算",
    ),
    Indicator(
        "service",
        "服务覆盖率",
        "有服务",
        "没有服务",
        "期间有一次已完成的走访、服务或到场签到的人数",
        _HERE,
        _SERVED,
        ("memberships", "contacts", "attendances", "sessions_held"),
        share(standings.members, standings.served),
        period=RECENT,
        note="计划的不算",
    ),
    Indicator(
        "live_pairing",
        "有效结对率",
        "有联系",
        "没有联系",
        "期间有一次联系的结对数",
        "当日没有结束的结对",
        share(pairs, in_touch),
        ("memberships", "pairings", "contacts"),
        period=SILENT,
        about="pairings",
        note="联系要登记为“属于结对”",
    ),
    Indicator(
        "checkup",
        "体检覆盖率",
        "已体检",
        "没有体检",
        "期间有一次已完成体检的人数",
        "当日满 65 周岁的居民",
        share(ages.over_65, ages.checked_up),
        ("residents", "contacts"),
        share(standings.over(65, ages.ELDERLY), standings.checked),
        period=YEAR,
        note="只知出生年份的按年初算，不知出生日期的不在内",
    ),
    Indicator(
        "timely",
        "走访及时率",
        "按时办结",
        "没有按时",
        "在应办日期当天或之前完成的次数",
        "期间应办的走访和服务次数",
        share(due, in_time),
        ("contacts",),
        period=SILENT,
        monthly=True,
        about="contacts",
        communal=True,
    ),
    Indicator(
        "volunteers",
        "志愿者占比",
        "在册志愿者",
        "",
        "当日在册的志愿者人数",
        "当日的居民人数",
        share(volunteering.registered, lambda span: literal(True)),
        ("volunteers", "residents"),
        totals=ratio(counted(volunteering.registered), counted(everybody)),
        quick_totals=ratio(counted(volunteering.registered), counted(standings.everybody)),
        about="volunteers",
        communal=True,
        goal=VOLUNTEERS,
        note="志愿者也可以不是本社区居民",
    ),
    Indicator(
        "active_volunteers",
        "活跃志愿者率",
        "服务满 1 小时",
        "不足 1 小时",
        "期间认定的服务时长合计满 1 小时的人数",
        "当日在册的志愿者",
        share(volunteering.registered, volunteering.active),
        ("volunteers", "hours"),
        period=YEAR,
        about="volunteers",
        communal=True,
    ),
    Indicator(
        "hours",
        "人均服务时长",
        "有认定时长",
        "没有认定时长",
        "在册志愿者历年认定的服务小时数",
        "当日在册的志愿者人数",
        share(volunteering.registered, lambda span: volunteering.given(span) > 0),
        ("volunteers", "hours"),
        totals=ratio(volunteering.all_hours, counted(volunteering.registered)),
        about="volunteers",
        communal=True,
        times=1,
        unit="小时",
    ),
    Indicator(
        "starred",
        "星级志愿者率",
        "已有星级",
        "还没有星级",
        "历年认定的服务时长达到一星的人数",
        "当日在册的志愿者",
        share(volunteering.registered, lambda span: volunteering.given(span) >= span.star),
        ("volunteers", "hours"),
        about="volunteers",
        communal=True,
        starred=True,
        note="几小时一星见“设置”里的星级时长",
    ),
    Indicator(
        "beds",
        "每千名老人床位",
        "可用床位",
        "",
        "可用的床位数",
        "当日满 60 周岁的居民人数",
        share(bed_days.beds, lambda span: literal(True)),
        ("beds", "residents"),
        totals=ratio(_BEDS, counted(ages.aged_60)),
        quick_totals=ratio(_BEDS, counted(standings.over(60))),
        about="beds",
        communal=True,
        times=1000,
        unit="张",
        goal=BEDS,
        beside="beds_65",
        note="停用的床位不算",
    ),
    Indicator(
        "beds_65",
        "每千名 65 岁以上老人床位",
        "可用床位",
        "",
        "可用的床位数",
        "当日满 65 周岁的居民人数",
        share(bed_days.beds, lambda span: literal(True)),
        ("beds", "residents"),
        totals=ratio(_BEDS, counted(ages.aged_65)),
        quick_totals=ratio(_BEDS, counted(standings.over(65))),
        about="beds",
        communal=True,
        times=1000,
        unit="张",
        note="停用的床位不算",
    ),
    Indicator(
        "bed_use",
        "床位使用率",
        "有人住过",
        "一直空着",
        "期间有人住的床日数",
        "期间可用的床日数",
        share(bed_days.beds, bed_days.taken),
        ("beds", "stays"),
        totals=ratio(bed_days.used, bed_days.available),
        period=SILENT,
        monthly=True,
        about="beds",
        communal=True,
        note="退住当天不算，预订的不算",
    ),
)
BY_NAME = {indicator.name: indicator for indicator in INDICATORS}
