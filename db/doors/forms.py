"""What a write must know of a register's columns, found once however many its changes are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db import dates
from db.base import Register
from db.doors.pointing import links
from db.fields import Field
from db.parsers import Refused, short


class Readings(dict[str | None, Any]):
    """What each text that was given for one field comes to; every text is parsed once."""

    def __init__(self, one: Field, default: str | None = None) -> None:
        super().__init__()
        self._one, self._default = one, default

    def of(self, raw: Any) -> Any:
        """The value to store; raises Refused with a sentence that names the column."""
        return self[raw] if raw is None or type(raw) is str else self._one.parse(raw)

    def __missing__(self, raw: Any) -> Any:
        if raw is not None and type(raw) is not str:
            return self._one.parse(raw)  # 1 and True would be taken for one another
        if raw and self._one.sensitive and "*" in raw:
            raise Refused(
                f"“{self._one.label}”读到遮盖后的{short(raw)}，没有保存；要改请填完整的新内容"
            )
        value = self[raw] = self._one.parse(raw or self._default)
        return value


class Form:
    """The columns of one register: how each is read, which are unique, which point at rows."""

    def __init__(self, register: Register) -> None:
        fields = register.fields
        self.register = register
        self.readings = {name: Readings(one) for name, one in fields.items()}
        self.unique = tuple(name for name, one in fields.items() if one.unique)
        self.tied = {
            name: one for name, one in fields.items() if one.unique or one.refers or one.within
        }
        self.links = links(register)  # columns that point at rows, the area among them
        self.bound = frozenset((*self.links, *self.unique))  # a change of these concerns others
        self.known = {"id", "area_id", *fields}  # what may be said of an added row
        self.adding = {  # of an added row, with what stands in for nothing
            name: Readings(one, _default(one)) if one.default else self.readings[name]
            for name, one in fields.items()
        }
        self._plain = None if any(one.stamp for one in fields.values()) else self.adding.items()

    def added(self, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """All cells of an added row as they are stored; None where they must be looked at one by
        one, since one of them is refused or written by the door itself."""
        if self._plain is None:
            return None
        saying = given.get
        try:
            return {name: readings[saying(name)] for name, readings in self._plain}
        except (Refused, TypeError):  # what came may be a list, which stands in no dict
            return None


def _default(one: Field) -> str | None:
    return dates.today().isoformat() if one.default == "today" else one.default
