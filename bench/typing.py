"""What typing and pasting cost: from Enter, or from the paste, until it is stored and painted."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser, Page

from bench.figures import Figure
from bench.screens import GRID, Screen, context, opened
from bench.visitors import Visitor
from tests.browser.sheet import PASTE, cell
from tests.servers import Server

EDITS = 60
ENTER_GOAL = 60.0  # ms, p95
ROWS, PASTE_GOAL = 5_000, 2.0  # of two columns; s
# From the key until the frame is painted in which the line says that all is saved. The grid draws
# within a frame: the next one would come a frame too late.
WATCH = """() => {
  const roots = [...document.querySelectorAll('*')].map(one => one.shadowRoot).filter(Boolean);
  const state = roots.map(root => root.querySelector('.state')).find(Boolean);
  let begun = 0;
  window.taken = [];
  const begin = () => { begun = performance.now(); };
  window.addEventListener('keydown', event => event.key === 'Enter' && begin(), true);
  window.addEventListener('paste', begin, true);
  const frame = window.requestAnimationFrame.bind(window);
  let within = false;
  window.requestAnimationFrame = draw => frame(now => {
    within = true;
    setTimeout(() => { within = false; });
    draw(now);
  });
  const painted = () => setTimeout(() => window.taken.push(performance.now() - begun));
  let busy = false;
  new MutationObserver(() => {
    if (state.textContent.includes('保存中')) busy = true;
    else if (busy && state.textContent === '已保存') {
      busy = false;
      if (within) painted(); else frame(painted);
    }
  }).observe(state, {childList: true, characterData: true, subtree: true});
}"""

# The pages' policy lets nothing be evaluated later, so it is looked at from within.
TAKEN = """count => new Promise(done => {
  const look = () => window.taken.length > count ? done() : setTimeout(look, 5);
  look();
})"""


def figures(browser: Browser, server: Server, visitor: Visitor) -> Iterator[Figure]:
    """One cell after another, then a block."""
    page = context(browser, server, visitor).new_page()
    opened(page, server, Screen("grid", "", GRID, sheet=True))
    page.evaluate(WATCH)
    taken = sorted(_typed(page))
    p95 = taken[int(len(taken) * 0.95)]
    note = f"p50 {median(taken):.0f} ms，{len(taken)} 次"
    yield Figure("browser.enter", "Chromium：回车到存好并画出，p95", p95, "ms", ENTER_GOAL, note)
    seconds = _pasted(page) / 1000
    what = "Chromium：粘贴 10,000 格（5,000 行 × 2 列）到存好"
    yield Figure("browser.paste", what, seconds, "s", PASTE_GOAL)
    page.context.close()


def _typed(page: Page) -> list[float]:
    cell(page, 0, "address").click()
    for number in range(EDITS):
        page.keyboard.type(f"{number} 号")
        page.keyboard.press("Enter")
        page.evaluate(TAKEN, number)
    return list(page.evaluate("window.taken"))


def _pasted(page: Page) -> float:
    """Into two columns of text, over rows that are fetched on the way."""
    page.keyboard.press("Control+Home")
    cell(page, 0, "name").click()
    while not cell(page, 0, "employer").count() or not cell(page, 0, "contact").count():
        page.keyboard.press("ArrowRight")
    cell(page, 0, "employer").click()
    page.evaluate("window.taken.length = 0")
    page.evaluate(PASTE, "\n".join(f"单位 {n}\t联系人 {n}" for n in range(ROWS)))
    page.evaluate(TAKEN, 0)
    return float(page.evaluate("window.taken[0]"))
