"""A report as a page of its own for the screen and the printer; the browser brings the fonts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from logic.reports import saying
from logic.reports.saying import Figure, Listing, Report, Section

MIME = "text/html"
LOOK = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm;
  @bottom-center { content: "— " counter(page) " —"; } }
.report { max-width: 156mm; margin: 0 auto; font: 16pt/28pt FangSong, "仿宋_GB2312", STFangsong,
  "Noto Serif CJK SC", serif; color: #000; }
.report h1 { font: 22pt/32pt "方正小标宋简体", "FZXiaoBiaoSong-B05S", STSong, SimSun,
  "Noto Serif CJK SC", serif; text-align: center; margin: 0 0 8pt; }
.report h2, .report h3, .report p { margin: 0; text-indent: 2em; }
.report h2 { font: 16pt/28pt SimHei, "Heiti SC", "Noto Sans CJK SC", sans-serif; }
.report h3 { font: 16pt/28pt KaiTi, "楷体_GB2312", STKaiti, "Noto Serif CJK SC", serif; }
.report .place { text-align: center; text-indent: 0; }
.report .signed { text-align: right; text-indent: 0; }
.report .made { font-size: 10pt; text-indent: 0; color: #444; }
.report table { width: 100%; border-collapse: collapse; font-size: 12pt; line-height: 18pt;
  margin: 6pt 0; }
.report caption { font-size: 14pt; }
.report th, .report td { border: 0.5pt solid #000; padding: 2pt 4pt; text-align: left;
  font-weight: 400; overflow-wrap: anywhere; }
.report .bar { width: 24mm; }
.report .bar div { height: 10pt; background: #e6e4de; print-color-adjust: exact; }
.report .bar i { display: block; height: 100%; background: #1f5f8b; print-color-adjust: exact; }
.report tr, .report h2, .report h3 { break-inside: avoid; }
.report h2, .report h3 { break-after: avoid; }
"""

# On the screen of the workbench, where a report is looked at before it is taken.
SCREEN = """
@media screen { .report { font-size: 16px; line-height: 1.75; border: 1px solid #e6e4de;
  padding: 1.5rem 1rem; max-width: 52rem; }
  .report h1 { font-size: 22px; line-height: 1.4; } .report h2, .report h3 { font-size: 17px; }
  .report table { font-size: 14px; } .report caption { font-size: 15px; } }
"""


def file(report: Report) -> bytes:
    """A page that needs nothing beside itself."""
    title = escape(report.title)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{LOOK}</style></head><body>{article(report)}</body></html>"
    ).encode()


def article(report: Report) -> str:
    """The report alone, every text in it escaped."""
    return f'<article class="report">{"".join(_parts(report))}</article>'


def _parts(report: Report) -> Iterator[str]:
    yield f"<h1>{escape(report.title)}</h1>"
    yield _p(f"（{report.place}　{report.period}）", "place")
    for number, one in enumerate(report.sections, 1):
        yield f"<h2>{saying.numeral(number)}、{escape(one.heading)}</h2>"
        yield from _section(one)
    yield "<h2>附：指标口径</h2>"
    yield from (_p(f"{at}. {one}") for at, one in enumerate(report.definitions(), 1))
    yield _p(report.place, "signed")
    yield _p(saying.long_day(report.day), "signed")
    yield _p(report.made + ("　示例数据，不作上报使用。" if report.sample else ""), "made")


def _section(one: Section) -> Iterator[str]:
    yield from map(_p, one.sentences)
    for number, part in enumerate(one.parts, 1):
        yield f"<h3>（{saying.numeral(number)}）{escape(part.heading)}</h3>"
        yield from map(_p, part.sentences)
    if one.figures:
        rows = "".join(map(_figure, one.figures))
        head = "<tr><th>指标</th><th>数值</th><th>占比图示</th><th>截至</th></tr>"
        yield f"<table>{head}{rows}</table>"
    yield from (_table(each) for each in one.listings if each.short)


def _figure(one: Figure) -> str:
    bar = "" if one.share is None else f'<div><i style="width:{min(one.share, 1):.1%}"></i></div>'
    cells = "".join(f"<td>{escape(words)}</td>" for words in (one.name, one.text))
    return f'<tr>{cells}<td class="bar">{bar}</td><td>{escape(one.day[5:])}</td></tr>'


def _table(one: Listing) -> str:
    head = "".join(f"<th>{escape(words)}</th>" for words in one.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(words)}</td>' for words in row)}</tr>" for row in one.rows
    )
    return f"<table><caption>{escape(one.title)}</caption><tr>{head}</tr>{rows}</table>"


def _p(words: str, kind: str = "") -> str:
    of = f' class="{kind}"' if kind else ""
    return f"<p{of}>{escape(words)}</p>"
