"""Every cell checked: what rosters write is understood, what cannot be stored is named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.fields import Field
from db.kinds import ID_NUMBER, NUMBER
from logic.rosters import checking, mapping, offering, reading
from logic.rosters.problems import ERROR, WARNING
from tests.unit.rosters.cases import LI, ZHANG, Good, taken
from tests.unit.rosters.files import cell, csv, raw_xlsx, xls, xlsx, xml_rows

SEEN = settings(max_examples=60, derandomize=True, database=None)


def column(label: str, *texts: Any, maker: Any = csv) -> Any:
    """A file of names and one more column."""
    rows = [["姓名", label], *([f"甲{at}", text] for at, text in enumerate(texts))]
    made = maker(rows)
    return made.encode() if isinstance(made, str) else made


def values(file: str, data: bytes, name: str) -> list[Any]:
    checked, _ = taken(Good("", file, lambda: data))
    assert checked.problems == ()
    return [row[name] for row in checked.rows]


def problems(file: str, data: bytes) -> list[tuple[int, str, str, str]]:
    checked, _ = taken(Good("", file, lambda: data))
    return [(one.row, one.letter, one.level, one.expected) for one in checked.problems]


@pytest.mark.parametrize(
    ("label", "written", "name", "kept"),
    [
        ("身份证号码", "４２１２８１１９５６０３０１００１５", "id_number", ZHANG),
        ("身份证号码", f"'{ZHANG}", "id_number", ZHANG),
        ("身份证号码", "11010519491231002x", "id_number", LI),
        ("身份证号码", "421281560301001", "id_number", "421281560301001"),
        ("身份证号码", "", "id_number", None),
        ("电话", "１３８００００００01", "phone", "13800000001"),
        ("电话", "13800000001.0", "phone", "13800000001"),
        ("电话", "138-0000-0001", "phone", "13800000001"),
        ("独居", "是", "lives_alone", True),
        ("独居", "√", "lives_alone", True),
        ("独居", "否", "lives_alone", False),
        ("独居", "×", "lives_alone", False),
        ("独居", "", "lives_alone", None),
        ("出生日期", "1956.03", "birth_date", "1956-03"),
        ("出生日期", "1956年3月", "birth_date", "1956-03"),
        ("出生日期", "195603", "birth_date", "1956-03"),
        ("出生日期", "19560301", "birth_date", "1956-03-01"),
        ("出生日期", "1956/3/1", "birth_date", "1956-03-01"),
        ("出生日期", "1956.3.1", "birth_date", "1956-03-01"),
        ("出生日期", "1956年3月1日", "birth_date", "1956-03-01"),
        ("出生日期", "1956", "birth_date", "1956"),
        ("出生日期", "20515", "birth_date", "1956-03-01"),
        ("出生日期", "1956-03-01 00:00:00", "birth_date", "1956-03-01"),
        ("文化程度", "大学本科", "education", "本科"),
        ("政治面貌", "党员", "party", "中共党员"),
        ("居住状态", "", "status", None),
        ("与户主关系", "户主", "relation", "户主"),
    ],
)
def test_what_rosters_write_is_understood(label: str, written: str, name: str, kept: Any) -> None:
    assert values("a.csv", column(label, written), name) == [kept]


@pytest.mark.parametrize("maker", [xlsx, xls], ids=["xlsx", "xls"])
def test_numbers_of_spreadsheets(maker: Any) -> None:
    assert values("a", column("电话", 13800000001.0, maker=maker), "phone") == ["13800000001"]
    assert values("a", column("出生日期", 20515, 1956.03, 195603, maker=maker), "birth_date") == [
        "1956-03-01", "1956-03", "1956-03",
    ]  # fmt: skip
    assert values("a", column("备注", 0.1, 12.0, maker=maker), "remark") == ["0.1", "12"]


CUT = "这是被 Excel 截断成科学计数的身份证号码，后几位已丢失，请按原件重填"
UNCLEAR = "分不清是 1 月还是 10 月（1956.10 会被表格写成 1956.1），请写成“1956年1月”这样"
ID, BORN, TEL = "身份证号码", "出生日期", "电话"


@pytest.mark.parametrize(
    ("file", "data", "sentence"),
    [
        ("a.csv", column(BORN, "1956.1"), UNCLEAR),
        ("a.xlsx", column(BORN, 1956.1, maker=xlsx), UNCLEAR),
        ("a.csv", column(BORN, "1956年2月30日"), "没有这一天，请核对年月日"),
        ("a.csv", column(BORN, "2199-01-01"), "应为不晚于今天的日期"),
        ("a.csv", column(BORN, "不详"), "应为日期，例如 1956-03-01、1956年3月、1956"),
        ("a.csv", column(ID, "4.21281E+17"), CUT),
        ("a.xlsx", column(ID, 421281195603010015, maker=xlsx), CUT),
        ("a.xls", column(ID, 4.21281195603010e17, maker=xls), CUT),
        ("a.csv", column(ID, "421281195603010000"),
         "末三位为 000，多半被 Excel 截断，请按原件重填"),
        ("a.csv", column(ID, "421281195603010016"),
         "身份证号码的校验位不对，多半有一位打错，请按原件核对"),
        ("a.csv", column(ID, ZHANG[:-1]), "身份证号码应为 18 位（或 15 位），读到 17 位"),
        ("a.csv", column(TEL, "138000"), "应为11 位手机号，或带区号的座机号，例如 0715-5221234"),
        ("a.csv", column("文化程度", "很高"),
         "应为下列之一：未上学、小学、初中、高中、中专、大专、本科、研究生"),
        ("a.csv", column("独居", "也许"), "应为“是”或“否”"),
        ("a.csv", column("民族", "字" * 21), "应为不超过 20 字的文字"),
        ("a.xlsx", column("工作单位", 6.2220213e18, maker=xlsx),
         "这是超过 15 位、被表格截断成科学计数的数字，后几位已丢失，请按原件重填"),
        ("a.xlsx", raw_xlsx(xml_rows([["姓名", TEL], ["甲0", '<c r="B2"><f>A1&amp;1</f></c>']])),
         "这里的公式没有算出结果，请在 WPS 里打开、保存一次，或改成数值"),
        ("a.xlsx", raw_xlsx(xml_rows([["姓名", TEL],
                                      ["甲0", '<c r="B2" t="e"><v>#REF!</v></c>']])),
         "这里是公式的错误值 #REF!，请改正后再导入"),
    ],
    ids=lambda value: value[:14] if isinstance(value, str) else None,
)  # fmt: skip
def test_a_bad_cell_is_named_with_what_is_expected(file: str, data: bytes, sentence: str) -> None:
    assert problems(file, data) == [(2, "B", ERROR, sentence)]


def test_every_problem_is_collected_where_it_stands() -> None:
    data = csv([["名册", "", ""], ["姓名", "性别", TEL], ["", "男", "1"], ["李四", "中", "2"]])
    checked, _ = taken(Good("", "名册.csv", data.encode))
    assert [(one.row, one.letter, one.column, one.read) for one in checked.problems] == [
        (3, "A", "姓名", ""),
        (3, "C", TEL, "1"),
        (4, "B", "性别", "中"),
        (4, "C", TEL, "2"),
    ]
    assert checked.rows == [{"sex": "男"}, {"name": "李四"}]
    assert checked.bad == {3, 4}
    assert checked.problems[1].said() == {
        "sheet": "名册", "row": 3, "column": TEL, "value": "1",
        "reason": "应为11 位手机号，或带区号的座机号，例如 0715-5221234",
    }  # fmt: skip
    assert checked.problems[0].sentence == "“名册”第 3 行“姓名”（A3）：必须填写"
    assert (
        checked.problems[2].sentence == "“名册”第 4 行“性别”（B4）：读到“中”，应为下列之一：男、女"
    )


def test_what_contradicts_the_number_is_a_warning() -> None:
    data = csv([["姓名", "性别", BORN, ID], ["张三", "女", "1956-04", ZHANG],
                ["李四", "女", "1949", LI]]).encode()  # fmt: skip
    assert problems("a.csv", data) == [
        (2, "B", WARNING, "与身份证号码不符，号码表示的是“男”，请核对"),
        (2, "C", WARNING, "与身份证号码不符，号码中的出生日期是 1956-03-01，请核对"),
    ]


def test_a_number_that_stands_twice_is_an_error() -> None:
    data = csv([["姓名", ID], ["张三", ZHANG], ["李四", LI], ["张三", ZHANG]]).encode()
    told = [(4, "B", ERROR, "与第 2 行的“身份证号码”相同，请核对是否重复")]
    assert problems("a.csv", data) == told


def test_an_end_before_its_beginning_is_an_error() -> None:
    data = csv([["志愿者", "居民", "结对日期", "结束日期"],
                ["张三", "李四", "2024-05-01", "2024-04-01"]]).encode()  # fmt: skip
    checked, _ = taken(Good("", "a.csv", lambda: data, register="pairings"))
    assert [(one.row, one.letter) for one in checked.problems] == [(2, "D")]
    assert "早于开始日期" in checked.problems[0].expected


def test_thousands_of_bad_cells_are_told_in_no_time() -> None:
    rows = [["姓名", TEL], *([f"甲{n}", f"电{n}"] for n in range(20_000))]
    assert len(problems("a.csv", csv(rows).encode())) == 20_000


def test_nothing_is_checked_before_somebody_has_decided() -> None:
    table = offering.single(reading.pasted(f"姓名\t配偶证件\n张三\t{ZHANG}\n王五\t{LI}\n"))
    guessed = mapping.guess(table, "residents")
    waiting = mapping.corrected(guessed, {1: (mapping.ASK, "")})
    with pytest.raises(checking.Undecided, match="请先选定“配偶证件”的去处"):
        checking.check(table, waiting)
    nameless = mapping.corrected(guessed, {0: (mapping.LEAVE, "")})
    assert nameless.missing == ("name",)
    with pytest.raises(checking.Undecided, match="表里没有“姓名”列，请选定哪一列是“姓名”"):
        checking.check(table, nameless)
    assert checking.check(table, nameless, given=["name"]).rows[0] == {"id_number": ZHANG}


def test_columns_that_users_made_are_filled_by_their_names() -> None:
    made = Field(NUMBER, "工龄", name="x_age", within=frozenset({"east"}))
    numbers = Field(ID_NUMBER, "配偶", name="x_spouse", sensitive=True, within=frozenset({"east"}))
    data = csv([["姓名", "工 龄", "证件"], ["张三", "三十", ZHANG], ["李四", "31", ""]]).encode()
    table = offering.single(reading.read(data, "a.csv"))
    mapped = mapping.guess(table, "residents", (made, numbers))
    # By its contents a column is the register's own number, never one that somebody made.
    assert [one.target for one in mapped.choices] == ["name", "x_age", "id_number"]
    checked = checking.check(table, mapped)
    assert checked.rows[1] == {"name": "李四", "x_age": 31, "id_number": None}
    assert [(one.row, one.column) for one in checked.problems] == [(2, "工 龄")]


def test_a_remark_that_grows_too_long_is_said() -> None:
    data = csv([["姓名", "经历"], ["张三", "长" * 2001]]).encode()
    assert problems("a.csv", data) == [(2, "B", ERROR, "并入备注后超过 2000 字，请缩短")]


@SEEN
@given(
    st.lists(st.lists(st.text('甲乙丙12.-"\n, ;\t', max_size=6), min_size=3, max_size=3),
             min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)  # fmt: skip
def test_text_files_come_back_as_they_were_written(rows: list[list[str]], code: str) -> None:
    head = [["姓名", "住址", "备注"]] * 3  # enough of a beginning to tell the delimiter by
    quoted = [['"{}"'.format(text.replace('"', '""')) for text in row] for row in [*head, *rows]]
    read = reading.read(csv(quoted).encode(code), "a.csv").sheets[0].rows
    while rows and not any(rows[-1]):
        rows.pop()
    assert read == [*head, *rows]


@SEEN
@given(st.dates(dt.date(1900, 3, 1), dt.date(2020, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(day: dt.date) -> None:
    iso = day.isoformat()
    ways = [
        iso,
        f"{day:%Y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{iso} 00:00:00",
    ]
    assert values("a.csv", column(BORN, *ways), "birth_date") == [iso] * len(ways)
    month = f"{day.year}年{day.month}月"
    assert values("a.csv", column(BORN, month, f"{day:%Y-%m}"), "birth_date") == [iso[:7]] * 2


def test_cells_of_a_workbook_that_are_days() -> None:
    solved = raw_xlsx(xml_rows([["姓名", BORN], [cell("A2", "甲"), '<c r="B2"><v>20515</v></c>']]))
    assert values("a.xlsx", solved, "birth_date") == ["1956-03-01"]


def test_what_is_covered_is_left_out_and_said() -> None:
    rows = [["姓名", "身份证号码", "电话", "工作单位"],
            ["张三", "421281********0015", "１３８＊＊＊＊５６７８", "**厂"]]  # fmt: skip
    checked, said = taken(Good("", "a.csv", lambda: csv(rows).encode()))
    assert checked.problems == ()
    assert checked.rows == [
        {"name": "张三", "id_number": None, "phone": None, "employer": "**厂"}  # only numbers hide
    ]
    assert "“身份证号码”里 1 处是遮盖过的（如 421281********0015），只用来认人，不导入" in said


def test_a_household_that_is_named_on_every_row_is_not_filled_down() -> None:
    rows = [["姓名", "户号"], ["甲", "A1"], ["乙", "A1"], ["丙", ""], ["丁", "B1"], ["戊", "B1"]]
    checked, _ = taken(Good("", "a.csv", lambda: csv(rows).encode()))
    assert [row["household_id.number"] for row in checked.rows] == ["A1", "A1", None, "B1", "B1"]


def test_a_person_of_a_group_gets_no_household_from_the_row_above() -> None:
    rows = [["类别", "居民", "户", "纳入日期"], ["困难家庭", "", "A1", "2024-01-01"],
            ["老年人", "张三", "", "2024-01-01"]]  # fmt: skip
    one = Good("", "a.csv", lambda: csv(rows).encode(), register="memberships")
    assert not taken(one)[0].rows[1]["household_id.number"]
