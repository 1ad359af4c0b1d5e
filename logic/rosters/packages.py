"""A zip's members unpacked with care: none larger than it says, all together not too large."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from logic.rosters.sheets import Unreadable

MOST_UNPACKED = 300 * 2**20
MOST_MEMBERS = 5_000
RATIO, SMALL = 250, 8 * 2**20  # rosters shrink to a tenth or a thirtieth, bombs to a thousandth
HALF = "文件不完整，可能只下载了一半，请重新下载或重新保存后再上传"
BOMB = "文件解压后大得不正常，可能是恶意文件，没有读取"
LOCKED = "文件设了打开密码，请先在 WPS 或 Excel 里去掉密码，再上传"


class Package:
    """A zip file held in memory. Names are as written by whatever made it, GBK included."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as opened:
                members = [one for one in opened.infolist() if not one.is_dir()]
        except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError):
            raise Unreadable(HALF) from None
        _refuse_bombs(members)
        self._members = {_name(one): one for one in members}

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def read(self, name: str) -> bytes:
        """A member whole. Inflated by hand: zipfile stops where a lying header says, and whoever
        unpacks the same file next would not."""
        member = self._members[name]
        packed = self._packed(member)
        try:
            if member.compress_type == zipfile.ZIP_DEFLATED:
                unpacked = zlib.decompressobj(-15).decompress(packed, member.file_size + 1)
            else:
                unpacked = packed
        except zlib.error:
            raise Unreadable(HALF) from None
        if len(unpacked) > member.file_size:
            raise Unreadable(BOMB)
        if len(unpacked) < member.file_size or zlib.crc32(unpacked) != member.CRC:
            raise Unreadable(HALF)
        return unpacked

    def _packed(self, member: zipfile.ZipInfo) -> bytes:
        at = member.header_offset
        head = self._data[at : at + 30]
        if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
            raise Unreadable(HALF)
        start = at + 30 + sum(struct.unpack("<HH", head[26:30]))
        return self._data[start : start + member.compress_size]


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise Unreadable(BOMB)
    for one in members:
        if one.file_size > SMALL and one.file_size > RATIO * max(one.compress_size, 1):
            raise Unreadable(BOMB)
        if one.flag_bits & 1:
            raise Unreadable(LOCKED)
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("压缩包用了少见的压缩方式，请用 WPS 另存为 .xlsx，或重新压缩成 .zip")


def _name(member: zipfile.ZipInfo) -> str:
    """Zips made on Chinese Windows hold GBK names that zipfile takes for cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
