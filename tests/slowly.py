"""Figures counted one by one in plain Python, over random communities: slow, and easy to believe.

Nothing here is shared with the SQL: what a figure means is written a second time.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Told = dict[str, bool]  # subject → whether it is served
HERE = ("常住", "流入", "外出")


class Slow:
    """A community's rows as they are, and its figures on a day."""

    def __init__(self, rows: Rows, first: str, last: str) -> None:
        self.rows, self.first, self.last = rows, first, last

    def all(self, name: str) -> Iterator[Row]:
        return (row for row in self.rows[name] if row["deleted_at"] is None)

    def open(self, row: Row) -> bool:
        begun = row["started_on"] <= self.last
        return begun and (row["ended_on"] is None or row["ended_on"] > self.last)

    def within(self, day: str | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def lives_here(self) -> set[str]:
        return {row["id"] for row in self.all("residents") if row["status"] in HERE}

    def members(self, group: str) -> set[str]:
        there = self.lives_here() | {row["id"] for row in self.all("households")}
        joined = (r for r in self.all("memberships") if r["group_id"] == group and self.open(r))
        return {row["resident_id"] or row["household_id"] for row in joined} & there

    def paired(self, group: str) -> Told:
        helped = {
            r["resident_id"] or r["household_id"] for r in self.all("pairings") if self.open(r)
        }
        return {one: one in helped for one in self.members(group)}

    def served(self, group: str) -> Told:
        met = {
            row["resident_id"] or row["household_id"]
            for row in self.all("contacts")
            if self.within(row["done_on"])
        }
        held = {
            row["id"]
            for row in self.all("sessions_held")
            if row["state"] == "已举办" and self.within(row["held_on"])
        }
        came = {
            row["resident_id"]
            for row in self.all("attendances")
            if row["presence"] == "到" and row["session_id"] in held
        }
        return {one: one in met | came for one in self.members(group)}

    def alive(self, group: str) -> Told:
        heard = {row["pairing_id"] for row in self.all("contacts") if self.within(row["done_on"])}
        of = self.members(group)
        return {
            row["id"]: row["id"] in heard
            for row in self.all("pairings")
            if self.open(row) and (row["resident_id"] or row["household_id"]) in of
        }

    def checked(self) -> Told:
        seen = {
            row["resident_id"]
            for row in self.all("contacts")
            if row["kind"] == "体检" and self.within(row["done_on"])
        }
        return {one: one in seen for one in self.aged(65)}

    def aged(self, years: int) -> set[str]:
        here = self.lives_here()
        return {r["id"] for r in self.all("residents") if r["id"] in here and self._is(r, years)}

    def _is(self, person: Row, years: int) -> bool:
        if not person["birth_date"]:
            return False
        year, month, day = (*map(int, person["birth_date"].split("-")), 1, 1)[:3]
        return dt.date(year + years, month, day) <= dt.date.fromisoformat(self.last)

    def timely(self) -> Told:
        due = (row for row in self.all("contacts") if self.within(row["due_on"]))
        return {r["id"]: bool(r["done_on"]) and r["done_on"] <= r["due_on"] for r in due}

    def enrolled(self) -> list[str]:
        return [
            row["id"]
            for row in self.all("volunteers")
            if row["status"] == "在册" and (row["registered_on"] or "") <= self.last
        ]

    def hours(self, who: str, first: str = "") -> float:
        return sum(
            row["hours"] or 0
            for row in self.all("hours")
            if row["volunteer_id"] == who
            and row["state"] == "已认定"
            and first <= row["served_on"] <= self.last
        )

    def beds(self) -> list[str]:
        return [row["id"] for row in self.all("beds") if row["in_use"] is not False]

    def days(self) -> list[str]:
        first, last = dt.date.fromisoformat(self.first), dt.date.fromisoformat(self.last)
        return [(first + dt.timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]

    def bed_days(self) -> set[tuple[str, str]]:
        return {
            (row["bed_id"], day)
            for row in self.all("stays")
            for day in self.days()
            if row["state"] == "在住"
            and row["bed_id"] in self.beds()
            and row["started_on"] <= day
            and (row["ended_on"] is None or row["ended_on"] > day)
        }

    def of_group(self, indicator: str, group: str) -> Told:
        """The members or pairings of a group behind a figure."""
        if indicator == "checkup":
            return self.checked() if group == "elderly" else {}
        found = {"pairing": self.paired, "service": self.served, "live_pairing": self.alive}
        return found[indicator](group)

    def of_community(self, indicator: str) -> tuple[float, float]:
        """n and N of a figure of the whole community."""
        helpers, beds = self.enrolled(), self.beds()
        given = {one: self.hours(one) for one in helpers}
        lately = [one for one in helpers if self.hours(one, self.first) >= 1]
        due = self.timely()
        return {
            "timely": (sum(due.values()), len(due)),
            "volunteers": (len(helpers), len(self.lives_here())),
            "active_volunteers": (len(lately), len(helpers)),
            "hours": (sum(given.values()), len(helpers)),
            "starred": (sum(one >= 100 for one in given.values()), len(helpers)),
            "beds": (len(beds), len(self.aged(60))),
            "beds_65": (len(beds), len(self.aged(65))),
            "bed_use": (len(self.bed_days()), len(beds) * len(self.days())),
        }[indicator]


THEN = "2026-01-01T00:00:00.000000Z"


class Worlds:
    """Communities in any state at all, with days at the edges of what is looked back to."""

    def __init__(self, seed: int, today: dt.date) -> None:
        self.chance, self.today = random.Random(seed), today
        back = (0, 0, 1, 2, 28, 29, 30, 31, 60, 88, 89, 90, 91, 363, 364, 365, 366, 500)
        self.days = [(today - dt.timedelta(days=n)).isoformat() for n in back]
        born = [(today.year - 60, 0), (today.year - 65, 0), (today.year - 65, 1)]
        edges = [
            dt.date(y, today.month, min(today.day, 28)) + dt.timedelta(days=d) for y, d in born
        ]
        self.births = [None, f"{today.year - 65}", f"{today.year - 65}-{today:%m}", "1940-05-06",
                       "2015-03", *(day.isoformat() for day in edges)]  # fmt: skip

    def row(self, area: str, letter: str, n: int, /, *, alive: bool = False, **cells: Any) -> Row:
        gone = None if alive else self.chance.choice((None, None, None, THEN))
        own = {"id": f"{area}-{letter}{n}", "area_id": area, "created_at": THEN, "deleted_at": gone}
        return own | cells

    def day(self) -> str:
        return self.chance.choice(self.days)

    def span(self) -> Row:
        return {"started_on": self.day(), "ended_on": self.chance.choice((None, self.day()))}

    def whom(self, people: list[Row], homes: list[Row]) -> Row:
        one = self.chance.choice([*people, *homes])
        of, other = "resident_id", "household_id"
        return {of: one["id"], other: None} if one in people else {other: one["id"], of: None}

    def world(self, area: str, groups: tuple[str, ...]) -> Rows:
        pick, many = self.chance.choice, self.chance.randint
        status = (*HERE, "常住", "常住", "迁出", "死亡")
        people = [
            self.row(area, "p", n, name="x", status=pick(status), birth_date=pick(self.births))
            for n in range(many(1, 9))
        ]
        homes = [self.row(area, "h", n, number=f"{n}") for n in range(many(0, 3))]
        helpers = [
            self.row(area, "v", n, name="x", status=pick(("在册", "在册", "暂停", "退出")),
                     registered_on=pick((None, self.day())))
            for n in range(many(1, 4))
        ]  # fmt: skip
        joins = [
            self.row(area, "m", n, group_id=pick(groups), **self.span(), **self.whom(people, homes))
            for n in range(many(6, 26))
        ]
        pairs = [
            self.row(area, "q", n, volunteer_id=pick(helpers)["id"], **self.span(),
                     **self.whom(people, homes))
            for n in range(many(2, 14))
        ]  # fmt: skip
        place = self.row(area, "", 0, alive=True, name=area, level="社区")
        return {
            "areas": [place | {"id": area, "area_id": "street"}],
            "households": homes, "residents": people, "memberships": joins,
            "volunteers": helpers, "pairings": pairs,
            **self.contacts(area, people, homes, pairs),
            **self.sessions(area, people), **self.hours(area, helpers), **self.beds(area, people),
        }  # fmt: skip

    def contacts(self, area: str, people: list[Row], homes: list[Row], pairs: list[Row]) -> Rows:
        pick = self.chance.choice
        made = []
        for n in range(self.chance.randint(4, 20)):
            pair = pick((None, *pairs))
            whom = self.whom(people, homes)
            if pair:
                whom = {name: pair[name] for name in ("resident_id", "household_id")}
            due, done = pick(((None, self.day()), (self.day(), None), (self.day(), self.day())))
            kind = pick(("走访", "体检", "电话"))
            made.append(self.row(area, "c", n, kind=kind, due_on=due, done_on=done,
                                 pairing_id=pair and pair["id"], **whom))  # fmt: skip
        return {"contacts": made}

    def sessions(self, area: str, people: list[Row]) -> Rows:
        pick = self.chance.choice
        programme = self.row(area, "r", 0, alive=True, name="x", kind="课外课堂")
        held = [
            self.row(area, "s", n, programme_id=programme["id"], held_on=self.day(),
                     state=pick(("已举办", "已举办", "计划", "未举办")))
            for n in range(4)
        ]  # fmt: skip
        marks = ("到", "到", "请假", "缺席")
        pairs = [(one["id"], who["id"]) for one in held for who in people]
        came = [
            self.row(area, "a", n, session_id=one, resident_id=who, presence=pick(marks))
            for n, (one, who) in enumerate(self.chance.sample(pairs, min(6, len(pairs))))
        ]
        return {"programmes": [programme], "sessions_held": held, "attendances": came}

    def hours(self, area: str, helpers: list[Row]) -> Rows:
        pick = self.chance.choice
        return {
            "hours": [
                self.row(area, "t", n, volunteer_id=pick(helpers)["id"], served_on=self.day(),
                         hours=pick((None, 0.5, 1.0, 40.0, 60.0, 99.5)),
                         state=pick(("已认定", "已认定", "待认定", "退回")))
                for n in range(self.chance.randint(2, 12))
            ]
        }  # fmt: skip

    def beds(self, area: str, people: list[Row]) -> Rows:
        pick = self.chance.choice
        house = self.row(area, "f", 0, alive=True, name="x")
        room = self.row(area, "g", 0, alive=True, facility_id=house["id"], name="x")
        beds = [
            self.row(area, "b", n, room_id=room["id"], number=f"{n}", kind="老年公寓",
                     in_use=pick((None, True, False)))
            for n in range(self.chance.randint(1, 4))
        ]  # fmt: skip
        stays = [
            self.row(area, "y", n, bed_id=pick(beds)["id"], resident_id=pick(people)["id"],
                     state=pick(("在住", "在住", "已预订")), **self.span())
            for n in range(self.chance.randint(0, 6))
        ]  # fmt: skip
        return {"facilities": [house], "rooms": [room], "beds": beds, "stays": stays}
