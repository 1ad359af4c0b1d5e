"""Coverage as a table and as a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from db.exports import SMALL
from logic import figures

PAIRS = "对"
COLUMNS = ["area_id", "group_id", "group", "unit", "n", "N", "rest", "share"]


def table(
    counted: Iterable[Mapping[str, Any]],
    groups: Iterable[Mapping[str, Any]],
    areas: Iterable[str],
    unit: str = "",
) -> pd.DataFrame:
    """One row per area × group in the order of the groups; N = 0 where there are no members.

    `unit` is what is counted where it is not the members themselves, such as 对. `n`, `N`, `rest`
    are counts (None where too small to show), `share` is n/N or None.
    """
    known = {(one["area_id"], one["group_id"]): one for one in counted}
    rows = [
        _row(area, group, known.get((area, group["id"]), {"n": 0, "N": 0}), unit)
        for area in areas
        for group in groups
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"n": "Int64", "N": "Int64", "rest": "Int64"})


def _row(
    area: str, group: Mapping[str, Any], figure: Mapping[str, Any], unit: str
) -> dict[str, Any]:
    n, total = figure["n"], figure["N"]
    known = n is not None and total is not None
    return {
        "area_id": area,
        "group_id": group["id"],
        "group": group["name"],
        "unit": unit or ("名" if group["subject"] == "人" else "户"),
        "n": n,
        "N": total,
        "rest": total - n if known else None,
        "share": n / total if known and total else None,
    }


def leading(table: pd.DataFrame) -> str | None:
    """The group to speak of first: where most is done already, else the largest one."""
    filled = table[table["N"].fillna(0) > 0]
    ranked = filled.fillna({"n": 0}).sort_values(["n", "N"], ascending=False, kind="stable")
    return str(ranked.iloc[0]["group_id"]) if len(ranked) else None


def veiled(n: float | None, total: float | None) -> tuple[float | None, float | None]:
    """n and N as they may be published: what points at fewer than 5 people is not told."""
    if not total or total < SMALL:
        return None, None
    if n is None or 0 < n < SMALL or 0 < total - n < SMALL:
        return None, total
    return n, total


def ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Groups by how much is done, then by size; those without members last."""
    keys = table.assign(done=table["n"].fillna(0), size=table["N"].fillna(1))
    return table.loc[keys.sort_values(["done", "size"], ascending=False, kind="stable").index]


def crossed(table: pd.DataFrame, names: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is written and which share is done, a row a community, a column a group with members.

    Both are indexed by the area; the first column, 社区, names it. A share is None where there is
    nobody to count, or too few to show.
    """
    rows = table.to_dict("records")  # Series made of each row take most of the time
    filled = {row["group"] for row in rows if pd.isna(row["N"]) or row["N"]}
    groups = [one for one in dict.fromkeys(row["group"] for row in rows) if one in filled]
    cells = {(row["area_id"], row["group"]): row for row in rows}
    columns = ["社区", *groups]
    written = pd.DataFrame(
        [[name, *(_figure(cells[area, one]) for one in groups)] for area, name in names.items()],
        index=list(names),
        columns=columns,
    )
    shares = pd.DataFrame(
        [[None, *(_share(cells[area, one]) for one in groups)] for area in names],
        index=list(names),
        columns=columns,
        dtype=object,
    )
    return written, shares


def _figure(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["N"]):
        return "少于 5"
    if not row["N"]:
        return figures.NONE
    return f"—/{row['N']:,}" if pd.isna(row["n"]) else f"{row['n']:,}/{row['N']:,}"


def _share(row: Mapping[Any, Any]) -> float | None:
    return None if pd.isna(row["share"]) else float(row["share"])


def sentence(row: Mapping[Any, Any] | pd.Series, done: str, undone: str) -> str:
    """74 名留守儿童中，20 名已结对（27.0%），54 名尚无人结对."""
    unit, group, total = row["unit"], row["group"], row["N"]
    if unit == PAIRS:
        group = f"{group}的结对"
    if pd.isna(total):
        return f"{group}人数少于 5，为保护个人不显示"
    if not total:
        return f"还没有登记{group}"
    if pd.isna(row["n"]):
        return f"{total:,} {unit}{group}中，{done}的人数少于 5 或接近全部，为保护个人不显示"
    share = figures.share(int(row["n"]), int(total))
    start = f"{total:,} {unit}{group}中，{row['n']:,} {unit}{done}（{share}）"
    return f"{start}，{row['rest']:,} {unit}{undone}" if row["rest"] else f"{start}，全部覆盖"


def summed(table: pd.DataFrame) -> pd.DataFrame:
    """The same groups over all areas together; unknown where one of the parts is too small."""
    if not len(table):
        return table
    keys = ["group_id", "group", "unit"]
    total = table.groupby(keys, sort=False, as_index=False)[["n", "N", "rest"]].sum(skipna=False)
    members = total["N"].astype("float64").where(total["N"].fillna(0) > 0)
    return total.assign(area_id="", share=total["n"].astype("float64") / members)[COLUMNS]
