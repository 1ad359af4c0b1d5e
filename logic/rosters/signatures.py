"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

from logic.rosters.sheets import Unreadable

ZIP, OLE, TEXT = "zip", "ole", "text"
PICTURE = "这是一张图片，只是名字像表格，请换成真正的表格文件（.xlsx、.xls、.csv）"
ARCHIVE = "这是 .rar 或 .7z 压缩包，请先解压，或改成 .zip 再上传"
WEB = "这是网页，只是名字像表格：请用 WPS 或 Excel 打开，另存为 .xlsx 再上传"
OTHER = "这不是表格，请上传 .xlsx、.xls、.ods、.csv 或 .zip 文件"
STRANGERS = (
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"%PDF", "这是 PDF 文件，读不出表格，请向对方要原来的 Excel 或 WPS 表格"),
    (b"{\\rtf", OTHER),
    (b"MZ", OTHER),
    (b"\x7fELF", OTHER),
    (b"SQLite format 3", OTHER),
)
MARKUP = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|meta|head)", re.I)


def kind(data: bytes) -> str:
    """zip, ole or text; raises Unreadable for what can be no table."""
    if not data.strip():
        raise Unreadable("文件是空的，里面什么也没有")
    if data.startswith(b"PK"):
        return ZIP
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return OLE
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise Unreadable(PICTURE)
    for start, sentence in STRANGERS:
        if data.startswith(start) and (len(start) > 2 or b"\x00" in data[:64]):
            raise Unreadable(sentence)
    if MARKUP.match(data[:512]):
        raise Unreadable(WEB)
    return TEXT
