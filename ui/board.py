"""The board: columns side by side at a desk, one list by stage on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

import streamlit as st

from db.stages import ANSWERED
from logic.board import Card
from logic.needs import waited

MOST = 12  # cards of a column; the rest is in the lists


def show(columns: Mapping[str, list[Card]]) -> None:
    """Every card is a link to its story."""
    inner = "".join(_column(stage, cards) for stage, cards in columns.items())
    st.html(f'<div class="sanshe-board">{inner}</div>')


def _column(stage: str, cards: list[Card]) -> str:
    late = sum(card.place.late for card in cards)
    said = f"{len(cards):,}" + (f"，超期 {late:,}" if late else "")
    more = f"<p>另有 {len(cards) - MOST:,} 张</p>" if len(cards) > MOST else ""
    inner = "".join(map(_card, cards[:MOST])) or "<p>没有</p>"
    return f"<section><h3>{stage} <small>{said}</small></h3>{inner}{more}</section>"


def _card(card: Card) -> str:
    done = card.place.stage == ANSWERED
    days = f"{card.place.since} 反馈" if done else f"等了 {waited(card.place)}"
    late = ' class="late"' if card.place.late else ""
    return (
        f'<a href="/story?id={quote(card.need)}" target="_self"{late}><b>{escape(card.title)}</b>'
        f"<span>{escape(card.detail)}</span><em>{days}</em></a>"
    )
