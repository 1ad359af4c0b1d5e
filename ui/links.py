"""Ways from one page to another, without pages knowing each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from db.registers import BY_NAME


@dataclass(frozen=True)
class Go:
    """The pages that others lead to: each community by its area's id, the others by their name."""

    pages: dict[str, Any]

    def resident(self, row_id: str) -> None:
        """Opens a resident's page."""
        st.switch_page(self.pages["resident"], query_params={"id": row_id})

    def row(self, name: str, row_id: str) -> None:
        """Opens a page on the one row that it is about."""
        st.switch_page(self.pages[name], query_params={"id": row_id})

    def job(self, name: str, place: str, *, row: str = "", view: str = "") -> None:
        """Opens a page where something is done for the community of that name, on it a view and
        the row to begin with."""
        said = {"place": place, "row": row, "view": view}
        st.switch_page(self.pages[name], query_params={k: v for k, v in said.items() if v})

    def community(self, area_id: str) -> None:
        """Opens a community's page; the overview where the area is no community."""
        st.switch_page(self.pages.get(area_id, self.pages["overview"]))

    def register(self, area_id: str, name: str) -> None:
        """Opens a register of a community."""
        label = BY_NAME[name].about.label
        st.switch_page(self.pages[area_id], query_params={"view": label})


def asked() -> str:
    """The row that a page about one row was opened on, by whichever way."""
    return st.query_params.get("id") or st.query_params.get("row", "")
