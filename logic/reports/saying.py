"""A report as data: sections with sentences, figures (n/N, day, definition) and lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from logic import figures

TINY = 10  # of fewer a percentage would make a leap of one more or less
CHINESE = "〇一二三四五六七八九十"


@dataclass(frozen=True)
class Figure:
    """One figure: `of` whom or what it speaks, n of N (N None: a bare count), in `unit`, on `day`.

    n is None where too few stand behind it to show; `definition` says what is counted.
    """

    label: str
    n: float | None
    N: float | None = None
    of: str = ""
    unit: str = ""
    day: str = ""
    definition: str = ""

    @property
    def name(self) -> str:
        return f"{self.label}（{self.of}）" if self.of else self.label

    @property
    def share(self) -> float | None:
        """0 to 1; None where there is nothing to divide."""
        return None if self.n is None or not self.N else self.n / self.N

    @property
    def text(self) -> str:
        """20/74（27.0%）, 7,421 人, — or what hides a small one."""
        if self.N is None:
            return figures.NONE if self.n is None else f"{_number(self.n)} {self.unit}".rstrip()
        if self.n is None:
            return figures.of(None, int(self.N))
        if not self.N:
            return figures.NONE
        written = f"{_number(self.n)}/{_number(self.N)}"
        return written if self.N < TINY else f"{written}（{figures.share(self.n, self.N)}）"


@dataclass(frozen=True)
class Listing:
    """A table. `short`: also on paper; others only in the workbook, where there is room."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    short: bool = False


@dataclass(frozen=True)
class Part:
    """（一）: a heading below a section's, with its sentences."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """一、: a heading and what stands under it."""

    heading: str
    sentences: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    figures: tuple[Figure, ...] = ()
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report; `day` is the last day that it speaks of, `made` when, by whom and why."""

    title: str
    place: str
    period: str
    day: str
    made: str
    sections: tuple[Section, ...]
    sample: bool = False

    @property
    def filename(self) -> str:
        return f"{self.title}-{self.day}"

    def definitions(self) -> Iterator[str]:
        """What each kind of figure counts, once."""
        said = {
            one.label: one.definition
            for section in self.sections
            for one in section.figures
            if one.definition
        }
        return (f"{label}：{definition}。" for label, definition in said.items())


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二; up to 99."""
    tens, ones = divmod(number, 10)
    start = f"{CHINESE[tens] if tens > 1 else ''}十" if tens else ""
    return start + (CHINESE[ones] if ones or not tens else "")


def long_day(day: str) -> str:
    """2026-11-30 → 2026年11月30日."""
    year, month, date = day.split("-")
    return f"{year}年{int(month)}月{int(date)}日"
