"""The two doors over HTTP, for the grid and for other systems; described by OpenAPI."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Depends, Query, Response

from api import auth, forms, presence
from db import dates, doors, parsers, preferences
from db.actors import Actor
from db.changes import Change, Written
from db.doors import Forbidden
from db.engine import engine
from db.permissions import Sight
from logic import history as telling
from logic.books import exporting

__all__ = ["Forbidden", "conditions", "router"]
PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": forms.Problem, "description": "读不懂"},
    401: {"model": forms.Problem, "description": "未登录"},
    403: {"model": forms.Problem, "description": "不允许"},
    413: {"model": forms.Problem, "description": "太多"},
    422: {"model": forms.Problem, "description": "格式不对或不能接受"},
    429: {"model": forms.Problem, "description": "接口令牌错得太多，须等一会儿"},
    503: {"model": forms.Problem, "description": "数据库没有回答"},
}
MANY = 500  # rows of one answer
OLD = 100  # entries of a history
router = APIRouter(responses=PROBLEMS)
Reader = Annotated[Actor, Depends(auth.signed_in)]
Watcher = Annotated[Actor, Depends(auth.watching)]
Writer = Annotated[Actor, Depends(auth.with_csrf)]
Source = Annotated[str, Depends(auth.source)]


def answer(value: Any) -> Response:
    """JSON as fast as it goes: what the doors answer is shaped already, and is not copied."""
    return Response(orjson.dumps(value), media_type="application/json")


@router.get("/columns", response_model=forms.Columns)
def columns(actor: Reader, register: forms.RegisterName, area: forms.AreaId = None) -> Response:
    """The columns of a register as this account sees them, and what it may do."""
    about, fields, sights = doors.columns(engine(), actor, register, area)
    shown = [
        {
            "name": one.name,
            "label": one.label,
            "kind": one.kind.name,
            "editor": one.kind.editor,
            "required": one.required,
            "readonly": one.readonly,
            "masked": sights[one.name] is Sight.MASKED,
            "choices": one.choices,
            "refers": one.refers,
            "multiline": one.multiline,
            "sortable": sights[one.name] is Sight.PLAIN and not one.refers,
            "unique": one.unique,
            "width": one.width,
            "unit": one.unit,
            "default": one.default,
            "help": one.help,
            "example": one.kind.example,
        }
        for one in fields
    ]
    may = doors.may(engine(), actor, register, area)
    may["comment"] = may["read"] and doors.may(engine(), actor, "comments", area)["add"]
    words = {"register": register, "label": about.label, "unit": about.unit}
    look = preferences.find(engine(), actor, f"grid-{register}")
    return answer({**words, "columns": shown, "may": may, "look": look})


@router.get("/rows", response_model=forms.Rows)
def rows(
    actor: Reader,
    register: forms.RegisterName,
    area: forms.AreaId = None,
    q: forms.Words = "",
    sort: forms.Words = "",
    where: Annotated[str, Query(max_length=4000)] = "[]",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=MANY)] = 100,
    as_of: Annotated[str | None, Query(pattern=r"^[0-9TZ:.-]{20,27}$")] = None,
    known_total: Annotated[int | None, Query(ge=0, le=10_000_000)] = None,
) -> Response:
    """A page of rows, filtered, searched and sorted in SQL.

    Later pages send back `as_of` and, as `known_total`, the `total` of the first answer.
    """
    names = tuple(name for name in sort.split(",") if name)
    filters = conditions(where)
    asked = doors.Question(register, area, filters, q, names, offset, limit, as_of, known_total)
    return marked(actor, register, doors.read(engine(), actor, asked))


def marked(actor: Actor, register: str, found: doors.Answer) -> Response:
    """The rows, with the comments that wait on their cells."""
    waiting = doors.marks(engine(), actor, register, (row["id"] for row in found.rows))
    return answer({**vars(found), "comments": waiting})


@router.get("/values", response_model=forms.Values)
def values(
    actor: Reader,
    register: forms.RegisterName,
    field: Annotated[str, Query(pattern=r"^[0-9A-Za-z_-]{1,40}$")],
    area: forms.AreaId = None,
    q: forms.Words = "",
    where: Annotated[str, Query(max_length=4000)] = "[]",
    search: forms.Words = "",
) -> Response:
    """What stands in a column under the search and the filters, the commonest first.

    `search` narrows the values themselves.
    """
    asked = doors.Question(register, area, conditions(where), q)
    return answer(doors.distinct(engine(), actor, asked, field, search))


def conditions(where: str) -> tuple[doors.Condition, ...]:
    """The filters of a `where` parameter: [{"field", "op", "value"}]."""
    try:
        return tuple(
            doors.Condition(str(one["field"]), str(one.get("op", "eq")), one.get("value"))
            for one in json.loads(where)
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise parsers.Refused("筛选条件的格式不对") from None


@router.get("/rows/by-id", response_model=forms.Rows)
def rows_by_id(
    actor: Reader,
    register: forms.RegisterName,
    ids: Annotated[str, Query(max_length=20_000, pattern=r"^[0-9A-Za-z_,-]*$")],
) -> Response:
    """Rows by their ids; those that may not be seen are left out."""
    wanted = [one for one in ids.split(",") if one]
    if len(wanted) > MANY:  # were the rest left out, they would be taken for gone
        raise parsers.Refused(f"一次最多查 {MANY} 行，读到 {len(wanted)} 个编号")
    return marked(actor, register, doors.by_ids(engine(), actor, register, wanted))


@router.get("/choices", response_model=forms.Choices)
def choices(
    actor: Reader,
    register: forms.RegisterName,
    field: Annotated[str, Query(pattern=r"^[0-9A-Za-z_-]{1,40}$")],
    area: forms.AnId,
    q: forms.Words = "",
) -> Response:
    """Rows that a reference may point at, best matches first."""
    return answer({"choices": doors.choices(engine(), actor, register, field, area, q)})


@router.post("/changes", response_model=forms.Results)
def changes(actor: Writer, source: Source, body: forms.Changes) -> Response:
    """Applies edits, each by itself: what conflicts or is refused keeps nothing else back."""
    asked = [
        Change(one.register_, one.id, one.before, one.after, one.op, one.seen)
        for one in body.changes
    ]
    return told(actor, doors.write(engine(), actor, asked, source=source, batch=body.batch))


@router.post("/undo", response_model=forms.Results)
def undo(actor: Writer, body: forms.Undo) -> Response:
    """Takes a batch back; undoing the batch that this makes is the redo."""
    return told(actor, doors.undo(engine(), actor, body.batch, op=body.op))


def told(actor: Actor, written: Written) -> Response:
    """What became of the changes, with the words for the rows that they now refer to."""
    labels = doors.named(engine(), actor, written)
    words = {"batch": written.batch, "seq": written.seq, "labels": labels}
    return answer({**words, "results": written.outcomes})


@router.get("/feed", response_model=forms.News)
def feed(
    actor: Watcher,
    register: forms.RegisterName,
    since: Annotated[int, Query(ge=0, lt=2**53)],
    area: forms.AreaId = None,
    tab: forms.TabId = None,
    at: forms.CellPlace = None,
    typing: bool = False,
) -> Response:
    """What changed in a register since a seq, by whomever, and who else is on it.

    With `tab`, a name that a client makes for itself, the others are told of this account, too.
    """
    news = doors.feed(engine(), actor, register, area, since)
    if tab:
        presence.sit(actor, tab, register, area, at, typing)
    return answer({**vars(news), "here": neighbours(actor, register, area)})


def neighbours(actor: Actor, register: str, area: str | None) -> list[dict[str, Any]]:
    """The others on the same sheet, or on one of its rows; cells only of rows in reach."""
    seats = presence.others(actor, register)
    if not seats:
        return []
    rows = (seat.at.partition("/")[0] for seat in seats if seat.at)
    seen = doors.within(engine(), actor, register, area, rows)
    names = {one.name for one in doors.columns(engine(), actor, register)[1]}
    told = [(seat, _place(seat, seen, names)) for seat in seats]
    return [
        {"who": seat.actor.name, "at": at, "typing": bool(at) and seat.typing}
        for seat, at in told
        if at or seat.area == area
    ]


def _place(seat: presence.Seat, seen: set[str], names: set[str]) -> str | None:
    row_id, _, name = (seat.at or "").partition("/")
    return seat.at if row_id in seen and name in names else None


@router.get("/history", response_model=forms.History)
def history(
    actor: Reader,
    register: forms.RegisterName,
    id: forms.AnId,  # noqa: A002
    field: forms.FieldName = None,
    before: forms.EntryId = None,
    limit: Annotated[int, Query(ge=1, le=OLD)] = OLD,
) -> Response:
    """The changes of a row, or of one of its cells, the latest first; `before` an entry."""
    span = doors.Span(field, before, limit + 1)
    entries = doors.history(engine(), actor, register, id, span)
    told = [{**one, **telling.words(one)} for one in entries[:limit]]
    return answer({"entries": told, "more": len(entries) > limit})


@router.post("/reveal", response_model=forms.Revealed)
def reveal(actor: Writer, body: forms.Reveal) -> Response:
    """The value behind a mask; who asked and why is kept."""
    value = doors.reveal(engine(), actor, body.register_, body.id, body.field, body.reason)
    return answer({"value": value})


@router.post(
    "/export",
    response_class=Response,
    responses={200: {"content": {one: {} for one in exporting.MIME.values()}}},
)
def export(actor: Writer, body: forms.Export) -> Response:
    """All rows of a question as a file; who took it and why is kept, and stands in the file."""
    names = tuple(name for name in body.sort.split(",") if name)
    asked = doors.Question(body.register_, body.area, conditions(body.where), body.q, names)
    taken = doors.export(engine(), actor, asked, body.reason, body.columns)
    ending, _ = exporting.FORMATS[body.format]
    named = f"attachment; filename*=UTF-8''{quote(exporting.name(taken, body.format))}"
    return Response(
        exporting.file(taken, body.format),
        media_type=exporting.MIME[ending],
        headers={"Content-Disposition": named},
    )


@router.get(
    "/bid-files",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def bid_file(actor: Reader, id: forms.AnId) -> Response:  # noqa: A002
    """A document of a bid, for whoever may see the bid; always to be kept, never to be run."""
    found = doors.document(engine(), actor, id)
    named = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return Response(
        found.content,
        media_type="application/octet-stream",
        headers={"Content-Disposition": named, "Cache-Control": "private, no-store"},
    )


@router.get("/coverage", response_model=forms.Figures)
def coverage(
    actor: Reader,
    indicator: Annotated[str, Query(pattern=r"^[a-z_]{1,40}$")] = "pairing",
    area: forms.AreaId = None,
    on: Annotated[str | None, Query(pattern=r"^\d{4}-\d\d-\d\d$")] = None,
    first: Annotated[str | None, Query(pattern=r"^\d{4}-\d\d-\d\d$")] = None,
) -> Response:
    """n/N of every group in every community in reach, on a day or from `first` to that day."""
    day = dates.whole(on) if on else dates.today().isoformat()
    since = dates.whole(first) if first else None
    found = doors.figures(engine(), actor, indicator, day, area, since)
    return answer({"figures": found})
