"""The grid's modules are joined as browsers would take them, or not at all."""

from __future__ import annotations

import pytest

from ui.grid import naming, packing

START = "import * as other from './other.js';\nexport default function start({ a }) { %s }\n"


def packed(said: str, other: str) -> str:
    """Two modules as one, without line breaks."""
    joined = packing.joined({"start": START % said, "other": other}, "start")
    return " ".join(joined.split())


def test_names_of_modules_are_told_apart_and_others_are_left_alone() -> None:
    found = packed(
        "const start = { a, b: other.a, other: 1 }; return `${other.a(start.a)}`;",
        "import * as first from './start.js';\nexport const a = () => first.default;\n"
        .replace("first.default", "b({ a })")
        + "function b({ a: { b } }) { return /b.a/.test('b.a') ? b : a; }\n",
    )  # fmt: skip
    assert found == (
        "export default (() => { let other$a = () => other$b({ a: other$a }); "
        "let other$b = ({ a: { b: other$b } }) => "
        "{ return /b.a/.test('b.a') ? other$b : other$a; }; "
        "let start$start = ({ a }) => { let start$start = { a, b: other$a, other: 1 }; "
        "return `${other$a(start$start.a)}`; }; return start$start; })();"
    )


def test_what_is_said_once_stands_where_it_is_used() -> None:
    found = packed(
        "return [other.word, other.many, other.many, other.few, other.few];",
        "export const word = '词';\nexport const many = 12345; // ms\nexport const few = 12;\n",
    )
    assert "let other$many = 12345; // ms let start$start =" in found
    assert "return ['词', other$many, other$many, 12, 12];" in found
    assert "other$word" not in found
    assert "other$few" not in found


def test_what_only_the_modules_say_is_said_in_a_sign() -> None:
    """`a` is taken already; texts, and names of other things, stay what they are."""
    assert naming.shortened(
        "const all = { store, of: box.store, a: 'store' }; // 词\n"
        "async function act({ store: { holes = 1, top } }, store) {\n"
        "  for (const one of store) one.top(`${store.store}.store`);\n}\n"
    ) == (
        "let all = { b: store, of: box.b, a: 'store' }; // 词\n"
        "let act = async ({ b: { c: holes = 1, top } }, store) => {\n"
        "  for (let one of store) one.top(`${store.b}.store`);\n};\n"
    )


def test_a_style_sheet_comes_last() -> None:
    start = "import { css } from './grid.css';\nexport default function start() { return css; }\n"
    joined = packing.joined({"start": start, "grid": 'export const css = ".a{}";\n'}, "start")
    assert "return grid$css; };" in joined
    assert joined.index("start$start =") < joined.index('let grid$css = ".a{}"')


@pytest.mark.parametrize(
    ("said", "other", "why"),
    [
        ("return other.b;", "export const a = 1;", "takes b, other.js has none"),
        ("return other;", "export const a = 1;", "other is a whole module"),
        ("return 1 +;", "export const a = 1;", "start.js cannot be read"),
        ("return 1;", "import a from './start.js';", "takes in a way that is not known here"),
        ("return 1;", "const a = 1;\nexport { a };", "gives what it does not declare"),
    ],
)
def test_what_would_fail_in_a_browser_fails_at_the_start(said: str, other: str, why: str) -> None:
    with pytest.raises(AssertionError, match=why):
        packed(said, other)
