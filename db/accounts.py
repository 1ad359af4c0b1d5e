"""Accounts: who may sign in, with which role, over which area."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, ForeignKey, String, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from db import attempts, ids, passwords, places
from db.actors import Actor
from db.base import Base
from db.engine import reading, writing
from db.parsers import Refused
from db.registers.organisations import Organisation
from db.registers.places import Area
from db.roles import ROLES

OF_ORGANISATIONS = ("organisation", "social_worker")
USERNAME = re.compile(r"[\w.-]{2,32}")
SAMPLE_PASSWORD = "sanshe-shili"  # noqa: S105  # shown to all; only set in a sample database


class Account(Base):
    """A person who may sign in; `sample` marks one whose password everybody knows."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(30))
    area_id: Mapped[str] = mapped_column(String(36), ForeignKey("areas.id"), index=True)
    clearance: Mapped[bool]
    active: Mapped[bool]
    must_change: Mapped[bool]
    sample: Mapped[bool]
    oidc_email: Mapped[str | None] = mapped_column(String(254), unique=True)
    organisation_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("organisations.id"), index=True
    )
    created_at: Mapped[str] = mapped_column(String(27))


@dataclass(frozen=True)
class Known:
    """An account in use, as the rest of the product sees it."""

    username: str
    must_change: bool
    actor: Actor


def tidy(username: str) -> str:
    """A username as it is stored: plain, lower case, fit for every database."""
    written = unicodedata.normalize("NFKC", username).strip().casefold()
    return re.sub(r"[^\w.@-]", "", written)[:64].encode(errors="replace").decode()


def add(
    on: Engine,
    username: str,
    name: str,
    password: str | None,
    role: str,
    area_id: str,
    clearance: bool = False,
    *,
    must_change: bool = False,
    sample: bool = False,
    oidc_email: str | None = None,
    organisation_id: str | None = None,
    account_id: str | None = None,
) -> str:
    """The id of a new account, or Refused; without a password only its `oidc_email` opens it.

    `organisation_id`: the social organisation that the account works for, and sees no more than.
    `account_id`: the id, where it is known before.
    """
    known = _new_username(username)
    _able(role, organisation_id)
    row = {
        "id": account_id or ids.new(),
        "username": known,
        "name": name.strip() or known,
        "password_hash": None if password is None else _hashed(password, known),
        "role": role,
        "area_id": area_id,
        "clearance": clearance,
        "must_change": must_change,
        "sample": sample,
        "oidc_email": oidc_email and oidc_email.strip().lower(),
        "organisation_id": organisation_id or None,
    }
    return _insert(on, row)


def _able(role: str, organisation_id: str | None) -> None:
    """Refused where there is no such role, or it is not one that works for an organisation."""
    names = [one.name for one in ROLES]
    if role not in names:
        raise Refused("没有这个角色，应为下列之一：" + "、".join(names))
    if organisation_id and role not in OF_ORGANISATIONS:
        raise Refused("只有社会组织和社工的账号才属于一个社会组织")


def _new_username(written: str) -> str:
    known = tidy(written)
    if known != written.strip().lower() or not USERNAME.fullmatch(known):
        raise Refused("用户名应为 2 至 32 个字母、数字或汉字，可带点、横线、下划线")
    return known


def _insert(on: Engine, given: dict[str, Any]) -> str:
    row = {"created_at": ids.now(), "active": True} | given
    try:
        with writing(on) as conn:
            if conn.scalar(select(Area.id).where(Area.id == row["area_id"])) is None:
                raise Refused(f"没有编号为“{row['area_id']}”的区域")
            if (of := given["organisation_id"]) and not _is_organisation(conn, of):
                raise Refused(f"没有编号为“{of}”的社会组织")
            conn.execute(insert(Account).values(row))
    except IntegrityError:
        raise Refused(f"用户名“{row['username']}”或它的邮箱已有账号") from None
    return str(row["id"])


def _is_organisation(conn: Connection, row_id: str) -> bool:
    there = (Organisation.id == row_id, Organisation.deleted_at.is_(None))
    return conn.scalar(select(Organisation.id).where(*there)) is not None


def check(on: Engine, username: str, password: str, address: str) -> Known | None:
    """The account whose password this is; raises attempts.TooSoon after too many failures.

    Unknown, closed and wrong answer alike, after the same work.
    """
    known = tidy(username)
    attempt = attempts.begin(on, known, address)
    with reading(on) as conn:
        row = conn.execute(select(Account).where(Account.username == known)).one_or_none()
    stored = row.password_hash if row and row.active else None
    good = passwords.fits(password, stored)
    outcome = attempts.RIGHT if good else attempts.WRONG
    attempts.finish(on, attempt, outcome, row.id if row else None)
    return _known(row) if good else None


def find(on: Engine, username: str) -> Known | None:
    """The account in use with this name, or None."""
    return _find(on, Account.username == tidy(username))


def by_email(on: Engine, email: str) -> Known | None:
    """The account in use for which an identity provider vouches by this address, or None."""
    return _find(on, Account.oidc_email == email.strip().lower())


def _find(on: Engine, condition: Any) -> Known | None:
    with reading(on) as conn:
        row = conn.execute(select(Account).where(condition, Account.active)).one_or_none()
    return None if row is None else _known(row)


def actor(on: Engine, username: str) -> Actor:
    """Whom the account stands for; raises Refused where there is none in use."""
    known = find(on, username)
    if known is None:
        raise Refused(f"没有用户名为“{tidy(username)}”的在用账号")
    return known.actor


def set_password(on: Engine, username: str, password: str, must_change: bool = False) -> None:
    """Give the account a new password; whoever calls this has proved that they may."""
    known = tidy(username)
    row = update(Account).where(Account.username == known)
    values = {"must_change": must_change, "sample": False}
    with writing(on) as conn:
        conn.execute(row.values(password_hash=_hashed(password, known), **values))


def close(on: Engine, username: str) -> None:
    """Take the account out of use; its sessions no longer answer."""
    with writing(on) as conn:
        conn.execute(update(Account).where(Account.username == tidy(username)).values(active=False))


def samples(on: Engine) -> list[tuple[Known, str]]:
    """The sample accounts that still have the sample password, each with its area's name."""
    query = (
        select(Account, Area.name.label("place"))
        .join(Area, Area.id == Account.area_id)
        .where(Account.sample, Account.active)
        .order_by(Account.created_at, Account.id)
    )
    with reading(on) as conn:
        return [(_known(row), row.place) for row in conn.execute(query)]


def count(on: Engine) -> int:
    """How many accounts are in use."""
    with reading(on) as conn:
        return conn.scalar(select(func.count()).where(Account.active)) or 0


def place(on: Engine, actor: Actor) -> str:
    """Where the actor's area lies, from the city down."""
    with reading(on) as conn:
        return " · ".join(name for _, name, _ in places.path(conn, actor.area_id))


def _hashed(password: str, username: str) -> str:
    if problem := passwords.problem(password, username):
        raise Refused(problem)
    return passwords.hashed(password)


def _known(row: Any) -> Known:
    who = Actor(row.id, row.name, row.role, row.area_id, row.clearance, row.organisation_id)
    return Known(row.username, row.must_change, who)
