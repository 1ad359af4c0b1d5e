"""A stand-in for the two doors, in memory: rows, edits judged one by one, undo by batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, overload

Row = dict[str, Any]
WHEN = "2026-11-23T02:00:00.000000Z"
MASKED = ("id_number", "phone")
HOUSEHOLDS = {"h1": "1 栋 101 王家", "h2": "1 栋 102 李家", "h3": "2 栋 201 张家"}


def _column(name: str, label: str, editor: str = "text", **more: Any) -> dict[str, Any]:
    plain = {"kind": editor, "required": False, "readonly": False, "masked": name in MASKED}
    rest = {
        "choices": [],
        "refers": "",
        "multiline": False,
        "sortable": True,
        "width": 110,
        "unique": False,
    }
    about = {"help": "", "example": "", "default": None}
    return {"name": name, "label": label, "editor": editor} | plain | rest | about | more


COLUMNS = [
    _column("name", "姓名", required=True, width=100),
    _column("sex", "性别", "choice", choices=["男", "女"], width=70),
    _column("birth_date", "出生日期", "date", width=120),
    _column("id_number", "身份证号码", width=180),
    _column("phone", "联系电话", width=130),
    _column("household_id", "所在户", "reference", refers="households", width=150),
    _column("address", "现住址", width=220),
    _column("status", "居住状态", "choice", choices=["常住", "流入", "外出"], required=True),
    _column("lives_alone", "独居", "yes_no", width=70),
    _column("skills", "特长", "choices", choices=["文艺", "体育", "医护"], width=140),
    _column("age", "年龄", "number", width=80),
    _column("code", "编号", readonly=True, width=90),
    *(_column(f"extra{n}", f"备用{n}") for n in range(1, 18)),
    _column("remark", "备注", multiline=True, width=200),
]
FIELDS = [column["name"] for column in COLUMNS]


def passes(row: Row, asked: dict[str, Any]) -> bool:
    """Whether a row fits one filter."""
    value, wanted = row[asked["field"]], asked["value"]
    return {
        "in": lambda: value in wanted,
        "contains": lambda: wanted in str(value or ""),
        "empty": lambda: value is None,
        "filled": lambda: value is not None,
        "from": lambda: str(value or "") >= wanted,
        "to": lambda: value is not None and str(value) <= wanted + "-99",
    }[asked["op"]]()


def masked(value: Any) -> Any:
    """138******78"""
    return None if value is None else f"{value[:3]}{'*' * (len(value) - 5)}{value[-2:]}"


def _made(n: int) -> Row:
    row: Row = dict.fromkeys(FIELDS)
    return row | {
        "id": f"r{n:05d}",
        "name": f"居民{n + 1}",
        "sex": "男女"[n % 2],
        "birth_date": "1956-03",
        "id_number": f"42128119560301{n % 10000:04d}",
        "phone": f"138{n:08d}",
        "household_id": f"h{n % 3 + 1}",
        "address": f"桂花树路 {n} 号",
        "status": "常住",
        "lives_alone": n % 3 == 0,
        "age": 70,
        "code": f"G{n}",
    }


class Ids(Sequence[str]):
    """Ids of so many rows that they are only said as they are asked for."""

    def __init__(self, count: int) -> None:
        self.total = count

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        chosen = range(self.total)[at]
        return f"r{chosen:05d}" if isinstance(chosen, int) else [f"r{n:05d}" for n in chosen]


@dataclass
class Doors:
    """The rows, who touched them last under which seq, and what became of each op."""

    rows: dict[str, Row] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    seq: int = 1
    touched: dict[str, tuple[int, str]] = field(default_factory=dict)
    cells: dict[tuple[str, str], int] = field(default_factory=dict)
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    batches: dict[str, list[tuple[str, Row | None, Row | None]]] = field(default_factory=dict)
    applied: int = 0
    here: list[dict[str, Any]] = field(default_factory=list)
    endless: int = 0  # so many rows as they would be, each made when it is first read

    def fill(self, count: int) -> None:
        """Residents 居民1 and so on, ids r00000 and so on."""
        self.rows = {row["id"]: row for row in map(_made, range(count))}
        self.order = list(self.rows)

    def write(self, row_id: str, row: Row | None, who: str = "王芳") -> None:
        """Stores a row as somebody's, or takes it away."""
        self.seq += 1
        old = self.rows.pop(row_id, {})
        if row is not None:
            changed = [name for name in row if row[name] != old.get(name)]
            self.cells |= {(row_id, name): self.seq for name in changed}
            self.rows[row_id] = row
            self.order += [] if row_id in self.order else [row_id]
        self.touched[row_id] = (self.seq, who)

    def other(self, row_id: str, **cells: Any) -> None:
        """Somebody else changes cells."""
        self.write(row_id, {**self.rows[row_id], **cells})

    def shown(self, row_id: str) -> Row:
        """A row with its masks."""
        if self.endless and row_id not in self.rows:
            self.rows[row_id] = _made(int(row_id[1:]))
        row = self.rows[row_id]
        return row | {name: masked(row[name]) for name in MASKED}

    def listed(self, q: str, sort: str, where: Sequence[dict[str, Any]] = ()) -> Sequence[str]:
        """Ids of the rows whose name holds `q` and that pass the filters, in order."""
        if self.endless:
            return Ids(self.endless)
        found = [i for i in self.order if i in self.rows and q in str(self.rows[i]["name"])]
        found = [i for i in found if all(passes(self.rows[i], one) for one in where)]
        for part in reversed(sort.split(",") if sort else []):
            found.sort(key=lambda i: str(self.rows[i][part.lstrip("-")]), reverse=part[0] == "-")
        return found

    def word(self, value: Any) -> str:
        """What stands for a value in a list of values."""
        return HOUSEHOLDS.get(value) or {None: "", True: "是", False: "否"}.get(value, str(value))

    def change(self, asked: dict[str, Any], batch: str) -> dict[str, Any]:
        """The result of one change; done once however often it is sent."""
        if asked["op"] in self.done:
            return self.done[asked["op"]]
        result = self._judge(asked, batch)
        if result["status"] == "applied":
            result["seq"] = self.seq  # told again as it is told now, whatever others do meanwhile
            self.done[asked["op"]] = result
            self.applied += 1
        return result

    def _judge(self, asked: dict[str, Any], batch: str) -> dict[str, Any]:
        row_id, before, after = asked["id"], asked["before"], asked["after"]
        plain = {"op": asked["op"], "id": row_id, "status": "applied", "theirs": {}, "by": {}}
        result = plain | {"reason": "", "field": None, "values": {}}
        old = self.rows.get(row_id)
        if before is None and after is not None:
            given = {name: value for name, value in after.items() if name != "area_id"}
            return self._store(result, batch, old, {"id": row_id, **dict.fromkeys(FIELDS), **given})
        if old is None:
            return result | {"status": "refused", "reason": "这一行已不存在，可能已被别人删除"}
        theirs = {n: self.shown(row_id)[n] for n, v in before.items() if self._moved(asked, n, v)}
        if theirs:
            by = {n: {"who": self.touched[row_id][1], "when": WHEN} for n in theirs}
            return result | {"status": "conflict", "theirs": theirs, "by": by}
        return self._store(result, batch, old, None if after is None else {**old, **after})

    def _moved(self, asked: dict[str, Any], name: str, seen: Any) -> bool:
        late = self.cells.get((asked["id"], name), 0) > (asked["seen"] or 0)
        return (name in MASKED and late) or seen != self.shown(asked["id"])[name]

    def _store(
        self, result: dict[str, Any], batch: str, old: Row | None, new: Row | None
    ) -> dict[str, Any]:
        for name, value in (new or {}).items():
            reason = _problem(name, value)
            if reason and (old or {}).get(name) != value:
                return result | {"status": "refused", "reason": reason, "field": name}
        if new is not None:
            new = {name: _normal(name, value) for name, value in new.items()}
        self.write(result["id"], new, "我")
        self.batches.setdefault(batch, []).append((result["id"], old, new))
        values = {n: v for n, v in self.shown(result["id"]).items() if n != "id"} if new else {}
        return result | {"values": values}

    def undo(self, batch: str, op: str) -> dict[str, Any]:
        """Takes a batch back; the answer's batch is what a redo takes back."""
        fresh = f"undo-{op}"
        if fresh not in self.batches:
            for row_id, old, new in reversed(self.batches.get(batch, [])):
                self._revert(row_id, old, new)
                self.batches.setdefault(fresh, []).append((row_id, new, old))
        results = [
            {"op": op, "id": row_id, "status": "applied", "values": _changed(old, new)}
            for row_id, old, new in self.batches.get(fresh, [])
        ]
        return {"batch": fresh, "seq": self.seq, "results": results, "labels": {}}

    def _revert(self, row_id: str, old: Row | None, new: Row | None) -> None:
        if old is None or new is None:
            self.write(row_id, old, "我")
        else:
            back = {name: old[name] for name in old if old[name] != new[name]}
            self.write(row_id, {**self.rows[row_id], **back}, "我")

    def feed(self, since: int) -> dict[str, Any]:
        """What changed after `since`."""
        fresh = [i for i, (seq, _) in self.touched.items() if seq > since]
        return {
            "seq": self.seq,
            "rows": [self.shown(i) for i in fresh if i in self.rows],
            "gone": [i for i in fresh if i not in self.rows],
            "by": {
                i: {"who": who, "when": WHEN, "mine": who == "我"}
                for i, who in ((i, self.touched[i][1]) for i in fresh)
            },
            "labels": HOUSEHOLDS,
            "comments": {},
            "here": self.here,
        }


def _changed(old: Row | None, new: Row | None) -> Row:
    """The cells in which a row is another now."""
    return {name: new[name] for name in new if old and old[name] != new[name]} if new else {}


def _problem(name: str, value: Any) -> str:
    if name == "age" and value is not None and not str(value).isdigit():
        return f"“年龄”读到“{value}”，应为整数"
    if name in MASKED and "*" in str(value):
        return "读到遮盖后的号码，没有保存"
    return "“姓名”必须填写" if name == "name" and not value else ""


def _normal(name: str, value: Any) -> Any:
    if name == "age" and value is not None:
        return int(value)
    return value.replace("年", "-").replace("月", "") if name == "birth_date" and value else value
