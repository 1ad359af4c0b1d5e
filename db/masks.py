"""How a sensitive value looks to whoever may not see it whole."""

from __future__ import annotations


def identity(value: str) -> str:
    """421281********1234"""
    return f"{value[:6]}{'*' * (len(value) - 10)}{value[-4:]}"


def phone(value: str) -> str:
    """138****5678; a landline keeps its first three and last two digits."""
    if len(value) == 11 and value.isdigit():
        return f"{value[:3]}****{value[-4:]}"
    return f"{value[:3]}{'*' * max(len(value) - 5, 1)}{value[-2:]}"


def text(value: str) -> str:
    """Nothing of it but that it is there."""
    return "***"
