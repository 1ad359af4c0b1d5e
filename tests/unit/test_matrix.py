"""Who may do what: every role × register × verb, by every door, against a table written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from db import custom, doors, founding, ids
from db.actors import Actor
from db.changes import Change
from db.doors import Condition, Forbidden, Question
from db.parsers import Refused
from db.permissions import ROLES
from db.registers import REGISTERS
from tests import chained
from tests.callers import Caller, in_use, signed_in
from tests.permitted import AT_HOME, AWAY, KINDS, MASKED, ONCE, PUBLISHED, hidden, written
from tests.village import ADMIN, EAST, NORTH, ROOT, STREET, WEST, add, cell, done, places_of

HOME = {"city_admin": ROOT, "researcher": ROOT, "nobody": ROOT, "county_officer": STREET,
        "street_officer": STREET, "organisation": STREET}  # fmt: skip
OF = {"organisation": "e-org"}


def actor(role: str) -> Actor:
    return Actor(f"m-{role}", role, role, HOME.get(role, EAST), True, OF.get(role))


AREA_OF = {"areas": STREET, "groups": ROOT}


PRIVATE = [register.name for register in REGISTERS if register.about.kept_by]
SIGNED = [register.name for register in REGISTERS if register.about.signed]
SERVED = {"residents": "e-an", "projects": "e-project"}  # what the organisation carries out


def case(area: str, by: str = "admin") -> Change:
    """A case of the walker's own or of the administrator who is there before all walkers."""
    return add("cases", f"{area[0]}-case-{by}", area, number="1", kind="邻里")


def new(register: str, row_id: str, at: str, by: str = "admin") -> Change:
    """A row that may be added, in a community or where its kind belongs."""
    area = AREA_OF.get(register, at) if at == EAST else at
    which = row_id.split("-")[0].replace("home", "spare").replace("away", "spare")
    cells = {
        name: text.format(area[0], by, which) if isinstance(text, str) else text
        for name, text in KINDS[register].cells.items()
    }
    unique = {
        name: f"{text}{row_id}"
        for name, text in cells.items()
        if name in ("name", "number", "pair")
    }
    # Of a short list each may be said once: the rows that are there say the first.
    once = {name: both[which != "spare"] for name, both in ONCE.get(register, {}).items()}
    return add(register, row_id, area, **{**cells, **unique, **once})


class InProcess:
    """The doors as pages and commands open them."""

    def __init__(self, on: Engine, who: Actor) -> None:
        self.on, self.who = on, who

    def reads(self, register: str, area: str, row_id: str) -> list[bool]:
        on, who, kind = self.on, self.who, KINDS[register]
        asking: list[Callable[[], Any]] = [
            lambda: doors.read(on, who, Question(register, area, limit=500)).rows,
            lambda: doors.by_ids(on, who, register, [row_id]).rows,
            lambda: (
                doors.read(on, who, Question(register, where=(Condition("id", "eq", row_id),))).rows
            ),
            lambda: doors.distinct(on, who, Question(register, area), kind.text).values,
            lambda: doors.feed(on, who, register, area, 0).rows,
            lambda: doors.history(on, who, register, row_id),
            lambda: doors.export(on, who, Question(register, area), "核对").rows,
            lambda: [row for row in [doors.row(on, who, register, row_id)] if row],
        ]
        if kind.refers and kind.refers not in hidden(who.role, register):
            asking.append(lambda: doors.choices(on, who, register, kind.refers, area))
        return [gives(ask) for ask in asking]

    def counts(self, register: str, area: str) -> bool:
        try:
            doors.totals(self.on, self.who, Question(register, area))
        except Forbidden:
            return False
        return True

    def writes(self, change: Change) -> str:
        return doors.write(self.on, self.who, [change], source="test").outcomes[0].status

    def reveals(self, register: str, row_id: str) -> bool:
        name = KINDS[register].hidden
        return gives(lambda: doors.reveal(self.on, self.who, register, row_id, name, "核对"))

    def columns(self, register: str) -> dict[str, bool]:
        _, fields, sights = doors.columns(self.on, self.who, register)
        return {one.name: sights[one.name] == "masked" for one in fields}


def gives(ask: Callable[[], Any]) -> bool:
    try:
        return bool(ask())
    except (Forbidden, Refused):
        return False


class OverHttp:
    """The doors as the grid and other systems open them."""

    def __init__(self, on: Engine, who: Actor) -> None:
        self.who = who
        self.caller: Caller = signed_in(on, who)[0]

    def get(self, path: str, **asked: Any) -> Any:
        """The answer, or None where it is refused."""
        answer = self.caller.get(path, params=asked)
        assert answer.status_code in (200, 403), answer.text
        return answer.json() if answer.status_code == 200 else None

    def reads(self, register: str, area: str, row_id: str) -> list[bool]:
        of, where = {"register": register}, f'[{{"field":"id","value":"{row_id}"}}]'
        answers = [
            (self.get("/rows", area=area, limit=500, **of) or {}).get("rows"),
            (self.get("/rows/by-id", ids=row_id, **of) or {}).get("rows"),
            (self.get("/rows", where=where, **of) or {}).get("rows"),
            (self.get("/values", area=area, field=KINDS[register].text, **of) or {}).get("values"),
            (self.get("/feed", area=area, since=0, **of) or {}).get("rows"),
            (self.get("/history", id=row_id, **of) or {}).get("entries"),
            self.exports(register, area),
        ]
        name = KINDS[register].refers
        if name and name not in hidden(self.who.role, register):
            answers.append((self.get("/choices", area=area, field=name, **of) or {}).get("choices"))
        return [bool(answer) for answer in answers]

    def exports(self, register: str, area: str) -> bool:
        """Whether the file has a line between its header and its mark."""
        asked = {"register": register, "area": area, "format": "csv", "reason": "核对"}
        answer = self.caller.post("/export", json=asked)
        assert answer.status_code in (200, 403), answer.text
        return answer.status_code == 200 and answer.text.strip().count("\n") > 1

    def counts(self, register: str, area: str) -> bool:
        """Only memberships and pairings are counted over HTTP, in the figures of coverage."""
        return self.get("/coverage", area=area) is not None

    def writes(self, change: Change) -> str:
        sent = {name: getattr(change, name) for name in ("op", "register", "id", "before", "after")}
        answer = self.caller.post("/changes", json={"batch": ids.new(), "changes": [sent]})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["results"][0]["status"])

    def reveals(self, register: str, row_id: str) -> bool:
        asked = {
            "register": register,
            "id": row_id,
            "field": KINDS[register].hidden,
            "reason": "核对",
        }
        answer = self.caller.post("/reveal", json=asked)
        assert answer.status_code in (200, 403), answer.text
        return answer.status_code == 200 and bool(answer.json()["value"])

    def columns(self, register: str) -> dict[str, bool]:
        answer = self.get("/columns", register=register)
        return {one["name"]: one["masked"] for one in answer["columns"]}


Way = type[InProcess] | type[OverHttp]


def put_in(on: Engine, changes: list[Change]) -> None:
    """What nobody but organisations may write comes from who fills a database."""
    own = [change for change in changes if change.register in ("bids", "bid_files")]
    done(on, ADMIN, *(change for change in changes if change not in own))
    done(on, founding.SYSTEM, *own)


@pytest.fixture
def spare(village: Engine) -> Iterator[Engine]:
    """In two communities a row of each register that nothing points at, beside a chain."""
    chained.account(village, "m-judge", chained.JUDGE, "judge", EAST, None)
    chained.relax(village)
    done(village, ADMIN, *NEIGHBOURS)
    for area in (EAST, NORTH):
        chained.fill(village, area)
    for at, area in (("home", EAST), ("away", NORTH)):
        put_in(village, PRESENT[at, area])
    with in_use(village) as on:
        yield on


NEIGHBOURS = [
    add("volunteers", "n-vol", NORTH, name="北志"),
    add("teams", "n-team", NORTH, name="北队"),
    add("organisations", "n-org", NORTH, name="北山服务社", registration="备案"),
    *(
        Change(register, row["id"], None, {name: row[name] for name in row if name != "id"})
        for register, rows in places_of(NORTH).items()
        for row in rows
    ),
]
PRESENT = {
    ("home", EAST): [case(EAST), *(new(name, f"home-{n}", EAST) for n, name in enumerate(KINDS))],
    ("away", NORTH): [
        case(NORTH),
        *(new(name, f"away-{n}", NORTH) for n, name in enumerate(KINDS)),
    ],
}
NAMES = ("backend", "way", "role")
EVERY = [role.name for role in ROLES]
WALKS = [
    *(("sqlite", InProcess, role) for role in EVERY),
    *(("sqlite", OverHttp, role) for role in EVERY),
    ("postgresql", InProcess, "clerk"),
]


def walks(*wanted: str) -> pytest.MarkDecorator:
    """The roles by every door; the routes do not know one database from the other."""
    chosen = [walk for walk in WALKS if walk[2] in wanted]
    names = [f"{backend}-{way.__name__}-{role}" for backend, way, role in chosen]
    return pytest.mark.parametrize(NAMES, chosen, indirect=["backend"], ids=names)


SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def letters(
    way: InProcess | OverHttp, on: Engine, register: str, at: str, area: str, coverage: bool
) -> str:
    """What the actor can in fact do with a register's spare row."""
    row_id, place = f"{at}-{list(KINDS).index(register)}", AREA_OF.get(register, area)
    row_id = SERVED[register] if at == "served" else row_id
    place = area if at == "away" else place
    reads = way.reads(register, place, row_id)
    assert len(set(reads)) == 1, f"{register}: doors disagree on who may read: {reads}"
    reveals = way.reveals(register, row_id)  # before the row is dropped
    found = "r" if reads[0] else ""
    fresh = new(register, f"new-{ids.new()[-12:]}", area, "own" if at == "own" else "admin")
    found += "a" if way.writes(fresh) == "applied" else ""
    text = KINDS[register].text
    value = {"team_members": "队员", "comments": "是"}.get(register, "改过")
    seen = cell(on, register, row_id, text)
    changed = way.writes(Change(register, row_id, {text: seen}, {text: value})) == "applied"
    found += "c" if changed else ""
    dropped = way.writes(Change(register, row_id, {}, None)) == "applied"
    found += "d" if dropped else ""
    found += "v" if reveals else ""
    counted = coverage and way.counts(register, area)
    return (found + ("n" if counted else "")) or "-"


def whose(way: InProcess | OverHttp, register: str) -> str:
    """Which spare row at home is tried: of what its keeper alone sees, one's own if there is."""
    if way.who.organisation and register in SERVED:
        return "served"
    if register not in (*PRIVATE, *SIGNED):
        return "home"
    if register in PRIVATE:
        way.writes(case(EAST, "own"))
    own = new(register, f"own-{list(KINDS).index(register)}", EAST, "own")
    return "own" if way.writes(own) == "applied" else "home"


def test_table_names_every_role_and_register() -> None:
    table = written(*AT_HOME)
    assert {role for role, _ in table} == {role.name for role in ROLES} | {"nobody"}
    assert {register for _, register in table} == {register.name for register in REGISTERS}
    assert set(KINDS) == {register.name for register in REGISTERS}


@walks(*EVERY)
def test_at_home(spare: Engine, way: Way, role: str) -> None:
    wanted = {of: said for (who, of), said in written(*AT_HOME).items() if who == role}
    walker = way(spare, actor(role))
    counted = wanted if way is InProcess else ("memberships", "pairings")
    found = {
        of: letters(walker, spare, of, whose(walker, of), EAST, of in counted) for of in wanted
    }
    if way is OverHttp:
        wanted = {
            of: said if of in counted else said.replace("n", "") or "-"
            for of, said in wanted.items()
        }
    assert found == wanted


@walks(*AWAY)
def test_away(spare: Engine, way: Way, role: str) -> None:
    wanted = {of: "r" if of in PUBLISHED else "-" for of in KINDS}
    walker = way(spare, actor(role))
    assert {of: letters(walker, spare, of, "away", NORTH, of != "areas") for of in wanted} == wanted


@walks(*EVERY)
def test_what_somebody_else_handles(spare: Engine, way: Way, role: str) -> None:
    """Whoever may take a case in may do nothing with another's, nor add a step to it."""
    said, walker, counted = written(*AT_HOME), way(spare, actor(role)), way is InProcess
    left = {"case_steps": "n", "cases": "an"}  # in this order: the walk through cases leaves one
    assert set(left) == set(PRIVATE)
    for of, rest in left.items():
        wanted = "".join(one for one in said[role, of] if one in rest and (one != "n" or counted))
        assert letters(walker, spare, of, "home", EAST, counted) == (wanted or "-"), of


@SQLITE
def test_who_has_no_role_has_nothing(spare: Engine) -> None:
    walker = InProcess(spare, actor("nobody"))
    found = {("nobody", of): letters(walker, spare, of, "home", EAST, True) for of in KINDS}
    assert found == {key: said for key, said in written(*AT_HOME).items() if key[0] == "nobody"}


@SQLITE
@pytest.mark.parametrize("way", [InProcess, OverHttp])
def test_what_of_a_row_each_role_sees(spare: Engine, way: Way) -> None:
    masked = {of: set(rest) for of, *rest in map(str.split, MASKED.strip().splitlines())}
    readable = [key for key, said in written(*AT_HOME).items() if "r" in said]
    walkers = {role: way(spare, actor(role)) for role, _ in readable}
    every = {register.name: set(register.fields) for register in REGISTERS}
    for role, of in readable:
        seen = walkers[role].columns(of)  # those that users made have tests of their own
        columns = {name: said for name, said in seen.items() if not custom.is_name(name)}
        assert set(columns) == every[of] - hidden(role, of), (role, of)
        behind = {name for name, is_masked in columns.items() if is_masked}
        assert behind == masked.get(of, set()) - hidden(role, of), (role, of)


@SQLITE
@pytest.mark.parametrize("role", EVERY)
def test_what_the_grid_is_told_it_may_is_what_it_may(spare: Engine, role: str) -> None:
    caller = signed_in(spare, actor(role))[0]
    words = {"add": "a", "change": "c", "delete": "d"}
    for (who, of), said in written(*AT_HOME).items():
        if who != role or "r" not in said:
            continue
        for area, wanted in ((AREA_OF.get(of, EAST), said), (WEST, None), (NORTH, "")):
            if wanted is None or (area == NORTH and HOME.get(role) == ROOT):
                continue
            may = caller.get("/columns", params={"register": of, "area": area}).json()["may"]
            told = {letter for verb, letter in words.items() if may[verb]}
            if of == "comments" and wanted:
                told -= {"d"} - set(wanted)  # one's own may be deleted by whoever may add
            assert told == set(wanted) & {"a", "c", "d"}, (role, of, area)
