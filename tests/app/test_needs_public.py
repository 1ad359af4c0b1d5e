"""The public page of a community: what goes in, what comes out, and what is kept from abuse."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx import Response as Answer
from sqlalchemy import Engine, func, select
from starlette.applications import Starlette

from api import auth, needs, security, signin
from api.html import LARGEST
from db import accounts, attempts, doors, limits, moments
from db.changes import Change
from db.doors import Condition, Forbidden, Question
from db.parsers import Refused
from db.registers import REGISTERS
from tests.signing import HTML, TestClient, hidden
from tests.unit.conftest import Clock
from tests.village import ADMIN, CLOSED, EAST, NEIGHBOUR, STREET, WEST, done

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
APP = Starlette(routes=[*signin.ROUTES, *needs.ROUTES], middleware=[*security.MIDDLEWARE])
PAGE = f"/need/{EAST}"
XSS = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.fixture
def resident(api: Engine) -> TestClient:
    """A phone that nobody is signed in on."""
    return TestClient(APP, follow_redirects=False, headers=HTML)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(moments, "now", made.now)
    return made


def send(one: TestClient, page: str = PAGE, **fields: str) -> Answer:
    """The form as a person fills it in; `fields` are what is typed, or sent instead."""
    form = one.get(page)
    own = {"csrf": hidden(form), "once": hidden(form, "once"), "title": "路灯坏了"}
    return one.post(page, data=own | fields)


def stored(on: Engine, **cells: Any) -> list[dict[str, Any]]:
    where = tuple(Condition(name, "eq", value) for name, value in cells.items())
    return doors.read(on, ADMIN, Question("needs", EAST, where)).rows


def number(answer: Answer) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[1].partition("?")[0]


def test_a_need_goes_in_and_only_a_number_comes_out(api: Engine, resident: TestClient) -> None:
    said = {"title": "三号楼路灯坏了", "description": "晚上看不见", "raised_by": "李四",
            "phone": "138 0000 0009", "agreed": "1", "place": "三号楼"}  # fmt: skip
    answer = send(resident, **said)
    (row,) = stored(api)
    assert (row["title"], row["place"], row["way"]) == ("三号楼路灯坏了", "三号楼", "自助")
    assert (row["raised_by"], row["phone"], row["number"]) == (
        "李四",
        "138****0009",
        number(answer),
    )
    receipt = resident.get(answer.headers["location"])
    assert receipt.status_code == 200
    assert row["number"] in receipt.text
    assert "已经收到" in receipt.text
    for secret in ("三号楼", "李四", "13800000009", "晚上看不见", row["id"]):
        assert secret not in receipt.text


def test_that_its_author_agreed_is_kept_in_the_history(api: Engine, resident: TestClient) -> None:
    send(resident, phone="13800000009", agreed="1")
    (row,) = stored(api)
    (entry,) = doors.history(api, ADMIN, "needs", row["id"])
    assert (entry["who"], entry["source"]) == ("居民自助", "public")
    assert entry["reason"] == "本人同意社区为办理这件事使用所留的姓名和电话"


@pytest.mark.parametrize("left", [{"raised_by": "李四"}, {"phone": "13800000009"}])
def test_a_name_is_not_taken_without_consent(
    api: Engine, resident: TestClient, left: dict[str, str]
) -> None:
    answer = send(resident, **left)
    assert answer.status_code == 422
    assert needs.AGREE in answer.text
    assert next(iter(left.values())) in answer.text  # nothing that was typed is lost
    assert not stored(api)


def test_sent_twice_it_is_there_once(api: Engine, resident: TestClient) -> None:
    form = resident.get(PAGE)
    own = {"csrf": hidden(form), "once": hidden(form, "once"), "title": "路灯坏了"}
    answers = [resident.post(PAGE, data=own) for _ in range(2)]
    assert number(answers[0]) == number(answers[1])
    assert len(stored(api)) == 1


def test_what_cannot_be_stored_is_said_and_not_counted(api: Engine, resident: TestClient) -> None:
    for _ in range(2 * limits.LIMITS[limits.RAISE][0].each):
        answer = send(resident, phone="12", agreed="1")
        assert answer.status_code == 422
    assert "手机" in answer.text or "电话" in answer.text
    assert send(resident, title="  ").status_code == 422
    assert send(resident, group_id=CLOSED).status_code == 422  # a group that needs a clearance
    assert send(resident).status_code == 303


def test_words_that_are_scripts_stay_words(api: Engine, resident: TestClient) -> None:
    answer = send(resident, title=XSS, place=XSS, description=XSS, raised_by=XSS)
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    stolen = resident.get(f"{PAGE}/%3Cscript%3Ealert(1)")
    assert "<script" not in stolen.text
    assert "script-src" not in stolen.headers["content-security-policy"]
    assert stolen.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/need/nowhere", f"/need/{STREET}", "/need/xianning",
                                  "/need/%00", "/need/" + "x" * 300])  # fmt: skip
def test_only_a_community_has_such_a_page(resident: TestClient, path: str) -> None:
    for rest in ("", "/poster", "/260101-ABCDEF", "/state"):
        answer = resident.get(path + rest)
        assert answer.status_code == 404
        assert needs.NOWHERE in answer.text
    assert resident.post(path, data={"title": "路灯"}).status_code == 404


def test_a_form_of_another_site_is_refused(api: Engine, resident: TestClient) -> None:
    once = hidden(resident.get(PAGE), "once")
    for csrf in ("guess", ""):
        answer = resident.post(PAGE, data={"csrf": csrf, "once": once, "title": "路灯"})
        assert answer.status_code == 403
    assert not stored(api)


def test_the_trap_is_for_programs(api: Engine, resident: TestClient) -> None:
    assert needs.CAUGHT in send(resident, website="http://x.cn").text
    assert send(resident, once="../x").status_code == 422
    assert not stored(api)


def test_more_than_a_person_writes_is_not_read(api: Engine, resident: TestClient) -> None:
    assert send(resident, description="字" * 501).status_code == 422
    assert send(resident, title="字" * 61).status_code == 422
    assert send(resident, description="x" * LARGEST).status_code == 403
    longest = {name: "字" * most for name, most in needs.LONGEST.items()
               if name not in ("phone", "group_id")}  # fmt: skip
    assert send(resident, agreed="1", **longest).status_code == 303


def test_what_the_form_does_not_ask_is_not_written(api: Engine, resident: TestClient) -> None:
    send(resident, number="1", way="窗口", resident_id="e-an", reply="好", area_id=WEST)
    (row,) = stored(api)
    assert (row["way"], row["resident_id"], row["reply"]) == ("自助", None, None)
    assert row["number"] != "1"


def test_one_address_is_told_to_wait_and_another_is_not(
    api: Engine, resident: TestClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = limits.LIMITS[limits.RAISE][0].each
    for _ in range(most):
        assert send(resident).status_code == 303
    held = send(resident)
    assert held.status_code == 429
    assert int(held.headers["retry-after"]) == 3600
    assert "提交的次数太多了，请过 1 小时再试" in held.text
    assert send(resident, f"/need/{WEST}").status_code == 303  # another community has its own
    monkeypatch.setattr(auth, "address", lambda _: "10.0.0.9")
    assert send(resident).status_code == 303
    monkeypatch.undo()
    assert len(stored(api)) == most + 1


def test_room_comes_back_after_an_hour(api: Engine, resident: TestClient, clock: Clock) -> None:
    for _ in range(limits.LIMITS[limits.RAISE][0].each):
        send(resident)
    assert send(resident).status_code == 429
    clock.pass_by(minutes=61)
    assert send(resident).status_code == 303


def test_all_addresses_together_have_a_limit(api: Engine, clock: Clock) -> None:
    hour = limits.LIMITS[limits.RAISE][0]
    for one in range(hour.all):
        limits.begin(api, limits.RAISE, EAST, f"10.0.{one}.1")
    with pytest.raises(limits.TooOften) as told:
        limits.begin(api, limits.RAISE, EAST, "10.9.9.9")
    assert told.value.seconds == 3600
    limits.begin(api, limits.RAISE, WEST, "10.9.9.9")


def test_many_at_once_get_no_more_than_the_limit(api: Engine) -> None:
    def one(_: int) -> bool:
        try:
            return bool(limits.begin(api, limits.RAISE, EAST, "10.0.0.1"))
        except limits.TooOften:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(24))) <= limits.LIMITS[limits.RAISE][0].each


def test_use_of_the_page_keeps_nobody_from_signing_in(api: Engine) -> None:
    for _ in range(limits.LIMITS[limits.LOOK][0].each):
        limits.begin(api, limits.LOOK, EAST, "10.0.0.1")
    attempts.finish(api, attempts.begin(api, "song", "10.0.0.1"), attempts.RIGHT)


def test_the_state_of_a_number_is_its_stage_alone(api: Engine, resident: TestClient) -> None:
    got = number(send(resident, title="路灯坏了", description="三号楼"))
    (row,) = stored(api)
    settled = {"settled_on": row["raised_on"], "settlement": "已解决", "reply": "换了灯泡"}
    done(api, ADMIN, Change("needs", row["id"], dict.fromkeys(settled), settled))
    asked = resident.get(f"{PAGE}/state", params={"number": f" {got.lower()} "})
    answer = resident.get(asked.headers["location"])
    assert answer.status_code == 200
    assert "社区已经办结并给出答复" in answer.text
    for secret in ("路灯", "三号楼", "换了灯泡", "已解决"):
        assert secret not in answer.text
    assert resident.get(f"/need/{WEST}/{got}").status_code == 404  # only where it was raised
    done(api, ADMIN, Change("needs", row["id"], {}, None))
    assert resident.get(f"{PAGE}/{got}").status_code == 404


def test_numbers_cannot_be_tried_out(api: Engine, resident: TestClient, clock: Clock) -> None:
    got = [number(send(resident)) for _ in range(3)]
    assert len({one.split("-")[1][:3] for one in got}) == 3  # nothing in common but the day
    most = limits.LIMITS[limits.LOOK][0].each
    answers = [resident.get(f"{PAGE}/260101-{one:06d}").status_code for one in range(most + 1)]
    assert answers == [404] * most + [429]
    assert resident.get(f"{PAGE}/{got[0]}").status_code == 429


def test_who_has_its_number_may_look_as_often_as_they_like(
    api: Engine, resident: TestClient
) -> None:
    got = number(send(resident))
    most = limits.LIMITS[limits.LOOK][0].each
    assert {resident.get(f"{PAGE}/{got}").status_code for _ in range(most + 2)} == {200}


def test_the_visitor_can_do_nothing_else(api: Engine, resident: TestClient) -> None:
    number(send(resident))
    (row,) = stored(api)
    who = doors.visitor(EAST)
    for register in REGISTERS:
        may = {verb for verb, has in doors.may(api, who, register.name).items() if has}
        assert may == {"needs": {"add"}, "groups": {"read"}, "communities": {"read"}}.get(
            register.name, set()
        )
    with pytest.raises(Forbidden):
        doors.read(api, who, Question("needs", EAST))
    with pytest.raises(Forbidden):
        doors.history(api, who, "needs", row["id"])
    changed = Change("needs", row["id"], {"title": row["title"]}, {"title": "别的"})
    assert doors.write(api, who, [changed], source="public").outcomes[0].status == "refused"
    away = Change("needs", "away", None, {"area_id": WEST, "title": "别处", "way": "自助"})
    assert doors.write(api, who, [away], source="public").outcomes[0].status == "refused"
    assert not {one["id"] for one in doors.read(api, who, Question("groups")).rows} & {CLOSED}


def test_nobody_can_be_given_that_role(api: Engine) -> None:
    with pytest.raises(Refused):
        accounts.add(api, "somebody", "某人", "yige-mima-9", "visitor", EAST)


def test_staff_of_another_community_do_not_see_it(api: Engine, resident: TestClient) -> None:
    number(send(resident))
    assert not doors.read(api, NEIGHBOUR, Question("needs")).rows


def test_the_sheet_of_paper_has_the_code_of_the_address(resident: TestClient) -> None:
    answer = resident.get(f"{PAGE}/poster")
    assert answer.status_code == 200
    assert f"http://testserver{PAGE}" in answer.text
    assert "data:image/svg+xml" in answer.text
    assert "东社区" in answer.text


def test_uses_are_kept_without_saying_what_was_written(api: Engine, resident: TestClient) -> None:
    send(resident, title="不该留下的字")
    table = attempts.SignInAttempt
    with api.connect() as conn:
        kept = conn.execute(select(table)).all()
        assert conn.scalar(select(func.count()).where(table.outcome == limits.USED)) == 1
    assert "不该留下的字" not in str(kept)
