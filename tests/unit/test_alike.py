"""Needs that say much the same: by the signs that stand together, worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from logic import alike


def need(title: str, description: str | None = None) -> dict[str, str | None]:
    return {"title": title, "description": description}


def test_pairs_do_not_reach_over_a_stop_and_pass_over_width_and_capitals() -> None:
    assert alike.pairs("路灯，坏了") == {"路灯", "坏了"}
    assert alike.pairs("ＷiFi 慢") == {"wi", "if", "fi", "慢"}
    assert alike.pairs("。") == frozenset()


def test_titles_that_agree_by_half_are_alike_by_half() -> None:
    # 路灯 灯坏 坏了 and 路灯 灯太 太暗: one of three each.
    assert alike.likeness("路灯坏了", "", need("路灯太暗")) == pytest.approx(1 / 3)
    assert alike.likeness("路灯坏了", "", need("路灯坏了")) == 1


def test_what_a_title_says_may_stand_in_the_others_description() -> None:
    # 没人 人接 接送: two of three stand in 孩子没人接.
    told = need("放学太早", "孩子没人接")
    assert alike.likeness("没人接送", "", told) == pytest.approx(0.9 * 2 / 3)
    assert alike.likeness("放学", "", told) == pytest.approx(2 / 4)  # 放学 of 放学 学太 太早
    assert alike.likeness("放学太早", "孩子没人接送", need("没人接送")) == pytest.approx(0.9)


def test_nothing_in_common_and_nothing_said() -> None:
    assert alike.likeness("路灯坏了", "", need("老人买菜不方便")) == 0
    assert alike.likeness("", "路灯坏了", need("路灯坏了")) == 0
    assert alike.likeness("？", "", need("？")) == 0


def test_the_likest_come_first_and_strangers_not_at_all() -> None:
    needs = [
        need("希望修好三号楼路灯"),
        need("路灯坏了"),
        need("买菜不方便"),
        need("三号楼路灯坏了"),
    ]
    found = [one["title"] for one in alike.similar("三号楼的路灯坏了", "", needs)]
    assert found == ["路灯坏了", "三号楼路灯坏了", "希望修好三号楼路灯"]


def test_no_more_than_a_few() -> None:
    assert len(alike.similar("路灯", "", [need("路灯坏了")] * 9)) == alike.MOST


@given(some.text(max_size=30), some.text(max_size=30), some.text(max_size=30))
def test_likeness_is_a_share(title: str, text: str, other: str) -> None:
    assert 0 <= alike.likeness(title, text, need(other, text)) <= 1
