"""The API against its own description: requests made from it, good and bad, never break it.

They go through the middleware as from outside, in turn by session and by access token.
"""

from __future__ import annotations

import json
import re
import zlib
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from httpx import Response
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Mount

from api import security
from api.service import service
from db import tokens
from db.doors.comparing import OPS
from db.registers import BY_NAME
from tests.callers import Caller, in_use, signed_in
from tests.village import ADMIN, AN_ID, EAST, ROWS, STREET

APP = Starlette(routes=[Mount("/api/v1", service)], middleware=security.MIDDLEWARE)
# Who asks is said below; made-up sessions and tokens would only be turned away.
CONFIG = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
SCHEMA = schemathesis.openapi.from_dict(service.openapi(), config=CONFIG)
FOUND = [found for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
OPERATIONS = {found.ok().label: found.ok() for found in FOUND}
GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
MANY = {"sqlite": 30, "postgresql": 6}
KEPT = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]

ODD = ["\x00", "e-an", EAST, AN_ID, "2020-02-30", "是", "约1", "421281********0015"]
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
CELL = st.none() | st.booleans() | NUMBERS | st.text() | st.sampled_from(ODD)
Drawn = st.SearchStrategy[Any]
OFTEN = st.sampled_from([True, True, True, False])


def aims(register: str) -> dict[str, Drawn]:
    """What there is to ask for in a register, by the name of the parameter."""
    names = [*BY_NAME[register].fields]
    name: Drawn = st.sampled_from([*names, "id", "area_id"])
    optional = {"value": CELL | st.sampled_from([[], ["是", None], {}])}
    filters: Drawn = st.fixed_dictionaries(
        {"field": name, "op": st.sampled_from(OPS)}, optional=optional
    )
    cells: Drawn = st.dictionaries(name, CELL, max_size=2)
    rows = [row["id"] for row in ROWS.get(register, [])]
    return {
        "register": st.just(register),
        "id": st.sampled_from([*rows, "nobody"]),
        "area": st.sampled_from([EAST, STREET]),
        "field": st.sampled_from(names),
        "sort": st.sampled_from(["", *names, *(f"-{one}" for one in names)]),
        "where": st.lists(filters, max_size=2).map(json.dumps),
        "indicator": st.just("pairing"),
        "reason": st.just("入户核对"),
        "before": st.none() | cells,
        "after": cells,
    }


def aim(data: st.DataObject, case: Case[Any]) -> None:
    """Mostly at something that is there, so that more is reached than the first refusal."""
    asked = {one["name"] for one in case.operation.definition.raw.get("parameters", ())}
    body: Any = case.body if isinstance(case.body, dict) else {}
    parts = [(case.query, asked), (body, {*body})]
    parts += [(one, {"register", "id", "before", "after"}) for one in body.get("changes", ())]
    for part, names in parts:
        aimed = aims(data.draw(st.sampled_from(sorted(BY_NAME))))
        for name in sorted(names & {*aimed}):
            if data.draw(OFTEN):
                part[name] = data.draw(aimed[name])


def send(caller: Caller, case: Case[Any]) -> Response:
    """By our own client: schemathesis's would warn of what the house does not use."""
    asked = case.as_transport_kwargs(base_url="http://testserver/api/v1")
    if "data" in asked:
        asked["content"] = asked.pop("data")
    asked.pop("cookies", None)
    return caller.request(**asked)


def callers(on: Engine) -> list[Caller]:
    """The administrator, as a page's script and as another system."""
    page, admin = signed_in(on, ADMIN)
    made = tokens.make(on, admin.id, "系统", admin.role, admin.area_id, clearance=True)
    bearing = {"Authorization": f"Bearer {made.token}"}
    return [Caller(APP, headers=page.headers), Caller(APP, headers=bearing)]


def speaks(answer: Response) -> None:
    """A problem is one sentence."""
    if answer.status_code >= 400:
        assert list(answer.json()) == ["reason"]
        assert re.search(r"[\u4e00-\u9fff]{2}", answer.json()["reason"])
        assert len(answer.json()["reason"]) < 300


@pytest.mark.parametrize("mode", [GOOD, BAD], ids=["good", "bad"])
@pytest.mark.parametrize("label", OPERATIONS)
def test_requests_made_from_the_description(
    village: Engine, backend: str, label: str, mode: GenerationMode
) -> None:
    if (label, mode) == ("GET /health", BAD):
        return  # it takes nothing that could be wrong

    @seed(zlib.crc32(label.encode()))
    @settings(
        max_examples=MANY[backend],
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # what was written stays: a smaller example would meet other rows
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode), data=st.data())
    def hold(case: Case[Any], data: st.DataObject) -> None:
        if mode is GOOD:
            aim(data, case)
        answer = send(next(turns), case)
        assert answer.status_code not in (401, 429)
        case.validate_response(answer, checks=KEPT)
        speaks(answer)

    with in_use(village) as on:
        turns = cycle(callers(on))
        hold()
