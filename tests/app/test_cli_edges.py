"""The operator's commands at their edges: odd files, odd bytes, odd settings, one sentence each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

import manage
from db import accounts, secrecy, settings
from db import engine as engines
from tests.app.ran import Ran
from tests.callers import in_use
from tests.village import AN_ID, AN_PHONE, EAST

ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{3,}|Error|Traceback")
NEW = {"register": "residents", "id": None, "before": None}


@pytest.fixture
def on(village: Engine) -> Iterator[Engine]:
    """The village as the process's own, with two accounts."""
    with in_use(village) as on:
        for name, role, area in (("admin", "city_admin", "xianning"), ("east", "clerk", EAST)):
            accounts.add(on, name, name, None, role, area, oidc_email=f"{name}@example.cn")
        yield on


class Shell:
    """Runs commands in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.capsys, self.folder = capsys, folder

    def __call__(self, *arguments: str) -> Ran:
        code = manage.run(list(arguments))
        said = self.capsys.readouterr()
        return Ran(code, said.out, said.err)

    def change(self, *lines: Any, who: str = "east", raw: bytes | None = None) -> Ran:
        """The command `change` on a file of these lines, or of these bytes."""
        file = self.folder / "changes.jsonl"
        text = "\n".join(json.dumps(line) for line in lines).encode()
        file.write_bytes(text if raw is None else raw)
        return self("change", str(file), "--as", who, "--json")


@pytest.fixture
def shell(on: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    return Shell(capsys, tmp_path)


def test_without_an_id_a_line_adds_whatever_it_says_of_before(shell: Shell) -> None:
    for before in (None, {}, {"name": "x"}):
        ran = shell.change({**NEW, "before": before, "after": {"name": "新人"}})
        assert (ran.code, ran.lines[0]["status"]) == (0, "applied")
        asked = ("rows", "residents", "--where", f"id={ran.lines[0]['id']}", "--as", "east")
        row = json.loads(shell(*asked, "--json").out)[0]
        assert (row["name"], row["area_id"], row["status"]) == ("新人", EAST, "常住")


def test_with_nothing_after_a_line_deletes(shell: Shell) -> None:
    made = shell.change({**NEW, "after": {"name": "新人"}}).lines[0]["id"]
    gone = {"register": "residents", "id": made, "before": {"name": "旧人"}, "after": None}
    assert shell.change(gone).lines[0]["theirs"] == {"name": "新人"}
    assert shell.change({**gone, "before": {"name": "新人"}}).lines[0]["status"] == "applied"
    assert shell.change({**gone, "before": {}}).lines[0]["status"] == "refused"


def test_each_line_is_answered_in_its_place(shell: Shell) -> None:
    edit = {"register": "residents", "id": "e-an"}
    ran = shell.change(
        {**edit, "before": {"name": "安一"}, "after": {"name": "安壹"}},
        {**edit, "before": {"name": "安一"}, "after": {"name": "安二"}},
        {**edit, "before": {}, "after": {"phone": "138****0001"}},
        {**edit, "id": "w-an", "before": {"name": "韦一"}, "after": {"name": "x"}},
        {**edit, "id": "\ud800", "before": {}, "after": {"name": "x"}},
        {**edit, "register": "accounts", "before": {}, "after": {"name": "x"}},
        {**NEW, "after": {"name": "甲", "id_number": AN_ID}},
    )
    assert ran.code == 0
    told = [(line["status"], line["theirs"]) for line in ran.lines]
    assert told == [
        ("applied", None),
        ("conflict", {"name": "安壹"}),
        *[("refused", None)] * 5,
    ]
    assert [line["id"] for line in ran.lines[:4]] == ["e-an", "e-an", "e-an", "w-an"]
    assert all(line["reason"] for line in ran.lines[1:])
    assert not ENGLISH.search(" ".join(line["reason"] for line in ran.lines[1:]))
    assert "1 行已写入，6 行没有写入" in ran.words


@pytest.mark.parametrize(
    "raw",
    [
        b"not json",
        b"[]",
        b"5",
        b"null",
        b'"x"',
        b"{}",
        b'{"id": "e-an"}',
        b'{"register": 5, "id": "e-an", "before": {}, "after": {}}',
        b'{"register": "residents", "id": "e-an", "before": [], "after": {}}',
        b'{"register": "residents", "id": "e-an", "before": {}, "after": "x"}',
        b"[" * 100_000,
        b'{"register": "residents"',
    ],
    ids=lambda raw: ascii(raw)[:80],
)
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_line_that_is_no_change(shell: Shell, raw: bytes) -> None:
    good = json.dumps({**NEW, "after": {"name": "新人"}}).encode()
    ran = shell.change(raw=good + b"\n\n" + raw)
    assert (ran.code, ran.out) == (1, "")
    assert ran.words == "第 3 行不是一条改动，应有 register、id、before、after\n"
    assert "新人" not in shell("rows", "residents", "--as", "east", "--json").out


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_files_as_windows_writes_them(shell: Shell) -> None:
    line = json.dumps({**NEW, "after": {"name": "新人"}}, ensure_ascii=False)
    for raw in (b"\xef\xbb\xbf" + line.encode(), line.encode() + b"\r\n\r\n", line.encode()):
        assert shell.change(raw=raw).lines[0]["status"] == "applied"
    for raw in (line.encode("gb18030"), line.encode("utf-16")):
        ran = shell.change(raw=raw)
        assert (ran.code, ran.words) == (1, "文件应是 UTF-8 编码的文本\n")
    for raw in (b"", b"\n \n"):
        assert shell.change(raw=raw).words == "文件中没有改动\n"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_numbers_that_are_none_and_texts_without_end(shell: Shell) -> None:
    edit = {"register": "residents", "id": "e-cu", "before": {}}
    ran = shell.change(
        raw="\n".join(
            f'{{"register":"residents","id":"e-cu","before":{{}},"after":{{"{name}":{value}}}}}'
            for name, value in (
                ("birth_date", "1e999"),
                ("birth_date", "NaN"),
                ("phone", "-Infinity"),
                ("remark", "Infinity"),
                ("remark", json.dumps("长" * 1_000_000)),
                ("remark", '"\\u0000"'),
                ("remark", '"\\ud800"'),
                ("remark", "[1]"),
            )
        ).encode()
    )
    assert [line["status"] for line in ran.lines] == ["refused"] * 8
    script = {**edit, "after": {"remark": "<script>alert('😀')</script>"}}
    assert shell.change(script).lines[0]["status"] == "applied"
    stored = shell("rows", "residents", "--where", "id=e-cu", "--as", "east", "--json").out
    assert json.loads(stored)[0]["remark"] == "<script>alert('😀')</script>"


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ((), 2, "没有这个命令"),
        (("nothing",), 2, "没有这个命令"),
        (("rows",), 2, "缺少参数"),
        (("rows", "residents"), 2, "缺少参数 --as"),
        (("rows", "residents", "--as"), 2, "--as 缺少值"),
        (("rows", "residents", "--as", "east", "--nope"), 2, "没有 --nope 这个选项"),
        (("rows", "residents", "more", "--as", "east"), 2, "多写了参数"),
        (("user", "add", "li", "--role", "king", "--password", "guihua-2017"), 2, "下列之一"),
        (("user", "add", "li", "--area", "mars", "--password", "guihua-2017"), 1, "没有编号为"),
        (("user", "add", "east", "--password", "guihua-2017"), 1, "已有账号"),
        (("restore", "/"), 2, "不对"),
        (("user", "add", "li", "--password", "short"), 1, "读到 5 个"),
        (("change", "/nowhere.jsonl", "--as", "east"), 2, "没有这个文件"),
        (("restore", "/nowhere.zip"), 2, "没有这个文件"),
        (("backup", "/nowhere/all.zip"), 1, "读不了或写不了"),
        (("backup", "/"), 2, "不对"),
        (("rows", "residents", "--as", "\udcff"), 1, "没有用户名为"),
        (("rows", "\udcff", "--as", "east"), 1, "没有名为"),
        (("rows", "residents", "--area", "\udcff", "--as", "east"), 1, "工作范围"),
        (("rows", "residents", "--where", "\udcff=1", "--as", "east"), 1, "没有“□”这一列"),
        (("rows", "residents", "--where", "birth_date=昨天", "--as", "east"), 1, "应为日期"),
        (("rows", "residents", "--where", f"phone={AN_PHONE}", "--as", "east"), 1, "已遮盖"),
        (("history", "residents", "\udcff", "--as", "east"), 1, "不存在"),
        (("history", "residents", "w-an", "--as", "east"), 1, "不存在，或不在您的工作范围内"),
        (("undo", "\udcff", "--as", "east"), 1, "没有找到这批改动"),
        (("coverage", "--area", EAST, "--group", "\udcff", "--as", "east"), 1, "没有名为"),
        (
            ("coverage", "--area", EAST, "--group", "妇女", "--on", "2026", "--as", "east"),
            1,
            "齐全",
        ),
        (
            ("coverage", "--area", EAST, "--group", "妇女", "--on", "x", "--as", "east"),
            1,
            "应为日期",
        ),
        (
            ("coverage", "--area", EAST, "--group", "严重精神障碍患者", "--as", "east"),
            1,
            "没有名为“严重精神障碍患者”",
        ),
    ],
    ids=lambda value: ascii(value)[:60],
)
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_an_error_is_one_sentence_and_a_code(
    shell: Shell, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    ran = shell(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.words
    assert len(ran.words.strip().splitlines()) == 1
    assert not ENGLISH.search(ran.words)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://root@localhost/x",
        "postgres://127.0.0.1:1/x",
        "postgresql://127.0.0.1:1/x",
        "sqlite:////proc/no/where.db",
    ],
)
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_database_that_does_not_answer(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    engines.engine.cache_clear()
    ran = shell("rows", "residents", "--as", "east", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.words.strip().splitlines()) == 1
    assert not ENGLISH.search(ran.words)
    monkeypatch.undo()
    engines.engine.cache_clear()


@pytest.mark.parametrize(
    ("key", "sentence"), [("zz", "128 个十六进制字符"), ("00" * 64, "密钥与这个数据库不符")]
)
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_with_another_key_nothing_is_read_or_written(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, key: str, sentence: str
) -> None:
    monkeypatch.setenv("SANSHE_KEY", key)
    for kept in (settings.secret_key, secrecy._cipher):
        kept.cache_clear()
    try:
        for arguments in (
            ("rows", "residents", "--as", "east"),
            ("coverage", "--area", EAST, "--group", "妇女", "--as", "east"),
        ):
            ran = shell(*arguments)
            assert (ran.code, ran.out) == (1, "")
            assert sentence in ran.words
        assert shell.change({**NEW, "after": {"name": "新人"}}).code == 1
    finally:
        monkeypatch.undo()
        for kept in (settings.secret_key, secrecy._cipher):
            kept.cache_clear()
