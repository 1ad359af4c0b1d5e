"""Who works for the communities of the sample: invented names for each role."""

from __future__ import annotations

from typing import Any

from db.sample import names
from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, LIUMIQIAO, POPULATED, TAOHUAPING

COUNSELLOR, SOCIAL_WORKER, NURSE = "心理辅导老师", "社工", "医护人员"
_WANTED = ((COUNSELLOR, 2), (SOCIAL_WORKER, 3), (NURSE, 3))
HOSPITAL = "蒲纺医院"

Workers = dict[tuple[str, str], tuple[str, ...]]


def of(make: Maker) -> Workers:
    """Names by community and role."""
    return {
        (area, role): tuple(name(make) for _ in range(count))
        for area in POPULATED
        for role, count in _WANTED
    }


def name(make: Maker) -> str:
    """Somebody between 26 and 55 years old."""
    sex = make.chance.choice("男女女")
    year = make.day.year - make.chance.randint(26, 55)
    return names.full(make.chance, names.surname(make.chance), sex, year)


_Post = tuple[str, int | None, str | None]
# Grade, days until the certificate runs out (None: it has no end) and the organisation (None: the
# community's own), of each community's three.
_POSTS: dict[str, tuple[_Post, ...]] = {
    GUIHUASHU: (
        ("社工师", 62, "shili_nuanyang"),
        ("助理社工师", 700, "shili_nuanyang"),
        ("无证", None, None),
    ),
    LIUMIQIAO: (
        ("无证", None, "shili_qinghe"),
        ("无证", None, "shili_nuanyang"),
        ("无证", None, None),
    ),
    TAOHUAPING: (
        ("高级社工师", None, "shili_xiyanghong"),
        ("社工师", -12, "shili_xiyanghong"),
        ("助理社工师", 45, None),
    ),
}


def rows(make: Maker, staff: Workers) -> list[dict[str, Any]]:
    """The register of social workers: those who stand at the sessions, in 六米桥 without papers."""
    return [
        _row(make, area, name, number, _POSTS[area][number])
        for area in POPULATED
        for number, name in enumerate(staff[area, SOCIAL_WORKER])
    ]


def _row(make: Maker, area: str, name: str, number: int, post: _Post) -> dict[str, Any]:
    grade, left, organisation = post
    row = {
        "id": make.ids.new(),
        "area_id": area,
        "name": name,
        "grade": grade,
        "started_on": make.days_ago(300 + 200 * number).isoformat(),
        "status": "在册",
        "remark": "示例数据，人物为虚构",
    }
    if grade != "无证":
        row["certificate"] = f"示例{area[:3].upper()}{number + 1:04d}"
    if organisation:
        row["organisation_id"] = organisation
    if left is not None:
        row["expires_on"] = make.days_ago(-left).isoformat()
    return row
