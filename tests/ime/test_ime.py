"""Chinese typed into the grid by a real pinyin method: what a composition must and must not do."""

from __future__ import annotations

import time

import pytest

from tests.browser.grid_doors import HOUSEHOLDS
from tests.browser.grid_stub import Stub
from tests.ime.conftest import PLAIN
from tests.ime.hands import MOMENT, SPEED, Hands, now, stored, until

AGAIN = "window.again = setInterval(() => window.give({csrf: 'the-token'}), 50)"


def test_the_harness_types_into_a_plain_text_field(hands: Hands) -> None:
    hands.page.goto(PLAIN)
    hands.point(hands.page.locator("input"))
    hands.switch(on=True)
    hands.word("nihao")
    assert hands.written == "你好"


@pytest.mark.parametrize(("row", "name"), [(0, "name"), (3, "address")])
def test_one_click_and_the_very_first_typing_in_the_page(
    grid: Hands, stub: Stub, row: int, name: str
) -> None:
    grid.click(row, name)
    grid.word("nihao")
    grid.press("Return")
    stored(stub, row, name, "你好")


def test_after_enter(grid: Hands, stub: Stub) -> None:
    grid.click(3, "address")
    grid.word("nihao")
    grid.press("Return")
    grid.word("zhongguo")
    grid.press("Return")
    stored(stub, 3, "address", "你好")
    stored(stub, 4, "address", "中国")


def test_after_tab(grid: Hands, stub: Stub) -> None:
    grid.click(7, "phone")
    grid.press("Tab", "Tab")
    grid.word("nihao")
    grid.press("Return")
    stored(stub, 7, "address", "你好")


def test_after_f2(grid: Hands, stub: Stub) -> None:
    grid.click(5, "address")
    grid.press("F2")
    grid.word("nihao")
    grid.press("Return")
    stored(stub, 5, "address", "桂花树路 5 号你好")


def test_after_a_double_click(grid: Hands, stub: Stub) -> None:
    grid.click(6, "address", times=2)
    grid.word("nihao")
    grid.press("Return")
    stored(stub, 6, "address", "桂花树路 6 号你好")


def test_enter_while_composing_writes_the_letters_and_stores_nothing(
    grid: Hands, stub: Stub
) -> None:
    grid.click(8, "address")
    grid.type("nihao")
    grid.press("Return")
    assert now(stub, 8, "address") == "桂花树路 8 号"
    assert grid.written == "nihao"
    grid.press("Return")
    stored(stub, 8, "address", "nihao")


def test_escape_while_composing_leaves_the_cell_as_it_was(grid: Hands, stub: Stub) -> None:
    grid.click(9, "address")
    grid.type("nihao")
    grid.press("Escape", "Return")
    grid.word("zhongguo")
    grid.press("Return")
    stored(stub, 10, "address", "中国")
    assert now(stub, 9, "address") == "桂花树路 9 号"


def test_a_candidate_by_its_digit(grid: Hands, stub: Stub) -> None:
    grid.click(10, "address")
    grid.type("shishi")  # in no other test: the method learns what is chosen
    grid.press("2")
    until(lambda: _chinese(grid.written), "the second candidate")
    chosen = grid.written
    grid.press("Return")
    stored(stub, 10, "address", chosen)


def test_a_candidate_by_the_down_key(grid: Hands, stub: Stub) -> None:
    grid.click(11, "address")
    grid.type("gongyi")
    grid.press("Down", "space")
    until(lambda: _chinese(grid.written), "the candidate below")
    chosen = grid.written
    grid.press("Return")
    stored(stub, 11, "address", chosen)
    assert _chinese(chosen)
    assert now(stub, 12, "address") == "桂花树路 12 号"  # the key did not move the selection


def test_two_words_in_one_cell(grid: Hands, stub: Stub) -> None:
    grid.click(12, "address")
    grid.word("nihao")
    grid.word("zhongguo")
    grid.press("Return")
    stored(stub, 12, "address", "你好中国")


def test_a_click_elsewhere_while_composing_stores_what_a_text_field_would(
    grid: Hands, stub: Stub
) -> None:
    grid.click(10, "address")
    grid.type("nihao")
    grid.click(2, "address")
    stored(stub, 10, "address", "ni hao")
    assert now(stub, 2, "address") == "桂花树路 2 号"  # the composition did not wander along
    grid.word("zhongguo")
    grid.press("Return")
    stored(stub, 2, "address", "中国")


def test_a_tab_while_composing_is_the_methods_own(grid: Hands, stub: Stub) -> None:
    grid.click(9, "address")
    grid.type("zhihui")
    grid.press("Tab")
    assert now(stub, 9, "address") == "桂花树路 9 号"
    grid.press("space")
    until(lambda: _chinese(grid.written), "a word")
    chosen = grid.written
    grid.press("Return")
    stored(stub, 9, "address", chosen)
    assert now(stub, 9, "status") == "常住"  # the cell to the right


@pytest.mark.parametrize("delay", [20, 35, 45])
def test_digits_straight_after_tab_at_any_speed(grid: Hands, stub: Stub, delay: int) -> None:
    grid.click(6, "phone")
    grid.do("key", "--delay", delay, "Tab", "Tab")
    grid.do("type", "--delay", delay, "nihao123")
    until(lambda: grid.written == "你好23", "the first candidate by its digit, and two digits")
    grid.press("Return")
    stored(stub, 6, "address", "你好23")


def test_a_choice(grid: Hands, stub: Stub) -> None:
    grid.click(0, "sex")
    grid.word("nv")
    grid.press("Return")
    stored(stub, 0, "sex", "女")


def test_a_name_out_of_a_list(grid: Hands, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HOUSEHOLDS, "h1", "你好小区 101")
    grid.click(1, "household_id")
    grid.word("nihao")
    until(lambda: grid.page.locator(".option").count() == 1, "the one household that fits")
    grid.press("Return")
    stored(stub, 1, "household_id", "h1")


def test_while_scripts_run_again_and_others_write(grid: Hands, stub: Stub) -> None:
    grid.page.evaluate(f"{AGAIN}, 0")
    grid.click(9, "address")
    grid.type("ni")
    stub.other("r00009", phone="13800000000")
    stub.other("r00008", address="别人写的")
    time.sleep(2.5)  # the feed has brought both, under the open composition
    grid.do("type", "--delay", SPEED, "hao")
    until(lambda: grid.written == "nihao", "the whole composition")
    grid.press("space", "Return")
    stored(stub, 9, "address", "你好")
    assert now(stub, 8, "address") == "别人写的"


def test_with_the_method_off_letters_are_letters(grid: Hands, stub: Stub) -> None:
    grid.switch(on=False)
    time.sleep(MOMENT)
    grid.click(4, "address")
    grid.type("nihao")
    grid.press("Return")
    stored(stub, 4, "address", "nihao")


def _chinese(text: str) -> bool:
    return bool(text) and all("\u4e00" <= letter <= "\u9fff" for letter in text)
