"""Check-ups, consultations and screenings of the sample; every finding is invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from db import scales
from db.registers.contacts import CHECKUP
from db.sample.crowd import Crowd
from db.sample.days import LONG_AGO
from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, LIUMIQIAO, TAOHUAPING
from db.sample.workers import HOSPITAL, NURSE, Workers

Row = dict[str, Any]
OLD, YEAR = 65, 365
FINDINGS = (
    "各项基本正常", "各项基本正常", "血压偏高，建议复查", "血糖偏高，建议控制饮食", "视力下降",
    "血脂偏高，建议少油少盐", "骨密度偏低，注意防跌倒",
)  # fmt: skip
ADVICE = ("咨询用药", "咨询血压管理", "咨询饮食", "咨询康复锻炼", "咨询慢病报销")
SCREENED, TWICE, LOW_SPIRITS, ODDS = 220, 25, 0.16, (0.12, 0.55)


@dataclass(frozen=True)
class Clinic:
    """Check-ups of people of 65 and over in the last 12 months and before; consultations."""

    area: str
    recent: int
    before: int
    consulted: int


CLINICS = (
    Clinic(GUIHUASHU, 140, 40, 20),
    Clinic(LIUMIQIAO, 180, 60, 30),
    Clinic(TAOHUAPING, 1500, 420, 130),
)


def contacts(make: Maker, crowd: Crowd) -> list[Row]:
    """Check-ups and consultations, community by community."""
    rows: list[Row] = []
    for clinic in CLINICS:
        old = crowd.aged(clinic.area, OLD)
        for count, kind, days, results in (
            (clinic.recent, CHECKUP, (2, YEAR - 5), FINDINGS),
            (clinic.before, CHECKUP, (YEAR + 5, LONG_AGO), FINDINGS),
            (clinic.consulted, "健康咨询", (2, LONG_AGO), ADVICE),
        ):
            for resident in make.chance.sample(old, count):
                done = make.days_ago(make.chance.randint(*days)).isoformat()
                rows.append(_contact(make, clinic.area, kind, resident, done, results))
    return rows


def _contact(
    make: Maker, area: str, kind: str, resident: str, done: str, results: tuple[str, ...]
) -> Row:
    return {
        "id": make.ids.new(),
        "area_id": area,
        "kind": kind,
        "resident_id": resident,
        "done_on": done,
        "worker": HOSPITAL,
        "result": make.chance.choice(results),
    }


def screenings(make: Maker, crowd: Crowd, workers: Workers) -> list[Row]:
    """GDS-15 with old people of 桃花坪 whose children are away; a few were asked again."""
    lonely = [row["resident_id"] for row in crowd.members(TAOHUAPING, "empty_nest_elderly")]
    chosen = make.chance.sample(lonely, SCREENED)
    first = [_screening(make, workers, each, (190, YEAR)) for each in chosen]
    return first + [_screening(make, workers, each, (2, 180)) for each in chosen[:TWICE]]


def _screening(make: Maker, workers: Workers, resident: str, days: tuple[int, int]) -> Row:
    answers = _answers(make)
    return {
        "id": make.ids.new(),
        "area_id": TAOHUAPING,
        "resident_id": resident,
        "instrument": scales.GDS_15,
        "done_on": make.days_ago(make.chance.randint(*days)).isoformat(),
        "answers": answers,
        "score": scales.score(answers),
        "worker": make.chance.choice(workers[TAOHUAPING, NURSE]),
    }


def _answers(make: Maker) -> str:
    """One in six is low in spirits: each question then scores more often than not."""
    odds = ODDS[make.chance.happens(LOW_SPIRITS)]
    return "".join(
        scales.NO if (number in scales.SCORED_NO) == make.chance.happens(odds) else scales.YES
        for number in range(1, len(scales.QUESTIONS) + 1)
    )
