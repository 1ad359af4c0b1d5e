"""Honours as the report tells of them; commendations that are marked as invented."""

from __future__ import annotations

from collections import Counter
from typing import Any

from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, LIUMIQIAO, NAMES, POPULATED, REPORT, TAOHUAPING
from db.sample.volunteers import Helpers

Row = dict[str, Any]
# The report names three people. They are no volunteers of the sample, for nothing but its words
# may be told of them: they stand as what their community is known for.
_HONOURS: tuple[Row, ...] = (
    {
        "title": "全省“家庭、和谐、纠纷人民调解室”试点社区",
        "level": "省级",
        "given_on": "2016",
        "remark": "六米桥社区婚姻家庭调解室荣获",
    },
    {"title": "先进典型：残疾人志愿者张彩虹", "remark": "视残疾人如亲人"},
    {
        "title": "先进典型：爱心妈妈邓秋红",
        "remark": (
            "11 年如一日关心帮扶留守儿童，5 名留守儿童有的已经走上工作岗位，有的已经进入大学求学"
        ),
    },
    {
        "title": "先进典型：文化志愿者程桂仙",
        "remark": "热心公益，组织成立小区广场舞队，坚持义务为广大妇女服务",
    },
)
# Only teams that are samples themselves.
_TEAMS = (
    ("guihuashu_sunday", GUIHUASHU, "社区优秀志愿服务队", 205),
    ("taohuaping_arts", TAOHUAPING, "社区优秀文体队伍", 330),
)
_BEST = 3  # volunteers of each community with most hours


def honours(make: Maker) -> list[Row]:
    return [
        {"id": make.ids.new(), "area_id": LIUMIQIAO, **row, "source": REPORT} for row in _HONOURS
    ]


def recognitions(make: Maker, helpers: Helpers, hours: list[Row]) -> list[Row]:
    """Of those who gave most hours, and of two teams."""
    given = Counter[str]()
    for row in hours:
        given[row["volunteer_id"]] += row.get("hours", 0)
    rows = [
        _recognition(make, area, {"team_id": team}, title, days)
        for team, area, title, days in _TEAMS
    ]
    for area in POPULATED:
        here = [row["id"] for row in helpers.volunteers if row["area_id"] == area]
        for best in sorted(here, key=lambda each: -given[each])[:_BEST]:
            days = make.chance.randint(3, 90)
            rows.append(_recognition(make, area, {"volunteer_id": best}, "社区优秀志愿者", days))
    return rows


def _recognition(make: Maker, area: str, whom: dict[str, str], title: str, days: int) -> Row:
    return {
        "id": make.ids.new(),
        "area_id": area,
        **whom,
        "title": title,
        "level": "社区",
        "issuer": NAMES[area],
        "given_on": make.days_ago(days).isoformat(),
        "remark": "示例数据，表彰为虚构",
    }
