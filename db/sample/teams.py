"""The volunteer teams of the sample, and who joins which, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from db.sample.places import GUIHUASHU, LIUMIQIAO, TAOHUAPING

# Those the report tells of carry its words and no founding day, which it does not give.
_TEAMS: tuple[dict[str, Any], ...] = (
    {
        "id": "guihuashu_mothers",
        "area_id": GUIHUASHU,
        "name": "桂花树爱心妈妈志愿者队",
        "kind": "爱心妈妈",
        "remark": "以妇联为依托招募，与留守儿童结对（据 4 月 20 日报道）",
    },
    {
        "id": "guihuashu_sunday",
        "area_id": GUIHUASHU,
        "name": "桂花树“快乐星期天”志愿者队",
        "kind": "志愿者服务队",
        "founded_on": "2023-03-05",
        "remark": "示例队伍，协助留守儿童服务社的校外辅导",
    },
    {
        "id": "liumiqiao_service",
        "area_id": LIUMIQIAO,
        "name": "六米桥社区志愿者服务队",
        "kind": "志愿者服务队",
        "remark": "与义工组织合计百余人，每月社区清洁、每天义务巡逻（据 4 月 20 日报道）",
    },
    {
        "id": "liumiqiao_helpers",
        "area_id": LIUMIQIAO,
        "name": "六米桥社区义工组织",
        "kind": "义工组织",
        "remark": "与志愿者服务队合计百余人（据 4 月 20 日报道）",
    },
    {
        "id": "liumiqiao_mothers",
        "area_id": LIUMIQIAO,
        "name": "六米桥爱心妈妈小组",
        "kind": "爱心妈妈",
        "founded_on": "2023-03-08",
        "remark": "示例队伍",
    },
    {
        "id": "liumiqiao_dance",
        "area_id": LIUMIQIAO,
        "name": "六米桥小区广场舞队",
        "kind": "文体队伍",
        "remark": "义务为广大妇女服务（据 4 月 20 日报道）",
    },
    {
        "id": "taohuaping_care",
        "area_id": TAOHUAPING,
        "name": "桃花坪为老服务志愿者队",
        "kind": "志愿者服务队",
        "founded_on": "2022-10-04",
        "remark": "示例队伍",
    },
    {
        "id": "taohuaping_arts",
        "area_id": TAOHUAPING,
        "name": "桃花坪银龄文体队",
        "kind": "文体队伍",
        "founded_on": "2023-05-12",
        "remark": "示例队伍",
    },
)


@dataclass(frozen=True)
class Cohort:
    """`active` volunteers who joined the same teams, with those who have stopped or paused."""

    area: str
    teams: tuple[str, ...]
    active: int
    left: int = 0
    paused: int = 0
    sex: str = ""
    ages: tuple[int, int] = (20, 68)
    skills: tuple[str, ...] = ()


# 六米桥: 54 + 16 + 34 + 6 + 8 = 118 who are active.
COHORTS = (
    Cohort(
        GUIHUASHU,
        ("guihuashu_mothers",),
        26,
        left=4,
        sex="女",
        ages=(28, 62),
        skills=("课业辅导", "心理辅导", "文艺"),
    ),
    Cohort(
        GUIHUASHU,
        ("guihuashu_sunday",),
        32,
        left=3,
        paused=2,
        skills=("心理辅导", "课业辅导", "体育", "文艺"),
    ),
    Cohort(
        LIUMIQIAO,
        ("liumiqiao_service",),
        54,
        left=4,
        paused=3,
        skills=("巡逻", "保洁", "维修", "助老", "理发"),
    ),
    Cohort(
        LIUMIQIAO,
        ("liumiqiao_service", "liumiqiao_helpers"),
        16,
        left=2,
        skills=("巡逻", "法律", "医护", "助老"),
    ),
    Cohort(
        LIUMIQIAO,
        ("liumiqiao_helpers",),
        34,
        left=3,
        paused=2,
        skills=("助老", "理发", "维修", "医护"),
    ),
    Cohort(LIUMIQIAO, ("liumiqiao_service", "liumiqiao_dance"), 6, sex="女", skills=("文艺",)),
    Cohort(
        LIUMIQIAO,
        ("liumiqiao_service", "liumiqiao_mothers"),
        8,
        left=1,
        sex="女",
        ages=(28, 62),
        skills=("课业辅导", "心理辅导"),
    ),
    Cohort(
        TAOHUAPING,
        ("taohuaping_care",),
        64,
        left=5,
        paused=3,
        ages=(20, 72),
        skills=("助老", "医护", "理发", "维修", "心理辅导"),
    ),
    Cohort(
        TAOHUAPING,
        ("taohuaping_arts",),
        28,
        left=2,
        ages=(50, 74),
        skills=("文艺", "体育"),
    ),
)


def rows() -> list[dict[str, Any]]:
    return [dict(team) for team in _TEAMS]
