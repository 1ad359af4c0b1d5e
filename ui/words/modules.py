"""The browser's part: one script with its strings, under a path that names its content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

FOLDER = Path(__file__).parent
STRINGS = json.loads((FOLDER / "strings.json").read_text(encoding="utf-8"))
CODE = (FOLDER / "words.js").read_text(encoding="utf-8")

# One file: a second request for the strings would let English be seen meanwhile.
ASSETS = {"words.js": f"{CODE}\nstart({json.dumps(STRINGS, ensure_ascii=False)});\n"}
VERSION = hashlib.sha256(ASSETS["words.js"].encode()).hexdigest()[:16]
# Two lines: Streamlit takes a script of one line for the path of a file.
START = f"import(location.origin + '/words/{VERSION}/words.js');\nexport default () => {{}};\n"
