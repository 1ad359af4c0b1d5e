"""GDS-15 against forms that were scored by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import scales

# One sign a question, numbered from 1; 否 scores at 1, 5, 7, 11 and 13, 是 at all others.
FORMS = (
    ("否否否否否否否否否否否否否否否", 5),  # 1, 5, 7, 11, 13
    ("是是是是是是是是是是是是是是是", 10),  # all but those five
    ("否是是否是否是否是否是否否否是", 6),  # 1, 2, 3, 9, 13, 15
    ("是否否否是否是否否否是否是否否", 0),
    ("否是是是否是否是是是否是否是是", 15),
    ("是否否否是否是否否是是否是否否", 1),  # 10: memory
)


@pytest.mark.parametrize(("answers", "points"), FORMS)
def test_forms_scored_by_hand(answers: str, points: int) -> None:
    assert scales.score(answers) == points


def test_there_are_fifteen_questions_each_one_asked_once() -> None:
    assert len(scales.QUESTIONS) == 15 == len(set(scales.QUESTIONS))
    assert all(one.endswith("？") for one in scales.QUESTIONS)
    assert scales.POSITIVE == 5


@given(st.text("是否", min_size=15, max_size=15))
def test_whoever_answers_the_contrary_scores_the_rest(answers: str) -> None:
    contrary = answers.translate(str.maketrans("是否", "否是"))
    assert scales.score(answers) + scales.score(contrary) == 15


@given(st.text("是否", min_size=15, max_size=15), st.integers(0, 14))
def test_one_answer_is_one_point(answers: str, at: int) -> None:
    other = "否" if answers[at] == "是" else "是"
    turned = answers[:at] + other + answers[at + 1 :]
    assert abs(scales.score(answers) - scales.score(turned)) == 1


@pytest.mark.parametrize("answers", ["", "是" * 14, "是" * 16, "是" * 14 + "有", "y" * 15])
def test_what_is_no_form_is_not_scored(answers: str) -> None:
    with pytest.raises(ValueError, match=f"^{answers}$"):
        scales.score(answers)
