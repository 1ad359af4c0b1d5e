"""The documentation as tests look at it: files, links, code blocks, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
README, CHANGELOG = HOME / "README.md", HOME / "CHANGELOG.md"
DOCS = HOME / "docs"
HANDBOOK, RECIPES, GLOSSARY = (DOCS / f"{name}.md" for name in ("handbook", "recipes", "glossary"))
DECISIONS = tuple(sorted((DOCS / "decisions").glob("*.md")))
FILES = (README, CHANGELOG, *sorted(DOCS.glob("*.md")), *DECISIONS)

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
SPAN = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block without its indentation; `then` is the JSON that stands right after it."""

    file: Path
    line: int
    language: str
    text: str
    then: str = ""

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}"


def text(file: Path) -> str:
    """The file as it stands."""
    return file.read_text(encoding="utf-8")


def prose(file: Path) -> str:
    """The file without its code blocks."""
    return FENCE.sub("", text(file))


def blocks(file: Path, language: str = "") -> list[Block]:
    """The fenced blocks of a file, those in one language or all."""
    whole = text(file)
    matches = [*FENCE.finditer(whole), None]
    found = []
    for match, following in pairwise(matches):
        assert match
        near = following and not whole[match.end() : following.start()].strip()
        then = _plain(following) if following and near and following[2] == "json" else ""
        line = whole.count("\n", 0, match.start()) + 1
        found.append(Block(file, line, match[2], _plain(match), then))
    return [one for one in found if language in ("", one.language)]


def _plain(match: re.Match[str]) -> str:
    return re.sub(rf"^{match[1]}", "", match[3], flags=re.M)


def links(file: Path) -> list[str]:
    """The targets of all links and pictures."""
    return [target or picture for target, picture in LINK.findall(prose(file))]


def anchors(file: Path) -> set[str]:
    """The names by which the headings of a file are reached, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", prose(file), re.M)
    return {re.sub(r"[^\w\- ]", "", one).strip().lower().replace(" ", "-") for one in headings}


def spans(file: Path) -> list[str]:
    """What stands between backticks in the prose."""
    return SPAN.findall(prose(file))


def table(file: Path, heading: str) -> list[list[str]]:
    """The rows of the first table after the place where `heading` stands, its head first."""
    after = text(file).partition(heading)[2]
    found = re.search(r"(?:^\|.*\|\n)+", after, re.M)
    assert found, heading
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in found[0].splitlines()]
    return [rows[0], *rows[2:]]
