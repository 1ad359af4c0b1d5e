"""The grid's modules joined into one script, in which each name is said at length but once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tree_sitter import Node

from ui.grid import naming
from ui.grid.naming import PARSER, SHORTHAND, part, text_of

IMPORT = re.compile(r"import (?:\* as (\w+)|\{ ([\w, ]+) \}) from '\./(\w+)\.(?:js|css)';")
NAME = re.compile(r"\w+\$\w+")
PLAIN = re.compile(r"^const (\w+\$\w+) = (-?[\d.e]+|'[^'\\]*');.*\n", re.M)
BRIEF = 4  # signs of a number that may be said more than once


@dataclass
class Module:
    """A file: what it takes from others, what it gives them, what its names are in the whole."""

    name: str
    root: Node
    whole: dict[str, str] = field(default_factory=dict)  # alias → module
    known: dict[str, str] = field(default_factory=dict)  # name → <module>$<name>
    given: dict[str, str] = field(default_factory=dict)  # of them those that are exported


def joined(sources: dict[str, str], entry: str) -> str:
    """All modules as one script, the default export of which is that of the module `entry`.

    What a module names is called <module>$<name>, so that modules may know each other, no two
    names are alike, and all of them can be made short.
    """
    modules = {name: _read(name, text) for name, text in sources.items()}
    # A style sheet comes last: amid the code it would press worse.
    order = sorted(_order(modules, entry, set()), key=lambda one: "css" in one.given)
    bodies = [_body(one, modules) for one in order]
    (start,) = modules[entry].given.values()
    text = naming.shortened(_plainly("".join(bodies)))
    return f"export default (() => {{\n{text}\nreturn {start};\n}})();\n"


def _read(name: str, text: str) -> Module:
    root = PARSER.parse(text.encode()).root_node
    assert not root.has_error, f"{name}.js cannot be read"
    module = Module(name, root)
    for node in root.children:
        if node.type == "import_statement":
            _import(module, text_of(node))
        elif node.type == "export_statement":
            declared = node.child_by_field_name("declaration")
            assert declared, f"{name}.js gives what it does not declare there: {text_of(node)}"
            module.given |= _names(name, declared)
        else:
            module.known |= _names(name, node)
    module.known |= module.given
    return module


def _import(module: Module, said: str) -> None:
    found = IMPORT.fullmatch(said)
    assert found, f"{module.name}.js takes in a way that is not known here: {said}"
    alias, names, other = found.groups()
    if alias:
        module.whole[alias] = other
    else:
        module.known |= {name: f"{other}${name}" for name in names.split(", ")}


def _names(module: str, node: Node) -> dict[str, str]:
    """The names that a statement declares."""
    parts = [one for one in [node, *node.children] if one.child_by_field_name("name")]
    names = [text_of(part(one, "name")) for one in parts]
    return {name: f"{module}${name}" for name in names}


def _order(modules: dict[str, Module], name: str, seen: set[str]) -> Iterator[Module]:
    """As browsers run them: what a module takes from before itself."""
    seen.add(name)
    others = [at.split("$")[0] for at in modules[name].known.values()]
    for other in [*modules[name].whole.values(), *others]:
        if other not in seen:
            yield from _order(modules, other, seen)
    yield modules[name]


def _body(module: Module, modules: dict[str, Module]) -> str:
    text, out, at = module.root.text or b"", [], 0
    for start, end, said in _edits(module, modules, module.root):
        out += [text[at:start].decode(), said]
        at = end
    return "".join([*out, text[at:].decode()])


def _edits(
    module: Module, modules: dict[str, Module], node: Node
) -> Iterator[tuple[int, int, str]]:
    """What is to be written otherwise: (start, end, text) in the order of the text."""
    here, end = node.start_byte, node.end_byte
    if node.type == "import_statement":
        yield here, end, ""
    elif node.type in ("identifier", *SHORTHAND) and text_of(node) in module.known:
        said = module.known[text_of(node)]
        yield here, end, f"{text_of(node)}: {said}" if node.type in SHORTHAND else said
    elif node.type == "member_expression" and text_of(part(node, "object")) in module.whole:
        other, name = (
            modules[module.whole[text_of(node.children[0])]],
            text_of(part(node, "property")),
        )
        assert name in other.given, f"{module.name}.js takes {name}, {other.name}.js has none"
        yield here, end, other.given[name]
    else:
        alone = node.type == "identifier" and text_of(node) in module.whole
        assert not alone, f"{module.name}.js: {text_of(node)} is a whole module, no name"
        if node.type == "export_statement":
            yield here, part(node, "declaration").start_byte, ""
        for child in node.children:
            yield from _edits(module, modules, child)


def _plainly(text: str) -> str:
    """A number or a text with a name that is used but once stands where it is used."""
    uses = Counter(NAME.findall(text))
    found = dict(PLAIN.findall(text))
    loose = {name: said for name, said in found.items() if uses[name] == 2 or len(said) <= BRIEF}
    text = PLAIN.sub(lambda one: "" if one[1] in loose else one[0], text)
    return NAME.sub(lambda one: loose.get(one[0], one[0]), text)
