"""Personal access tokens: what they may never be, what they open, and what ends them."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select, update

from db import accounts, doors, ids, moments, tokens
from db import engine as engines
from db.actors import Actor
from db.parsers import Refused
from db.permissions import ROLES, Role, within
from db.tokens import AccessToken, Void
from tests.unit.conftest import Clock
from tests.village import EAST, NORTH, ROOT, STREET, WEST, edit

# Each role, and the roles that a token of its account may have.
NARROWER = """
city_admin     city_admin researcher county_officer street_officer secretary clerk organisation social_worker judge
researcher     researcher
county_officer researcher county_officer street_officer judge
street_officer researcher street_officer judge
secretary      researcher secretary clerk organisation social_worker judge
clerk          researcher clerk organisation social_worker
organisation   organisation
social_worker  social_worker
judge          judge
"""  # noqa: E501
# Without an organisation nobody writes these, whatever the letters.
OWN = {name: set("acd") for name in ("bids", "bid_files")}
MAY = {line.split()[0]: set(line.split()[1:]) for line in NARROWER.strip().splitlines()}


def account(on: Engine, role: str, area: str, clearance: bool = False) -> str:
    name = f"own-{role}-{area}".replace("_", "-")
    return accounts.add(on, name, role, None, role, area, clearance, oidc_email=f"{name}@x.cn")


@pytest.fixture
def secretary(village: Engine) -> str:
    """The account of the street's own secretary, over three communities, without a clearance."""
    return account(village, "secretary", STREET)


@pytest.fixture
def made(village: Engine, secretary: str) -> tokens.Made:
    return tokens.make(village, secretary, "街道平台", "clerk", EAST)


def change(on: Engine, token: str, **cells: object) -> None:
    row = update(AccessToken).where(AccessToken.id == token)
    with engines.writing(on) as conn:
        conn.execute(row.values(**cells))


def change_account(on: Engine, account_id: str, **cells: object) -> None:
    table = accounts.Account
    with engines.writing(on) as conn:
        conn.execute(update(table).where(table.id == account_id).values(**cells))


# — no wider than its owner —


@pytest.mark.parametrize("other", ROLES, ids=lambda one: one.name)
@pytest.mark.parametrize("one", ROLES, ids=lambda one: one.name)
def test_what_is_narrower_follows_from_the_letters(one: Role, other: Role) -> None:
    assert within(one, other) == (one.name in MAY[other.name])
    for register in {*one.rights, *other.rights, "residents", "anything new"}:
        mine, theirs = (
            set(role.rights.get(register, role.rights.get("*", ""))) for role in (one, other)
        )
        assert mine - OWN.get(register, set()) <= theirs or not within(one, other)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("owner", [role.name for role in ROLES])
def test_a_token_has_no_wider_role(village: Engine, owner: str) -> None:
    mine = account(village, owner, STREET)
    for role in ROLES:
        if role.name in MAY[owner]:
            made = tokens.make(village, mine, role.name, role.name, EAST)
            found = tokens.find(village, made.token)
            assert (found.role, found.id) == (role.name, mine)
        else:
            with pytest.raises(Refused, match="不能比账号自己的更宽"):
                tokens.make(village, mine, role.name, role.name, EAST)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"area_id": ROOT}, "工作范围"),
        ({"area_id": NORTH}, "工作范围"),
        ({"area_id": "nowhere"}, "工作范围"),
        ({"role": "king"}, "更宽"),
        ({"clearance": True}, "专门授权"),
        ({"days": 0}, "1 至 365 天"),
        ({"days": 366}, "1 至 365 天"),
        ({"name": " \n"}, "起个名字"),
        ({"name": "长" * 31}, "起个名字"),
        ({"name": "街道平台"}, "换个名字"),
    ],
)
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_is_refused(
    village: Engine, secretary: str, made: tokens.Made, words: dict[str, object], sentence: str
) -> None:
    asked = {"name": "另一个", "role": "clerk", "area_id": EAST, **words}
    with pytest.raises(Refused, match=sentence):
        tokens.make(village, secretary, **asked)  # type: ignore[arg-type]
    assert len(tokens.mine(village, secretary)) == 1


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_an_account_has_twenty_at_most(village: Engine, secretary: str) -> None:
    for number in range(20):
        tokens.make(village, secretary, f"第{number}个", "clerk", EAST)
    with pytest.raises(Refused, match="最多有 20 个"):
        tokens.make(village, secretary, "再一个", "clerk", EAST)


# — what it opens —


def test_it_stands_for_its_owner_with_less(
    village: Engine, secretary: str, made: tokens.Made
) -> None:
    assert tokens.find(village, made.token) == Actor(
        secretary, "secretary（街道平台）", "clerk", EAST, False
    )


def test_the_history_tells_it_from_its_owner(village: Engine, made: tokens.Made) -> None:
    system = tokens.find(village, made.token)
    edited = edit("residents", "e-bo", "address", "东街 2 号", "东街 3 号")
    written = doors.write(village, system, [edited], source="api")
    assert [one.status for one in written.outcomes] == ["applied"]
    entry = doors.history(village, system, "residents", "e-bo")[0]
    assert (entry["who"], entry["source"]) == ("secretary（街道平台）", "api")


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_only_a_keyed_hash_is_kept(
    village: Engine, made: tokens.Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engines.reading(village) as conn:
        kept = str(conn.execute(select(AccessToken)).all())
    assert made.token not in kept
    assert made.token.removeprefix(tokens.PREFIX) not in kept
    monkeypatch.setattr("db.settings.secret_key", lambda: bytes(64))
    with pytest.raises(Void):
        tokens.find(village, made.token)


@pytest.mark.parametrize("token", ["", "sanshe_", "made-up", "\x00", "汉字", "\ud800"])
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_we_did_not_make_opens_nothing(village: Engine, made: tokens.Made, token: str) -> None:
    with pytest.raises(Void, match="接口令牌不对"):
        tokens.find(village, token)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_last_use_is_written_once_a_minute(
    village: Engine, secretary: str, clock: Clock
) -> None:
    made = tokens.make(village, secretary, "街道平台", "clerk", EAST)
    seen = []
    for seconds in (0, 59, 2):
        clock.pass_by(seconds=seconds)
        tokens.find(village, made.token)
        seen.append(tokens.mine(village, secretary)[0].used_at)
    assert seen[0] == seen[1] == "2026-11-23T08:30:00.000000Z"
    assert seen[2] == "2026-11-23T08:31:01.000000Z"


# — what ends it —


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_it_ends_on_its_day(village: Engine, secretary: str, clock: Clock) -> None:
    made = tokens.make(village, secretary, "街道平台", "clerk", EAST)
    assert moments.day(made.expires_at) == "2027-02-21"  # 90 days after 23 November
    clock.pass_by(days=89, hours=23)
    assert tokens.find(village, made.token)
    clock.pass_by(hours=1)
    with pytest.raises(Void, match="已于 2027-02-21 到期"):
        tokens.find(village, made.token)
    clock.pass_by(days=29)
    assert tokens.mine(village, secretary)[0].ended
    clock.pass_by(days=1)
    assert tokens.mine(village, secretary) == []


@pytest.mark.parametrize(
    ("became", "sentence"),
    [
        ({"active": False}, "账号已停用"),
        ({"must_change": True}, "修改密码"),
        ({"role": "social_worker"}, "超出了"),
        ({"area_id": WEST}, "超出了"),
        ({"area_id": EAST}, ""),
        ({"role": "city_admin"}, ""),
    ],
)
def test_it_never_reaches_further_than_its_account(
    village: Engine, secretary: str, made: tokens.Made, became: dict[str, object], sentence: str
) -> None:
    change_account(village, secretary, **became)
    assert bool(tokens.mine(village, secretary)[0].ended) == bool(sentence)
    if sentence:
        with pytest.raises(Void, match=sentence):
            tokens.find(village, made.token)
    else:
        assert tokens.find(village, made.token).role == "clerk"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_clearance_that_is_taken_back_ends_it(village: Engine) -> None:
    mine = account(village, "clerk", EAST, clearance=True)
    made = tokens.make(village, mine, "街道平台", "clerk", EAST, clearance=True)
    assert tokens.find(village, made.token).clearance
    change_account(village, mine, clearance=False)
    with pytest.raises(Void, match="超出了"):
        tokens.find(village, made.token)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_who_may_revoke_it(village: Engine, secretary: str, made: tokens.Made) -> None:
    def actor(role: str, area: str, own: str | None = None) -> Actor:
        return Actor(own or ids.new(), "某人", role, area)

    for stranger in (actor("secretary", STREET), actor("clerk", EAST), actor("city_admin", WEST)):
        with pytest.raises(Refused, match="没有这个接口令牌"):
            tokens.revoke(village, stranger, made.id)
        assert tokens.governed(village, stranger) == []
    admin = actor("city_admin", ROOT)
    assert [one.name for one in tokens.governed(village, admin)] == ["街道平台"]
    assert tokens.revoke(village, admin, made.id) == "街道平台"
    with pytest.raises(Void, match="已停用"):
        tokens.find(village, made.token)
    again = tokens.make(village, secretary, "街道平台", "clerk", EAST)  # the name is free again
    assert tokens.revoke(village, actor("secretary", STREET, secretary), again.id)
