"""The one stream that matters of an OLE compound file, the container of .xls."""

from __future__ import annotations

import struct

from logic.rosters.packages import HALF
from logic.rosters.sheets import Unreadable

END = 0xFFFFFFFA  # and beyond: marks at the end of chains of sectors, no sectors
HEADER, ENTRY = 512, 128
WORKBOOKS = ("Workbook", "Book", "WORKBOOK", "BOOK")
NOT_A_SHEET = "这不是 Excel 表格（可能是 .doc 等别的文件），请换成 .xlsx、.xls 或 .csv"


def workbook(data: bytes) -> bytes:
    """The workbook's records; raises Unreadable where the file is cut short or holds none."""
    try:
        return _Container(data).workbook()
    except (struct.error, IndexError):
        raise Unreadable(HALF) from None


class _Container:
    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift > shift:
            raise Unreadable(HALF)
        self.size, self.mini_size = 1 << shift, 1 << mini_shift
        self.table = self._table()

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self.size
        if at >= len(self.data):
            raise Unreadable(HALF)
        return self.data[at : at + self.size]

    def _numbers(self, sector: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])

    def _table(self) -> list[int]:
        """Which sector follows which."""
        listed = list(struct.unpack_from("<109I", self.data, 76))
        following, left = struct.unpack_from("<II", self.data, 68)
        while following < END and left > 0 and left <= len(self.data) // self.size:
            *more, following = self._numbers(self._sector(following))
            listed += more
            left -= 1
        sectors = [self._sector(number) for number in listed if number < END]
        return [entry for sector in sectors for entry in self._numbers(sector)]

    def _chain(self, start: int, table: list[int]) -> list[int]:
        chain: list[int] = []
        while start < END:
            chain.append(start)
            if len(chain) > len(table):
                raise Unreadable(HALF)  # it runs in a circle
            start = table[start]
        return chain

    def _whole(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self.table)))

    def workbook(self) -> bytes:
        (first,) = struct.unpack_from("<I", self.data, 48)
        folder = self._whole(first)
        entries = [folder[at : at + ENTRY] for at in range(0, len(folder) - ENTRY + 1, ENTRY)]
        named = {_name(entry): entry for entry in reversed(entries)}
        for name in WORKBOOKS:
            if name in named:
                return self._stream(named[name], entries[0])
        raise Unreadable(NOT_A_SHEET)

    def _stream(self, entry: bytes, root: bytes) -> bytes:
        start, size = struct.unpack_from("<II", entry, 116)
        (cutoff,) = struct.unpack_from("<I", self.data, 56)
        if size >= cutoff:
            stream = self._whole(start)
        else:
            stream = self._small(start, struct.unpack_from("<I", root, 116)[0])
        if len(stream) < size:
            raise Unreadable(HALF)
        return stream[:size]

    def _small(self, start: int, home: int) -> bytes:
        """A stream kept in pieces of 64 bytes inside the root's own."""
        (first,) = struct.unpack_from("<I", self.data, 60)
        table = list(self._numbers(self._whole(first)))
        pieces = self._whole(home)
        size = self.mini_size
        return b"".join(pieces[one * size : (one + 1) * size] for one in self._chain(start, table))


def _name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
