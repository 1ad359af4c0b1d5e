"""The grid's browser modules: plain files, handed out as one, named by a hash of their content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import minify

from ui.grid import packing

FOLDER = Path(__file__).parent
ENTRY = "mount"


def sources(ending: str) -> dict[str, str]:
    """The text of every file with this ending by its name without it."""
    return {one.stem: one.read_text(encoding="utf-8") for one in sorted(FOLDER.glob(f"*.{ending}"))}


def _assets() -> dict[str, str]:
    """What browsers are given, by file name: one script, its style sheet within."""
    sheets = {name: minify.string("text/css", text) for name, text in sources("css").items()}
    told = {name: json.dumps(sheet, ensure_ascii=False) for name, sheet in sheets.items()}
    styles = {name: f"export const css = {text};\n" for name, text in told.items()}
    script = packing.joined(sources("js") | styles, ENTRY)
    return {f"{ENTRY}.js": minify.string("application/javascript", script)}


ASSETS = _assets()
VERSION = hashlib.sha256("".join(f"{k}\0{v}\0" for k, v in ASSETS.items()).encode()).hexdigest()[
    :16
]
# Two lines: Streamlit takes a script of one line for the path of a file.
START = (
    f"const {{default: mount}} = await import(location.origin + '/grid/{VERSION}/{ENTRY}.js');\n"
    "export default mount;\n"
)
