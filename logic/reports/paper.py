"""The house's own template: an official document's page (GB/T 9704) with the tags of a report.

Whoever wants another takes this one, changes it in Word or WPS and gives it back.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE, BODY, HEAD, PART = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
# What stands in where a font is not installed: the reader's Word looks here before it guesses.
INSTEAD = {TITLE: "宋体", BODY: "仿宋", PART: "楷体", HEAD: "SimHei"}
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
LINE, SIZE, SMALL = Pt(28), Pt(16), Pt(12)  # 三号 with 28 points from line to line; 小四 in tables
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def template() -> bytes:
    """The .docx with its tags."""
    document = Document()
    _page(document)
    _styles(document)
    document.add_paragraph("{{ title }}", "公文标题")
    document.add_paragraph("（{{ place }}　{{ period }}）", "公文副标题")
    _block(document, "for section in sections", _section)
    document.add_paragraph("附：指标口径", "公文一级")
    _block(document, "for one in definitions", lambda d: _say(d, "{{ loop.index }}. {{ one }}"))
    document.add_paragraph("{{ signed }}", "公文落款")
    document.add_paragraph("{{ date }}", "公文落款")
    document.add_paragraph("{{ made }}", "公文附注")
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def _section(document: Any) -> None:
    document.add_paragraph("{{ section.number }}、{{ section.heading }}", "公文一级")
    _block(document, "for one in section.sentences", lambda d: _say(d, "{{ one }}"))
    _block(document, "for part in section.parts", _part)
    _block(document, "if section.figures", _figures)
    _block(document, "for table in section.tables", _table)


def _part(document: Any) -> None:
    document.add_paragraph("（{{ part.number }}）{{ part.heading }}", "公文二级")
    _block(document, "for one in part.sentences", lambda d: _say(d, "{{ one }}"))


def _figures(document: Any) -> None:
    """A row a figure: what, n/N with the share, the share as a bar, the day."""
    table = _grid(document, ("指标", "数值", "占比图示", "截至"), (62, 48, 28, 18))
    _row(table, ("{%tr for one in section.figures %}", "", "", ""))
    _row(table, ("{{ one.name }}", "{{ one.text }}", "{{ one.bar }}", "{{ one.day }}"))
    _row(table, ("{%tr endfor %}", "", "", ""))


def _table(document: Any) -> None:
    """As many columns as the list has."""
    document.add_paragraph("{{ table.title }}", "公文表题")
    grid = _grid(document, ("{%tc for one in table.columns %}", "{{ one }}", "{%tc endfor %}"), ())
    _row(grid, ("{%tr for row in table.rows %}", "", ""))
    _row(grid, ("{%tc for one in row %}", "{{ one }}", "{%tc endfor %}"))
    _row(grid, ("{%tr endfor %}", "", ""))


def _block(document: Any, tag: str, inside: Any) -> None:
    document.add_paragraph(f"{{%p {tag} %}}", "公文正文")
    inside(document)
    document.add_paragraph(f"{{%p end{tag.split()[0]} %}}", "公文正文")


def _say(document: Any, words: str) -> None:
    document.add_paragraph(words, "公文正文")


def _grid(document: Any, head: tuple[str, ...], widths: tuple[int, ...]) -> Any:
    table = document.add_table(0, len(head), "Table Grid")
    _row(table, head)
    for column, width in zip(table.columns, widths, strict=False):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _row(table: Any, texts: tuple[str, ...]) -> None:
    cells = table.add_row().cells
    for cell, words in zip(cells, texts, strict=True):
        cell.paragraphs[0].style = "公文表格"
        cell.paragraphs[0].text = words


def _page(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for name, width in MARGINS.items():
        setattr(page, name, Mm(width))
    foot = page.footer.paragraphs[0]
    foot.alignment = CENTRE
    foot.add_run("— ")
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        foot.add_run()._r.append(_code(kind, words))
    foot.add_run(" —")
    for run in foot.runs:
        run.font.size = Pt(14)


def _code(kind: str, words: str) -> Any:
    """A part of a field that Word fills in."""
    part = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        part.set(qn("w:fldCharType"), kind)
    part.text = words
    return part


def _styles(document: Any) -> None:
    for name, font, size, align, indent in (
        ("公文标题", TITLE, Pt(22), CENTRE, 0),
        ("公文副标题", PART, SIZE, CENTRE, 0),
        ("公文一级", HEAD, SIZE, None, 2),
        ("公文二级", PART, SIZE, None, 2),
        ("公文正文", BODY, SIZE, None, 2),
        ("公文表题", HEAD, Pt(14), CENTRE, 0),
        ("公文表格", BODY, SMALL, None, 0),
        ("公文落款", BODY, SIZE, RIGHT, 0),
        ("公文附注", BODY, SMALL, None, 0),
    ):
        style = document.styles.add_style(name, 1)
        _font(style, font, size)
        spacing = style.paragraph_format
        spacing.alignment = align
        spacing.first_line_indent = size * indent
        spacing.space_before = spacing.space_after = Pt(0)
        if name != "公文表格":
            spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    _instead(document)


def _font(style: Any, name: str, size: Any) -> None:
    style.font.name, style.font.size = name, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), name)


def _instead(document: Any) -> None:
    """Names in the document's table of fonts what may stand in for each."""
    part = next(p for p in document.part.package.iter_parts() if "fontTable" in str(p.partname))
    said = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in INSTEAD.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", said.encode() + b"</w:fonts>")
