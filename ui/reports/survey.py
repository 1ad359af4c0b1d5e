"""The survey team's report on all communities in reach: side by side, then one by one."""

from __future__ import annotations

from logic import figures, three
from logic.reports.saying import Listing, Part, Section
from logic.three import Standing
from ui import data, standing, tallies
from ui.reports import parts
from ui.reports.asking import Asked

WHOLE = "至少有一家活动的社会组织、一名在岗社工、一个已交付项目的社区占多少"


def sections(asked: Asked) -> tuple[Section, ...]:
    """What the report says, in its order."""
    found = standing.found(asked.actor, asked.area, asked.day)
    people, helpers = data.residents(asked.actor), data.volunteers(asked.actor)
    return (
        _whole(asked, found, people, helpers),
        parts.coverage(asked),
        parts.services(asked),
        parts.funds(asked),
        parts.admissions(asked),
        _one_by_one(asked, found, people, helpers),
        _lacking(found),
    )


def _whole(
    asked: Asked, found: list[Standing], people: dict[str, int], helpers: dict[str, int]
) -> Section:
    known = [one for one in found if one.projects is not None]
    n = sum(one.covered for one in known)
    shares = [parts.share("全覆盖", n, len(known), asked.day, WHOLE)]
    shares += [
        parts.share(f"有{what}的社区", *three.share(found, what), asked.day,
                    f"至少有一{'名' if what == three.WORKER else '个'}{what}的社区占多少")
        for what in three.THREE
    ]  # fmt: skip
    rows = tuple(
        (
            one.area["name"],
            f"{people.get(one.area['id'], 0):,}",
            f"{helpers.get(one.area['id'], 0):,}",
            *("—" if (rows := one.of(what)) is None else str(len(rows)) for what in three.THREE),
        )
        for one in found
    )
    table = Listing("社区对照", ("社区", "登记居民", "志愿者", *three.THREE), rows, True)
    said = f"共 {len(found):,} 个社区，登记居民 {sum(people.values()):,} 人。"
    return Section("总体情况", (said,), (), tuple(shares), (table,))


def _one_by_one(
    asked: Asked, found: list[Standing], people: dict[str, int], helpers: dict[str, int]
) -> Section:
    try:
        paired = tallies.coverage(asked.actor, parts.PAIRING, asked.day, None)
    except data.Forbidden:
        paired = None
    told = []
    for one in found:
        place = one.area["id"]
        said = [parts.published(one.area), _said(one, people.get(place, 0), helpers.get(place, 0))]
        if paired is not None:
            here = paired[(paired["area_id"] == place) & (paired["N"].fillna(0) > 0)]
            said += [
                f"{row['group']}已结对 {figures.of(row['n'], row['N'])}。"
                for row in here.head(3).to_dict("records")
                if row["n"] == row["n"]
            ]
        told.append(Part(one.area["name"], tuple(filter(None, said))))
    return Section("分社区情况", (), tuple(told))


def _said(one: Standing, people: int, helpers: int) -> str:
    names = "、".join(row["name"] for row in one.organisations) or "没有"
    return (
        f"登记居民 {people:,} 人，在册志愿者 {helpers:,} 人；社会组织：{names}；"
        f"在岗社工 {len(one.workers):,} 人，持证 {len(one.certified):,} 人。"
    )


def _lacking(found: list[Standing]) -> Section:
    """What the figures themselves say should be looked after."""
    said = [f"{one.area['name']}没有{'、'.join(one.lacks)}。" for one in found if one.lacks] + [
        f"{one.area['name']}没有持证社工。" for one in found if one.workers and not one.certified
    ]
    return Section("需要关注的问题", tuple(said) or ("各社区三社齐备。",))
