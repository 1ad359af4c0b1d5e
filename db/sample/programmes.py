"""What the communities of the sample offer again and again, as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from db.sample import days, facilities, workers
from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, TAOHUAPING

Row = dict[str, Any]
VOLUNTEER, TEACHER = "志愿者", "授课老师"


@dataclass(frozen=True)
class Plan:
    """A programme: when it is held, for whom, in which rooms, by whom.

    `groups` are asked to take part from the first on, people from `youngest` on, `size` of them
    (in each course, where there are courses, `at_once` of which are held on a day). `staff` are
    roles and how often each is there; volunteers come from `team`. `others` came unregistered.
    """

    id: str
    area: str
    name: str
    kind: str
    days: Callable[[Maker], list[dt.date]]
    hours: tuple[str, str]
    groups: tuple[str, ...]
    youngest: int
    size: int
    never: int
    facility: str
    rooms: tuple[str, ...]
    staff: tuple[tuple[str, float], ...]
    team: str
    courses: tuple[str, ...] = ()
    at_once: int = 1
    topics: tuple[str, ...] = ()
    others: tuple[int, int] = (0, 0)
    remark: str = ""


PLANS = (
    Plan(
        "guihuashu_care", GUIHUASHU, "关爱留守儿童服务社", "留守儿童关爱",
        lambda make: days.weekly(make, days.SATURDAY), ("09:00", "10:30"),
        ("left_behind_children",), 5, 30, 4,
        facilities.CHILDREN, ("教室", "阅览室"),
        ((workers.COUNSELLOR, 0.82), (workers.SOCIAL_WORKER, 0.93), (VOLUNTEER, 0.88)),
        "guihuashu_mothers",
        remark="采取“心理辅导老师、社工、志愿者”的模式（据 4 月 20 日报道），场次和人员为示例",
    ),
    Plan(
        "guihuashu_sunday", GUIHUASHU, "快乐星期天", "课外课堂",
        lambda make: days.weekly(make, days.SUNDAY), ("14:30", "16:00"),
        ("left_behind_children", "migrant_children"), 6, 14, 1,
        facilities.CHILDREN, ("教室", "娱乐室"),
        ((TEACHER, 1.0), (VOLUNTEER, 0.8)), "guihuashu_sunday",
        courses=("心理关爱", "手工辅导", "美术", "体育", "国学知识"), at_once=2,
        remark="免费校外辅导项目（据 4 月 20 日报道），老师、场次和人员为示例",
    ),
    Plan(
        "guihuashu_half_past_five", GUIHUASHU, "五点半学校", "五点半学校",
        days.school, ("17:30", "19:00"),
        ("left_behind_children", "migrant_children"), 7, 28, 3,
        facilities.CHILDREN, ("教室", "阅览室", "教室", "娱乐室"),
        ((workers.SOCIAL_WORKER, 0.6), (VOLUNTEER, 0.85)), "guihuashu_sunday",
        remark="设有阅览室、教室、娱乐室（据 4 月 20 日报道），场次和人员为示例",
    ),
    Plan(
        "taohuaping_lectures", TAOHUAPING, "医养结合健康讲座", "健康讲座",
        lambda make: days.monthly(make, 18), ("09:00", "10:30"),
        ("empty_nest_elderly",), 65, 30, 3,
        facilities.CENTRE, ("娱乐室",),
        ((workers.NURSE, 1.0), (workers.SOCIAL_WORKER, 0.5)), "taohuaping_care",
        topics=("高血压防治", "糖尿病饮食", "预防跌倒", "冬季保健", "合理用药", "口腔保健"),
        others=(8, 45),
        remark="与蒲纺医院一同举办科普知识讲座（据 4 月 20 日报道），场次和人员为示例",
    ),
    Plan(
        "taohuaping_together", TAOHUAPING, "桃花坪老年文体活动", "文化活动",
        lambda make: days.monthly(make, 8) + days.monthly(make, 22), ("15:00", "16:30"),
        ("empty_nest_elderly",), 65, 24, 2,
        facilities.CENTRE, ("娱乐室", "健身室"),
        ((workers.SOCIAL_WORKER, 0.7), (VOLUNTEER, 0.9)), "taohuaping_arts",
        topics=("合唱", "棋牌", "太极拳", "书法", "观影", "集体生日"),
        others=(0, 20),
        remark="经常组织开展文体活动（据 4 月 20 日报道），场次和人员为示例",
    ),
)  # fmt: skip


def rows(make: Maker) -> list[Row]:
    """The programmes; where the report gives no first day, the day from which we tell of them."""
    return [
        {
            "id": plan.id,
            "area_id": plan.area,
            "name": plan.name,
            "kind": plan.kind,
            "group_id": plan.groups[0],
            "place": _place(plan),
            "started_on": plan.days(make)[0].isoformat(),
            "remark": plan.remark,
        }
        for plan in PLANS
    ]


def _place(plan: Plan) -> str:
    return "、".join(dict.fromkeys(plan.rooms))


def courses(make: Maker) -> list[Row]:
    return [
        {
            "id": make.ids.new(),
            "area_id": plan.area,
            "programme_id": plan.id,
            "name": course,
            "teacher": workers.name(make),
        }
        for plan in PLANS
        for course in plan.courses
    ]
