"""Personal access tokens: another system asks in an account's name, no wider, until a day."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, ForeignKey, String, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from db import ids, moments, permissions, places, settings
from db.accounts import Account
from db.actors import Actor
from db.base import Base
from db.engine import reading, writing
from db.parsers import CONTROL, Refused
from db.permissions import ROLE_BY_NAME
from db.registers import BY_NAME
from db.registers.places import Area

PREFIX = "sanshe_"  # so that a token is known for one where it should not lie
DAYS, MOST_DAYS = 90, 365
SEEN_EVERY = dt.timedelta(minutes=1)  # a write for each request would cost more than it tells
MOST, LONGEST = 20, 30  # tokens of one account; letters of a name
KEPT = dt.timedelta(days=30)  # so long one that has ended is still listed
NONE = "没有这个接口令牌"
WRONG = "接口令牌不对，请核对是否抄全；丢了就在“我的账号”重新生成"


class AccessToken(Base):
    """One token, stored only as its keyed hash; what it may is asked anew at each use."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(String(36), ForeignKey("accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(30))
    area_id: Mapped[str] = mapped_column(String(36), ForeignKey("areas.id"))
    clearance: Mapped[bool]
    created_at: Mapped[str] = mapped_column(String(27))
    expires_at: Mapped[str] = mapped_column(String(27))
    used_at: Mapped[str | None] = mapped_column(String(27))
    revoked_at: Mapped[str | None] = mapped_column(String(27))
    revoked_by: Mapped[str | None] = mapped_column(String(36))


class Void(Exception):
    """The token opens nothing, or nothing any more; the message is a sentence."""


@dataclass(frozen=True)
class Made:
    """A new token: the one time that it is said."""

    id: str
    token: str
    expires_at: str


@dataclass(frozen=True)
class Held:
    """A token as people see it, without what it is; `ended` says why it opens nothing."""

    id: str
    name: str
    username: str
    role: str
    area: str
    clearance: bool
    created_at: str
    expires_at: str
    used_at: str | None
    ended: str


def make(
    on: Engine,
    account_id: str,
    name: str,
    role: str,
    area_id: str,
    days: int = DAYS,
    clearance: bool = False,
) -> Made:
    """A new token of the account, or Refused; nothing in it reaches further than the account."""
    token, made, known = PREFIX + secrets.token_urlsafe(32), ids.new(), _name(name)
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"有效期应为 1 至 {MOST_DAYS} 天，读到 {days} 天")
    row = {
        "id": made,
        "token_hash": _hash(token),
        "account_id": account_id,
        "name": known,
        "role": role,
        "area_id": area_id,
        "clearance": clearance,
        "created_at": moments.text(moments.now()),
        "expires_at": moments.ago(-dt.timedelta(days=days)),
    }
    with writing(on) as conn:
        _permit(conn, row)
        conn.execute(insert(AccessToken).values(row))
    return Made(made, token, str(row["expires_at"]))


def _name(written: str) -> str:
    known = " ".join(CONTROL.sub(" ", written).split())
    if not 1 <= len(known) <= LONGEST:
        raise Refused(f"请给接口令牌起个名字，1 至 {LONGEST} 个字，例如“街道平台”")
    return known


def _permit(conn: Connection, row: dict[str, Any]) -> None:
    owner = conn.execute(
        select(Account).where(Account.id == row["account_id"], Account.active)
    ).one_or_none()
    if owner is None:
        raise Refused("没有这个在用账号")
    if not _role_fits(row["role"], owner.role):
        raise Refused("接口令牌的角色不能比账号自己的更宽")
    if row["area_id"] not in places.below(conn, owner.area_id):
        raise Refused("接口令牌的区域应在账号的工作范围之内")
    if row["clearance"] and not owner.clearance:
        raise Refused("账号没有专门授权，接口令牌也不能有")
    live = [one.name for one in _held(conn, AccessToken.account_id == owner.id) if not one.ended]
    if row["name"] in live:
        raise Refused(f"已有一个叫“{row['name']}”的接口令牌，请换个名字或先停用它")
    if len(live) >= MOST:
        raise Refused(f"一个账号最多有 {MOST} 个接口令牌，请先停用不用的")


def _role_fits(role: str, owner: str) -> bool:
    inner, outer = ROLE_BY_NAME.get(role), ROLE_BY_NAME.get(owner)
    return bool(inner and outer and permissions.within(inner, outer))


def find(on: Engine, token: str) -> Actor:
    """Whom the token stands for; raises Void. The history tells it from its owner by the name."""
    with reading(on) as conn:
        row = conn.execute(_rows(AccessToken.token_hash == _hash(token))).one_or_none()
        ended = WRONG if row is None else _ended(conn, row)
    if row is None or ended:
        raise Void(ended)
    if row.used_at is None or moments.since(row.used_at) > SEEN_EVERY:
        _update(on, row.id, used_at=moments.text(moments.now()))
    name = f"{row.owner_name}（{row.name}）"
    of = row.organisation  # whatever the token's role, it reaches no further than the owner's
    return Actor(row.account_id, name, row.role, row.area_id, row.clearance, of)


def _ended(conn: Connection, row: Any) -> str:
    """Why the token opens nothing any more; empty while it does."""
    said = f"接口令牌“{row.name}”"
    if row.revoked_at:
        return f"{said}已停用"
    if row.expires_at <= moments.text(moments.now()):
        return f"{said}已于 {moments.day(row.expires_at)} 到期，请重新生成"
    if not row.active:
        return f"{said}的账号已停用"
    if row.must_change:
        return f"{said}的账号重设过密码，请先登录网页修改密码"
    shrunk = row.area_id not in places.below(conn, row.owner_area)
    if shrunk or not _role_fits(row.role, row.owner_role) or row.clearance > row.owner_clearance:
        return f"{said}超出了账号现在的角色或区域，请重新生成"
    return ""


def mine(on: Engine, account_id: str) -> list[Held]:
    """The account's tokens, the latest first; ended ones for a month."""
    with reading(on) as conn:
        return _held(conn, AccessToken.account_id == account_id)


def all_held(on: Engine) -> list[Held]:
    """Everybody's, for who runs the server."""
    with reading(on) as conn:
        return _held(conn)


def governed(on: Engine, actor: Actor) -> list[Held]:
    """Everybody's in the actor's area; none for who does not look after them."""
    with reading(on) as conn:
        return _held(conn, Account.area_id.in_(_governed(conn, actor)))


def _governed(conn: Connection, actor: Actor) -> frozenset[str]:
    granted = permissions.grant(conn, actor, "add", BY_NAME["areas"])
    return frozenset() if granted is None else granted.areas


def revoke(on: Engine, actor: Actor, token_id: str) -> str:
    """Ends a token of one's own, or of an account that one looks after; its name, or Refused."""
    with reading(on) as conn:
        row = conn.execute(_rows(AccessToken.id == token_id)).one_or_none()
        others = _governed(conn, actor)
    if row is None or (row.account_id != actor.id and row.owner_area not in others):
        raise Refused(NONE)
    return _end(on, row.id, row.name, actor.id)


def revoke_any(on: Engine, token_id: str) -> str:
    """Ends a token, for who runs the server; its name, or Refused."""
    with reading(on) as conn:
        row = conn.execute(_rows(AccessToken.id == token_id)).one_or_none()
    if row is None:
        raise Refused(NONE)
    return _end(on, row.id, row.name, None)


def _end(on: Engine, token_id: str, name: str, by: str | None) -> str:
    _update(on, token_id, revoked_at=moments.text(moments.now()), revoked_by=by)
    return name


def _update(on: Engine, token_id: str, **values: str | None) -> None:
    with writing(on) as conn:
        live = (AccessToken.id == token_id, AccessToken.revoked_at.is_(None))
        conn.execute(update(AccessToken).where(*live).values(**values))


def _rows(*conditions: Any) -> Any:
    owner = (
        Account.username,
        Account.active,
        Account.must_change,
        Account.name.label("owner_name"),
        Account.role.label("owner_role"),
        Account.area_id.label("owner_area"),
        Account.clearance.label("owner_clearance"),
        Account.organisation_id.label("organisation"),
    )
    found = select(AccessToken, *owner, Area.name.label("area"))
    found = found.join(Account, Account.id == AccessToken.account_id)
    return found.join(Area, Area.id == AccessToken.area_id).where(*conditions)


def _held(conn: Connection, *conditions: Any) -> list[Held]:
    order = _rows(*conditions).order_by(AccessToken.created_at.desc(), AccessToken.id.desc())
    return list(_shown(conn, conn.execute(order).all()))


def _shown(conn: Connection, rows: Iterable[Any]) -> Iterable[Held]:
    for row in rows:
        if min(row.revoked_at or row.expires_at, row.expires_at) > moments.ago(KEPT):
            told = {name: getattr(row, name) for name in Held.__annotations__ if name != "ended"}
            yield Held(**told, ended=_ended(conn, row))


def _hash(token: str) -> str:
    """Keyed, and under a name of its own, so that no other hash of the key can be one of these."""
    said = b"token\0" + token.encode(errors="replace")
    return hmac.new(settings.secret_key(), said, hashlib.sha256).hexdigest()
