"""Encryption at rest: deterministic (AES-SIV), so that equality and uniqueness still work."""

from __future__ import annotations

import base64
from binascii import b2a_base64
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
    return seal_bytes(text.encode(), purpose)


def unseal(sealed: bytes, purpose: str) -> str:
    """What `seal` hid; raises InvalidTag when key, purpose or bytes are wrong."""
    return unseal_bytes(sealed, purpose).decode()


def seal_bytes(content: bytes, purpose: str) -> bytes:
    """As `seal`, of anything."""
    return _cipher().encrypt(content, [purpose.encode()])


def unseal_bytes(sealed: bytes, purpose: str) -> bytes:
    """The inverse of `seal_bytes`; raises InvalidTag."""
    return _cipher().decrypt(sealed, [purpose.encode()])


class Seals(dict[str, dict[str, bytes]]):
    """purpose → text → what `seal` makes of it; for one write, each text is sealed once."""

    def __missing__(self, purpose: str) -> dict[str, bytes]:
        made = self[purpose] = _Sealing(purpose)
        return made


class _Sealing(dict[str, bytes]):
    def __init__(self, purpose: str) -> None:
        super().__init__()
        self._encrypt, self._about = _cipher().encrypt, [purpose.encode()]

    def __missing__(self, text: str) -> bytes:
        made = self[text] = self._encrypt(text.encode(), self._about)
        return made


def for_json(sealed: bytes) -> dict[str, str]:
    """What was sealed, as it stands in a JSON column."""
    return {"~": b2a_base64(sealed, newline=False).decode()}


def unseal_json(value: Any, purpose: str) -> Any:
    """What was sealed under `for_json`, in plain; whatever else it is passes through."""
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

    def result_processor(self, dialect: Any, coltype: Any) -> Any:
        """Straight to the cipher: a community's register has tens of thousands of such cells."""
        about = [self.purpose.encode()]

        def opened(value: bytes | None) -> str | None:
            return None if value is None else _cipher().decrypt(bytes(value), about).decode()

        return opened
