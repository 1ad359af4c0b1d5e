"""The spreadsheet on a page: a register of an area, edited over the two doors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from ui.grid import modules

# A string script is loaded from a blob: it only fetches the modules from a route of our own.
_sheet = st.components.v2.component("sanshe_grid", js=modules.START)


def show(
    register: str,
    area: str,
    csrf: str,
    *,
    user: str,
    key: str,
    height: int | Literal["fill"] = "fill",
    where: Sequence[dict[str, Any]] = (),
    sort: str = "",
    open_url: str = "",
    opens: bool = False,
    notify: bool = False,
    on_changed: Callable[[], None] | None = None,
) -> Any:
    """Mounts the grid; edits go by HTTP, without a run of the script.

    `user` keeps what one person has not saved yet apart from another's on the same machine.
    `open_url` leads to a row's record, `<id>` standing for its id; with `opens` the result's
    `opened` is the id instead. With `notify` its `changed` is the seq some moments after edits.
    """
    data = {
        "register": register,
        "area": area,
        "csrf": csrf,
        "user": user,
        "height": height,
        "where": list(where),
        "sort": sort,
        "open": open_url,
        "opens": opens,
        "notify": notify or on_changed is not None,
        "sign_in": "/signin",
    }
    quiet: Callable[[], None] = _nothing
    return _sheet(key=key, data=data, on_changed_change=on_changed or quiet, on_opened_change=quiet)


def _nothing() -> None:
    """Streamlit names a result only where there is somebody to call."""
