"""Every picture of the README and the handbook, taken anew: `python -m docs.shots [name …]`."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect, sync_playwright

from db.accounts import SAMPLE_PASSWORD
from tests.browser import messy, sheet
from tests.servers import HOME, Server

PICTURES = Path(__file__).parent / "pictures"
LARGEST = 150_000  # bytes of a picture
DESK, PHONE = (1440, 900), (390, 844)
COLOURS = 96  # of a picture: text and flat colours need no more
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
RESIDENTS = "/community-guihuashu?view=居民"
SECRETARY, CLERK = "guihuashu-shuji", "guihuashu-ganshi"

Draw = Callable[["Studio", Page], None]


@dataclass(frozen=True)
class Shot:
    """A picture: who looks at which page, what is done there first, which part is kept.

    `part` is a selector; without it the whole screen is kept.
    """

    name: str
    user: str | None
    path: str
    draw: Draw = lambda _studio, _page: None
    size: tuple[int, int] = DESK
    part: str = ""


@dataclass
class Studio:
    """A server with sample data and a browser, to be asked for anybody's page."""

    server: Server
    browser: Browser

    def page(self, user: str | None, path: str, size: tuple[int, int] = DESK) -> Page:
        """The page as this person sees it."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=size == PHONE,
        )
        page = context.new_page()
        page.goto(f"{self.server.address}{path if user is None else '/signin'}")
        if user is not None:
            self._enter(page, user, path)
        return page

    def _enter(self, page: Page, user: str, path: str) -> None:
        page.locator("[name=username]").fill(user)
        page.locator("[name=password]").fill(SAMPLE_PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(re.compile(r"/(?!signin)[^/]*$"))
        page.goto(f"{self.server.address}{path}")
        settle(page)
        if "view=" in path:
            sheet.drawn(page)


def settle(page: Page) -> None:
    """Waits until Streamlit has drawn the page, and its charts and tables after it."""
    page.wait_for_selector(IDLE, timeout=60_000)
    page.wait_for_timeout(1500)
    page.wait_for_selector(IDLE)


def served(_: Studio, page: Page) -> None:
    page.get_by_role("radio", name=re.compile("已结对")).click()
    settle(page)


def typing(_: Studio, page: Page) -> None:
    sheet.cell(page, 3, "address").click()
    page.keyboard.type("桂花树社区丹桂苑2栋1单元302")


def choosing(_: Studio, page: Page) -> None:
    sheet.cell(page, 3, "relation").dblclick()
    expect(page.locator(".list .option").first).to_be_visible()


def paste(page: Page, row: int) -> None:
    block = "配偶\t桂花树社区丹桂苑3栋1单元101\r\n子\t桂花树社区丹桂苑3栋1单元101"
    sheet.paste(page, row, "relation", block)
    sheet.saved(page)


def pasting(_: Studio, page: Page) -> None:
    paste(page, 4)


def undoing(_: Studio, page: Page) -> None:
    paste(page, 10)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".remark")).to_contain_text("已撤销")


def refusing(_: Studio, page: Page) -> None:
    sheet.write(page, 6, "birth_date", "2月30日")
    expect(page.locator(".status .state")).to_contain_text("1 处")
    sheet.cell(page, 6, "birth_date").click()
    expect(page.locator(".note")).to_be_visible()


def conflicting(studio: Studio, page: Page) -> None:
    sheet.cell(page, 8, "address").click()
    page.keyboard.type("桂花树社区金桂苑1栋2单元201")
    other = studio.page(CLERK, RESIDENTS)
    sheet.write(other, 8, "address", "桂花树社区银桂苑5栋1单元402")
    sheet.saved(other)
    other.context.close()
    page.keyboard.press("Enter")
    expect(page.locator(".status .state")).to_contain_text("冲突")
    sheet.cell(page, 8, "address").click()
    expect(page.locator(".note")).to_be_visible()


def opening(_: Studio, page: Page) -> None:
    """From the grid to the page of somebody who is paired."""
    page.get_by_role("radio", name=re.compile("已结对")).click()
    settle(page)
    names = page.locator("[data-testid=stDataFrame] canvas").first
    names.click(position={"x": 30, "y": 55}, force=True)  # Streamlit lays a scroller over it
    page.wait_for_url("**/resident?id=*")
    settle(page)


def revealing(studio: Studio, page: Page) -> None:
    opening(studio, page)
    page.get_by_role("button", name="查看遮盖的号码").click()
    page.get_by_placeholder("例如：核对低保申请").fill("核对留守儿童关爱登记")
    page.get_by_role("button", name="查看，并记入历史").click()
    settle(page)


def remembering(studio: Studio, page: Page) -> None:
    revealing(studio, page)
    page.keyboard.press("Escape")
    page.reload()
    settle(page)
    page.get_by_text("修改历史").click()
    page.wait_for_timeout(800)
    page.get_by_role("button", name="回到社区").scroll_into_view_if_needed()


def bringing(_: Studio, page: Page) -> None:
    near, known = messy.Stored("蔡玉梅", "1967-06-20"), messy.Stored("张永民", "1960-10-07")
    content = messy.roster(near, known)
    file: FilePayload = {"name": "花名册.xlsx", "mimeType": messy.XLSX, "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("处要看一看").wait_for()
    settle(page)


def carrying(_: Studio, page: Page) -> None:
    page.get_by_placeholder("例如：入户核对").fill("入户核对")
    page.keyboard.press("Enter")
    settle(page)


def tapping(_: Studio, page: Page) -> None:
    sheet.cell(page, 2, "sex").tap()
    sheet.cell(page, 2, "sex").tap()
    page.wait_for_timeout(500)


SHEET = ".grid"


def matching(_: Studio, page: Page) -> None:
    """The volunteers who suit the first child of the list."""
    shown = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert shown
    page.mouse.click(shown["x"] + 40, shown["y"] + 52)
    page.get_by_text("谁适合与").wait_for()
    settle(page)


def asking(_: Studio, page: Page) -> None:
    page.get_by_label("需要什么").fill("放学后孩子没有人照看")
    page.get_by_label("具体情况").fill("楼里有五六家，四点半到六点没有人")


def following(_: Studio, page: Page) -> None:
    """The card that has come furthest."""
    page.locator(".sanshe-board a").last.click()
    page.wait_for_url(re.compile("story"))
    settle(page)


SHOTS = (
    Shot("sign-in", None, "/signin"),
    Shot("overview", "admin", "/overview"),
    Shot("community", SECRETARY, "/community-guihuashu"),
    Shot("served", SECRETARY, "/community-guihuashu", served),
    Shot("grid", SECRETARY, RESIDENTS),
    Shot("typing", SECRETARY, RESIDENTS, typing, part=SHEET),
    Shot("choices", SECRETARY, RESIDENTS, choosing, part=SHEET),
    Shot("paste", SECRETARY, RESIDENTS, pasting, part=SHEET),
    Shot("undo", SECRETARY, RESIDENTS, undoing, part=SHEET),
    Shot("refusal", SECRETARY, RESIDENTS, refusing, part=SHEET),
    Shot("conflict", SECRETARY, RESIDENTS, conflicting, part=SHEET),
    Shot("resident", SECRETARY, "/community-guihuashu", opening),
    Shot("reveal", SECRETARY, "/community-guihuashu", revealing),
    Shot("history", SECRETARY, "/community-guihuashu", remembering),
    Shot("account", SECRETARY, "/account"),
    Shot("roster", SECRETARY, "/roster", bringing),
    Shot("carry", SECRETARY, "/carry", carrying),
    Shot("doubles", SECRETARY, "/doubles"),
    Shot("today", "taohuaping-shuji", "/today"),
    Shot("visits", "taohuaping-shuji", "/visits"),
    Shot("rollcall", SECRETARY, "/rollcall", size=PHONE),
    Shot("pairs", SECRETARY, "/pairs", matching),
    Shot("shifts", "liumiqiao-shuji", "/shifts", size=PHONE),
    Shot("proposals", SECRETARY, "/proposals"),
    Shot("needs", SECRETARY, "/needs"),
    Shot("need", None, "/need/guihuashu", asking, PHONE),
    Shot("story", SECRETARY, "/linkage", following),
    Shot("linkage", "admin", "/linkage"),
    Shot("beds", "taohuaping-shuji", "/beds"),
    Shot("setup", "admin", "/setup"),
    Shot("figures-only", "zuzhi", "/community-guihuashu"),
    Shot("phone-community", SECRETARY, "/community-guihuashu", size=PHONE),
    Shot("phone-grid", SECRETARY, RESIDENTS, tapping, size=PHONE),
)


def keep(shot: Shot, png: bytes) -> None:
    """Writes the picture with few colours; raises where it is still too large."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    file = PICTURES / f"{shot.name}.png"
    plain = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    plain.save(file, optimize=True)
    if file.stat().st_size > LARGEST:
        raise ValueError(f"{file.name}: {file.stat().st_size} bytes")


def take(studio: Studio, shot: Shot) -> None:
    """One picture."""
    page = studio.page(shot.user, shot.path, shot.size)
    shot.draw(studio, page)
    page.wait_for_timeout(400)
    keep(shot, page.locator(shot.part).screenshot() if shot.part else page.screenshot())
    page.context.close()


@contextmanager
def studio() -> Iterator[Studio]:
    """A server on a new sample database, and a Chromium."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = f"sqlite:///{folder}/sanshe.db"
        own = os.environ | {"DATABASE_URL": url, "SANSHE_DATA": folder}
        subprocess.run([sys.executable, "manage.py", "init", "--sample"], cwd=HOME, env=own,
                       check=True)  # fmt: skip
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        server = Server(url, Path(folder))
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-gpu"])
        try:
            yield Studio(server.start(), browser)
        finally:
            browser.close()
            server.stop()


def main(names: list[str]) -> None:
    """All pictures, or those that are named."""
    PICTURES.mkdir(exist_ok=True)
    with studio() as made:
        for shot in SHOTS:
            if not names or shot.name in names:
                take(made, shot)


if __name__ == "__main__":
    main(sys.argv[1:])
