"""Text as it stands: Streamlit reads Markdown, people write names and remarks."""

from __future__ import annotations

import re

MEANT = re.compile(r"([\\`*_{}\[\]#|<>$:~&])|(?<=www)(\.)", re.IGNORECASE)


def text(words: object) -> str:
    """The words on one line, every sign escaped that Markdown would read as its own."""
    return MEANT.sub(r"\\\g<0>", " ".join(str(words).split()))
