"""How each target group is filled in the sample, as data."""

from __future__ import annotations

from dataclasses import dataclass

from db.registers.people import AWAY, MOVED_IN
from db.sample.shapes import LEFT, OLD

INVENTED = "示例数据，人物与情形均为虚构"


@dataclass(frozen=True)
class Rule:
    """A group's members: `counts` a community, in the order of `places.POPULATED`.

    Drawn from people of `ages` in homes of `shapes` with one of `statuses` (none named: any);
    from homes themselves when `households`; `together` takes everybody fitting of a home.
    `left` is why a few of those who belonged no longer do.
    """

    group: str
    counts: tuple[int, int, int]
    ages: tuple[int, int] = (0, 130)
    shapes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    sex: str = ""
    households: bool = False
    together: bool = False
    basis: str = ""
    left: str = ""
    remark: str | None = None


# Everybody who grows up in such a home: 74 in 桂花树.
LEFT_BEHIND = Rule(
    "left_behind_children",
    (74, 31, 10),
    ages=(2, 12),
    shapes=LEFT,
    basis="监护人登记，社区入户核实",
    left="父母返乡",
)
RULES = (
    Rule("elderly", (220, 300, 900), ages=(OLD, 130), basis="本人或家属登记"),
    Rule("women", (0, 96, 0), ages=(20, 54), sex="女", basis="妇联登记", left="本人申请退出"),
    Rule("children", (0, 140, 0), ages=(4, 12), basis="监护人登记", left="监护人申请退出"),
    Rule("disabled", (86, 132, 240), ages=(18, 86), basis="残疾人证", left="残疾人证到期未换"),
    Rule("unemployed", (120, 160, 210), ages=(22, 54), basis="失业登记", left="已就业"),
    Rule(
        "migrant_workers",
        (130, 180, 100),
        ages=(19, 57),
        statuses=(AWAY, MOVED_IN),
        basis="社区排查登记",
        left="返乡就业",
    ),
    Rule("children_of_prisoners", (3, 5, 0), ages=(4, 12), basis="司法所转介", remark=INVENTED),
    Rule(
        "poor_households",
        (64, 152, 118),
        shapes=("alone_adult", "one_parent", "family_two", "with_widow", "old_with_child"),
        households=True,
        basis="低保或低收入认定",
        left="收入达标退出",
    ),
    Rule("severe_mental_illness", (7, 11, 14), ages=(22, 68), basis="卫生院转介", remark=INVENTED),
    Rule("troubled_youth", (2, 4, 0), ages=(13, 17), basis="学校转介", remark=INVENTED),
    Rule("community_corrections", (4, 6, 3), ages=(20, 60), basis="司法所转介", remark=INVENTED),
    LEFT_BEHIND,
    Rule(
        "migrant_children",
        (30, 47, 0),
        ages=(1, 12),
        shapes=("migrants",),
        basis="监护人登记，社区入户核实",
    ),
    Rule(
        "bereaved_families",
        (0, 19, 26),
        shapes=("bereaved",),
        households=True,
        basis="计划生育特别扶助认定",
    ),
    Rule("childless_elderly", (14, 26, 38), shapes=("childless_old",), basis="社区入户核实"),
    Rule(
        "empty_nest_elderly",
        (150, 260, 1400),
        ages=(OLD, 130),
        shapes=("alone_old", "couple_old"),
        together=True,
        basis="社区入户核实",
        left="子女搬回同住",
    ),
)
