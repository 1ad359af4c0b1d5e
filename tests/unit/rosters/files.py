"""Files as bytes, made by hand: workbooks of several makes, texts, zips."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[Any]]
RECORDS = "http://schemas.openxmlformats.org/"
TYPES = (
    f'<Types xmlns="{RECORDS}package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>"
)
BOOK = (
    f'<workbook xmlns="{RECORDS}spreadsheetml/2006/main" '
    f'xmlns:r="{RECORDS}officeDocument/2006/relationships">'
    '<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = (
    f'<Relationships xmlns="{RECORDS}package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{RECORDS}officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)


def csv(rows: Rows, mark: str = ",", end: str = "\n") -> str:
    return end.join(mark.join(str(cell) for cell in row) for row in rows) + end


def xlsx(*sheets: Rows, change: Callable[[Workbook], None] | None = None) -> bytes:
    """Sheets named 表1, 表2, …; `change` sees the workbook before it is saved."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet: Worksheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merged(*ranges: str) -> Callable[[Workbook], None]:
    """Merges ranges of the first sheet."""

    def change(book: Workbook) -> None:
        for one in ranges:
            book.worksheets[0].merge_cells(one)

    return change


def zipped(members: dict[str, bytes | str], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def gbk_zipped(name: str, data: bytes) -> bytes:
    """A zip as Chinese Windows makes it: its name in GBK, without the mark of UTF-8."""
    stand_in = "x" * len(name.encode("gb18030"))
    return zipped({stand_in: data}).replace(stand_in.encode(), name.encode("gb18030"))


def raw_xlsx(rows: str, packed: int = zipfile.ZIP_DEFLATED, **more: bytes | str) -> bytes:
    """A workbook whose only sheet has this XML as its rows."""
    sheet = (
        f'<worksheet xmlns="{RECORDS}spreadsheetml/2006/main"><sheetData>{rows}'
        "</sheetData></worksheet>"
    )
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": LINKS.replace("worksheets/sheet1.xml", "xl/workbook.xml").replace(
                "/worksheet", "/officeDocument"
            ),
            "xl/workbook.xml": BOOK,
            "xl/_rels/workbook.xml.rels": LINKS,
            "xl/worksheets/sheet1.xml": sheet,
            **more,
        },
        packed,
    )


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def xml_rows(rows: Rows) -> str:
    """Rows of texts as a sheet's XML; a cell that begins with < is XML already."""
    made = []
    for number, row in enumerate(rows, 1):
        cells = [
            text if str(text).startswith("<") else cell(f"{chr(65 + at)}{number}", str(text))
            for at, text in enumerate(row)
        ]
        made.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(made)


def ods(rows: Rows, row_tag: str = "<table:table-row>", tail: str = "") -> bytes:
    """A table of texts; `tail` is XML behind its last row."""
    body = "".join(row_tag + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows)
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content{names}><office:body><office:spreadsheet>"
            f'<table:table table:name="表一">{body}{tail}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def _ods_cell(text: Any) -> str:
    said = f"<text:p>{escape(str(text))}</text:p>"
    return f'<table:table-cell office:value-type="string">{said}</table:table-cell>'


def xls(rows: Rows, hidden: Sequence[int] = (), first: bytes = b"", size: int = 0) -> bytes:
    """An .xls (BIFF8) of texts and numbers; `hidden` are rows counted from 0, `first` is a record
    put before all others, `size` the number of rows that it claims to have."""
    cells = b"".join(
        _biff_cell(at, column, value)
        for at, row in enumerate(rows)
        for column, value in enumerate(row)
    )
    extent = struct.pack("<IIHHH", 0, size or len(rows), 0, max(map(len, rows)), 0)
    lines = b"".join(
        _record(0x0208, struct.pack("<HHHHHHI", row, 0, 9, 255, 0, 0, 0x20)) for row in hidden
    )
    page = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    page += _record(0x0200, extent) + lines + cells + _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + first
    name = "表一".encode("utf-16-le")
    length = len(start) + 4 + 8 + len(name) + 4
    sheet = struct.pack("<IBBBB", length, 0, 0, len(name) // 2, 1) + name
    return ole({"Workbook": start + _record(0x0085, sheet) + _record(0x000A, b"") + page})


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff_cell(row: int, column: int, value: Any) -> bytes:
    if isinstance(value, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    text = str(value).encode("utf-16-le")
    said = struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text
    return _record(0x0204, said) if text else b""


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file; every stream is padded so that none is kept in small pieces."""
    names = list(streams)
    chains, body, at = [], b"", 2
    for name in names:
        data = streams[name].ljust(4096, b"\x00")
        data += b"\x00" * (-len(data) % 512)
        chains.append((at, len(data)))
        body += data
        at += len(data) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE]
    for start, size in chains:
        table += [*range(start + 1, start + size // 512), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, (name, (start, size)) in enumerate(zip(names, chains, strict=True), 2):
        right = number if number <= len(names) else 0xFFFFFFFF
        entries.append(_entry(name, 2, start, size, right=right))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    return head + struct.pack("<128I", *table) + b"".join(entries).ljust(512, b"\x00") + body


def _entry(
    name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    text = (name + "\x00").encode("utf-16-le")
    return (
        text.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, right, child)
        + b"\x00" * 36
        + struct.pack("<IQ", start, size)
    )
