"""The grid's browser modules: plain files, handed out as one, named by a hash of their content."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parent
ENTRY = "mount.js"
WHOLE = re.compile(r"^import \* as (\w+) from '\./(\w+)\.js';$", re.M)
SINGLE = re.compile(r"^import \{[^}]*\} from '\./(\w+)\.js';$", re.M)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.M)
DEFAULT = re.compile(r"^export default function (\w+)", re.M)
KEPT = (  # what a script says as it stands: texts, templates, regular expressions
    r"'(?:\\.|[^'\\\n])*'",
    r'"(?:\\.|[^"\\\n])*"',
    r"`(?:\\.|[^`\\])*`",
    r"(?<=[(=,:!&|?] |.[(=,:!&|?])/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/[a-z]*",
)
SAID = r"\bconst\b|//[^\n]*|/\*.*?\*/|;(?=\s*\})|\s+"  # what can be said more shortly or not at all
TOKEN = re.compile(f"(?P<kept>{'|'.join(KEPT)})|{SAID}", re.S)


def sources() -> dict[str, str]:
    """The text of every module and style sheet by its file name."""
    files = sorted([*FOLDER.glob("*.js"), *FOLDER.glob("*.css")])
    return {path.name: path.read_text(encoding="utf-8") for path in files}


def slim(script: str) -> str:
    """The same code without comments and without space that says nothing."""
    return re.sub(r"\n+", "\n", TOKEN.sub(_token, script)).strip()


def _token(found: re.Match[str]) -> str:
    text, script = found[0], found.string
    if found["kept"]:
        assert text[0] != "`" or text.count("${") <= text.count("}"), f"a template in one: {text}"
        return text
    if not text.isspace():
        return "let" if text == "const" else ""
    before, after = script[found.start() - 1], script[found.end() : found.end() + 1]
    if "\n" in text:
        return "" if before in "{,;([=>&|?:" or after in ")}].,?:&|" else "\n"
    words = (before.isalnum() or before in "_$") and (after.isalnum() or after in "_$")
    return " " if words or before == after else ""


def packed(files: dict[str, str]) -> str:
    """All modules as one: thirty small requests would cost more than what is in them.

    A module from which others take single names comes first and keeps them at the top. Every
    other becomes a block, and what it exports goes into an object of the name by which the
    others import it: so two modules may know each other, as modules may.
    """
    modules = {name[:-3]: text for name, text in files.items() if name.endswith(".js")}
    named = {module: alias for text in modules.values() for alias, module in WHOLE.findall(text)}
    plain = {module for text in modules.values() for module in SINGLE.findall(text)}
    assert not plain & set(named), "a module is imported either whole or by single names"
    texts = {name: SINGLE.sub("", WHOLE.sub("", text)) for name, text in modules.items()}
    top = [slim(EXPORT.sub("", texts[name])) for name in sorted(plain)]
    rooms = ",".join(f"{alias}={{}}" for alias in sorted(named.values()))
    blocks = [_block(texts[name], alias) for name, alias in sorted(named.items())]
    return "\n".join([*top, f"const {rooms};", *blocks, _entry(texts[ENTRY[:-3]])])


def _block(text: str, alias: str) -> str:
    exported = EXPORT.findall(text)
    taken = re.search(
        rf"^(?:export )?(?:async )?(?:const|let|function|class) {alias}\b", text, re.M
    )
    assert not taken, f"{alias} is the name of a whole module, here it means something else"
    return f"{{\n{slim(EXPORT.sub('', text))}\nObject.assign({alias},{{{','.join(exported)}}})}}"


def _entry(text: str) -> str:
    (name,) = DEFAULT.findall(text)
    body = slim(DEFAULT.sub(f"function {name}", text))
    return f"let entry;{{\n{body}\nentry={name}}}\nexport default entry;\n"


def _assets() -> dict[str, str]:
    """What browsers are given, by file name: one script, one style sheet."""
    files = sources()
    sheets = {name: _slim_sheet(text) for name, text in files.items() if name.endswith(".css")}
    return {ENTRY: packed(files), **sheets}


def _slim_sheet(text: str) -> str:
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\s*([{};,])\s*", r"\1", bare).strip()


ASSETS = _assets()
VERSION = hashlib.sha256("".join(f"{k}\0{v}\0" for k, v in ASSETS.items()).encode()).hexdigest()[
    :16
]
# Two lines: Streamlit takes a script of one line for the path of a file.
START = (
    f"const {{default: mount}} = await import(location.origin + '/grid/{VERSION}/{ENTRY}');\n"
    "export default mount;\n"
)
