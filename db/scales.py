"""Scales that may be used freely: the 15 questions of GDS-15 and how they are scored.

Source: Sheikh & Yesavage 1986, in the public domain; the Chinese wording is ours. Questions 1, 5,
7, 11 and 13 score when answered 否, the others when answered 是; from 5 on it screens positive.
"""

from __future__ import annotations

GDS_15 = "GDS-15 老年抑郁筛查"
POSITIVE = 5
YES, NO = "是", "否"
QUESTIONS = (
    "总的说来，您对自己的生活满意吗？",
    "您是不是放下了许多以前的活动和爱好？",
    "您觉得生活空虚吗？",
    "您常常感到厌倦吗？",
    "您大部分时间心情好吗？",
    "您担心会有不好的事落到自己身上吗？",
    "您大部分时间觉得快乐吗？",
    "您常常觉得无依无靠吗？",
    "您更愿意待在家里，不愿出门做些新鲜事吗？",
    "您觉得自己的记性比多数人差吗？",
    "您觉得现在活着是件美好的事吗？",
    "您觉得自己现在没什么用处吗？",
    "您觉得自己精力充沛吗？",
    "您觉得自己的处境没有希望吗？",
    "您觉得大多数人都比您过得好吗？",
)
SCORED_NO = frozenset({1, 5, 7, 11, 13})  # numbered from 1, as on the form


def score(answers: str) -> int:
    """The points of 15 answers, each 是 or 否; raises ValueError where they are not."""
    if len(answers) != len(QUESTIONS) or set(answers) - {YES, NO}:
        raise ValueError(answers)
    return sum(
        answer == (NO if number in SCORED_NO else YES)
        for number, answer in enumerate(answers, start=1)
    )
