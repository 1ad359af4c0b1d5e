"""What people write stays what they wrote, wherever Streamlit would read it as Markdown."""

from __future__ import annotations

import pytest

from ui import plain


@pytest.mark.parametrize(
    ("written", "escaped"),
    [
        ("王小明", "王小明"),
        ("20/74（27.0%）", "20/74（27.0%）"),
        ("**粗**", r"\*\*粗\*\*"),
        (":red[红]", r"\:red\[红\]"),
        ("[点我](javascript:alert(1))", r"\[点我\](javascript\:alert(1))"),
        ("$x^2$", r"\$x^2\$"),
        ("<img src=x>", r"\<img src=x\>"),
        ("www.example.cn", r"www\.example.cn"),
        ("一行\n# 两行", r"一行 \# 两行"),
        (r"a\*b", r"a\\\*b"),
    ],
)
def test_signs_of_markdown_are_escaped(written: str, escaped: str) -> None:
    assert plain.text(written) == escaped
