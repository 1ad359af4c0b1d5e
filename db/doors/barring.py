"""What the database's own rules have against a write, told before it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from db import ids
from db.base import Register
from db.doors import storing
from db.doors.storing import Deed
from db.secrecy import Seals

CHINESE = re.compile(r"[\u4e00-\u9fff]")
OTHERWISE = "与它相连的记录没有写入，或与别的记录冲突，请刷新后再试"


def refused(
    conn: Connection, deeds: Sequence[Deed], registers: Mapping[str, Register]
) -> dict[str, str]:
    """op → the database's sentence, of the deeds that it would not take; nothing is stored.

    Only where a register has guards (`About.guarded`): every deed is tried after those before it.
    """
    if not any(registers[deed.register].about.guarded for deed in deeds):
        return {}
    told: dict[str, str] = {}
    now, seals, trial = ids.now(), Seals(), conn.begin_nested()
    for deed in deeds:
        try:
            with conn.begin_nested():
                storing.put(conn, registers[deed.register], deed.verb, [deed], now, seals)
        except IntegrityError as error:
            told[deed.op] = _sentence(error)
    trial.rollback()
    return told


def _sentence(error: IntegrityError) -> str:
    """The guard's own words, without what the database says around them."""
    said = str(getattr(getattr(error.orig, "diag", None), "message_primary", None) or error.orig)
    return said if CHINESE.search(said) else OTHERWISE
