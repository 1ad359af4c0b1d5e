"""Rosters in and registers out from the shell: what is printed, the exit code, what is stored."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.app.ran import Ran
from tests.app.test_cli import HOME, Run, run
from tests.browser.durable import Ledger
from tests.unit.rosters.files import csv, xlsx

__all__ = ["run"]
HEAD = ["姓名", "性别", "出生日期", "现住址"]
ROWS = [["甲新一", "男", "1956年3月1日", "一栋"], ["甲新二", "女", "1960.05.02", "二栋"]]
BAD = ["甲新三", "男", "1956.1", "三栋"]
KEYS = ["inserted", "updated", "unchanged", "review", "rejected", "batch"]
Bring = Callable[..., Ran]


@pytest.fixture
def bring(run: Run, tmp_path: Path) -> Bring:
    """`bring(rows, "--dry-run")`: a roster of residents into 桂花树, by its clerk."""

    def bring(rows: list[list[Any]], *more: str) -> Ran:
        file = tmp_path / "名册.xlsx"
        file.write_bytes(xlsx([HEAD, *rows]))
        return _import(run, file, *more)

    return bring


def _import(run: Run, file: Path, *more: str) -> Ran:
    where = ("--register", "residents", "--area", "guihuashu", "--as", "guihuashu-ganshi")
    return run("import", str(file), *where, *more)


def _count(url: str) -> tuple[int, int]:
    """Residents and entries of the history, past every door."""
    ledger = Ledger(url)
    residents = ledger.ask("SELECT count(*) FROM residents WHERE deleted_at IS NULL")[0][0]
    return residents, ledger.ask("SELECT count(*) FROM history")[0][0]


def test_a_clean_roster_goes_in_once_and_comes_back_out(bring: Bring, run: Run,
                                                        sample_url: str) -> None:  # fmt: skip
    residents, _ = _count(sample_url)
    first = bring(ROWS, "--json")
    assert (first.code, list(first.json)) == (0, KEYS)
    assert first.json | {"batch": ""} == {
        "inserted": 2,
        "updated": 0,
        "unchanged": 0,
        "review": 0,
        "rejected": [],
        "batch": "",
    }
    assert _count(sample_url)[0] == residents + 2
    moved = [ROWS[0], [*ROWS[1][:3], "九栋"]]
    second = bring(moved, "--json")
    assert (second.code, second.json["updated"], second.json["unchanged"]) == (0, 1, 1)
    before = _count(sample_url)
    again = bring(moved, "--json")
    assert (again.code, again.json["unchanged"], again.json["batch"]) == (0, 2, None)
    assert _count(sample_url) == before
    undone = run("undo", second.json["batch"], "--as", "guihuashu-ganshi", "--json")
    assert [one["status"] for one in undone.json["results"]] == ["applied"]
    undone = run("undo", first.json["batch"], "--as", "guihuashu-ganshi", "--json")
    assert [one["status"] for one in undone.json["results"]] == ["applied"] * 2
    assert _count(sample_url)[0] == residents


def test_one_bad_row_and_nothing_is_written(bring: Bring, sample_url: str) -> None:
    before = _count(sample_url)
    found = bring([*ROWS, BAD], "--json")
    assert found.code == 3
    assert found.json["batch"] is None
    (wrong,) = found.json["rejected"]
    assert wrong == {
        "sheet": "表1", "row": 4, "column": "出生日期", "value": "1956.1",
        "reason": "分不清是 1 月还是 10 月（1956.10 会被表格写成 1956.1），请写成“1956年1月”这样",
    }  # fmt: skip
    assert _count(sample_url) == before
    told = bring([*ROWS, BAD])
    assert (told.code, told.out) == (3, "")
    assert "第 4 行“出生日期”：分不清是 1 月还是 10 月" in told.words
    assert "什么也没有写入" in told.words
    taken = bring([*ROWS, BAD], "--accept-valid", "--json")
    assert (taken.code, taken.json["inserted"]) == (3, 2)
    assert taken.json["batch"]
    assert _count(sample_url)[0] == before[0] + 2


def test_a_dry_run_writes_nothing_whatever_it_finds(bring: Bring, sample_url: str) -> None:
    before = _count(sample_url)
    good = bring(ROWS, "--dry-run", "--json")
    assert (good.code, good.json["inserted"], good.json["batch"]) == (0, 2, None)
    bad = bring([*ROWS, BAD], "--dry-run", "--accept-valid", "--json")
    assert (bad.code, bad.json["batch"]) == (3, None)
    assert _count(sample_url) == before


def test_a_near_match_is_left_to_a_person(bring: Bring, sample_url: str) -> None:
    asked = (
        "SELECT name, birth_date FROM residents WHERE area_id = 'guihuashu' "
        "AND birth_date LIKE '19__-__-01' ORDER BY id LIMIT 1"
    )
    ((name, birth),) = Ledger(sample_url).ask(asked)
    before = _count(sample_url)
    found = bring([[name, "", f"{birth[:8]}07", ""]], "--json")
    assert (found.code, found.json["review"], found.json["inserted"]) == (3, 1, 0)
    assert found.json["rejected"][0]["reason"].endswith("可能已经有了，请在网页上核对")
    assert _count(sample_url) == before


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.xlsx", b"", "空"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64), "图"),
        ("半.xlsx", xlsx([HEAD, *ROWS])[:900], "。|不|没"),
        ("没有表头.csv", csv([["1", "2"], ["3", "4"]]).encode(), "没"),
        ("缺姓名.csv", csv([["出生日期", "现住址"], ["1956", "一栋"]]).encode(), "“姓名”"),
    ],
)
def test_a_bad_file_gets_one_sentence(
    run: Run, tmp_path: Path, sample_url: str, name: str, content: bytes, said: str
) -> None:
    before = _count(sample_url)
    (tmp_path / name).write_bytes(content)
    found = _import(run, tmp_path / name, "--json")
    assert (found.code, found.out, len(found.words.strip().splitlines())) == (1, "", 1)
    assert any(word in found.words for word in said.split("|")), found.words
    assert _count(sample_url) == before


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_mistakes_of_the_caller_get_one_sentence(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_text(csv([HEAD, *ROWS]), encoding="gb18030")
    ganshi = ("--as", "guihuashu-ganshi")
    for arguments, said in (
        (("import", str(file), "--register", "people", "--area", "guihuashu", *ganshi), "people"),
        (("import", str(file), "--register", "residents", "--area", "taohuaping", *ganshi), "范围"),
        (("import", str(file), "--register", "residents", "--area", "guihuashu", "--sheet", "三",
          *ganshi), "“三”"),
        (("import", str(file), "--register", "residents", "--area", "guihuashu", "--as", "zuzhi"),
         "角色"),
        (("export", "residents", str(tmp_path / "出.txt"), *ganshi), ".csv"),
        (("export", "residents", str(tmp_path / "出.csv"), "--as", "pingwei1"), "角色"),
        (("export", "residents", str(tmp_path / "出.csv"), "--reason", " ", *ganshi), "用途"),
        (("undo", "no-such-batch", *ganshi, "--json"), "没有找到这批改动"),
        (("template", "teams", str(tmp_path / "表.csv"), "--area", "guihuashu", *ganshi), ".xlsx"),
    ):  # fmt: skip
        found = run(*arguments)
        assert (found.code, len(found.words.strip().splitlines())) == (1, 1), found
        assert said in found.words, found.words
    assert not list(tmp_path.glob("出.*"))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_register_goes_out_and_its_file_changes_nothing(run: Run, tmp_path: Path) -> None:
    book, text, old = (tmp_path / name for name in ("居民.xlsx", "居民.csv", "旧.csv"))
    out = ("--area", "guihuashu", "--as", "guihuashu-ganshi", "--reason", "上报街道")
    for file, more in ((book, ()), (text, ()), (old, ("--gb18030",))):
        assert run("export", "residents", str(file), *out, *more).code == 0
    lines = text.read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("姓名,性别,出生日期,身份证号码")
    assert len(lines) == 1 + 7421 + 1
    assert "用途：上报街道，共 7,421 人" in lines[-1]
    assert old.read_bytes().decode("gb18030").splitlines()[1:-1] == lines[1:-1]
    sheet = load_workbook(book, read_only=True).worksheets[0]
    assert (sheet.max_row, sheet.title) == (7423, "居民")
    for file in (book, text, old):
        back = _import(run, file, "--dry-run", "--json")
        assert [back.json[name] for name in KEYS[:5]] == [0, 0, 7421, 0, []], file


def test_what_the_door_does_not_take_is_rejected_and_the_rest_may_be_written(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "需求.xlsx"
    head = ["受理编号", "需求", "提出方式", "提出日期"]
    rows = [
        ["", "路灯坏了", "走访", "2026-01-02"],
        ["260101-AAAAAA", "下水堵了", "走访", "2026-01-03"],
    ]
    file.write_bytes(xlsx([head, *rows]))
    where = ("--register", "needs", "--area", "guihuashu", "--as", "guihuashu-ganshi", "--json")
    first = run("import", str(file), *where)
    assert (first.code, first.json["inserted"], first.json["batch"]) == (3, 1, None)
    (wrong,) = first.json["rejected"]
    assert (wrong["row"], wrong["column"]) == (3, "受理编号")
    assert wrong["reason"] == "“受理编号”由系统填写，请留空"
    some = run("import", str(file), *where, "--accept-valid")
    assert (some.code, some.json["inserted"], len(some.json["rejected"])) == (3, 1, 1)
    again = run("import", str(file), *where, "--accept-valid")
    assert (again.json["inserted"], again.json["unchanged"], again.json["batch"]) == (0, 1, None)
    undone = run("undo", some.json["batch"], "--as", "guihuashu-ganshi", "--json")
    assert [one["status"] for one in undone.json["results"]] == ["applied"]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_an_empty_form_says_how_it_is_filled_in(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "空表.xlsx"
    who = ("--area", "guihuashu", "--as", "guihuashu-ganshi")
    assert run("template", "residents", str(file), *who).code == 0
    sheet = load_workbook(file).worksheets[0]
    notes = {cell.value: cell.comment.text for cell in sheet[1] if cell.comment}
    assert "必填" in notes["姓名*"]
    assert "只能是：男、女" in notes["性别"]
    assert "例如：" in notes["出生日期"]
    assert {cell.value for row in sheet["B2:Z9"] for cell in row} == {None}
    back = _import(run, file)
    assert (back.code, back.words.strip()) == (
        1, "这是从这里带出的离线工作簿，请在“离线工作簿”页面带回",
    )  # fmt: skip


def test_a_power_cut_leaves_nothing_half_imported(sample_url: str, tmp_path: Path) -> None:
    """Killed at moments all over the import: it is there whole, or not at all."""
    many = 1500
    file = tmp_path / "名册.csv"
    file.write_text(csv([HEAD, *([f"新人{n}", "男", "1956-03-01", "一栋"] for n in range(many))]),
                    encoding="utf-8")  # fmt: skip
    before, _ = _count(sample_url)
    own = os.environ | {"DATABASE_URL": sample_url, "SANSHE_DATA": str(tmp_path)}
    where = ["--register", "residents", "--area", "guihuashu", "--as", "guihuashu-ganshi"]
    command = [sys.executable, "manage.py", "import", str(file), *where, "--json"]
    whole, met = 0.0, set()
    started = time.monotonic()
    subprocess.run([*command, "--dry-run"], cwd=HOME, env=own, check=True, capture_output=True)
    whole = time.monotonic() - started
    for share in (0.9, 1.0, 1.1, 1.25):
        with subprocess.Popen(command, cwd=HOME, env=own, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:  # fmt: skip
            time.sleep(whole * share)
            process.send_signal(signal.SIGKILL)
        met.add(_count(sample_url)[0] - before)
    assert met <= {0, many}, met
    done = subprocess.run(command, cwd=HOME, env=own, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    assert told["inserted"] + told["unchanged"] == many
    assert _count(sample_url)[0] == before + many
