"""The grid's browser modules: plain files, handed out as one, named by a hash of their content."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parent
ENTRY = "mount.js"
IMPORT = re.compile(r"^import (?:\* as (\w+)|(\{[^}]*\})) from '\./(\w+)\.js';$", re.M)
EXPORT = re.compile(r"^export (?:async )?(?:function|const|class) (\w+)", re.M)
DEFAULT = re.compile(r"^export default (?=function (\w+))", re.M)
NAMED = re.compile(r"^import \{[^}]*\} from '\./(\w+)\.js';$", re.M)
KEPT = (  # what a script says as it stands: texts, templates, regular expressions
    r"'(?:\\.|[^'\\\n])*'",
    r'"(?:\\.|[^"\\\n])*"',
    r"`(?:\\.|[^`\\])*`",
    r"(?<=[(=,:!&|?] |.[(=,:!&|?])/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/[a-z]*",
)
TOKEN = re.compile(rf"(?P<kept>{'|'.join(KEPT)})|//[^\n]*|/\*.*?\*/|\s+", re.S)


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
        return ""
    before, after = script[found.start() - 1], script[found.end() : found.end() + 1]
    if "\n" in text:
        return "" if before in "{,;([=>&|?:" or after in ")}].,?:&|" else "\n"
    words = (before.isalnum() or before in "_$") and (after.isalnum() or after in "_$")
    return " " if words or before == after else ""


def packed(files: dict[str, str]) -> str:
    """All modules as one: thirty small requests would cost more than what is in them.

    Each module becomes a block with its own names; what it exports goes into an object that
    `import * as` names, so modules may know each other both ways, as modules may.
    """
    modules = {name[:-3]: text for name, text in files.items() if name.endswith(".js")}
    order: list[str] = []
    for name in sorted(modules):
        _visit(name, modules, order)
    rooms = ",".join(f"{name}:{{}}" for name in order)
    blocks = "\n".join(_block(name, modules[name]) for name in order)
    return f"const M={{{rooms}}};\n{blocks}\nexport default M.{ENTRY[:-3]}.default;\n"


def _visit(name: str, modules: dict[str, str], order: list[str]) -> None:
    """After those from which it takes single names: they must exist when it begins."""
    if name in order:
        return
    for needed in NAMED.findall(modules[name]):
        _visit(needed, modules, order)
    order.append(name)


def _block(name: str, text: str) -> str:
    exported = EXPORT.findall(text) + [f"default:{one}" for one in DEFAULT.findall(text)]
    body = IMPORT.sub(lambda found: f"const {found[1] or found[2]}=M.{found[3]};", text)
    body = DEFAULT.sub("", body)
    body = re.sub(r"^export ", "", body, flags=re.M)
    return f"{{\n{slim(body)}\nObject.assign(M.{name},{{{','.join(exported)}}});\n}}"


def _assets() -> dict[str, str]:
    """What browsers are given, by file name: one script, one style sheet."""
    files = sources()
    sheets = {name: _slim_sheet(text) for name, text in files.items() if name.endswith(".css")}
    return {ENTRY: packed(files), **sheets}


def _slim_sheet(text: str) -> str:
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\s*([{};,])\s*", r"\1", bare).strip()


ASSETS = _assets()
VERSION = hashlib.sha256("".join(f"{k}\0{v}\0" for k, v in ASSETS.items()).encode()).hexdigest()[:16]
# Two lines: Streamlit takes a script of one line for the path of a file.
START = (
    f"const {{default: mount}} = await import(location.origin + '/grid/{VERSION}/{ENTRY}');\n"
    "export default mount;\n"
)
