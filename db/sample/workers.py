"""Who works for the communities of the sample: invented names for each role."""

from __future__ import annotations

from db.sample import names
from db.sample.maker import Maker
from db.sample.places import POPULATED

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
