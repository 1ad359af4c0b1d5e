"""Short names for what only our own modules say, and a brief way to say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from string import ascii_letters

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

PARSER = Parser(Language(tree_sitter_javascript.language()))
PROPERTY = "property_identifier"
SHORTHAND = ("shorthand_property_identifier", "shorthand_property_identifier_pattern")
Edit = tuple[int, int, str]  # start, end, what stands there instead

# Properties of the modules' own things: no browser and no answer of the server has them, nothing
# that is kept in the browser does, and no text names them (tests/browser/test_grid_names.py).
NAMES = """
about absorb acked added anew asking asOf bar blank box busy calendar changed chips chosen
composing corner cut digits dirty dragging drawn endCol endId endRow entered fading failure
failures feed fetching filters finger flashes flying frozen gesture goto handle header heads
heard held holes home homes layout leaving lefts listeners live lost most moved news node
nodes note notices off opening packs pages pane panel pen people place problems quiet redo
resting roomy say seats selection server shelf sized slate slept sore sortBy spare stage
store tabs tail tall tapped ticked timer told undo upon usual whole why wish word
"""
OURS = frozenset(NAMES.split())


def shortened(text: str) -> str:
    """The same statements: short names for OURS, arrows for functions, `let` for `const`."""
    whole = text.encode()
    root = PARSER.parse(whole).root_node
    said = Counter(text_of(node) for node in _each(root) if node.type in (PROPERTY, *SHORTHAND))
    free = ("".join(signs) for n in (1, 2) for signs in product(ascii_letters, repeat=n))
    free = (name for name in free if name not in said)
    short = {name: next(free) for name, _ in said.most_common() if name in OURS}
    edits = [edit for node in _each(root) for edit in _edits(node, short)]
    edits += [edit for node in root.children for edit in _arrow(node)]
    return _changed(whole, edits)


def _each(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _each(child)


def _edits(node: Node, short: dict[str, str]) -> Iterator[Edit]:
    name = short.get(text_of(node)) if node.type in (PROPERTY, *SHORTHAND) else None
    if name:
        said = f"{name}: {text_of(node)}" if node.type in SHORTHAND else name
        yield node.start_byte, node.end_byte, said
    elif node.type == "const":
        yield node.start_byte, node.end_byte, "let"


def _arrow(node: Node) -> Iterator[Edit]:
    """A function among the statements; nothing runs before all of them are there."""
    if node.type != "function_declaration":
        return
    name, given, body = (part(node, one) for one in ("name", "parameters", "body"))
    again = "async " if text_of(node).startswith("async") else ""
    yield node.start_byte, given.start_byte, f"let {text_of(name)} = {again}"
    yield given.end_byte, body.start_byte, " => "
    yield node.end_byte, node.end_byte, ";"


def _changed(text: bytes, edits: list[Edit]) -> str:
    out, at = [], 0
    for start, end, said in sorted(edits):
        out += [text[at:start].decode(), said]
        at = end
    return "".join([*out, text[at:].decode()])


def part(node: Node, name: str) -> Node:
    """A part that every node of its type has."""
    found = node.child_by_field_name(name)
    assert found, f"{node.type} without {name}: {text_of(node)}"
    return found


def text_of(node: Node) -> str:
    """What it says in the file."""
    return (node.text or b"").decode()
