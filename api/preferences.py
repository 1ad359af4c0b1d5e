"""What an account likes over HTTP: read and kept by its owner alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api import doors, forms
from db import preferences
from db.engine import engine

router = APIRouter(responses=doors.PROBLEMS)
Name = Annotated[
    str, Query(pattern=r"^[a-z]{1,19}-[a-z0-9_]{1,40}$", description="例如 grid-residents")
]


@router.get("/preferences", response_model=forms.Preference)
def find(actor: doors.Reader, name: Name) -> Response:
    """What this account likes under a name; empty where it has said nothing."""
    return doors.answer({"value": preferences.find(engine(), actor, name)})


@router.put("/preferences", response_model=forms.Preference)
def keep(actor: doors.Writer, name: Name, body: forms.Preference) -> Response:
    """Keeps a small JSON object under a name, in the place of what was there."""
    preferences.keep(engine(), actor, name, body.value)
    return doors.answer({"value": body.value})
