"""Months that are over: their figures closed once, what was corrected since counted beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, and_, case, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from db import audit, dates, engine, ids, spans
from db.actors import Actor
from db.closings import MARK, Closing
from db.counting import COMMUNITY
from db.doors.covering import (
    Figure,
    counted,
    decided,
    indicator_named,
    reach,
    sees_no_names,
    veiled,
    whole,
)
from db.indicators import INDICATORS, Indicator
from db.registers import places
from db.registers.places import Area
from db.spans import Span

AT_ONCE = 20  # communities that a reader closes on the way; of more it is the operator's command
RECOUNTED = 60  # closed figures that a reader counts anew on the way
Key = tuple[str, str]  # area, group


@dataclass(frozen=True)
class Month:
    """n of N of a group at a month's end, over `areas` communities, as it was closed.

    `n_now` and `N_now` are there where it was corrected since; n and N are None where too small
    to be shown.
    """

    month: str
    n: float | None
    N: float | None
    n_now: float | None
    N_now: float | None
    closed_at: str
    areas: int


def close(on: Engine, months: Sequence[str], areas: Iterable[str] | None = None) -> int:
    """Closes what is not closed yet of these months, in all communities or in some; how many."""
    done = 0
    for month in months:
        for known in INDICATORS:
            try:
                with engine.writing(on) as conn:
                    open_ = _not_closed(conn, known.name, month, areas)
                    _close(conn, known, month, open_)
                    done += len(open_)
            except IntegrityError:
                continue  # somebody else has just closed it
    return done


def _not_closed(
    conn: Connection, indicator: str, month: str, areas: Iterable[str] | None
) -> list[str]:
    asked = select(Area.id).where(Area.level == places.COMMUNITY, Area.deleted_at.is_(None))
    if areas is not None:
        asked = asked.where(Area.id.in_(tuple(areas)))
    closed = select(Closing.area_id).where(
        Closing.indicator == indicator, Closing.month == month, Closing.group_id == MARK
    )
    return list(conn.scalars(asked.where(Area.id.not_in(closed)).order_by(Area.id)))


def _close(conn: Connection, known: Indicator, month: str, areas: list[str]) -> None:
    if not areas:
        return
    seq, now = audit.seq(conn), ids.now()
    made = {(area, MARK): (0.0, 0.0) for area in areas}
    made |= _counts(conn, known, known.month(month), areas)
    conn.execute(
        insert(Closing),
        [_row(known.name, month, key, n, total, now, seq) for key, (n, total) in made.items()],
    )


def _row(
    indicator: str, month: str, key: Key, n: float, total: float, now: str, seq: int
) -> dict[str, Any]:
    return {
        "area_id": key[0], "group_id": key[1], "indicator": indicator, "month": month,
        "n": n, "whole": total, "closed_at": now, "seq": seq, "stale": False,
    }  # fmt: skip


def _counts(
    conn: Connection, known: Indicator, span: Span, areas: Iterable[str]
) -> dict[Key, tuple[float, float]]:
    found = conn.execute(counted(known, decided(conn, known, span), areas, None))
    return {(row.area_id, row.group_id): (whole(row.n), whole(row.whole)) for row in found}


def trend(
    on: Engine, actor: Actor, indicator: str, group: str, area: str | None = None
) -> list[Month]:
    """The last 18 months of a group's figure (`group` empty: the community's), earliest first.

    Over all communities in an area, or in reach. A month that has just ended is closed on the way.
    """
    known = indicator_named(indicator)
    with engine.reading(on) as conn:
        within, groups = reach(conn, actor, known, area)
        veil = sees_no_names(conn, actor, known)
        seen = not known.grouped or conn.scalar(groups.where(_is(groups, group))) is not None
    if not seen:
        return []
    _bring_up(on, known, within)
    months = spans.finished(dates.today())
    whose = group if known.grouped else COMMUNITY
    with engine.reading(on) as conn:
        if not veil:
            return _summed(conn, known, whose, months, within)
        return _months(known, conn.execute(_told(known, whose, months, within)).all())


def _summed(
    conn: Connection, known: Indicator, group: str, months: Sequence[str], areas: tuple[str, ...]
) -> list[Month]:
    """The communities added up in SQL: nothing of one of them is to be hidden."""
    rows = _told(known, group, months, areas).order_by(None).subquery()
    mark = rows.c.group_id == MARK
    now, whole_now = (func.coalesce(rows.c[f"{name}_now"], rows.c[name]) for name in ("n", "whole"))
    sums = [
        func.sum(case((mark, 0), else_=one)) for one in (rows.c.n, rows.c.whole, now, whole_now)
    ]
    areas_closed = func.sum(case((mark, 1), else_=0))
    asked = select(rows.c.month, *sums, func.max(rows.c.closed_at), areas_closed)
    found: Sequence[Any] = conn.execute(asked.group_by(rows.c.month).order_by(rows.c.month)).all()
    return [_told_month(*row) for row in found]


def _told_month(
    month: str, n: float, total: float, n_now: float, total_now: float, closed_at: str, areas: int
) -> Month:
    """What was corrected is told where it makes a difference."""
    same = (whole(n), whole(total)) == (whole(n_now), whole(total_now))
    n_later, total_later = (None, None) if same else (whole(n_now), whole(total_now))
    return Month(month, whole(n), whole(total), n_later, total_later, closed_at, areas)


def _is(groups: Any, group: str) -> Any:
    return next(iter(groups.selected_columns)) == group


def _bring_up(on: Engine, known: Indicator, areas: tuple[str, ...]) -> None:
    """Closes the months that have ended since somebody looked, and counts what was corrected."""
    months = spans.finished(dates.today())
    with engine.reading(on) as conn:
        latest = conn.scalar(
            select(func.max(Closing.month)).where(
                Closing.area_id.in_(areas), Closing.indicator == known.name
            )
        )
        left = [month for month in months if latest and month > latest] or months[-1:]
        missing = _not_closed(conn, known.name, left[-1], areas)
        stale = _stale(conn, known, areas)
    if missing and len(missing) <= AT_ONCE:
        close(on, left, missing)
    for area, month in stale[:RECOUNTED]:
        with engine.writing(on) as conn:
            _recount(conn, known, area, month)


def _stale(conn: Connection, known: Indicator, areas: tuple[str, ...]) -> list[tuple[str, str]]:
    asked = select(Closing.area_id, Closing.month).where(
        Closing.stale.is_(True), Closing.indicator == known.name, Closing.area_id.in_(areas)
    )
    return [(row.area_id, row.month) for row in conn.execute(asked.order_by(Closing.month.desc()))]


def _recount(conn: Connection, known: Indicator, area: str, month: str) -> None:
    """What the month's figures would be had all been known that is known now."""
    here = and_(Closing.area_id == area, Closing.indicator == known.name, Closing.month == month)
    closed = {row.group_id: row for row in conn.execute(select(Closing).where(here)).mappings()}
    mark = closed.pop(MARK)
    span = replace(known.month(month), then=mark["seq"], closed_at=mark["closed_at"])
    now = {group: told for (_, group), told in _counts(conn, known, span, [area]).items()}
    for group in now.keys() | closed.keys():
        n, total = now.get(group, (0.0, 0.0))
        if group not in closed:  # nobody was known to belong to it then
            row = _row(known.name, month, (area, group), 0, 0, mark["closed_at"], mark["seq"])
            conn.execute(insert(Closing), [row | {"n_now": n, "whole_now": total}])
            continue
        same = (n, total) == (closed[group]["n"], closed[group]["whole"])
        told = {"n_now": None if same else n, "whole_now": None if same else total}
        conn.execute(update(Closing).where(here, Closing.group_id == group).values(told))
    conn.execute(update(Closing).where(here, Closing.group_id == MARK).values(stale=False))


def _told(known: Indicator, group: str, months: Sequence[str], areas: tuple[str, ...]) -> Any:
    return (
        select(
            Closing.month, Closing.area_id, Closing.group_id, Closing.n, Closing.whole,
            Closing.n_now, Closing.whole_now, Closing.closed_at,
        )
        .where(Closing.indicator == known.name, Closing.area_id.in_(areas))
        .where(Closing.group_id.in_((group, MARK)), Closing.month.in_(months))
        .order_by(Closing.month)
    )  # fmt: skip


def _months(known: Indicator, rows: Sequence[Any]) -> list[Month]:
    """A Month of each that was closed, for who sees no small figures."""
    by_month: dict[str, list[Any]] = {}
    for row in rows:
        by_month.setdefault(row.month, []).append(row)
    return [_month(known, month, some) for month, some in by_month.items()]


def _month(known: Indicator, month: str, rows: list[Any]) -> Month:
    own = [row for row in rows if row.group_id != MARK]
    then = [_shown(known, row, row.n, row.whole) for row in own]
    now = [
        _shown(
            known,
            row,
            *((row.n, row.whole) if row.n_now is None else (row.n_now, row.whole_now)),
        )
        for row in own
    ]
    n, total = _sum(one.n for one in then), _sum(one.N for one in then)
    n_now, total_now = _sum(one.n for one in now), _sum(one.N for one in now)
    same = (n, total) == (n_now, total_now)
    closed_at = max(row.closed_at for row in rows)
    areas = sum(row.group_id == MARK for row in rows)
    return Month(
        month, n, total, None if same else n_now, None if same else total_now, closed_at, areas
    )


def _shown(known: Indicator, row: Any, n: float, total: float) -> Figure:
    return veiled(Figure(row.area_id, row.group_id, whole(n), whole(total)), known)


def _sum(parts: Iterable[float | None]) -> float | None:
    """Unknown where one of the parts is."""
    known = list(parts)
    return None if any(one is None for one in known) else whole(sum(one or 0 for one in known))
