"""A report as .docx: the house's template, or the one that somebody has put in its place."""

from __future__ import annotations

import io
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import ChainableUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from db.parsers import Refused
from logic.reports import bars, paper, saying
from logic.reports.saying import Figure, Listing, Report, Section
from logic.rosters.packages import Package
from logic.rosters.sheets import Unreadable

LARGEST = 5 * 2**20
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDE = Mm(24)
FILTERS = ("default", "e", "escape", "first", "join", "last", "length", "round")
FAILURES = (
    TemplateError, TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError,
    PackageNotFoundError,
)  # fmt: skip


def file(report: Report, own: bytes | None = None) -> bytes:
    """The document; raises Refused where somebody's own template cannot be filled."""
    form = own or paper.template()
    try:
        document = DocxTemplate(io.BytesIO(form))
        document.render(_context(document, report), _environment(), autoescape=True)
        whole = io.BytesIO()
        document.save(whole)
    except FAILURES as why:
        raise Refused(f"模板里的标记有误，没有生成报告：{str(why)[:100]}") from why
    return whole.getvalue()


class _Careful(ImmutableSandboxedEnvironment):
    """A template is somebody's program: it may name and repeat what the report has, no more."""

    intercepted_binops = frozenset({"*", "**", "%"})  # a sign can be made a billion by them

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"不能用 {operator}")


def _environment() -> _Careful:
    made = _Careful(autoescape=True, undefined=ChainableUndefined)  # what is not there is empty
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


def checked(name: str, content: bytes) -> None:
    """Raises Refused unless it is a .docx that a report can be filled into."""
    if not name.lower().endswith(".docx"):
        raise Refused("模板要是 .docx 文件；.doc 请先在 Word 或 WPS 里另存为 .docx")
    if len(content) > LARGEST:
        raise Refused(f"模板不能大于 {LARGEST // 2**20} MB，请压缩里面的图片")
    try:
        names = Package(content).names
    except Unreadable as why:
        raise Refused(str(why)) from why
    if "word/document.xml" not in names:
        raise Refused("这不是 Word 文档，请用从这里下载的模板修改")
    file(TRIAL, content)


def _context(document: Any, report: Report) -> dict[str, Any]:
    """What a template may name; plain values and pictures only."""
    return {
        "title": report.title,
        "place": report.place,
        "period": report.period,
        "sections": [
            _section(document, number, one) for number, one in enumerate(report.sections, 1)
        ],
        "definitions": list(report.definitions()),
        "signed": report.place,
        "date": saying.long_day(report.day),
        "made": report.made + ("　示例数据，不作上报使用。" if report.sample else ""),
    }


def _section(document: Any, number: int, one: Section) -> dict[str, Any]:
    return {
        "number": saying.numeral(number),
        "heading": one.heading,
        "sentences": list(one.sentences),
        "parts": [
            {
                "number": saying.numeral(at),
                "heading": part.heading,
                "sentences": list(part.sentences),
            }
            for at, part in enumerate(one.parts, 1)
        ],
        "figures": [_figure(document, each) for each in one.figures],
        "tables": [_table(each) for each in one.listings if each.short],
    }


def _figure(document: Any, one: Figure) -> dict[str, Any]:
    bar: Any = ""
    if one.share is not None:
        picture = io.BytesIO(bars.png(round(1000 * min(one.share, 1))))
        bar = InlineImage(document, picture, width=WIDE)
    return {"name": one.name, "text": one.text, "bar": bar, "day": one.day[5:]}


def _table(one: Listing) -> dict[str, Any]:
    return {"title": one.title, "columns": list(one.columns), "rows": [list(r) for r in one.rows]}


TRIAL = Report(
    "试填", "某社区", "2026年1月", "2026-01-31", "试填",
    (
        Section(
            "试填", ("一句话。",), (), (Figure("指标", 1, 2, "某类", "人", "2026-01-31", "口径"),),
            (Listing("名单", ("列",), (("格",),), short=True),),
        ),
    ),
)  # fmt: skip
