"""The bars stand by their keys, whatever the names are."""

from __future__ import annotations

import pytest

from charts import coverage as charts
from logic import coverage as shaping

NAMES = ["2024", "同名", "同名", "<b>粗&体</b>", "名字很长很长很长很长的一类人"]
FIGURES = [(1, 4), (0, 3), (2, 2), (0, 0), (None, None)]


def _bars() -> object:
    groups = [{"id": f"g{n}", "name": name, "subject": "人"} for n, name in enumerate(NAMES)]
    counted = [
        {"area_id": "a", "group_id": f"g{place}", "n": n, "N": total}
        for place, (n, total) in enumerate(FIGURES)
    ]
    table = shaping.table(counted, groups, ["a"])
    return charts.bars(table, "group", "group_id", "已结对", "未结对")


def test_a_bar_for_every_row() -> None:
    done, rest = _bars().data  # type: ignore[attr-defined]
    assert list(done.y) == list(rest.y) == ["g0", "g1", "g2", "g3", "g4"]
    assert list(done.x) == pytest.approx([0.25, 0, 1, 0, 0])
    assert list(rest.x) == pytest.approx([0.75, 1, 0, 0, 0])  # nobody to count: no bar
    assert [point[0] for point in done.customdata] == ["g0", "g1", "g2", "g3", "g4"]


def test_names_stand_as_they_are() -> None:
    figure = _bars()
    axis = figure.layout.yaxis  # type: ignore[attr-defined]
    assert axis.type == "category"
    assert [text.rstrip() for text in axis.ticktext] == [
        "2024", "同名", "同名", "&lt;b>粗&amp;体&lt;/b>", "名字很长很长很长很…",
    ]  # fmt: skip
    assert figure.data[0].hovertext[3] == "&lt;b>粗&amp;体&lt;/b>：已结对 0"  # type: ignore[attr-defined]


def test_figures_stand_beside_their_bars() -> None:
    notes = _bars().layout.annotations  # type: ignore[attr-defined]
    assert [(note.y, note.text) for note in notes] == [
        ("g0", "1/4  25.0%"), ("g1", "0/3  0.0%"), ("g2", "2/2  100.0%"), ("g3", "—"),
        ("g4", "少于 5"),
    ]  # fmt: skip
