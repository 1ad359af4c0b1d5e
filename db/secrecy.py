"""Encryption at rest: deterministic (AES-SIV), so that equality and uniqueness still work."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from sqlalchemy import LargeBinary
from sqlalchemy.types import TypeDecorator

from db import settings


@cache
def _cipher() -> AESSIV:
    return AESSIV(settings.secret_key())


def seal(text: str, purpose: str) -> bytes:
    """`text` encrypted; the same text under another purpose gives other bytes."""
    return _cipher().encrypt(text.encode(), [purpose.encode()])


def unseal(sealed: bytes, purpose: str) -> str:
    """What `seal` hid; raises InvalidTag when key, purpose or bytes are wrong."""
    return _cipher().decrypt(sealed, [purpose.encode()]).decode()


def seal_json(value: Any, purpose: str) -> Any:
    """A value for a JSON column, its text sealed; None stays None."""
    return None if value is None else {"~": base64.b64encode(seal(value, purpose)).decode()}


def unseal_json(value: Any, purpose: str) -> Any:
    """The inverse of `seal_json`; whatever was not sealed passes through."""
    if isinstance(value, dict) and "~" in value:
        return unseal(base64.b64decode(value["~"]), purpose)
    return value


class Sealed(TypeDecorator[str]):
    """A text column that is encrypted in the database and plain in Python."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:
        return None if value is None else seal(value, self.purpose)

    def process_result_value(self, value: bytes | None, dialect: Any) -> str | None:
        return None if value is None else unseal(bytes(value), self.purpose)
