"""The social organisations of the sample, all invented, and the communities that they serve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, LIUMIQIAO, TAOHUAPING

Row = dict[str, Any]
STREET, CITY = "pufang", "xianning"
MARK = "示例数据，组织为虚构"


@dataclass(frozen=True)
class Made:
    """An organisation: where it is registered, which communities it serves, what it is fit for.

    `serves` has days ago from and until, `qualified` days ago of issue and days ahead of expiry.
    """

    id: str
    area: str
    name: str
    registration: str
    kind: str
    founded_on: str
    members: int
    premises: str
    scope: str
    serves: tuple[tuple[str, int, int | None], ...]
    qualified: tuple[tuple[str, int, int], ...] = ()
    status: str = "活动"


MADE = (
    Made(
        "shili_nuanyang", CITY, "示例暖阳社会工作服务中心", "登记", "社会服务机构", "2015-06", 16,
        "示例路 1 号", "儿童与青少年服务、社会工作",
        ((GUIHUASHU, 970, None), (LIUMIQIAO, 550, None)),
        (("社会组织评估等级 3A", 1080, 750),),
    ),
    Made(
        "shili_xiyanghong", STREET, "示例夕阳红养老服务社", "登记", "社会服务机构", "2016-09", 22,
        "示例路 2 号", "居家养老、日间照料、健康讲座",
        ((TAOHUAPING, 1020, None), (LIUMIQIAO, 790, 214)),
        (("养老服务机构备案", 1610, 45),),
    ),
    Made(
        "shili_heyi", STREET, "示例和谊社区互助会", "备案", "社区社会组织", "2019-04", 41,
        "社区活动室", "邻里互助、困难家庭帮扶",
        ((GUIHUASHU, 640, None),),
    ),
    Made(
        "shili_qinghe", CITY, "示例青禾公益服务中心", "登记", "社会服务机构", "2018-10", 9,
        "示例路 3 号", "青少年、残疾人服务", ((LIUMIQIAO, 450, None),),
        (("社会组织评估等级 2A", 2000, -175),),
    ),
)  # fmt: skip


def rows(make: Maker) -> dict[str, list[Row]]:
    """Organisations, their qualifications and where they serve."""
    return {
        "organisations": [_organisation(one) for one in MADE],
        "qualifications": [
            {"id": f"{one.id}_{n}", "area_id": one.area, "organisation_id": one.id, "name": name,
             "issued_on": _day(make, issued), "expires_on": _day(make, -left), "remark": MARK}
            for one in MADE
            for n, (name, issued, left) in enumerate(one.qualified)
        ],
        "organisation_areas": [
            {"id": f"{one.id}_{area}", "area_id": area, "organisation_id": one.id,
             "started_on": _day(make, since), "remark": MARK,
             **({"ended_on": _day(make, until)} if until else {})}
            for one in MADE
            for area, since, until in one.serves
        ],
    }  # fmt: skip


def _day(make: Maker, ago: int) -> str:
    return make.days_ago(ago).isoformat()


def _organisation(one: Made) -> Row:
    told = ("name", "registration", "kind", "founded_on", "members", "premises", "scope", "status")
    cells = {name: getattr(one, name) for name in told}
    return {"id": one.id, "area_id": one.area, **cells, "remark": MARK}
