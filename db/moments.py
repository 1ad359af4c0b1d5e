"""Moments as the database keeps them (see `ids.now`), and how far they lie from this one."""

from __future__ import annotations

import datetime as dt

from db.dates import BEIJING

FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def now() -> dt.datetime:
    """This moment in UTC; tests put another clock in its place."""
    return dt.datetime.now(dt.UTC)


def text(moment: dt.datetime) -> str:
    """27 characters that sort by time."""
    return moment.strftime(FORM)


def ago(span: dt.timedelta) -> str:
    """The moment that lies `span` back; a negative span lies ahead."""
    return text(now() - span)


def since(written: str) -> dt.timedelta:
    """How long ago a stored moment was."""
    return now() - dt.datetime.strptime(written, FORM).replace(tzinfo=dt.UTC)


def clock(written: str) -> str:
    """The day and time in 咸宁 of a stored moment, MM-DD HH:MM."""
    moment = dt.datetime.strptime(written, FORM).replace(tzinfo=dt.UTC)
    return moment.astimezone(BEIJING).strftime("%m-%d %H:%M")


def day(written: str) -> str:
    """The day in 咸宁 on which a stored moment fell, YYYY-MM-DD."""
    moment = dt.datetime.strptime(written, FORM).replace(tzinfo=dt.UTC)
    return moment.astimezone(BEIJING).date().isoformat()
