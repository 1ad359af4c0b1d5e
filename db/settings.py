"""What the operator decides by environment: where the data lies and with which key."""

from __future__ import annotations

import os
import re
import secrets
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("SANSHE_DATA", HOME / "data"))


class BadKey(Exception):
    """What stands where the key should be is none; the message is a sentence."""


def database_url() -> str:
    """The SQLAlchemy address of the database; an embedded SQLite file by default."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'sanshe.db'}"


def key_file() -> Path:
    """Where the key lies when the environment does not give it."""
    return Path(os.environ.get("SANSHE_KEY_FILE", DATA / "secret.key"))


@cache
def secret_key() -> bytes:
    """64 bytes: from SANSHE_KEY (hex), else from the key file, made at the first run."""
    given = os.environ.get("SANSHE_KEY") or _stored_key(key_file())
    if not re.fullmatch(r"[0-9a-fA-F]{128}", given):
        raise BadKey("密钥应为 128 个十六进制字符，请检查 SANSHE_KEY 或密钥文件")
    return bytes.fromhex(given)


def _stored_key(path: Path) -> str:
    """The key in the file; O_EXCL decides between processes that start together."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f".{path.name}.{os.getpid()}")
    made.touch(mode=0o600)
    made.write_text(secrets.token_hex(64), encoding="ascii")
    try:
        os.link(made, path)  # appears whole or not at all, and never over another's
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return path.read_text(encoding="ascii").strip()
