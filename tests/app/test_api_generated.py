"""The API against its own description: requests made from it, good and bad, never break it."""

from __future__ import annotations

import re
import zlib
from typing import Any

import pytest
import schemathesis
from httpx import Response
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from sqlalchemy import Engine

from api.service import service
from db.registers import BY_NAME, REGISTERS
from tests.callers import Caller, in_use, signed_in
from tests.village import ADMIN, AN_ID, EAST, STREET

SCHEMA = schemathesis.openapi.from_dict(service.openapi())
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
MANY = {"sqlite": 40, "postgresql": 8}
KEPT = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]

NAMES = sorted({name for register in REGISTERS for name in register.fields})
ODD = ["\x00", "e-an", EAST, AN_ID, "2020-02-30", "是", "约1", "421281********0015"]
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
CELLS = st.dictionaries(
    st.sampled_from([*NAMES, "id", "area_id", "nope", "\x00"]),
    st.none() | st.booleans() | st.integers() | NUMBERS | st.text() | st.sampled_from(ODD),
    max_size=5,
)
AIMS: dict[str, st.SearchStrategy[Any]] = {
    "register": st.sampled_from(sorted(BY_NAME)),
    "id": st.sampled_from(["e-an", "e-bo", "e-cu", "e-home", "e-pair", EAST, STREET]),
    "area": st.sampled_from([EAST, STREET]),
    "field": st.sampled_from(NAMES),
    "sort": st.sampled_from(["", "name", "-birth_date,name", "phone", *NAMES]),
    "indicator": st.just("pairing"),
    "before": CELLS,
    "after": CELLS,
}


def aim(data: st.DataObject, part: Any) -> None:
    """Mostly something that is there, so that more is reached than the first refusal."""
    if not isinstance(part, dict):
        return
    for name, values in AIMS.items():
        if part.get(name) is not None and data.draw(st.sampled_from([True, True, True, False])):
            part[name] = data.draw(values)
    for one in part.get("changes", ()):
        aim(data, one)


def send(caller: Caller, case: Case) -> Response:
    """By our own client: schemathesis's would warn of what the house does not use."""
    asked = case.as_transport_kwargs(base_url="http://testserver")
    if "data" in asked:
        asked["content"] = asked.pop("data")
    asked.pop("cookies", None)
    return caller.request(**asked)


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
    def hold(case: Case, data: st.DataObject) -> None:
        if mode is GOOD:
            aim(data, case.query)
            aim(data, case.body)
        answer = send(caller, case)
        case.validate_response(answer, checks=KEPT)
        speaks(answer)

    with in_use(village) as on:
        caller, _ = signed_in(on, ADMIN)
        hold()
