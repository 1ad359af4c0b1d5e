"""What tests of the API say to it, and how they read its answers."""

from __future__ import annotations

import json
import re
from typing import Any

from httpx import Response

from api import forms
from tests.callers import Caller

JSON = {"content-type": "application/json"}


def problem(answer: Response, status: int) -> str:
    """The sentence of an answer that must be a problem and nothing else."""
    assert answer.status_code == status, answer.text
    said = answer.json()
    assert list(said) == ["reason"]
    assert re.search(r"[\u4e00-\u9fff]{3}", said["reason"]), said
    assert not re.search(r"Error|Traceback|pydantic|sql", said["reason"], re.IGNORECASE), said
    return str(said["reason"])


def change(
    row_id: str, before: Any, after: Any, op: str = "op", register: str = "residents"
) -> dict[str, Any]:
    return {"op": op, "register": register, "id": row_id, "before": before, "after": after}


def post(caller: Caller, *changes: dict[str, Any], **options: Any) -> Response:
    """As a script would write it: whatever Python's JSON lets through (NaN, lone surrogates)."""
    body = json.dumps({"batch": "batch", "changes": changes})
    headers = {**JSON, **options.pop("headers", {})}
    return caller.post("/changes", content=body, headers=headers, **options)


def results(answer: Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    told = forms.Results.model_validate(answer.json(), strict=True, extra="forbid")
    return [one.model_dump() for one in told.results]
