"""Bytes of unknown encoding as text: UTF-8, UTF-16 or GB18030, with and without a mark."""

from __future__ import annotations

import codecs
import re

from logic.rosters.sheets import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HALF = "文件最后一个字不完整，可能只下载了一半，请重新下载或重新导出"
STRANGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
OTHER = "这不是表格，也不是文本，请上传 .xlsx、.xls、.ods、.csv 或 .zip 文件"
SAMPLE = 200_000


def text(data: bytes) -> str:
    """The text; raises Unreadable where no encoding fits, or where the end is missing."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    if data[:SAMPLE].count(0) * 50 > len(data[:SAMPLE]):
        return _wide(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_utf8(data, error):
            raise _broken(data, error) from None
    _refuse_noise(data[:SAMPLE].decode("gb18030", "replace"))
    return _decoded(data, "gb18030")


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise _broken(data, error) from None


def _broken(data: bytes, error: UnicodeDecodeError) -> Unreadable:
    if error.end >= len(data) - 1:
        return Unreadable(HALF)
    line = data.count(b"\n", 0, error.start) + 1
    return Unreadable(f"第 {line} 行有认不出的字，文件可能损坏，请用 WPS 打开后另存为 .xlsx 再上传")


def _is_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether it was meant to be UTF-8 although some bytes are not: reading it as GB18030
    would turn every Chinese character of the file into another."""
    loose = data[:SAMPLE].decode("utf-8", "replace")
    wrong = loose.count("\ufffd")
    right = sum(1 for char in loose if "\u2e80" <= char <= "\uffef" and char != "\ufffd")
    cut = error.start >= len(data) - 3 and error.reason == "unexpected end of data"
    return right > wrong or (cut and right > 0)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: whichever byte order gives writing."""
    ends = {name: _strangeness(data, name) for name in ("utf-16-le", "utf-16-be")}
    best = min(ends, key=lambda name: ends[name])
    if ends[best] > 0.05:
        raise Unreadable(OTHER)
    return _decoded(data, best)


def _strangeness(data: bytes, name: str) -> float:
    """The share of characters that no roster holds, in the file's beginning."""
    loose = data[:SAMPLE].decode(name, "replace")
    return sum(1 for char in loose if not _usual(char)) / max(len(loose), 1)


def _usual(char: str) -> bool:
    return (
        char in "\t\r\n"
        or " " <= char <= "~"
        or "\u2010" <= char <= "\u303f"
        or ("\u3400" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef")
    )


def _refuse_noise(sample: str) -> None:
    """GB18030 makes something of nearly any bytes: it must look like writing."""
    if len(STRANGE.findall(sample)) * 50 > len(sample):
        raise Unreadable(OTHER)
