"""What really happened between a page and the server, and whether it may have happened so."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error, Page, Response
from sqlalchemy import create_engine, text

Cell = tuple[str, str]  # row, field


@dataclass
class Witness:
    """Every answer to an edit that came to a page: op → what was asked and what was said."""

    answers: dict[str, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """From now on."""
        page.on("response", self._hear)

    def _hear(self, response: Response) -> None:
        if not response.url.endswith("/api/v1/changes") or response.status != 200:
            return
        with suppress(Error):  # of a page that is gone meanwhile
            results = {one["op"]: one for one in response.json()["results"]}
            for change in (response.request.post_data_json or {})["changes"]:
                self.answers[change["op"]] = change, results[change["op"]]

    def count(self, outcome: str) -> int:
        """How many edits ended so."""
        return sum(result["status"] == outcome for _, result in self.answers.values())


def last_acknowledged(*witnesses: Witness) -> dict[Cell, Any]:
    """What must stand in each cell. No edit may have been made on what its author had not seen:
    each one's `before` is what the one acknowledged before it had stored."""
    steps: dict[Cell, list[tuple[int, Any, Any]]] = defaultdict(list)
    for witness in witnesses:
        for change, result in witness.answers.values():
            if result["status"] == "applied":
                for name, value in (change["after"] or {}).items():
                    step = result["seq"], change["before"][name], value
                    steps[change["id"], name].append(step)
    stands: dict[Cell, Any] = {}
    for cell, some in steps.items():
        for _, before, after in sorted(some, key=lambda step: step[0]):
            assert stands.get(cell, before) == before, f"{cell} was overwritten unseen: {some}"
            stands[cell] = after
    return stands


@dataclass
class Ledger:
    """The database itself, past every door."""

    url: str

    def ask(self, statement: str, **values: Any) -> list[Any]:
        """Rows of an SQL question."""
        engine = create_engine(self.url)
        try:
            with engine.connect() as conn:
                return list(conn.execute(text(statement), values).all())
        finally:
            engine.dispose()

    def column(self, name: str) -> dict[str, Any]:
        """Row id → what is stored in a column of the residents."""
        return {row.id: row[1] for row in self.ask(f"SELECT id, {name} FROM residents")}

    def times(self, value: str) -> int:
        """How often the history tells that this value was written into a cell."""
        rows = self.ask("SELECT after FROM history WHERE CAST(after AS TEXT) LIKE :like",
                        like=f'%"{_escaped(value)}"%')  # fmt: skip
        return len(rows)


def _escaped(value: str) -> str:
    """As JSON writes it; tests write plain letters."""
    assert value.isascii()
    return value
