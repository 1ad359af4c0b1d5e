"""The operator's commands as an operator runs them: JSON on stdout alone, words on stderr."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import dates
from tests.app.ran import Ran

HOME = Path(__file__).resolve().parents[2]
ENGLISH = re.compile(r"\b(Error|Usage|Traceback|Invalid|Missing|No such)\b")


Run = Callable[..., Ran]


@pytest.fixture
def run(sample_url: str, tmp_path: Path) -> Run:
    """`run("rows", "areas", …)` on a copy of the sample database."""
    return _runner(sample_url, tmp_path)


def _runner(url: str, folder: Path) -> Run:
    def run(*arguments: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=HOME,
            env=os.environ | {"DATABASE_URL": url, "SANSHE_DATA": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert not ENGLISH.search(done.stderr), done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


def _changes(folder: Path, *changes: dict[str, Any]) -> str:
    file = folder / "changes.jsonl"
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in changes), "utf-8")
    return str(file)


def test_coverage_gives_the_articles_figure(run: Run) -> None:
    asked = ("--area", "guihuashu", "--indicator", "pairing", "--group", "留守儿童")
    found = run("coverage", *asked, "--as", "admin", "--json")
    assert found.code == 0
    assert (found.json["n"], found.json["N"]) == (20, 74)
    assert len(set(found.json["served"])) == 20
    assert len(set(found.json["unserved"])) == 54
    assert not set(found.json["served"]) & set(found.json["unserved"])


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_figures_of_a_day_and_of_a_period(run: Run) -> None:
    """A day counts as far back as the indicator looks; a longer period serves no fewer."""
    base = ("coverage", "--area", "taohuaping", "--as", "admin", "--json", "--indicator", "service")
    said = ("--group", "空巢老人")
    year = (dates.today() - dt.timedelta(days=364)).isoformat()
    now, long = run(*base, *said).json, run(*base, *said, "--from", year).json
    assert now["N"] == long["N"] == 1400
    assert set(now["served"]) < set(long["served"])
    assert len(long["served"]) == long["n"] == long["N"] - len(long["unserved"])
    day = run(*base, *said, "--on", dates.today().isoformat()).json
    assert day == now
    assert run(*base, *said, "--from", "2026-02-01", "--to", "2026-01-01").code == 1
    assert run(*base, *said, "--on", year, "--from", year).code == 1
    assert run(*base).code == 1  # of which group


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_every_indicator_is_listed_with_its_definition(run: Run) -> None:
    found = {one["name"]: one for one in run("indicators", "--json").json}
    assert set(found) >= {"pairing", "service", "live_pairing", "checkup", "timely", "volunteers",
                          "active_volunteers", "hours", "starred", "beds", "bed_use"}  # fmt: skip
    for one in found.values():
        assert one["numerator"] in one["definition"]
        assert one["denominator"] in one["definition"]
        assert one["unit"]
    assert found["volunteers"]["target"] == {"least": 13, "most": None, "unit": "%"}
    assert found["beds"]["target"] == {"least": 35, "most": 40, "unit": "张"}
    assert (found["service"]["period_days"], found["pairing"]["period_days"]) == (90, None)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_rows_are_an_array_of_objects_with_masks(run: Run) -> None:
    found = run("rows", "residents", "--area", "guihuashu", "--where", "sex=女",
                "--as", "guihuashu-shuji", "--json")  # fmt: skip
    assert found.words == ""
    rows = found.json
    assert {row["sex"] for row in rows} == {"女"}
    assert {row["area_id"] for row in rows} == {"guihuashu"}
    numbered = [row["id_number"] for row in rows if row["id_number"]]
    assert all(re.fullmatch(r"\d{6}\*{8}\d{3}[\dX]", number) for number in numbered)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_all_residents_of_the_article(run: Run) -> None:
    for area, people in (("guihuashu", 7421), ("liumiqiao", 8894), ("taohuaping", 12500)):
        assert (
            len(run("rows", "residents", "--area", area, "--as", "admin", "--json").json) == people
        )


def test_a_change_is_answered_line_by_line_and_can_be_taken_back(run: Run, tmp_path: Path) -> None:
    row = run("rows", "volunteers", "--area", "guihuashu", "--as", "admin", "--json").json[0]
    edit = {"register": "volunteers", "id": row["id"]}
    made = run("change", _changes(
        tmp_path,
        edit | {"before": {"employer": row["employer"]}, "after": {"employer": "蒲纺医院"}},
        edit | {"before": {"employer": "从来不是"}, "after": {"employer": "别处"}},
        edit | {"before": {"sex": row["sex"]}, "after": {"sex": "2月30日"}},
        {"register": "teams", "id": None, "before": None,
         "after": {"name": "夜巡队", "area_id": "guihuashu"}},
    ), "--as", "guihuashu-shuji", "--json")  # fmt: skip
    assert made.code == 0
    assert [line["status"] for line in made.lines] == ["applied", "conflict", "refused", "applied"]
    assert all(set(line) == {"status", "id", "theirs", "reason"} for line in made.lines)
    assert made.lines[1]["theirs"] == {"employer": "蒲纺医院"}
    assert "2月30日" in made.lines[2]["reason"]
    history = run("history", "volunteers", row["id"], "--as", "guihuashu-shuji", "--json").json
    assert history[0]["after"] == {"employer": "蒲纺医院"}
    taken = run("undo", history[0]["batch"], "--as", "guihuashu-shuji", "--json").json
    assert [one["status"] for one in taken["results"]] == ["applied", "applied"]
    again = run("rows", "volunteers", "--where", f"id={row['id']}", "--as", "admin", "--json").json
    assert again == [row]
    assert run("rows", "teams", "--where", "name=夜巡队", "--as", "admin", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("rows", "nothing", "--as", "admin", "--json"), "没有名为"),
        (("rows", "residents", "--as", "nobody", "--json"), "没有用户名为"),
        (("rows", "residents", "--area", "taohuaping", "--as", "guihuashu-shuji"), "工作范围"),
        (("rows", "residents", "--where", "phone=1", "--as", "admin", "--json"), "遮盖"),
        (("rows", "residents", "--where", "sex", "--as", "admin", "--json"), "--where"),
        (("undo", "no-such-batch", "--as", "admin", "--json"), "没有找到"),
        (("history", "residents", "no-such-row", "--as", "admin", "--json"), "不存在"),
        (("coverage", "--area", "guihuashu", "--group", "没有的", "--as", "admin"), "没有名为"),
        (("coverage", "--area", "guihuashu", "--as", "admin"), "--group"),
        (("nonsense",), "命令"),
        (("restore", __file__, "--replace"), "备份"),
    ],
)
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_an_error_is_one_sentence(run: Run, arguments: tuple[str, ...], says: str) -> None:
    found = run(*arguments)
    assert found.code != 0
    assert found.out == ""
    assert says in found.words
    assert len(found.words.strip().splitlines()) == 1


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_bad_line_writes_nothing_at_all(run: Run, tmp_path: Path) -> None:
    team = {"name": "半途队", "area_id": "guihuashu"}
    file = _changes(tmp_path, {"register": "teams", "id": None, "before": None, "after": team})
    with Path(file).open("a", encoding="utf-8") as more:
        more.write("\nnot json")
    found = run("change", file, "--as", "admin", "--json")
    assert (found.code, found.out) == (1, "")
    assert "第 2 行" in found.words
    assert run("rows", "teams", "--where", "name=半途队", "--as", "admin", "--json").json == []


def test_a_new_database_and_its_first_administrator(tmp_path: Path) -> None:
    run = _runner(f"sqlite:///{tmp_path / 'new.db'}", tmp_path)
    early = run("rows", "areas", "--as", "admin", "--json")
    assert early.code == 1
    assert "init" in early.words
    assert run("init").code == 0
    assert "没有改动" in run("init").words
    made = run("user", "add", "fuze", "--name", "管理员", "--password", "guihua-kai-2017")
    assert made.code == 0
    assert [row["id"] for row in run("rows", "areas", "--as", "fuze", "--json").json] == [
        "xianning"
    ]
    names = [row["name"] for row in run("rows", "groups", "--as", "fuze", "--json").json]
    assert len(names) == 16 - 3  # three need a clearance, which nobody gave
    assert run("migrate").words == ""


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_lost_password_and_a_closed_account(run: Run) -> None:
    assert run("user", "password", "jiedao", "--password", "mima-chongshe-88").code == 0
    assert run("rows", "areas", "--as", "jiedao", "--json").code == 0
    assert run("user", "close", "jiedao").code == 0
    assert "没有用户名为" in run("rows", "areas", "--as", "jiedao", "--json").words
    assert run("user", "close", "jiedao").code == 1


def test_backup_and_restore(run: Run, tmp_path: Path) -> None:
    before = run("rows", "pairings", "--as", "admin", "--json").json
    assert run("backup", str(tmp_path / "all.zip")).code == 0
    elsewhere = _runner(f"sqlite:///{tmp_path / 'restored.db'}", tmp_path)
    assert elsewhere("restore", str(tmp_path / "all.zip")).code == 0
    assert elsewhere("rows", "pairings", "--as", "admin", "--json").json == before
    refused = elsewhere("restore", str(tmp_path / "all.zip"))
    assert refused.code == 1
    assert "--replace" in refused.words


def test_stage_gives_each_stage_its_day(run: Run) -> None:
    needs = run("rows", "needs", "--area", "guihuashu", "--as", "guihuashu-shuji", "--json").json
    need = next(row for row in needs if row["title"] == "放学到家长下班之间孩子没人管")
    found = run("stage", need["id"], "--as", "guihuashu-shuji", "--json")
    assert found.code == 0
    stages = {one["stage"]: one["on"] for one in found.json["stages"]}
    assert list(stages) == ["提出", "设计", "批准", "征集", "承接", "执行", "结项", "反馈"]
    assert all(stages.values())
    assert list(stages.values()) == sorted(stages.values())
    assert (found.json["reached"], found.json["waits_for"]) == ("反馈", None)
    assert run("stage", need["number"], "--as", "jiedao", "--json").json == found.json
    assert "承接\t" in run("stage", need["number"], "--as", "jiedao").out
    for user in ("liumiqiao-shuji", "org1"):
        refused = run("stage", need["id"], "--as", user, "--json")
        assert (refused.code, refused.out) == (1, "")


def test_an_organisations_account(run: Run) -> None:
    made = ("user", "add", "org9", "--password", "gongyi-2026", "--area", "pufang")
    of = ("--organisation", "shili_qinghe")
    assert run(*made, *of, "--role", "clerk").code == 1
    assert run(*made, "--organisation", "nobody", "--role", "organisation").code == 1
    assert run(*made, *of, "--role", "organisation").code == 0
    bids = run("rows", "bids", "--as", "org9", "--json").json
    assert {row["organisation_id"] for row in bids} == {"shili_qinghe"}


def test_a_document_is_put_to_a_bid(run: Run, tmp_path: Path) -> None:
    bids = run("rows", "bids", "--as", "org1", "--json").json
    calls = {one["id"]: one for one in run("rows", "calls", "--as", "org1", "--json").json}
    open_ = next(one for one in bids if calls[one["call_id"]]["closes_on"] > "2030")
    file = tmp_path / "方案.pdf"
    file.write_bytes(b"%PDF-1.7")
    made = run("attach", open_["id"], str(file), "--as", "org1", "--json")
    assert (made.code, made.json["name"]) == (0, "方案.pdf")
    (row,) = run("rows", "bid_files", "--as", "org1", "--json").json
    assert (row["id"], row["size"]) == (made.json["id"], 8)
    for user in ("admin", "org2", "jiedao"):
        assert run("attach", open_["id"], str(file), "--as", user, "--json").code != 0
        assert run("rows", "bid_files", "--as", user, "--json").json == []
