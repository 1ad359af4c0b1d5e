"""Sorting, filtering and searching 12,500 rows by the read door; the same is asked of a million."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bench.databases import LABELS
from bench.figures import Figure, number
from bench.timings import timed
from db import accounts, doors
from db.doors import Condition, Question
from db.engine import open_engine

AREA, USER = "taohuaping", "taohuaping-shuji"
GOAL = 100.0  # ms
BORN = (Condition("birth_date", "from", "1956"), Condition("birth_date", "to", "1970-06"))
AWAY = (Condition("status", "in", ("外出", "流入")),)
QUESTIONS = (
    ("plain", "不排序", Question("residents")),
    ("name", "按姓名（拼音）排序", Question("residents", sort=("name",))),
    ("named", "按姓名倒序", Question("residents", sort=("-name",))),
    ("born", "按出生日期排序", Question("residents", sort=("birth_date",))),
    ("sex", "按性别、住址排序", Question("residents", sort=("sex", "address"))),
    ("between", "筛选出生日期 1956 至 1970-06", Question("residents", where=BORN)),
    ("away", "筛选居住状态，按姓名排序", Question("residents", where=AWAY, sort=("name",))),
)
SEARCHES = (
    ("initials", "搜索 zxm", "zxm"),
    ("tail", "搜索手机尾号 0123", "0123"),
    ("words", "搜索“张 蒲纺”", "张 蒲纺"),
)


def asked(area: str, question: Question, **more: Any) -> Question:
    """The question about one community."""
    return replace(question, area=area, **more)


def figures(backend: str, url: str) -> Iterator[Figure]:
    """Each with its first page and its count; then a filter's list of choices."""
    on = open_engine(url)
    searches = [(n, words, Question("residents", q=q)) for n, words, q in SEARCHES]
    try:
        actor = accounts.actor(on, USER)
        for name, words, question in (*QUESTIONS, *searches):
            here = asked(AREA, question)
            total = doors.read(on, actor, here).total
            (taken,) = timed(lambda here=here: doors.read(on, actor, here), times=40)  # type: ignore[misc]
            what = f"12,500 行：{words}（{LABELS[backend]}）"
            note = f"{taken.note}；共 {number(total)} 行"
            yield Figure(f"find.{name}.{backend}", what, taken.p50, "ms", GOAL, note)
        here = Question("residents", AREA)
        (taken,) = timed(lambda: doors.distinct(on, actor, here, "name"), times=40)
        what = f"12,500 行：姓名列的筛选清单（{LABELS[backend]}）"
        yield Figure(f"find.values.{backend}", what, taken.p50, "ms", GOAL, taken.note)
    finally:
        on.dispose()
