"""The sheets of a book with what each seems to be, for somebody to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.registers import BY_NAME
from logic.books import carrying
from logic.rosters import heading, mapping, tables
from logic.rosters.mapping import FIELD, Mapping
from logic.rosters.marking import LISTING
from logic.rosters.sheets import Book, Sheet, Unreadable
from logic.rosters.tables import Table

TAKEN = (
    "residents", "volunteers", "memberships", "pairings", "team_members", "households", "teams",
)  # fmt: skip
CARRIED = "这是从这里带出的离线工作簿，请在“离线工作簿”页面带回"
LOOKED_AT = 50  # rows are enough to tell a register by
TELLING = {  # columns that only one register has
    "memberships": {"group_id.name"},
    "pairings": {"volunteer_id.name"},
    "team_members": {"team_id.name"},
    "households": {"number"},
    "teams": {"founded_on", "kind"},
    "volunteers": {"skills", "registered_on"},
    "residents": {"relation", "household_id.head", "registered_at"},
}


@dataclass(frozen=True)
class Offer:
    """One sheet: its table and likeliest register, or the sentence why it has none."""

    title: str
    hidden: bool
    table: Table | None = None
    register: str = ""
    reason: str = ""

    @property
    def rows(self) -> int:
        return len(self.table.rows) if self.table else 0


def offers(book: Book) -> list[Offer]:
    """One for each sheet, in the file's order."""
    return [_offer(sheet, found) for sheet, found in _tables(book)]


def _offer(sheet: Sheet, found: Table | Unreadable) -> Offer:
    if isinstance(found, Unreadable):
        return Offer(sheet.title, sheet.hidden, reason=str(found))
    return Offer(sheet.title, sheet.hidden, found, *likeliest(found))


def _tables(book: Book) -> list[tuple[Sheet, Table | Unreadable]]:
    """Each sheet with its table, or why it has none; our own list of problems is no roster.

    Raises Unreadable for a workbook that was carried out: its rows know what they are.
    """
    if any(sheet.title == carrying.BASE for sheet in book.sheets):
        raise Unreadable(CARRIED)
    found: list[tuple[Sheet, Table | Unreadable]] = []
    for sheet in [one for one in book.sheets if one.title != LISTING] or book.sheets:
        try:
            found.append((sheet, tables.table(sheet, heading.find(sheet))))
        except Unreadable as reason:
            found.append((sheet, reason))
    return found


def single(book: Book) -> Table:
    """The one table of a book; raises Unreadable where there is none, or more than one."""
    made = _tables(book)
    found = [one for _, one in made if isinstance(one, Table)]
    if len(found) > 1:
        names = "、".join(f"“{one.sheet.title}”" for one in found[:5])
        raise Unreadable(f"文件里有 {len(found)} 个表（{names}），请选定导入哪一个")
    for _, reason in made if not found else ():
        raise Unreadable(str(reason))
    return found[0]


def likeliest(table: Table) -> tuple[str, str]:
    """The register whose fields a table fits best ("" where none does), and why."""
    title = "".join(table.sheet.title.split()) + "".join(table.sheet.rows[0][:3])
    part = replace(table, rows=table.rows[:LOOKED_AT], numbers=table.numbers[:LOOKED_AT])
    guesses = [mapping.guess(part, name) for name in TAKEN]
    fit, at = max((_fit(made, title), -at) for at, made in enumerate(guesses))
    if fit < 1:
        return "", "看不出是哪种台账，请自己选定"
    made, name = guesses[-at], TAKEN[-at]
    known = [one.column.label for one in made.choices if one.way == FIELD]
    label = BY_NAME[name].about.label
    said = "、".join(known[:4])
    return name, f"像“{label}”台账：有{said}等列，{len(table.rows)} 行"


def _fit(made: Mapping, title: str) -> float:
    """The sum of how sure each column is; columns of one register alone and the title count more,
    what a register cannot do without and does not get counts against it."""
    used = {one.target: one.confidence for one in made.choices if one.way == FIELD}
    telling = used.keys() & TELLING[made.register]
    named = BY_NAME[made.register].about.label in title
    return sum(used.values()) + len(telling) + named - 3 * len(made.missing)
