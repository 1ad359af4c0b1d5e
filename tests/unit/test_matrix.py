"""Who may do what: every role × register × verb, by every door, against a table written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import Engine

from db import custom, doors, ids
from db.actors import Actor
from db.changes import Change
from db.doors import Condition, Forbidden, Question
from db.parsers import Refused
from db.permissions import ROLES
from db.registers import REGISTERS
from tests.callers import Caller, in_use, signed_in
from tests.village import ADMIN, CHILDREN, EAST, NORTH, ROOT, STREET, WEST, add, done

# r read (rows, by id, columns, values, feed, history, choices, export)   n count
# a add   c change   d delete (of a comment: somebody else's)   v look behind a mask, with a reason
AT_HOME = """
               areas communities households residents groups memberships volunteers  teams team_members pairings comments custom_fields aparts
city_admin     racdn racdn       racdn      racdvn    racdn  racdn       racdvn      racdn racdn        racdn    racdn                    racdn         racdn
researcher     rn    rn          rn         rn        rn     rn          rn          rn    rn           rn       racn                     rn            rn
street_officer rn    rcn         rn         rvn       rn     rn          rvn         rn    rn           rn       racn                     rn            rn
secretary      rn    rcn         racdn      racdvn    rn     racdn       racdvn      racdn racdn        racdn    racdn                    racdn         racdn
clerk          rn    rn          racdn      racdvn    rn     racdn       racdvn      racdn racdn        racdn    racn                     rn            racdn
organisation   rn    rn          n          n         rn     n           n           rn    n            n        -                        n             n
social_worker  rn    rn          rn         rn        rn     rn          rn          rn    rn           racdn    racn                     rn            rn
nobody         -     -           -          -         -      -           -           -     -            -        -                        -             -
"""  # noqa: E501
# In somebody else's community: what is published may be read, nothing else.
AWAY = """
               areas communities households residents groups memberships volunteers  teams team_members pairings comments custom_fields aparts
street_officer r     r           -          -         r      -           -           -     -            -        -                        -             -
secretary      r     r           -          -         r      -           -           -     -            -        -                        -             -
clerk          r     r           -          -         r      -           -           -     -            -        -                        -             -
organisation   r     r           -          -         r      -           -           -     -            -        -                        -             -
social_worker  r     r           -          -         r      -           -           -     -            -        -                        -             -
"""  # noqa: E501
HIDDEN = """
researcher     residents  contact contact_phone party
social_worker  residents  party
"""
MASKED = """
residents   id_number phone contact_phone
volunteers  id_number phone
"""
HOME = {"city_admin": ROOT, "researcher": ROOT, "nobody": ROOT, "street_officer": STREET,
        "organisation": STREET}  # fmt: skip
Table = dict[tuple[str, str], str]


def written(table: str) -> Table:
    """(role, register) → letters."""
    head, *lines = [line.split() for line in table.strip().splitlines()]
    return {(line[0], of): said for line in lines for of, said in zip(head, line[1:], strict=True)}


def actor(role: str) -> Actor:
    return Actor(f"m-{role}", role, role, HOME.get(role, EAST), clearance=True)


@dataclass(frozen=True)
class Kind:
    """How a register is tried: a new row's cells, a text that may be changed, one to look at."""

    cells: dict[str, Any]
    text: str = "remark"
    hidden: str = "name"
    refers: str = ""


KINDS = {
    "areas": Kind({"name": "空社区", "level": "社区"}, text="name"),
    "communities": Kind({}, hidden="phone"),
    "households": Kind({"number": "X1"}, hidden="number"),
    "residents": Kind(
        {"name": "甲", "phone": "13800000077"}, hidden="phone", refers="household_id"
    ),
    "groups": Kind({"name": "新类", "subject": "人"}, text="definition"),
    "memberships": Kind(
        {"group_id": CHILDREN, "resident_id": "{}-an"}, hidden="basis", refers="resident_id"
    ),
    "volunteers": Kind(
        {"name": "乙", "phone": "13800000078"}, hidden="phone", refers="resident_id"
    ),
    "teams": Kind({"name": "新队"}),
    "team_members": Kind(
        {"team_id": "{}-team", "volunteer_id": "{}-vol"}, "role", "role", refers="team_id"
    ),
    "pairings": Kind(
        {"volunteer_id": "{}-vol", "resident_id": "{}-an"}, hidden="help", refers="volunteer_id"
    ),
    "comments": Kind(
        {"subject": "residents", "subject_id": "{}-an", "subject_field": "name", "text": "核对"},
        text="done",
        hidden="text",
    ),
    "custom_fields": Kind({"subject": "居民", "name": "新列", "kind": "文本"}, text="help"),
    "aparts": Kind({"pair": "甲/乙"}, hidden="pair"),
}
AREA_OF = {"areas": STREET, "groups": ROOT}


def new(register: str, row_id: str, at: str) -> Change:
    """A row that may be added, in a community or where its kind belongs."""
    area = AREA_OF.get(register, at) if at == EAST else at
    cells = {
        name: text.format(area[0]) if isinstance(text, str) else text
        for name, text in KINDS[register].cells.items()
    }
    unique = {
        name: f"{text}{row_id}"
        for name, text in cells.items()
        if name in ("name", "number", "pair")
    }
    return add(register, row_id, area, **{**cells, **unique})


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
        if kind.refers:
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
        if name := KINDS[register].refers:
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


@pytest.fixture
def spare(village: Engine) -> Iterator[Engine]:
    """In two communities a row of each register that nothing points at."""
    for at, area in (("home", EAST), ("away", NORTH)):
        done(village, ADMIN, *(PRESENT[at, area]))
    with in_use(village) as on:
        yield on


NEIGHBOURS = [
    add("volunteers", "n-vol", NORTH, name="北志"),
    add("teams", "n-team", NORTH, name="北队"),
]
PRESENT = {
    ("home", EAST): [new(name, f"home-{n}", EAST) for n, name in enumerate(KINDS)],
    ("away", NORTH): [
        *NEIGHBOURS,
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
    place = place if at == "home" else area
    reads = way.reads(register, place, row_id)
    assert len(set(reads)) == 1, f"{register}: doors disagree on who may read: {reads}"
    found = "r" if reads[0] else ""
    fresh = new(register, f"new-{ids.new()[-12:]}", area)
    found += "a" if way.writes(fresh) == "applied" else ""
    text = KINDS[register].text
    value = {"team_members": "队员", "comments": "是"}.get(register, "改过")
    seen = (doors.row(on, ADMIN, register, row_id) or {})[text]
    changed = way.writes(Change(register, row_id, {text: seen}, {text: value})) == "applied"
    found += "c" if changed else ""
    dropped = way.writes(Change(register, row_id, {}, None)) == "applied"
    if dropped:
        done(on, ADMIN, replace(new(register, row_id, area), op=ids.new()))
    elif changed:
        done(on, ADMIN, Change(register, row_id, {text: value}, {text: seen}))
    found += "d" if dropped else ""
    found += "v" if way.reveals(register, row_id) else ""
    counted = coverage and way.counts(register, area)
    return (found + ("n" if counted else "")) or "-"


def test_table_names_every_role_and_register() -> None:
    table = written(AT_HOME)
    assert {role for role, _ in table} == {role.name for role in ROLES} | {"nobody"}
    assert {register for _, register in table} == {register.name for register in REGISTERS}
    assert set(KINDS) == {register.name for register in REGISTERS}


@walks(*EVERY)
def test_at_home(spare: Engine, way: Way, role: str) -> None:
    wanted = {of: said for (who, of), said in written(AT_HOME).items() if who == role}
    walker = way(spare, actor(role))
    counted = wanted if way is InProcess else ("memberships", "pairings")
    found = {of: letters(walker, spare, of, "home", EAST, of in counted) for of in wanted}
    if way is OverHttp:
        wanted = {
            of: said if of in counted else said.replace("n", "") or "-"
            for of, said in wanted.items()
        }
    assert found == wanted


@walks(*(who for who, _ in written(AWAY)))
def test_away(spare: Engine, way: Way, role: str) -> None:
    wanted = {of: said for (who, of), said in written(AWAY).items() if who == role}
    walker = way(spare, actor(role))
    assert {of: letters(walker, spare, of, "away", NORTH, of != "areas") for of in wanted} == wanted


@SQLITE
def test_who_has_no_role_has_nothing(spare: Engine) -> None:
    walker = InProcess(spare, actor("nobody"))
    found = {("nobody", of): letters(walker, spare, of, "home", EAST, True) for of in KINDS}
    assert found == {key: said for key, said in written(AT_HOME).items() if key[0] == "nobody"}


@SQLITE
@pytest.mark.parametrize("way", [InProcess, OverHttp])
def test_what_of_a_row_each_role_sees(spare: Engine, way: Way) -> None:
    hidden = {
        (who, of): set(rest) for who, of, *rest in map(str.split, HIDDEN.strip().splitlines())
    }
    masked = {of: set(rest) for of, *rest in map(str.split, MASKED.strip().splitlines())}
    readable = [key for key, said in written(AT_HOME).items() if "r" in said]
    walkers = {role: way(spare, actor(role)) for role, _ in readable}
    every = {register.name: set(register.fields) for register in REGISTERS}
    for role, of in readable:
        seen = walkers[role].columns(of)  # those that users made have tests of their own
        columns = {name: said for name, said in seen.items() if not custom.is_name(name)}
        assert set(columns) == every[of] - hidden.get((role, of), set()), (role, of)
        behind = {name for name, is_masked in columns.items() if is_masked}
        assert behind == masked.get(of, set()) - hidden.get((role, of), set()), (role, of)


@SQLITE
@pytest.mark.parametrize("role", EVERY)
def test_what_the_grid_is_told_it_may_is_what_it_may(spare: Engine, role: str) -> None:
    caller = signed_in(spare, actor(role))[0]
    words = {"add": "a", "change": "c", "delete": "d"}
    for (who, of), said in written(AT_HOME).items():
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
