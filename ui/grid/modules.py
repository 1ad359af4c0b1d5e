"""The grid's browser modules: plain files, handed out as one, named by a hash of their content."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import minify

FOLDER = Path(__file__).parent
ENTRY = "mount"
WHOLE = re.compile(r"^import \* as (\w+) from '\./(\w+)\.js';$", re.M)
SINGLE = re.compile(r"^import \{[^}]*\} from '\./(\w+)\.js';$", re.M)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.M)
DEFAULT = re.compile(r"^export default function (\w+)", re.M)
WORDS = re.compile(r"^export const words = \{\n(.*?)\n\};$", re.M | re.S)
WORD = re.compile(r"^  (\w+): ", re.M)
ALONE = r"(?<![\w$'])(?<!(?<!\.\.)\.)"  # no part of a longer name; `...name` is a spread one


def sources(ending: str) -> dict[str, str]:
    """The text of every file with this ending by its name without it."""
    return {one.stem: one.read_text(encoding="utf-8") for one in sorted(FOLDER.glob(f"*.{ending}"))}


def _loose(text: str) -> str:
    """The words, by words$key each: names can be made short, keys can't."""
    text = re.sub(r"(?<![\w$./])words\.(?=\w)", "words$", text)
    for whole in WORDS.finditer(text):
        ended = re.sub(r",(?=\s*(?:^  \w+: |\Z))", ";", whole[1], flags=re.M)
        names = ",".join(f"words${key}" for key in WORD.findall(whole[1]))
        said = WORD.sub(r"words$\1 = ", ended)
        bare = re.search(r"^  \w+[,(]", said, re.M)
        assert not bare, f"each of the words is written as `key: value`, this is not: {bare[0]}"
        text = text.replace(whole[0], f"let {names};\n{said}")
    return text


def packed(modules: dict[str, str]) -> str:
    """All modules as one: thirty small requests would cost more than what is in them.

    A module from which others take single names comes first, its names known to all. Every other
    becomes a function that is called once; what it exports is said as alias$name, so that two
    modules may know each other, as modules may, and names can be made short.
    """
    aliases = {name: alias for text in modules.values() for alias, name in WHOLE.findall(text)}
    plain = {name for text in modules.values() for name in SINGLE.findall(text)}
    assert not plain & set(aliases), "a module is imported either whole or by single names"
    exported = {aliases[name]: EXPORT.findall(modules[name]) for name in aliases}
    names = [f"{alias}${name}" for alias, own in exported.items() for name in own]
    rooms = [_room(modules[name], alias, exported) for name, alias in sorted(aliases.items())]
    (entry,) = DEFAULT.findall(modules[ENTRY])
    parts = [
        *(_body(modules[name], exported) for name in sorted(plain)),
        f"let {','.join(names)};",
        *rooms,
        DEFAULT.sub(r"function \1", _body(modules[ENTRY], exported)),
        f"return {entry};",
    ]
    return "export default (() => {\n" + "\n".join(parts) + "\n})();\n"


def _room(text: str, alias: str, exported: dict[str, list[str]]) -> str:
    given = "\n".join(f"{alias}${name} = {name};" for name in exported[alias])
    return f"(() => {{\n{_body(text, exported)}\n{given}\n}})();"


def _body(text: str, exported: dict[str, list[str]]) -> str:
    """The module with what it takes from others said as alias$name."""
    bare = EXPORT.sub("", SINGLE.sub("", WHOLE.sub("", text)))
    for alias, _ in WHOLE.findall(text):
        own = "|".join(exported[alias])
        bare = re.sub(rf"{ALONE}{alias}\.({own})\b", rf"{alias}$\1", bare)
        left = re.search(rf"^(?!\s*//).*?{ALONE}(?<!-){alias}(?![\w$:'-]).*", bare, re.M)
        assert not left, f"{alias} is the name of a whole module; here it is not: {left[0]}"
    return bare


def _assets() -> dict[str, str]:
    """What browsers are given, by file name: one script, one style sheet."""
    script = minify.string(
        "application/javascript",
        packed({name: _loose(text) for name, text in sources("js").items()}),
    )
    sheets = sources("css").items()
    return {
        f"{ENTRY}.js": script,
        **{f"{name}.css": minify.string("text/css", text) for name, text in sheets},
    }


ASSETS = _assets()
VERSION = hashlib.sha256("".join(f"{k}\0{v}\0" for k, v in ASSETS.items()).encode()).hexdigest()[
    :16
]
# Two lines: Streamlit takes a script of one line for the path of a file.
START = (
    f"const {{default: mount}} = await import(location.origin + '/grid/{VERSION}/{ENTRY}.js');\n"
    "export default mount;\n"
)
