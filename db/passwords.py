"""Passwords: the rule they follow, their hashes, and equal work whether or not there is one."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST, LONGEST = 10, 128
COMMON = ("password", "qwerty", "1q2w3e", "1qaz2wsx", "woaini", "abc123", "iloveyou", "admin123")
# About 50 ms on one core of a small server; two at a time, so that a flood of sign-ins
# takes 64 MB at most and leaves the server something to work with.
HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)
AT_ONCE = threading.BoundedSemaphore(2)


def problem(password: str, username: str) -> str | None:
    """A sentence on why `password` will not do for `username`, or None."""
    written = _plain(password)
    if not SHORTEST <= len(written) <= LONGEST:
        return f"密码应为 {SHORTEST} 至 {LONGEST} 个字，读到 {len(written)} 个"
    if written.isdigit():
        return "密码不能全是数字（生日、电话太容易猜），请加上字母或汉字"
    if len(set(written)) < 5:
        return "密码里重复的字太多，请至少用 5 个不同的字"
    lower = written.lower()
    if (len(username) > 3 and username in lower) or any(word in lower for word in COMMON):
        return "密码里含有用户名或常见的词，太容易猜，请换一个"
    return None


def hashed(password: str) -> str:
    """What is stored in place of the password."""
    with AT_ONCE:
        return HASHER.hash(_bytes(password))


def fits(password: str, stored: str | None) -> bool:
    """Whether `password` is the stored one; takes as long where nothing is stored."""
    nobody = _nobody()
    with AT_ONCE:
        try:
            right = HASHER.verify(stored or nobody, _bytes(password))
        except (VerifyMismatchError, InvalidHashError):
            return False
    return right and bool(stored)


@cache
def _nobody() -> str:
    return hashed(secrets.token_urlsafe())


def _plain(password: str) -> str:
    # An input method may type full-width letters; the password is what was meant.
    return unicodedata.normalize("NFKC", password)


def _bytes(password: str) -> bytes:
    return _plain(password).encode("utf-8", "surrogatepass")
