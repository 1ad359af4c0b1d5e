"""The order of the chain, kept by the door and by the database itself, with one sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from db import doors, facts
from db.actors import Actor
from db.changes import Change, Outcome
from db.doors import Question, barring
from db.engine import writing
from db.registers import REGISTERS
from tests import chained
from tests.village import EAST, OFFICER, SECRETARY, STREET, add, done, drop, edit, one

ORG = Actor("a-org", "东风", "organisation", STREET, organisation="e-org")
RIVAL = Actor("a-rival", "西苑", "organisation", STREET, organisation="w-org")
JUDGE = Actor("a-judge", "评委甲", "judge", EAST)
SECOND = Actor("a-second", "评委乙", "judge", EAST)
PROJECT = {"project_id": "p"}
FAR = "2199-12-31"
Refused = Callable[[Actor, Change, str], None]


@pytest.fixture
def refused(village: Engine, monkeypatch: pytest.MonkeyPatch) -> Refused:
    """The door refuses with the sentence; and where nobody asks first, the database does."""

    def check(actor: Actor, change: Change, sentence: str) -> None:
        before = doors.version(village)
        told = one(village, actor, change)
        assert (told.status, sentence in told.reason) == ("refused", True), told
        with monkeypatch.context() as patch:
            patch.setattr(barring, "refused", lambda *_: {})
            with pytest.raises(IntegrityError, match=sentence):
                one(village, actor, change)
        assert doors.version(village) == before

    return check


def later(on: Engine, call: str = "c") -> None:
    """The call's last minute has passed."""
    facts.put(on, facts.FILLING, "1")
    with writing(on) as conn:
        conn.execute(text("UPDATE calls SET closes_on = '2026-01-31' WHERE id = :id"), {"id": call})
    facts.put(on, facts.FILLING, "")


def people(on: Engine) -> None:
    """The accounts of judges and bidders, by their ids."""
    for who, of in ((ORG, "e-org"), (RIVAL, "w-org"), (JUDGE, None), (SECOND, None)):
        chained.account(on, who.id, who.id, who.role, who.area_id, of)
    chained.account(on, SECRETARY.id, "secretary", "secretary", EAST, None)


def designed(on: Engine) -> None:
    people(on)
    done(on, SECRETARY, add("needs", "n", EAST, title="放学后没人管"))
    done(on, SECRETARY, add("projects", "p", EAST, name="一小时", goal="有人陪"))
    done(on, SECRETARY, add("project_needs", "pn", EAST, need_id="n", **PROJECT))
    done(on, SECRETARY, add("budget_lines", "l", EAST, item="教具", amount=100, **PROJECT))


def approved(on: Engine) -> None:
    designed(on)
    done(on, SECRETARY, edit("projects", "p", "submitted_on", None, "2026-01-02"))
    done(on, OFFICER, add("reviews", "r", EAST, decision="批准", **PROJECT))


def called(on: Engine) -> None:
    approved(on)
    done(on, OFFICER, add("calls", "c", EAST, title="征集", closes_on=FAR, ceiling=1000, **PROJECT))
    done(
        on, OFFICER,
        add("criteria", "k1", EAST, call_id="c", name="可行", weight=60),
        add("criteria", "k2", EAST, call_id="c", name="团队", weight=40),
    )  # fmt: skip
    done(on, OFFICER, edit("calls", "c", "state", "草稿", "已发布"))


def bid(row_id: str, of: str, price: float = 900) -> Change:
    return add("bids", row_id, EAST, call_id="c", organisation_id=of, title="方案", plan="每天",
               price=price)  # fmt: skip


def closed(on: Engine) -> None:
    called(on)
    done(on, ORG, bid("b1", "e-org"))
    done(on, RIVAL, bid("b2", "w-org", 800))
    done(
        on, OFFICER,
        add("judges", "j1", EAST, call_id="c", name="甲", account=JUDGE.id),
        add("judges", "j2", EAST, call_id="c", name="乙", account=SECOND.id),
    )  # fmt: skip
    later(on)


def score(judge: str, of: str, criterion: str, points: float = 30) -> Change:
    return add("scores", f"s-{judge}-{of}-{criterion}", EAST, judge_id=judge, bid_id=of,
               criterion_id=criterion, points=points)  # fmt: skip


def scored(on: Engine) -> None:
    closed(on)
    for who, judge in ((JUDGE, "j1"), (SECOND, "j2")):
        done(on, who, *(score(judge, of, k) for of in ("b1", "b2") for k in ("k1", "k2")))


def award(row_id: str = "a", of: str = "e-org") -> Change:
    return add("awards", row_id, EAST, call_id="c", organisation_id=of, reason="方案更可行")


def awarded(on: Engine) -> None:
    scored(on)
    done(on, OFFICER, award())


def test_every_guarded_register_says_so(engine: Engine) -> None:
    with engine.connect() as conn:
        sqlite = conn.dialect.name == "sqlite"
        asked = (
            "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name "
            if sqlite
            else "SELECT DISTINCT event_object_table FROM information_schema.triggers "
            "WHERE trigger_name "
        )
        found = set(conn.scalars(text(f"{asked} LIKE 'guard_%'")))  # not those of sums
    assert found == {one.name for one in REGISTERS if one.about.guarded}
    assert found <= set(inspect(engine).get_table_names())


def test_needs_and_designs(village: Engine, refused: Refused) -> None:
    designed(village)
    done(village, SECRETARY, add("needs", "m", EAST, title="放学没处去", joined_id="n"))
    refused(SECRETARY, add("needs", "o", EAST, title="又一件", joined_id="m"), "请并入那一件")
    done(village, SECRETARY, add("needs", "o", EAST, title="又一件"))
    refused(SECRETARY, edit("needs", "n", "joined_id", None, "o"), "已有需求并入这一件")
    twice = add("project_needs", "pn2", EAST, need_id="n", **PROJECT)
    refused(SECRETARY, twice, "这个项目已对应这件需求")
    review = add("reviews", "r", EAST, decision="批准", **PROJECT)
    refused(OFFICER, review, "项目还没有送审，不能评审")
    told = one(village, SECRETARY, review)
    assert "不能新增“项目评审”" in told.reason
    done(village, SECRETARY, edit("projects", "p", "submitted_on", None, "2026-01-02"))
    done(village, OFFICER, review)
    refused(SECRETARY, edit("projects", "p", "goal", "有人陪", "别的"), "已批准的项目不能再改设计")
    refused(SECRETARY, edit("budget_lines", "l", "amount", 100, 90), "已批准的项目不能再改预算")
    back = add("reviews", "r2", EAST, decision="退回", opinion="预算偏高", **PROJECT)
    done(village, OFFICER, back)
    done(village, SECRETARY, edit("budget_lines", "l", "amount", 100, 90))


def test_who_may_not_approve_may_not_in_the_database_either(
    village: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the letters of the roles were wrong."""
    designed(village)
    done(village, SECRETARY, edit("projects", "p", "submitted_on", None, "2026-01-02"))
    chained.account(village, OFFICER.id, "demoted", "clerk", STREET, None)
    told = one(village, OFFICER, add("reviews", "r", EAST, decision="批准", **PROJECT))
    assert told.reason == "只有街道、县级、市级的账号能评审项目"


def test_calls(village: Engine, refused: Refused) -> None:
    designed(village)
    done(village, OFFICER, add("calls", "c", EAST, title="征集", closes_on=FAR, **PROJECT))
    done(village, OFFICER, add("criteria", "k1", EAST, call_id="c", name="可行", weight=60))
    publish = edit("calls", "c", "state", "草稿", "已发布")
    refused(OFFICER, publish, "满分合计应为 100 分")
    again = add("criteria", "k2", EAST, call_id="c", name="可行", weight=40)
    refused(OFFICER, again, "已有同名的评分项")
    done(village, OFFICER, add("criteria", "k2", EAST, call_id="c", name="团队", weight=40))
    refused(OFFICER, publish, "联动项目还没有批准")
    done(village, SECRETARY, edit("projects", "p", "submitted_on", None, "2026-01-02"))
    done(village, OFFICER, add("reviews", "r", EAST, decision="批准", **PROJECT))
    early = add("calls", "d", EAST, title="晚了", opens_on="2026-01-01", closes_on="2026-01-02",
                state="已发布", **PROJECT)  # fmt: skip
    refused(OFFICER, early, "满分合计应为 100 分")
    done(village, OFFICER, publish)
    refused(OFFICER, edit("criteria", "k1", "weight", 60, 50), "征集已发布，评分标准不能再改")
    refused(OFFICER, edit("calls", "c", "state", "已发布", "草稿"), "不能改回草稿")
    refused(OFFICER, edit("calls", "c", "closes_on", FAR, "2190-01-01"), "截止时间只能推迟")
    refused(OFFICER, drop("criteria", "k1"), "征集已发布，评分标准不能再改")
    assert "2 条评分标准" in one(village, OFFICER, drop("calls", "c")).reason
    gone = text("UPDATE calls SET deleted_at = 'now' WHERE id = 'c'")
    with pytest.raises(IntegrityError, match="发布过的征集不能删除"), writing(village) as conn:
        conn.execute(gone)
    done(village, OFFICER, edit("calls", "c", "closes_on", FAR, "2200-01-01"))
    done(village, OFFICER, edit("calls", "c", "state", "已发布", "已终止"))
    refused(OFFICER, edit("calls", "c", "state", "已终止", "已发布"), "终止了的不能再发布")


def test_bids(village: Engine, refused: Refused) -> None:
    called(village)
    refused(ORG, bid("b1", "e-org", 1001), "报价高于最高限价")
    done(village, ORG, bid("b1", "e-org"))
    refused(ORG, bid("b3", "e-org"), "本组织已提交过申请书")
    later(village)
    for change in (edit("bids", "b1", "price", 900, 700), drop("bids", "b1")):
        refused(ORG, change, "征集已截止，不能再提交、修改或撤回申请书")
    told = one(village, RIVAL, bid("b2", "w-org"))
    assert "“项目征集”在本区域没有找到" in told.reason  # it is open to nobody any more
    with writing(village) as conn, pytest.raises(IntegrityError, match="征集已截止"):
        conn.execute(text(
            "INSERT INTO bids (id, area_id, created_at, call_id, organisation_id, title, plan,"
            " price, submitted_by, submitted_at) VALUES"
            " ('b9', 'east', '', 'c', 'w-org', '晚', '晚', 1, '', '')"
        ))  # fmt: skip


def test_scores(village: Engine, refused: Refused) -> None:
    called(village)
    done(village, ORG, bid("b1", "e-org"))
    done(village, OFFICER, add("judges", "j1", EAST, call_id="c", name="甲", account=JUDGE.id))
    told = one(village, JUDGE, score("j1", "b1", "k1"))
    assert "“申请书”在本区域没有找到" in told.reason  # sealed for a judge too
    later(village)
    refused(JUDGE, score("j1", "b1", "k1", 61), "得分应在 0 分与该项满分之间")
    refused(OFFICER, score("j1", "b1", "k1"), "只能由评委本人用自己的账号打分")
    done(village, JUDGE, score("j1", "b1", "k1", 60))
    again = Change("scores", "s2", None, dict(score("j1", "b1", "k1").after or {}))
    refused(JUDGE, again, "这一项已打过分")
    done(village, OFFICER, edit("judges", "j1", "organisation_id", None, "e-org"))
    refused(JUDGE, score("j1", "b1", "k2"), "评委所属的社会组织参加了这次竞争")
    done(village, OFFICER, edit("judges", "j1", "organisation_id", "e-org", "w-org"))
    done(village, JUDGE, score("j1", "b1", "k2"))  # which did not bid
    done(
        village,
        JUDGE,
        Change(
            "judges", "j1", {"conflict": None, "conflict_reason": None},
            {"conflict": True, "conflict_reason": "亲属任职"},
        ),
    )  # fmt: skip
    refused(JUDGE, edit("scores", "s-j1-b1-k2", "points", 30, 40), "已申报回避的评委不能打分")
    told = one(village, OFFICER, edit("scores", "s-j1-b1-k2", "points", 30, 1))
    assert "只能修改或删除自己填写的评分" in told.reason


def test_a_bidders_own_account_never_scores(village: Engine, refused: Refused) -> None:
    """Whatever role the account has come to by then."""
    called(village)
    done(village, ORG, bid("b1", "e-org"))
    chained.account(village, "a-mole", "mole", "judge", EAST, "e-org")
    done(village, OFFICER, add("judges", "j1", EAST, call_id="c", name="丙", account="mole"))
    later(village)
    mole = Actor("a-mole", "丙", "judge", EAST)
    refused(mole, score("j1", "b1", "k1"), "评委所属的社会组织参加了这次竞争")


def test_awards(village: Engine, refused: Refused) -> None:
    closed(village)
    refused(OFFICER, award(), "评委还没有把每份申请书的每一项都打完分")
    for who, judge in ((JUDGE, "j1"), (SECOND, "j2")):
        done(village, who, *(score(judge, of, k) for of in ("b1", "b2") for k in ("k1", "k2")))
    late = add("programmes", "g", EAST, name="班", kind="其他", **PROJECT)
    refused(SECRETARY, late, "还没有承接决定，不能开始执行")
    plan = add("milestones", "m", EAST, name="首月", due_on=FAR, **PROJECT)
    refused(SECRETARY, plan, "还没有承接决定，不能开始执行")
    told = one(village, OFFICER, add("awards", "a", EAST, call_id="c", organisation_id="e-org"))
    assert told.reason == "“理由”必须填写"
    done(village, OFFICER, award())
    told = one(village, OFFICER, award("a2", "w-org"))
    assert told.reason == "“项目征集”与本区域另一行重复"
    refused(JUDGE, edit("scores", "s-j1-b1-k1", "points", 30, 31), "承接决定已作出")
    done(village, SECRETARY, late, plan)
    refused(OFFICER, drop("awards", "a"), "项目已经开始执行")
    other = edit("awards", "a", "organisation_id", "e-org", "w-org")
    refused(OFFICER, other, "项目已经开始执行")
    refused(SECRETARY, edit("projects", "p", "closed_on", None, "2026-11-01"), "末期评估")
    done(village, SECRETARY, add("evaluations", "e", EAST, kind="末期", score=90, **PROJECT))
    done(village, SECRETARY, edit("projects", "p", "closed_on", None, "2026-11-01"))


def test_two_awards_at_once_are_one(village: Engine) -> None:
    """From two browsers: one is stored, the other is told so."""
    scored(village)
    ready = threading.Barrier(2)

    def decide(row_id: str, of: str) -> Outcome:
        ready.wait()
        return one(village, OFFICER, award(row_id, of))

    with ThreadPoolExecutor(2) as pool:
        told = [*pool.map(decide, ("a1", "a2"), ("e-org", "w-org"))]
    assert sorted(each.status for each in told) == ["applied", "refused"]
    assert {each.reason for each in told} == {"", "“项目征集”与本区域另一行重复"}
    assert len(doors.read(village, OFFICER, Question("awards", EAST)).rows) == 1


def test_two_awards_past_the_door_are_one(village: Engine) -> None:
    awarded(village)
    second = text(
        "INSERT INTO awards (id, area_id, created_at, call_id, organisation_id, reason, awarded_on,"
        " decided_by) VALUES ('a2', 'east', '', 'c', 'w-org', '再定', '2026-02-02', '')"
    )
    with pytest.raises(IntegrityError, match="这次征集已有承接决定"), writing(village) as conn:
        conn.execute(second)
    facts.put(village, facts.FILLING, "1")  # even where no guard looks
    with pytest.raises(IntegrityError), writing(village) as conn:
        conn.execute(second)


def test_an_award_before_closing_or_without_that_bid(village: Engine, refused: Refused) -> None:
    called(village)
    done(village, ORG, bid("b1", "e-org"))
    refused(OFFICER, award(), "征集还没有截止")
    later(village)
    refused(OFFICER, award(of="w-org"), "没有提交申请书")
    refused(OFFICER, award(), "评委还没有")  # nobody judges


def test_judges_who_may_not_score_are_not_waited_for(village: Engine) -> None:
    closed(village)
    done(village, JUDGE, *(score("j1", of, k) for of in ("b1", "b2") for k in ("k1", "k2")))
    told = one(village, OFFICER, award())
    assert "打完分" in told.reason
    away = {"conflict": True, "conflict_reason": "亲属任职"}
    done(village, OFFICER, Change("judges", "j2", dict.fromkeys(away), away))
    done(village, OFFICER, award())


def test_what_is_refused_keeps_nothing_else_back(village: Engine) -> None:
    called(village)
    later(village)
    written = doors.write(
        village, SECRETARY,
        [add("needs", "n7", EAST, title="路灯坏了"),
         add("milestones", "m", EAST, name="首月", due_on=FAR, **PROJECT),
         add("needs", "n8", EAST, title="加装扶手")],
        source="test",
    )  # fmt: skip
    assert [told.status for told in written.outcomes] == ["applied", "refused", "applied"]
    trial = doors.write(
        village, SECRETARY, [add("milestones", "m", EAST, name="首月", due_on=FAR, **PROJECT)],
        source="test", bound=doors.Bound.TRIAL,
    )  # fmt: skip
    assert "承接决定" in trial.outcomes[0].reason


def test_a_whole_batch_fails_with_one_breach(village: Engine) -> None:
    called(village)
    changes = [
        add("needs", "n7", EAST, title="路灯坏了"),
        add("milestones", "m", EAST, name="首月", due_on=FAR, **PROJECT),
    ]
    written = doors.write(village, SECRETARY, changes, source="test", bound=doors.Bound.WHOLE)
    assert written.outcomes[1].status == "refused"
    found = doors.read(village, SECRETARY, Question("needs", EAST)).rows
    assert [row["id"] for row in found] == ["n"]
