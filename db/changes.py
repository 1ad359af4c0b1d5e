"""One edit as data, and what became of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from db import ids

Values = dict[str, Any]
Status = Literal["applied", "conflict", "refused"]


@dataclass(frozen=True)
class Change:
    """`before` is what the author saw, `after` what it shall become; all its fields or none.

    `before` None adds (or restores what was deleted), `after` None deletes. `op` is made by
    the author: sent twice, it is done once. `seen` is the seq under which `before` was read;
    it tells apart two values that look the same behind a mask.
    """

    register: str
    id: str | None
    before: Values | None
    after: Values | None
    op: str = dataclasses.field(default_factory=ids.new)
    seen: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a Change, as its author may see it.

    `theirs`: the stored values where it conflicts, `by`: who wrote each and when;
    `values`: what it stored; `field`: the column that a refusal is about; `seq`: the
    version of the data with it; of what is sent again, the one that it made the first time.
    """

    op: str
    status: Status
    id: str | None
    theirs: Values = dataclasses.field(default_factory=dict)
    by: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    values: Values = dataclasses.field(default_factory=dict)
    reason: str = ""
    field: str | None = None
    seq: int | None = None


@dataclass(frozen=True)
class Written:
    """The answer of the write door: the batch, the data's version after it, an outcome a change."""

    batch: str
    seq: int
    outcomes: tuple[Outcome, ...]
