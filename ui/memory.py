"""What was answered is remembered until the data change."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, TypeVar

from db.engine import Engine, ended

Asking = TypeVar("Asking", bound=Callable[..., Any])
Answers = dict[tuple[Any, ...], Any]

MOST = 500  # answers kept at once
SOON = 0.2  # seconds after which a page sees what another process wrote; its own it sees at once
last: tuple[object, float, Any] = (None, 0.0, None)  # what was asked, when, and the answer
shelf: tuple[object, Answers] = (None, {})  # a version of the data, and the answers of it


def kept(now: Callable[[], object]) -> Callable[[Asking], Asking]:
    """Answers are remembered as long as `now`, the data and their version, stays the same; nobody
    may change what they are given."""

    def keeping(ask: Asking) -> Asking:
        @wraps(ask)
        def asked(*question: Any) -> Any:
            answers, key = _answers(now()), (ask, *question)
            with suppress(KeyError):
                return answers[key]
            if len(answers) >= MOST:
                answers.clear()
            answers[key] = answer = ask(*question)
            return answer

        return asked  # type: ignore[return-value]

    return keeping


def _answers(now: object) -> Answers:
    """Those of the data as they are now; what was answered of older ones is let go."""
    global shelf
    if shelf[0] != now:
        shelf = (now, {})
    return shelf[1]


def present(on: Engine, version: Callable[[Engine], int]) -> tuple[str, int]:
    """The data and their version: a moment old at most, and never older than an own write.

    A page asks dozens of times in one run which version it speaks of.
    """
    global last
    data, now, found = (str(on.url), ended(on)), time.monotonic(), last
    if found[0] != data or now - found[1] > SOON:
        last = found = data, now, version(on)
    return data[0], found[2]
