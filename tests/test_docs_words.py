"""What the handbook and the glossary say of roles, words and figures is what the code does."""

from __future__ import annotations

import re

import pytest

from db import attempts, exports, passwords, sessions, standard
from db.base import Register
from db.indicators import INDICATORS
from db.permissions import LETTERS, ROLES, Role, has
from db.registers import REGISTERS
from tests import documents
from tests.documents import GLOSSARY, HANDBOOK, HOME

SAID = dict(zip("racdvn", "看增改删号数", strict=True))


def test_the_handbook_says_what_each_role_may_do() -> None:
    head, *rows = documents.table(HANDBOOK, "<!-- roles")
    assert head == ["台账", *(role.label for role in ROLES)]
    assert rows == [
        [register.about.label, *(_letters(role, register) for role in ROLES)]
        for register in REGISTERS
    ]


def _letters(role: Role, register: Register) -> str:
    """The verbs that the role has; to reveal means something only where something is masked."""
    masked = any(one.sensitive for one in register.fields.values())
    given = {letter for letter, verb in LETTERS.items() if has(role, verb, register.name)}
    return "".join(SAID[one] for one in LETTERS if one in given and (one != "v" or masked)) or "—"


def test_the_handbook_says_what_is_hidden_and_what_needs_a_clearance() -> None:
    after = documents.text(HANDBOOK).partition("<!-- hidden")[2].splitlines()[1:]
    assert after[: after.index("")] == [
        f"- {role.label}：" + "、".join(_hidden(role.hides)) for role in ROLES if role.hides
    ]
    closed = [one["name"] for one in standard.groups("") if one["needs_clearance"]]
    said = documents.text(HANDBOOK).partition("<!-- closed")[2].splitlines()[1]
    assert said == "、".join(closed)


def _hidden(names: frozenset[str]) -> list[str]:
    """居民的紧急联系人 and so on, in the order of the columns; the register is said once."""
    said: list[str] = []
    for register in REGISTERS:
        fields = register.fields.values()
        labels = [one.label for one in fields if f"{register.name}.{one.name}" in names]
        said += [f"{register.about.label}的{labels[0]}", *labels[1:]] if labels else []
    return said


def test_who_may_enter_numbers_may_reveal_them() -> None:
    """Decision 3 stands on it: entering a number tells whether it is there already."""
    for register in REGISTERS:
        if any(one.sensitive for one in register.fields.values()):
            for role in ROLES:
                enters = has(role, "add", register.name) or has(role, "change", register.name)
                assert not enters or has(role, "reveal", register.name), (role.name, register.name)


def test_the_figures_in_the_handbook_are_those_of_the_code() -> None:
    actions = documents.text(HOME / "ui" / "grid" / "actions.js")
    cells = re.search(r"const CELLS = (\d+);", actions)
    assert cells
    for said in (
        f"连续输错 {attempts.FREE_PAIR} 次",
        f"先是 {attempts.FIRST_WAIT} 秒",
        f"最长 {attempts.LONGEST_WAIT // 60} 分钟",
        f"{sessions.IDLE.total_seconds() / 3600:.0f} 小时没有动",
        f"登录满 {sessions.WHOLE.total_seconds() / 3600:.0f} 小时",
        f"新密码至少 {passwords.SHORTEST} 个字",
        f"一次最多 {int(cells[1]):,} 格",
        f"少于 {exports.SMALL} 人",
    ):
        assert said in documents.text(HANDBOOK)


def test_the_words_on_the_screen_are_quoted_as_they_are() -> None:
    rooms = [
        file for room in ("pages", "ui", "api", "db", "logic") for file in (HOME / room).rglob("*")
    ]
    code = "".join(documents.text(file) for file in rooms if file.suffix in (".py", ".js", ".html"))
    quoted = set(re.findall(r"【(.+?)】", documents.text(HANDBOOK)))
    assert len(quoted) > 40
    assert [word for word in sorted(quoted) if word not in code] == []


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("## Registers", {one.name: one.about.label for one in REGISTERS}),
        ("## Roles", {one.name: one.label for one in ROLES}),
        ("## Indicators", {one.name: one.label for one in INDICATORS}),
    ],
    ids=["registers", "roles", "indicators"],
)
def test_the_glossary_has_the_words_of_the_code(heading: str, known: dict[str, str]) -> None:
    rows = documents.table(GLOSSARY, heading)[1:]
    assert {row[0].strip("`"): row[1] for row in rows} == known
