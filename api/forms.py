"""What goes over the wire at the two doors: the shapes behind the API's description."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

ID = r"^[0-9A-Za-z_-]{1,36}$"
OP = r"^[0-9A-Za-z_:-]{1,64}$"
CLEAN = r"^[^\x00-\x1f\x7f]*$"

Cell = str | int | float | bool | None
Cells = dict[str, Cell]
RegisterName = Annotated[str, Query(pattern=r"^[a-z_]{1,40}$", description="台账，例如 residents")]
AreaId = Annotated[str | None, Query(pattern=ID, description="区域编号；含其下各级")]
AnId = Annotated[str, Query(pattern=ID)]
EntryId = Annotated[str | None, Query(pattern=ID)]
TabId = Annotated[str | None, Query(pattern=ID, description="浏览器标签页自取的名字")]
FieldName = Annotated[str | None, Query(pattern=r"^[0-9A-Za-z_-]{1,40}$")]
CellPlace = Annotated[
    str | None,
    Query(pattern=r"^[0-9A-Za-z_-]{1,36}/[0-9A-Za-z_-]{1,40}$", description="所在格：行编号/列名"),
]
Words = Annotated[str, Query(max_length=200, pattern=CLEAN)]


class Form(BaseModel):
    """A body; what it does not name is refused rather than ignored."""

    model_config = ConfigDict(extra="forbid")


class OneChange(Form):
    """One edit: `before` is what its author saw. None before adds, None after deletes."""

    op: str = Field(pattern=OP)
    register_: str = Field(alias="register", pattern=r"^[a-z_]{1,40}$")
    id: str | None = Field(default=None, pattern=ID)
    before: Cells | None = None
    after: Cells | None = None
    seen: int | None = Field(default=None, ge=0, lt=2**53)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        """A client that left out both has forgotten something, and must not delete the row."""
        if self.before is None and self.after is None:
            raise ValueError
        return self


class Changes(Form):
    """Edits that are undone together when they share a batch."""

    batch: str = Field(pattern=ID)
    changes: list[OneChange] = Field(min_length=1, max_length=2000)


class Undo(Form):
    op: str = Field(pattern=ID)
    batch: str = Field(pattern=ID)


class Reveal(Form):
    register_: str = Field(alias="register", pattern=r"^[a-z_]{1,40}$")
    id: str = Field(pattern=ID)
    field: str = Field(pattern=r"^[0-9A-Za-z_-]{1,40}$")
    reason: str = Field(max_length=200)


class Export(Form):
    """Which rows leave the house, in which columns, for what."""

    register_: str = Field(alias="register", pattern=r"^[a-z_]{1,40}$")
    area: str | None = Field(default=None, pattern=ID)
    q: str = Field(default="", max_length=200, pattern=CLEAN)
    sort: str = Field(default="", max_length=200, pattern=CLEAN)
    where: str = Field(default="[]", max_length=4000)
    columns: list[str] = Field(default=[], max_length=200)
    format: Literal["xlsx", "csv", "csv-gb18030"] = "xlsx"
    reason: str = Field(max_length=200)


class Author(BaseModel):
    who: str
    when: str


class Result(BaseModel):
    """What became of one change."""

    op: str
    id: str | None
    status: Literal["applied", "conflict", "refused"]
    theirs: dict[str, Any]
    by: dict[str, Author]
    values: dict[str, Any]
    reason: str
    field: str | None
    seq: int | None


class Results(BaseModel):
    batch: str
    seq: int
    results: list[Result]
    labels: dict[str, str]


class Rows(BaseModel):
    """A page of rows; `labels` names the rows that they refer to.

    `comments` counts the comments that wait by <row id>/<field>; 0 where all of them are done.
    """

    seq: int
    as_of: str
    total: int
    offset: int
    rows: list[dict[str, Any]]
    labels: dict[str, str]
    comments: dict[str, int]


class Column(BaseModel):
    name: str
    label: str
    kind: str
    editor: str
    required: bool
    readonly: bool
    masked: bool
    choices: list[str]
    refers: str
    multiline: bool
    sortable: bool
    unique: bool
    width: int
    unit: str
    default: str | None
    help: str
    example: str


class Columns(BaseModel):
    register_: str = Field(alias="register", serialization_alias="register")
    label: str
    unit: str
    columns: list[Column]
    may: dict[str, bool]
    look: dict[str, Any]


class Preference(Form):
    """A small JSON object that an account's own screens understand."""

    value: dict[str, Any]


class Value(BaseModel):
    """What stands in `count` rows; null for an empty cell. `label`: how it is shown."""

    value: Cell
    label: str
    count: int


class Values(BaseModel):
    """The commonest values of a column, at most 200; `more`: there are others."""

    values: list[Value]
    more: bool


class Choice(BaseModel):
    id: str
    label: str


class Choices(BaseModel):
    choices: list[Choice]


class Hand(Author):
    """Who last changed a row; `mine`: the account itself, perhaps in another tab."""

    mine: bool


class Neighbour(BaseModel):
    """Somebody else on the register; `at` is a cell, <row id>/<field>, of a row in reach."""

    who: str
    at: str | None
    typing: bool


class News(BaseModel):
    """What changed since; with `reset` so much that the rows had better be asked for anew.

    `comments` by <row id>/<field> as in rows, empty where none is left; `here`: who else is.
    """

    seq: int
    rows: list[dict[str, Any]]
    gone: list[str]
    by: dict[str, Hand]
    labels: dict[str, str]
    reset: bool
    comments: dict[str, int | None]
    here: list[Neighbour]


class HistoryEntry(BaseModel):
    """One change of a row; `did` and `via` are the words for its verb and its source."""

    id: str
    batch: str
    verb: str
    did: str
    via: str
    who: str
    when: str
    source: str
    reason: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    labels: dict[str, str]


class History(BaseModel):
    """The latest first; with `more`, older ones are had by `before` = the last one's id."""

    entries: list[HistoryEntry]
    more: bool


class Revealed(BaseModel):
    value: str | None


class Figure(BaseModel):
    """n of N, of a group or (group_id empty) of the whole community; both empty where the figure
    is too small to be shown to this account."""

    area_id: str
    group_id: str
    n: int | float | None
    N: int | float | None


class Figures(BaseModel):
    figures: list[Figure]


class Problem(BaseModel):
    """Why not, as a sentence for the user."""

    reason: str
