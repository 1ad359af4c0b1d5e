"""Every page by its address for every role: drawn, or told in a sentence that it is not for it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db import accounts
from db.accounts import SAMPLE_PASSWORD
from db.permissions import ROLES
from tests import scripts
from tests.app.test_queries import visiting
from tests.servers import HOME
from tests.village import EAST, ROOT
from ui import memory

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
# A page's address is its file's name, save where it is about one thing.
ABOUT = {"community": f"community-{EAST}", "resident": "resident?id=e-an", "project": "projects"}
FILES = sorted(one.stem for one in (HOME / "pages").glob("[a-z]*.py") if one.stem != "start")
ADDRESSES = [ABOUT.get(one, one) for one in FILES]
WIDE = ("city_admin", "researcher", "county_officer", "street_officer", "judge")


@pytest.mark.parametrize("role", [one.name for one in ROLES])
def test_no_address_fails_for_anybody(api: Engine, role: str) -> None:
    area = ROOT if role in WIDE else EAST
    accounts.add(api, "somebody", "某人", SAMPLE_PASSWORD, role, area)
    memory.shelf = (None, {})
    with visiting(api, "somebody"):
        for address in ["", *ADDRESSES]:
            drawn = scripts.page(f"/{address}").run()
            assert not drawn.exception, (address, drawn.exception[0].stack_trace)
            refused = [one.value for one in drawn.info if "您的角色不能" in one.value]
            assert drawn.title or refused, address
            assert not drawn.error, (address, drawn.error[0].value)


def test_a_judge_is_told_that_residents_are_not_its_business(api: Engine) -> None:
    accounts.add(api, "somebody", "某人", SAMPLE_PASSWORD, "judge", ROOT)
    with visiting(api, "somebody"):
        place = scripts.page(f"/community-{EAST}").run()
        person = scripts.page("/resident?id=e-an").run()
    assert "您的角色看不到服务覆盖的数字" in [one.value.rstrip("。") for one in place.caption]
    assert "您的角色不能" in person.info[-1].value
