"""Rosters by the screen alone: in, corrected, decided, back; out into the field and home again."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import messy, sheet
from tests.browser.durable import Ledger
from tests.browser.messy import Stored
from tests.servers import Server

OpenPage = Callable[..., Page]
SignIn = Callable[..., None]
Settled = Callable[[Page], Page]
MET = (
    "SELECT name, birth_date FROM residents r WHERE area_id = 'guihuashu' AND relation = '配偶' "
    "AND birth_date LIKE '19__-__-1_' AND NOT EXISTS (SELECT 1 FROM residents o WHERE "
    "o.name = r.name AND o.id <> r.id) ORDER BY id LIMIT 2"
)
pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.fixture
def people(sample_url: str) -> list[Stored]:
    """Two who are in the register, and nobody else of their name."""
    return [Stored(*row) for row in Ledger(sample_url).ask(MET)]


@pytest.fixture
def job(
    sample_server: Server, open_page: OpenPage, sign_in: SignIn, settled: Settled
) -> Callable[..., Page]:
    """`job("roster", user, width)`: that person's browser on the page of a job."""

    def opened(name: str, user: str = "guihuashu-shuji", width: int = 1440) -> Page:
        page = open_page(width)
        sign_in(page, user)
        page.goto(f"{sample_server.address}/{name}")
        return settled(page)

    return opened


def bring(page: Page, name: str, content: bytes) -> None:
    """Chooses a file, as in the dialog that the button opens."""
    file: FilePayload = {"name": name, "mimeType": messy.XLSX, "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_url("**file=*")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_messy_roster_goes_in_by_the_screen_and_is_taken_back(
    people: list[Stored], job: Callable[..., Page], settled: Settled, width: int
) -> None:
    near, known = people
    page = job("roster", width=width)
    bring(page, "花名册.xlsx", messy.roster(near, known))
    expect(page.get_by_text("新增 4 人，修改 1 人，没有变化 0 人")).to_be_visible()
    expect(page.get_by_text("1 行待您核对，2 行有问题")).to_be_visible()
    expect(page.get_by_role("button", name="写入 5 行")).to_be_disabled()
    page.reload()
    expect(page.get_by_text("1 行待您核对，2 行有问题")).to_be_visible()  # nothing was lost
    mended = messy.corrected(downloaded(page, "下载标出问题的工作簿"))
    press(page, "换一个文件")
    expect(page.get_by_text("选择文件")).to_be_visible()
    bring(page, "花名册（改好）.xlsx", mended)
    expect(page.get_by_text("新增 6 人，修改 1 人，没有变化 0 人")).to_be_visible()
    expect(page.get_by_text("名册第 11 行：出生日期只差一位")).to_be_visible()
    page.get_by_role("radio", name="就是已有的").click()
    expect(page.get_by_text("新增 6 人，修改 2 人")).to_be_visible()
    settled(page).reload()
    expect(page.get_by_text("新增 6 人，修改 2 人")).to_be_visible()  # what was decided too
    assert page.evaluate("document.documentElement.scrollWidth") == width
    press(page, "写入 8 行")
    expect(page.get_by_text("已写入：新增 6，修改 2")).to_be_visible()
    if width == 1440:
        _seen_and_edited(page, settled)
    press(page, "撤回这次导入" if width == 390 else "撤回")
    page.get_by_role("dialog").get_by_role("button", name="撤回", exact=True).click()
    if width == 1440:
        expect(page.get_by_role("dialog").get_by_text("已撤回 10 行；2 行没有动")).to_be_visible()
        # The one who was edited, and the household that holds him.
        page.keyboard.press("Escape")
    expect(page.get_by_text("已撤回").first).to_be_visible()


def _seen_and_edited(page: Page, settled: Settled) -> None:
    """One of those who came is found in the grid and edited there; then back to the imports."""
    press(page, "去看居民")
    page.get_by_placeholder("搜索").first.fill("钱大山")
    sheet.drawn(page, "钱大山")
    expect(sheet.cell(page, 0, "birth_date")).to_have_text("1956-03")
    expect(sheet.cell(page, 0, "phone")).to_have_text("138****1234")
    sheet.write(page, 0, "address", "后来改的")
    sheet.saved(page)
    page.get_by_role("link", name="导入名册").click()
    expect(page.get_by_text("近来的导入")).to_be_visible()
    settled(page)


def send_last_column(page: Page, where: str) -> None:
    """Chooses where the roster's last column goes."""
    page.wait_for_timeout(1000)  # a list closes again while what it hangs on still moves
    page.get_by_role("button", name="展开选项").last.click()
    page.keyboard.type(where[:3])
    page.get_by_role("option", name=where).click()


def test_columns_are_corrected_once_and_a_block_may_be_pasted(
    job: Callable[..., Page], settled: Settled
) -> None:
    page = job("roster")
    for said in ("没有对应的列", "和上次一样"):
        page.get_by_role("tab", name="粘贴").click()
        block = "姓名\t出生日期\t外号\n贴新一\t1961.05.02\t老贴\n贴新二\t1962年7月\t小贴\n"
        page.get_by_label("从表格里复制的内容").fill(block)
        page.keyboard.press("Control+Enter")
        settled(page)
        press(page, "读取")
        expect(page.get_by_text("新增 2 人")).to_be_visible()
        page.get_by_text("每一列放到哪里").click()
        expect(page.get_by_text(said).first).to_be_visible()
        if said == "没有对应的列":
            settled(page)
            send_last_column(page, "不导入")
            expect(page.get_by_text("由您选定").first).to_be_visible()
            settled(page)
            press(page, "换一个文件")
            expect(page.get_by_role("tab", name="粘贴")).to_be_visible()
            settled(page)


def test_a_column_that_fits_nothing_is_made_on_the_spot(
    job: Callable[..., Page], settled: Settled
) -> None:
    page = job("roster")
    page.get_by_role("tab", name="粘贴").click()
    block = "姓名\t出生日期\t爱好\n贴新三\t1961.05.02\t钓鱼\n贴新四\t1962年7月\t下棋\n"
    page.get_by_label("从表格里复制的内容").fill(block)
    page.keyboard.press("Control+Enter")
    settled(page)
    press(page, "读取")
    page.get_by_text("每一列放到哪里").click()
    send_last_column(page, "新建一列")
    press(page, "建立这一列")
    expect(page.get_by_text("列名相同").last).to_be_visible()
    expect(page.get_by_text("新增 2 人")).to_be_visible()
    settled(page)
    press(page, "写入 2 行")
    expect(page.get_by_text("已写入：新增 2")).to_be_visible()
    press(page, "去看居民")
    page.get_by_placeholder("搜索").first.fill("贴新三")
    sheet.drawn(page, "贴新三")
    answer = page.evaluate(
        "fetch('/api/v1/rows?register=residents&q=贴新三').then((one) => one.json())"
    )
    (row,) = answer["rows"]
    assert [value for name, value in row.items() if name.startswith("x_")] == ["钓鱼"]


def test_who_is_not_in_a_full_roster_is_marked_as_moved_and_back(
    sample_url: str, job: Callable[..., Page], settled: Settled
) -> None:
    page = job("roster")
    page.get_by_role("tab", name="粘贴").click()
    page.get_by_label("从表格里复制的内容").fill("姓名\t出生日期\n贴新五\t1961-05-02\n")
    page.keyboard.press("Control+Enter")
    settled(page)
    press(page, "读取")
    page.get_by_text("已有而名册里没有的").click()
    table = page.locator("[data-testid=stDataFrame]").last
    table.scroll_into_view_if_needed()
    settled(page)
    table.click(position={"x": 18, "y": 52})
    press(page, "改为迁出（1 人）")
    expect(page.get_by_text("已把 1 人改为迁出")).to_be_visible()
    gone = "SELECT count(*) FROM residents WHERE area_id = 'guihuashu' AND status = '迁出'"
    before = Ledger(sample_url).ask(gone)[0][0]
    settled(page)
    press(page, "换一个文件")
    press(page, "撤回")
    page.get_by_role("dialog").get_by_role("button", name="撤回", exact=True).click()
    expect(page.get_by_text("已撤回").first).to_be_visible()
    assert Ledger(sample_url).ask(gone)[0][0] == before - 1


def test_a_workbook_goes_into_the_field_and_comes_home(
    sample_server: Server, people: list[Stored], job: Callable[..., Page], settled: Settled
) -> None:
    page = job("carry")
    page.get_by_placeholder("例如：入户核对").fill("入户核对")
    page.keyboard.press("Enter")
    press(page, "生成工作簿")
    book = load_workbook(io.BytesIO(downloaded(page, "下载 居民-离线")))
    filled = book.worksheets[0]
    at = {str(cell.value).rstrip("*"): cell.column - 1 for cell in filled[1] if cell.value}
    rows = {row[at["姓名"]].value: row for row in filled.iter_rows(min_row=2)}
    for one, place in zip(people, ("我也改了", "我改的"), strict=True):
        rows[one.name][at["现住址"]].value = place
    whole = io.BytesIO()
    book.save(whole)
    _meanwhile(sample_server, page, people[0].name)
    page.goto(f"{sample_server.address}/carry")
    settled(page)
    for found, pressed in (("1 处可以写入，1 处别人也改过", "写入 2 处"), ("没有要带回", "")):
        bring(page, "改好.xlsx", whole.getvalue())
        if not pressed:
            expect(page.get_by_text("2 处可以写入")).to_be_visible()  # answered as the first time
            break
        expect(page.get_by_text(found)).to_be_visible()
        expect(page.get_by_text("对方改的", exact=True)).to_be_visible()
        page.get_by_role("radio", name="用我的").click()
        press(page, pressed)
        expect(page.get_by_text("已写入 2 处")).to_be_visible()
    page.goto(f"{sample_server.address}/community-guihuashu?view=居民")
    for one, place in zip(people, ("我也改了", "我改的"), strict=True):
        page.get_by_placeholder("搜索").first.fill(one.name)
        sheet.drawn(page, one.name)
        expect(sheet.cell(page, 0, "address")).to_have_text(place)


def _meanwhile(server: Server, page: Page, name: str) -> None:
    """The other one's edit of the same cell, in the grid."""
    page.goto(f"{server.address}/community-guihuashu?view=居民")
    sheet.drawn(page)
    page.get_by_placeholder("搜索").first.fill(name)
    sheet.drawn(page, name)
    sheet.write(page, 0, "address", "对方改的")
    sheet.saved(page)


def test_two_rows_of_one_person_are_made_one_and_two_again(
    people: list[Stored], job: Callable[..., Page], settled: Settled
) -> None:
    page, one = job("roster"), people[0]
    wrong = f"{one.birth[:9]}{(int(one.birth[9]) + 1) % 10}"
    page.get_by_role("tab", name="粘贴").click()
    page.get_by_label("从表格里复制的内容").fill(f"姓名\t出生日期\n{one.name}\t{wrong}\n")
    page.keyboard.press("Control+Enter")
    settled(page)
    press(page, "读取")
    page.get_by_role("radio", name="另一个，新增").click()
    press(page, "写入 1 行")
    expect(page.get_by_text("已写入：新增 1，修改 0")).to_be_visible()
    page.get_by_role("link", name="查找重复").click()
    box = page.locator(
        "[data-testid=stVerticalBlock]", has_text=f"{one.name}　出生日期只差一位"
    ).last
    expect(box).to_be_visible()
    box.get_by_role("button", name="合并成一个人").click()
    expect(page.get_by_text("近来的合并")).to_be_visible()
    settled(page)
    press(page, "撤回")
    expect(page.get_by_text("已撤回")).to_be_visible()
    expect(box).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.xlsx", b" "),
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("半.xlsx", b"PK\x03\x04"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_a_way_on(
    job: Callable[..., Page], name: str, content: bytes
) -> None:
    page = job("roster")
    bring(page, name, content)
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).not_to_contain_text("rror")
    press(page, "换一个文件")
    expect(page.get_by_text("选择文件")).to_be_visible()
