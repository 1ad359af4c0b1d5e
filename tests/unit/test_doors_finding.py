"""Found by pinyin and by the tail of a number, as far as one sees them; ordered as names are."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from db import doors, pinyin
from db.actors import Actor
from db.doors import Condition, Question
from tests.village import (
    ADMIN,
    BO_ID,
    CLERK,
    EAST,
    NEIGHBOUR,
    OFFICER,
    RESEARCHER,
    ROOT,
    SECRETARY,
    add,
    done,
    drop,
    edit,
)


def found(on: Engine, actor: Actor, **question: Any) -> list[str]:
    return [row["id"] for row in doors.read(on, actor, Question("residents", **question)).rows]


@pytest.mark.parametrize(
    ("name", "ordered", "sought"),
    [
        ("李明", " li3李 ming2明", "lm lming lim liming"),
        ("单雪", " shan4单 xue3雪", "sx sxue shanx shanxue"),
        ("仇", " qiu2仇", "q qiu"),
        ("曾", " zeng1曾", "z zeng"),
        ("解", " xie4解", "x xie"),
        ("区", " ou1区", "o ou"),
        ("查", " zha1查", "z zha"),
        ("吕", " lv3吕", "l lv"),
        ("尉迟", " yu4尉 chi2迟", "yc ychi yuc yuchi"),
        ("阿·李3", " a1阿 li3李 33", "al3 ali3"),
        ("解放路第三队", " jie3解", ""),
        ("·", "", ""),
    ],
)  # fmt: skip
def test_how_names_are_spelled(name: str, ordered: str, sought: str) -> None:
    told = pinyin.key(name, person=name != "解放路第三队").split("\t")
    if sought or not ordered:
        assert told == [ordered, sought]
    assert told[0].startswith(ordered)


PEOPLE = (
    ("p1", "李小明"), ("p2", "黎安"), ("p3", "李安"), ("p4", "单小美"), ("p5", "梁冰"),
)  # fmt: skip


@pytest.fixture
def peopled(village: Engine) -> Engine:
    done(village, CLERK, *(add("residents", who, EAST, name=name) for who, name in PEOPLE))
    return village


@pytest.mark.parametrize(
    ("q", "ids"),
    [
        ("lxm", ["p1"]),
        ("LXM", ["p1"]),
        ("lixiaoming", ["p1"]),
        ("lixm", ["p1"]),
        ("lxiaom", ["p1"]),
        ("xiaom", ["p1", "p4"]),
        ("xm", ["p1", "p4"]),
        ("sxm", ["p4"]),
        ("dxm", []),
        ("la", ["p2", "p3"]),
        ("li an", ["p2", "p3", "p5"]),
        ("李 xm", ["p1"]),
        ("l'an", ["p2", "p3"]),
        ("%", []),
        ("l_m", []),
    ],
)
def test_search_by_pinyin(peopled: Engine, q: str, ids: list[str]) -> None:
    assert [who for who in found(peopled, CLERK, q=q) if who.startswith("p")] == ids


def test_pinyin_follows_the_name(peopled: Engine) -> None:
    done(peopled, CLERK, edit("residents", "p1", "name", "李小明", "王五"))
    assert found(peopled, CLERK, q="lxm") == []
    assert found(peopled, CLERK, q="ww") == ["p1"]
    gone = done(peopled, CLERK, drop("residents", "p1"))
    assert found(peopled, CLERK, q="ww") == []
    doors.undo(peopled, CLERK, gone)
    assert found(peopled, CLERK, q="ww") == ["p1"]


def test_names_are_ordered_by_pinyin_tone_and_sign(peopled: Engine) -> None:
    named = ["e-an", "e-bo", "e-cu", "p2", "p3", "p1", "p5", "p4"]  # lí, lǐ ān, lǐ xiǎo, liáng
    assert found(peopled, CLERK, sort=("name",)) == named
    assert found(peopled, CLERK, sort=("-name",)) == named[::-1]
    assert found(peopled, CLERK, sort=("sex", "-name")) == ["e-an", *named[:0:-1]]
    listed = doors.choices(peopled, CLERK, "pairings", "resident_id", EAST, "la")
    assert [one["label"] for one in listed] == ["黎安", "李安"]


# --- numbers: as much of them as the mask shows


@pytest.mark.parametrize("actor", [ADMIN, SECRETARY, CLERK, RESEARCHER], ids=lambda one: one.role)
def test_a_number_is_found_by_what_its_mask_shows(village: Engine, actor: Actor) -> None:
    assert found(village, actor, q="0001", area=EAST) == ["e-an"]  # 138****0001
    assert found(village, actor, q="0023") == ["e-bo"]  # 422323********0023
    assert found(village, actor, q="安 0001", area=EAST) == ["e-an"]
    for longer in ("00001", "001", "01", "00000001", "13800000001", BO_ID, "20023", "005"):
        assert found(village, actor, q=longer, area=EAST) == []


def test_the_number_of_a_hidden_or_an_unsearched_column_finds_nobody(village: Engine) -> None:
    done(village, CLERK, edit("residents", "e-an", "contact_phone", "139****0001", "13977778888"))
    for actor in (RESEARCHER, CLERK):
        assert found(village, actor, q="8888") == []


def test_a_landline_shows_two_digits_and_is_not_found_by_four(village: Engine) -> None:
    done(village, CLERK, edit("residents", "e-cu", "phone", None, "0715-5221234"))
    assert found(village, CLERK, q="1234") == []


def test_an_identity_is_found_by_its_last_sign_in_capitals_or_not(village: Engine) -> None:
    done(village, CLERK, edit("residents", "e-cu", "id_number", None, "11010519491231002X"))
    for q in ("002X", "002x"):
        assert found(village, CLERK, q=q) == ["e-cu"]


def test_the_tail_follows_the_number(village: Engine) -> None:
    done(village, CLERK, edit("residents", "e-an", "phone", "138****0001", "13812349876"))
    assert (found(village, CLERK, q="0001"), found(village, CLERK, q="9876")) == ([], ["e-an"])
    done(village, CLERK, edit("residents", "e-an", "phone", "138****9876", None))
    assert found(village, CLERK, q="9876") == []


def test_tails_and_pinyin_stay_in_ones_own_community(village: Engine) -> None:
    assert found(village, NEIGHBOUR, q="0001") == ["w-an"]
    assert found(village, NEIGHBOUR, q="ay") == []
    assert found(village, OFFICER, q="0001") == ["e-an", "w-an"]


def test_what_stands_beside_a_cell_leaves_by_no_way(village: Engine) -> None:
    for row in doors.read(village, ADMIN, Question("residents")).rows:
        assert not {"name_pinyin", "phone_tail", "id_number_tail"} & set(row)
    for name in ("name_pinyin", "phone_tail"):
        with pytest.raises(doors.Forbidden):
            found(village, ADMIN, where=(Condition(name, "filled"),))
        with pytest.raises(doors.Forbidden):
            doors.distinct(village, ADMIN, Question("residents"), name)


# --- pages


@pytest.mark.parametrize("sort", [(), ("name",), ("-name",), ("sex", "-address")])
def test_a_deep_page_is_the_same_from_either_end(village: Engine, sort: tuple[str, ...]) -> None:
    from db.doors import paging

    whole = found(village, ADMIN, sort=sort, limit=None)
    assert len(whole) == 6
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "DEEP", 0)
        for offset in range(8):
            asked = Question("residents", sort=sort, offset=offset, limit=2, total=6)
            answer = doors.read(village, ADMIN, asked)
            assert [row["id"] for row in answer.rows] == whole[offset : offset + 2]
            assert answer.total == 6


# --- the values of a column


def listed(on: Engine, register: str, name: str, search: str = "", **question: Any) -> Any:
    told = doors.distinct(on, ADMIN, Question(register, **question), name, search)
    return [(one["value"], one["label"], one["count"]) for one in told.values]


def test_values_with_labels_and_counts(peopled: Engine) -> None:
    done(peopled, ADMIN, edit("residents", "p1", "lives_alone", None, True),
         edit("residents", "p2", "lives_alone", None, False),
         edit("residents", "p3", "lives_alone", None, False))  # fmt: skip
    alone = listed(peopled, "residents", "lives_alone", area=EAST)
    assert alone == [(None, "", 5), (False, "否", 2), (True, "是", 1)]
    assert listed(peopled, "residents", "lives_alone", "是") == [(True, "是", 1)]
    home = [(None, "", 7), ("e-home", "E1 东街 1 号", 1)]
    assert listed(peopled, "residents", "household_id", area=EAST) == home
    assert listed(peopled, "residents", "household_id", "东街") == home[1:]
    assert listed(peopled, "residents", "name", "la") == [("李安", "李安", 1), ("黎安", "黎安", 1)]
    assert listed(peopled, "residents", "birth_date", "2016") == [("2016-06", "2016-06", 1)]
    here = (Condition("lives_alone", "filled"),)
    assert len(listed(peopled, "residents", "name", where=here)) == 3
    assert listed(peopled, "residents", "name", q="sxm") == [("单小美", "单小美", 1)]


def test_several_choices_count_one_by_one_and_are_asked_for_so(village: Engine) -> None:
    skills = {"v1": "心理辅导、文艺", "v2": "文艺", "v3": "体育、文艺、维修"}
    done(village, CLERK, *(add("volunteers", n, EAST, name="志", skills=s)
                           for n, s in skills.items()))  # fmt: skip
    told = {value: count for value, _, count in listed(village, "volunteers", "skills")}
    assert told == {"文艺": 3, "心理辅导": 1, "体育": 1, "维修": 1, None: 2}
    for value, ids in (
        (["文艺"], ["v1", "v2", "v3"]),
        (["心理辅导", "体育"], ["v1", "v3"]),
        (["文艺、体育"], ["v3"]),
        (["维修", None], ["e-vol", "v3", "w-vol"]),
        ([], []),
    ):
        asked = Question("volunteers", where=(Condition("skills", "in", value),))
        assert [row["id"] for row in doors.read(village, ADMIN, asked).rows] == ids


def test_no_more_than_two_hundred_values(village: Engine) -> None:
    done(village, CLERK, *(add("teams", f"t{n}", EAST, name=f"{n}队") for n in range(203)))
    told = doors.distinct(village, CLERK, Question("teams"), "name")
    assert (len(told.values), told.more) == (200, True)
    told = doors.distinct(village, CLERK, Question("teams"), "name", "20")
    assert ([one["value"] for one in told.values], told.more) == (
        ["120队", "200队", "201队", "202队", "20队"], False,
    )  # fmt: skip


# --- dates that are not known to the day


DATES = {
    "a": "2014", "b": "2015", "c": "2015-02", "d": "2015-03", "e": "2015-03-01", "f": "2016",
    "g": "2016-12-31", "h": "2017", "i": "2015-02-28", "j": "2017-01-01",
}  # fmt: skip


@pytest.mark.parametrize(
    ("bounds", "ids"),
    [
        ({"from": "2015-03", "to": "2016"}, "bdefg"),
        ({"from": "2015"}, "bcdefghij"),
        ({"from": "2015-03-01"}, "bdefghj"),
        ({"from": "2015-03-02"}, "bdfghj"),
        ({"to": "2015-02"}, "abci"),
        ({"to": "2015-02-27"}, "abc"),
        ({"to": "2016-12-30"}, "abcdefi"),
        ({"from": "2017", "to": "2199"}, "hj"),
        ({"from": "2016", "to": "2015"}, ""),
    ],
)
def test_a_date_is_in_a_range_where_it_may_lie_in_it(
    village: Engine, bounds: dict[str, str], ids: str
) -> None:
    done(village, CLERK, *(add("residents", f"d-{n}", EAST, name="日", birth_date=date)
                           for n, date in DATES.items()))  # fmt: skip
    where = tuple(Condition("birth_date", op, value) for op, value in bounds.items())
    where += (Condition("name", "eq", "日"),)
    assert "".join(who[2:] for who in found(village, CLERK, where=where)) == ids


def test_a_whole_date_is_asked_for_by_the_month_as_well(village: Engine) -> None:
    def members(op: str, value: str) -> int:
        asked = Question("memberships", where=(Condition("started_on", op, value),))
        return doors.read(village, ADMIN, asked).total

    assert [members("from", day) for day in ("2019", "2020-01", "2020-01-02")] == [3, 3, 0]
    assert [members("to", day) for day in ("2019-12", "2020", "2020-01-01")] == [0, 3, 3]


def test_filters_on_one_field_all_hold(village: Engine) -> None:
    both = (Condition("address", "contains", "东街"), Condition("address", "contains", "2"))
    assert found(village, CLERK, where=both) == ["e-bo"]


def test_the_root_finds_places_by_pinyin(village: Engine) -> None:
    asked = Question("areas", ROOT, q="bsq")
    assert [row["name"] for row in doors.read(village, ADMIN, asked).rows] == ["北社区"]
