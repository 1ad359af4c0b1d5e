"""Headers, feet, merges, households: the shapes that rosters of people have."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from logic.rosters import heading, mapping, offering, reading
from logic.rosters.sheets import Unreadable
from tests.unit.rosters.cases import HEAD, LI, PLAIN, TWO, ZHANG, Good, taken
from tests.unit.rosters.files import Rows, csv, merged, ods, xlsx

HALF_PAST = dt.datetime.fromisoformat("1949-12-31T08:30")
LEVELS: Rows = [
    ["序号", "姓名", "基本信息", "", "联系方式", ""],
    ["", "", "性别", "身份证号", "手机", "住址"],
    [1, "张三", "男", ZHANG, "13800000001", "一栋"],
    [2, "李四", "女", LI, "0715-5221234", "二栋"],
]
AT_HOME = [
    {"name": "张三", "sex": "男", "id_number": ZHANG, "phone": "13800000001", "address": "一栋"},
    {"name": "李四", "sex": "女", "id_number": LI, "phone": "0715-5221234", "address": "二栋"},
]
FAMILY = [
    ["户号", "户主姓名", "姓名", "与户主关系"],
    ["H01", "张三", "张三", "本人"],
    ["", "", "王芳", "妻子"],
    ["", "", "张小明", "长子"],
    ["H02", "李四", "李四", "户主"],
    ["", "", "赵六", "丈夫"],
]


def member(number: str, head: str, name: str, relation: str) -> dict[str, Any]:
    return {
        "household_id.number": number,
        "household_id.head": head,
        "name": name,
        "relation": relation,
    }


HOME = [
    member("H01", "张三", "张三", "户主"),
    member("H01", "张三", "王芳", "配偶"),
    member("H01", "张三", "张小明", "子"),
    member("H02", "李四", "李四", "户主"),
    member("H02", "李四", "赵六", "配偶"),
]
SHAPES = (
    Good("a merged title", "a.xlsx",
         lambda: xlsx([["桂花树社区居民花名册", "", "", ""], *PLAIN], change=merged("A1:D1")),
         numbers=[3, 4], said=("表头以上的内容不导入：桂花树社区居民花名册", "表头在第 2 行")),
    Good("a title, then unit and date", "a.csv",
         lambda: csv([["花名册", "", "", ""], ["填报单位：桂花树社区", "", "", "2024年3月1日"],
                      *PLAIN]).encode(),
         numbers=[4, 5], said=("填报单位：桂花树社区；2024年3月1日",)),
    Good("a header in row 12", "a.csv", ("\n" * 11 + csv(PLAIN)).encode,
         numbers=[13, 14], said=("表头在第 12 行",)),
    Good("data from column C on", "a.xlsx",
         lambda: xlsx([["", "", *row] for row in PLAIN])),
    Good("two levels, merged", "a.xlsx",
         lambda: xlsx(LEVELS, change=merged("A1:A2", "B1:B2", "C1:D1", "E1:F1")),
         AT_HOME, [3, 4], said=("表头在第 1—2 行",)),
    Good("two levels below a title", "a.xlsx",
         lambda: xlsx([["花名册"], *LEVELS],
                      change=merged("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2")),
         AT_HOME, [4, 5], said=("表头在第 2—3 行",)),
    Good("two levels without merges", "a.csv", lambda: csv(LEVELS).encode(), AT_HOME, [3, 4]),
    Good("two levels in an ods", "a.ods", lambda: ods(LEVELS), AT_HOME, [3, 4]),
    Good("groups above every column", "a.xlsx",
         lambda: xlsx([["基本信息", "", "", "其他"], *PLAIN], change=merged("A1:C1")),
         numbers=[3, 4]),
    Good("a total at the foot", "a.csv",
         lambda: csv([*PLAIN, ["合计", "", "2人", ""]]).encode(), said=("合计；2人",)),
    Good("remarks and signatures at the foot", "a.xlsx",
         lambda: xlsx([*PLAIN, [], ["合 计", 2], ["备注：以上均为常住人口"],
                       ["制表人：王五", "", "审核人：赵六"], ["填表日期：2024年3月1日"]]),
         said=("不导入：合 计；2；备注：以上均为常住人口",)),
    Good("our own line below an export", "a.csv",
         lambda: csv([*PLAIN, ["导出：王五，2026-11-23 09:00，用途：上报，共 2 人", "", "", ""]])
         .encode(), said=("表尾第 4 行不导入：导出：王五",)),
    Good("a remark of several lines", "a.csv",
         lambda: csv([*PLAIN, ["说明：", "", "", ""], ["一、以户口簿为准", "", "", ""],
                      ["二、外出的也填", "", "", ""]]).encode(),
         said=("表尾第 4—6 行不导入",)),
    Good("a subtotal amid the rows", "a.csv",
         lambda: csv([HEAD, TWO[0], ["小计", "1", "", ""], TWO[1]]).encode(),
         numbers=[2, 4], said=("第 3 行是合计，不导入",)),
    Good("the header again on the next page", "a.csv",
         lambda: csv([HEAD, TWO[0], HEAD, TWO[1]]).encode(), numbers=[2, 4],
         said=("第 3 行是重复的表头，不导入",)),
    Good("blank rows between", "a.xlsx", lambda: xlsx([HEAD, TWO[0], [], [], TWO[1]]),
         numbers=[2, 5]),
    Good("a number for each row", "a.csv",
         lambda: csv([["编号", *HEAD], *([n, *row] for n, row in enumerate(TWO, 1))]).encode()),
    Good("marks around labels", "a.csv",
         lambda: csv([["*姓 名", "性别：", "身份证号码（18位）", "联系电话*"], *TWO]).encode()),
    Good("a line break inside a label", "a.xlsx",
         lambda: xlsx([["姓名", "性\n别", "身份证\n号码", "联系\n电话"], *TWO])),
    Good("householder on the first row", "a.csv", lambda: csv(FAMILY).encode(), HOME,
         [2, 3, 4, 5, 6],
         said=("第 3—4、6 行没有写全户主或户号", "“本人”按“户主”", "共 4 处")),
    Good("householder merged downwards", "a.xlsx",
         lambda: xlsx(FAMILY, change=merged("A2:A4", "B2:B4", "A5:A6", "B5:B6")), HOME,
         [2, 3, 4, 5, 6], said=("第 3—4、6 行有上下合并的单元格，内容已填到每一行",)),
    Good("householder told by the relation alone", "a.csv",
         lambda: csv([["户主", "姓名", "关系"], ["", "张三", "户主"], ["", "王芳", "妻"],
                      ["", "李四", "户主"]]).encode(),
         [{"household_id.head": "张三", "name": "张三", "relation": "户主"},
          {"household_id.head": "张三", "name": "王芳", "relation": "配偶"},
          {"household_id.head": "李四", "name": "李四", "relation": "户主"}], [2, 3, 4]),
    Good("householders only", "a.csv",
         lambda: csv([["户主姓名", "电话"], ["张三", "13800000001"]]).encode(),
         [{"name": "张三", "phone": "13800000001"}], [2]),
    Good("data merged sideways", "a.xlsx",
         lambda: xlsx([[*HEAD, "住址", "备注"], [*TWO[0], "一栋", ""]], change=merged("E2:F2")),
         [AT_HOME[0] | {"remark": None}], [2],
         said=("第 2 行有左右合并的单元格",),
         chosen={5: ("field", "remark")}),
    Good("two columns of one name", "a.csv",
         lambda: csv([["姓名", "电话", "电话"], ["张三", "13800000001", "13800000002"]]).encode(),
         [{"name": "张三", "phone": "13800000001", "contact_phone": "13800000002"}], [2],
         said=("有 2 列都叫“电话”（B、C 列）",), chosen={2: ("field", "contact_phone")}),
    Good("what fits nothing goes into 备注", "a.csv",
         lambda: csv([["姓名", "爱好", "备注"], ["张三", "钓鱼", "好人"],
                      ["李四", "", ""]]).encode(),
         [{"name": "张三", "remark": "好人；爱好：钓鱼"}, {"name": "李四", "remark": None}]),
    Good("cells that are dates", "a.xlsx",
         lambda: xlsx([["姓名", "出生日期"], ["张三", dt.date(1956, 3, 1)],
                       ["李四", HALF_PAST]]),
         [{"name": "张三", "birth_date": "1956-03-01"},
          {"name": "李四", "birth_date": "1949-12-31"}],
         said=("“1949-12-31 08:30:00”按“1949-12-31”读入",)),
)  # fmt: skip


@pytest.mark.parametrize("one", SHAPES, ids=lambda one: one.name)
def test_a_shape_is_understood(one: Good) -> None:
    checked, notes = taken(one)
    assert checked.rows == one.rows
    assert checked.numbers == one.numbers
    assert checked.problems == ()
    for part in one.said:
        assert any(part in note for note in notes), notes


def test_households_are_told_apart() -> None:
    checked, _ = taken(next(one for one in SHAPES if one.name == "householder on the first row"))
    assert checked.households == [1, 1, 1, 2, 2]


def test_joined_labels() -> None:
    sheet = reading.pasted(csv(LEVELS, "\t")).sheets[0]
    found = [column.label for column in heading.find(sheet).columns]
    assert found == ["序号", "姓名", "基本信息·性别", "基本信息·身份证号",
                     "联系方式·手机", "联系方式·住址"]  # fmt: skip


def test_somebody_may_point_at_the_header() -> None:
    sheet = reading.pasted("甲\t乙\n姓名\t电话\n张三\t13800000001\n").sheets[0]
    assert [one.label for one in heading.chosen(sheet, 0, 0).columns] == ["甲", "乙"]
    assert heading.find(sheet).top == 1


@pytest.mark.parametrize(
    "rows",
    [
        TWO,
        [["张三", "男"], ["李四", "女"]],
        [["1", "2"], ["3", "4"]],
        [["张三"], ["李四"]],
    ],
)
def test_data_alone_has_no_header(rows: list[list[str]]) -> None:
    sheet = reading.pasted(csv(rows)).sheets[0]
    with pytest.raises(Unreadable, match="没有找到表头，请在第一行写上每一列的名称"):
        heading.find(sheet)


def test_unknown_labels_are_a_header_over_numbers() -> None:
    sheet = reading.pasted("甲项\t乙项\n1\t2\n3\t4\n").sheets[0]
    assert heading.find(sheet).top == 0


def test_a_column_without_a_name_is_not_lost() -> None:
    sheet = reading.pasted("姓名\t\t电话\n张三\t甲\t13800000001\n").sheets[0]
    table = offering.offers(reading.pasted("姓名\t\t电话\n张三\t甲\t13800000001\n"))[0].table
    assert heading.find(sheet).columns[1].label == "（B 列没有名称）"
    assert table
    assert mapping.guess(table, "residents").choices[1].way == mapping.REMARK
