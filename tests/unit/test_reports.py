"""Reports as files: what they say stands in them, in order, and nothing in it comes alive."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from docx import Document

from db.parsers import Refused
from logic import coverage
from logic.reports import bars, book, paper, periods, saying, sheet, word
from logic.reports.saying import Figure, Listing, Part, Report, Section

EVIL = "=HYPERLINK(1) <b>&{{ 7*7 }}"
FOUND = Figure("结对率", 20, 74, "留守儿童", "", "2026-10-31", "正在结对的占多少")
REPORT = Report(
    "东社区2026年10月工作月报",
    "东社区",
    "2026年10月",
    "2026-10-31",
    "导出：某人，用途：上报",
    (
        Section("基本情况", (f"说明 {EVIL}",), (Part("东片", ("一句。",)),)),
        Section(
            "服务覆盖",
            (),
            (),
            (FOUND, Figure("有社工的社区", 2, 3, "", "", "2026-10-31", "占多少")),
            (
                Listing("在岗社工", ("姓名", "等级"), (("甲", EVIL), ("乙", "无证")), True),
                Listing("未结对·留守儿童", ("姓名",), (("丙",),)),
            ),
        ),
    ),
    sample=True,
)


def read(content: bytes) -> tuple[list[tuple[str, str]], list[list[list[str]]]]:
    """Paragraphs with their styles; tables as texts."""
    document: Any = Document(io.BytesIO(content))
    told = [(one.style.name, one.text) for one in document.paragraphs if one.text]
    return told, [[[c.text for c in row.cells] for row in t.rows] for t in document.tables]


def test_the_document_has_numbered_sections_figures_and_the_lists_that_are_short() -> None:
    told, tables = read(word.file(REPORT))
    assert told == [
        ("公文标题", "东社区2026年10月工作月报"),
        ("公文副标题", "（东社区　2026年10月）"),
        ("公文一级", "一、基本情况"),
        ("公文正文", f"说明 {EVIL}"),
        ("公文二级", "（一）东片"),
        ("公文正文", "一句。"),
        ("公文一级", "二、服务覆盖"),
        ("公文表题", "在岗社工"),
        ("公文一级", "附：指标口径"),
        ("公文正文", "1. 结对率：正在结对的占多少。"),
        ("公文正文", "2. 有社工的社区：占多少。"),
        ("公文落款", "东社区"),
        ("公文落款", "2026年10月31日"),
        ("公文附注", "导出：某人，用途：上报　示例数据，不作上报使用。"),
    ]
    assert tables == [
        [["指标", "数值", "占比图示", "截至"],
         ["结对率（留守儿童）", "20/74（27.0%）", "", "10-31"],
         ["有社工的社区", "2/3", "", "10-31"]],
        [["姓名", "等级"], ["甲", EVIL], ["乙", "无证"]],
    ]  # fmt: skip


def test_the_page_is_an_official_document_s() -> None:
    document: Any = Document(io.BytesIO(word.file(REPORT)))
    page = document.sections[0]
    assert [round(one.mm) for one in (page.page_width, page.page_height)] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    body = document.styles["公文正文"]
    assert (body.font.name, body.font.size.pt) == ("仿宋_GB2312", 16)
    assert body.paragraph_format.first_line_indent.pt == 32
    assert document.styles["公文标题"].font.name == "方正小标宋简体"
    fonts = next(p for p in document.part.package.iter_parts() if "fontTable" in str(p.partname))
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋"' in fonts.blob.decode()
    pictures = [p for p in document.part.package.iter_parts() if "/media/" in str(p.partname)]
    assert len(pictures) == 2


def test_somebody_s_own_template_is_filled_in() -> None:
    own: Any = Document()
    own.add_paragraph("某市民政局文件　{{ title }}　{{ sections[1].figures[0].text }}")
    whole = io.BytesIO()
    own.save(whole)
    word.checked("自己的.docx", whole.getvalue())
    told, _ = read(word.file(REPORT, whole.getvalue()))
    assert told == [("Normal", "某市民政局文件　东社区2026年10月工作月报　20/74（27.0%）")]


def made(words: str) -> bytes:
    own: Any = Document()
    own.add_paragraph(words)
    whole = io.BytesIO()
    own.save(whole)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.doc", b"", "另存为 .docx"),
        ("a.docx", b"x" * (5 * 2**20 + 1), "不能大于 5 MB"),
        ("a.docx", b"not a zip", "文件不完整"),
        ("a.docx", made("{{ title "), "标记有误"),
        ("a.docx", made("{% for one in range(9) %}x{% endfor %}"), "标记有误"),
        ("a.docx", made("{{ title * 999999999 }}"), "标记有误"),
        ("a.docx", made("{{ title|center(999999999) }}"), "标记有误"),
    ],
    ids=["old", "large", "broken", "open", "endless", "huge", "wide"],
)
def test_a_template_that_cannot_be_filled_is_refused(
    name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        word.checked(name, content)


def test_a_template_does_not_get_out_of_what_it_is_given() -> None:
    told, _ = read(word.file(REPORT, made("甲{{ title.__class__.__mro__ }}{{ sections[9].x }}乙")))
    assert told == [("Normal", "甲乙")]


def test_the_house_s_own_template_can_be_taken_changed_and_given_back() -> None:
    word.checked("报告模板.docx", paper.template())


def test_the_workbook_has_figures_a_chart_and_every_list() -> None:
    content = book.file(REPORT)
    read = openpyxl.load_workbook(io.BytesIO(content))
    assert read.sheetnames == ["指标", "在岗社工", "未结对·留守儿童"]
    rows = [[cell.value for cell in row] for row in read["指标"].iter_rows(max_row=3)]
    assert rows[1] == [
        "服务覆盖", "结对率", "留守儿童", 20, 74, "=D2/E2", None, "2026-10-31", "正在结对的占多少",
    ]  # fmt: skip
    cell = read["在岗社工"]["B2"]
    assert (cell.value, cell.data_type) == (EVIL, "s")
    assert "xl/charts/chart1.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_the_page_to_print_escapes_everything() -> None:
    told = sheet.file(REPORT).decode()
    assert "<b>&{{" not in told
    assert "=HYPERLINK(1) &lt;b&gt;&amp;{{ 7*7 }}" in told
    assert "<h2>二、服务覆盖</h2>" in told
    assert 'style="width:27.0%"' in told
    assert "未结对" not in told


def test_figures_in_words() -> None:
    assert Figure("登记居民", 7421, None, "", "人").text == "7,421 人"
    assert Figure("结对率", None, 74).text == "少于 5 的数不显示/74"
    assert Figure("结对率", 0, 0).text == "—"
    assert Figure("拨付率", 1234.5, 10000.0).text == "1,234.50/10,000（12.3%）"
    assert [saying.numeral(one) for one in (1, 10, 11, 20, 21)] == [
        "一", "十", "十一", "二十", "二十一",
    ]  # fmt: skip


def test_what_is_published_hides_fewer_than_five() -> None:
    found = [coverage.veiled(*one) for one in ((0, 3), (3, 20), (17, 20), (0, 20), (20, 20))]
    assert found == [(None, None), (None, 20), (None, 20), (0, 20), (20, 20)]


def test_periods() -> None:
    today = dt.date(2026, 3, 10)
    month, before = periods.months(today, 2)
    assert (month.words, month.first, month.last) == ("2026年3月", "2026-03-01", "2026-03-10")
    assert (before.words, before.first, before.last) == ("2026年2月", "2026-02-01", "2026-02-28")
    year, last = periods.years(today, 2)
    assert (year.last, last.words, last.last) == ("2026-03-10", "2025年", "2025-12-31")


def test_a_bar_is_as_long_as_its_share() -> None:
    from PIL import Image

    image = Image.open(io.BytesIO(bars.png(250)))
    assert image.size == (360, 40)
    line = [image.convert("RGB").getpixel((x, 20)) for x in range(360)]
    assert line.count((0x1F, 0x5F, 0x8B)) == 90
