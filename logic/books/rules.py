"""What may stand in a column, in the words of a header's note and of the sheet of instructions."""

from __future__ import annotations

from collections.abc import Iterator

from db.fields import Field


def note(field: Field, *, masked: bool = False) -> str:
    """All that a clerk must know to fill the column in."""
    return "\n".join(_sentences(field, masked))


def _sentences(field: Field, masked: bool) -> Iterator[str]:
    yield f"{field.label}：{'必填' if field.required else '可不填'}"
    if field.readonly:
        yield "不能修改"
    if field.choices:
        yield (
            "可选一个或几个，用顿号分开：" if field.kind.name == "choices" else "只能是："
        ) + "、".join(field.choices)
    elif field.kind.example:
        yield f"例如：{field.kind.example}"
    if field.refers:
        yield "从下拉列表中选"
    if field.unique:
        yield "本区域内不能重复"
    if masked:
        yield "已遮盖的内容不要改动；要改请填完整的新内容"
    if field.help:
        yield field.help


def offered(field: Field) -> tuple[str, ...]:
    """What a drop-down of the column lists; several choices are typed, Excel lists but one."""
    if field.kind.editor == "yes_no":
        return ("是", "否")
    return field.choices if field.kind.editor == "choice" else ()
