"""The records of an .xls looked through for its extent, its hidden rows and its lock."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from logic.rosters import ole
from logic.rosters.oddities import Oddities
from logic.rosters.packages import HALF, LOCKED
from logic.rosters.sheets import Unreadable

CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
FILEPASS, BOUNDSHEET, EOF, DIMENSIONS = 0x002F, 0x0085, 0x000A, 0x0200
ROW, FORMULA, BOOLERR, MULRK = 0x0208, 0x0006, 0x0205, 0x00BD
MOST_SHEETS = 300
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}


def look_through(data: bytes) -> list[Oddities]:
    """What is odd about each sheet, in the file's order. Walked exactly as a reader walks, so that
    no other record than those seen here is ever met."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(LOCKED)
    stream = ole.workbook(data)
    starts = []
    for record, body in _records(stream, 0):
        if record == FILEPASS:
            raise Unreadable(LOCKED)
        if record == BOUNDSHEET and len(body) >= 4:
            starts.append(struct.unpack_from("<I", body)[0])
    if len(starts) > MOST_SHEETS:
        raise Unreadable(f"文件里有 {len(starts)} 个工作表，太多了，请分成几个文件")
    return [_sheet(stream, start) for start in starts]


def _sheet(stream: bytes, start: int) -> Oddities:
    odd = Oddities()
    for record, body in _records(stream, start):
        _note(odd, record, body)
    return odd


def _note(odd: Oddities, record: int, body: bytes) -> None:
    if record in CELLS and len(body) >= 6:
        row, column = struct.unpack_from("<HH", body)
        odd.reach(row, column + (len(body) - 6) // 6 - 1 if record == MULRK else column)
        if record == FORMULA:
            _formula(odd, (row, column), body)
        elif record == BOOLERR and len(body) >= 8 and body[7]:
            odd.failed((row, column), ERRORS.get(body[6], "#N/A"))
    elif record == ROW and len(body) >= 16 and struct.unpack_from("<H", body, 12)[0] & 0x20:
        odd.hidden_rows.append(struct.unpack_from("<H", body)[0])
    elif record == DIMENSIONS and len(body) >= 8:
        layout = "<IIHH" if len(body) >= 12 else "<HHHH"  # the latter before Excel 97
        first_row, last_row, left, right = struct.unpack_from(layout, body)
        if not (first_row <= last_row <= 65_536 and left <= right <= 256):
            raise Unreadable(HALF)


def _formula(odd: Oddities, place: tuple[int, int], body: bytes) -> None:
    odd.formulas += 1
    if len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        odd.failed(place, ERRORS.get(body[8], "#N/A"))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place on, up to the end of their part."""
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        if record == EOF:
            return
        yield record, stream[at + 4 : at + 4 + length]
        at += 4 + length
