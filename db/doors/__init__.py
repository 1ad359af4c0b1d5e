"""The two doors: everything read comes out by one, everything written goes in by the other."""

from __future__ import annotations

from db.doors.attaching import FORMS, File, attach, document
from db.doors.batches import Batch, batches
from db.doors.behind import Mark, behind, take_behind
from db.doors.choosing import choices, totals
from db.doors.closing import Month, close, trend
from db.doors.commenting import marks
from db.doors.covering import Figure, People, figures, people
from db.doors.handing import Handler, hand_over, handlers
from db.doors.jurors import Juror, jurors
from db.doors.linking import Linked, competed, linked
from db.doors.listing import Listing, distinct
from db.doors.looking import Look, export, looks, reveal
from db.doors.matching import match
from db.doors.merging import Double, doubles, merge
from db.doors.others import Changed, others
from db.doors.proposing import Proposal, Proposals, joining, leaving, proposals
from db.doors.questions import Condition, Forbidden, Question
from db.doors.reading import (
    Answer,
    areas,
    by_ids,
    columns,
    may,
    named,
    path,
    read,
    rights,
    row,
    version,
)
from db.doors.receiving import receive, state, visitor
from db.doors.remembering import News, Span, feed, history, within
from db.doors.staging import stories, story
from db.doors.tallying import Sums, outcomes, tally
from db.doors.undoing import undo
from db.doors.writing import Bound, write

__all__ = [
    "FORMS",
    "Answer",
    "Batch",
    "Bound",
    "Changed",
    "Condition",
    "Double",
    "Figure",
    "File",
    "Forbidden",
    "Handler",
    "Juror",
    "Linked",
    "Listing",
    "Look",
    "Mark",
    "Month",
    "News",
    "People",
    "Proposal",
    "Proposals",
    "Question",
    "Span",
    "Sums",
    "areas",
    "attach",
    "batches",
    "behind",
    "by_ids",
    "choices",
    "close",
    "columns",
    "competed",
    "distinct",
    "document",
    "doubles",
    "export",
    "feed",
    "figures",
    "hand_over",
    "handlers",
    "history",
    "joining",
    "jurors",
    "leaving",
    "linked",
    "looks",
    "marks",
    "match",
    "may",
    "merge",
    "named",
    "others",
    "outcomes",
    "path",
    "people",
    "proposals",
    "read",
    "receive",
    "reveal",
    "rights",
    "row",
    "state",
    "stories",
    "story",
    "take_behind",
    "tally",
    "totals",
    "trend",
    "undo",
    "version",
    "visitor",
    "within",
    "write",
]
