"""What runs in the browser on every page, under paths that name their content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

FOLDER = Path(__file__).parent
STRINGS = json.loads((FOLDER / "words" / "strings.json").read_text(encoding="utf-8"))
NAME, LANG = STRINGS["name"], STRINGS["lang"]


def _words() -> str:
    """One file: while the strings came by a second request, English would be seen."""
    code = (FOLDER / "words" / "words.js").read_text(encoding="utf-8")
    return f"{code}\nstart({json.dumps(STRINGS, ensure_ascii=False)});\n"


ASSETS = {"words.js": _words(), "paper.js": (FOLDER / "paper.js").read_text(encoding="utf-8")}
VERSION = hashlib.sha256("\0".join(ASSETS.values()).encode()).hexdigest()[:16]
TAGS = "".join(
    f'<script type="module" src="/scripts/{VERSION}/{name}"></script>' for name in ASSETS
)
