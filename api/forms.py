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
    field: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
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


class Results(BaseModel):
    batch: str
    seq: int
    results: list[Result]
    labels: dict[str, str]


class Rows(BaseModel):
    """A page of rows; `labels` names the rows that they refer to."""

    seq: int
    as_of: str
    total: int
    offset: int
    rows: list[dict[str, Any]]
    labels: dict[str, str]


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


class Choice(BaseModel):
    id: str
    label: str


class Choices(BaseModel):
    choices: list[Choice]


class News(BaseModel):
    """What changed since; with `reset` so much that the rows had better be asked for anew."""

    seq: int
    rows: list[dict[str, Any]]
    gone: list[str]
    by: dict[str, Author]
    labels: dict[str, str]
    reset: bool


class HistoryEntry(BaseModel):
    batch: str
    verb: str
    who: str
    when: str
    source: str
    reason: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    labels: dict[str, str]


class History(BaseModel):
    entries: list[HistoryEntry]


class Revealed(BaseModel):
    value: str | None


class Figure(BaseModel):
    """n of N; both empty where the figure is too small to be shown to this account."""

    area_id: str
    group_id: str
    n: int | None
    N: int | None


class Figures(BaseModel):
    figures: list[Figure]


class Problem(BaseModel):
    """Why not, as a sentence for the user."""

    reason: str
