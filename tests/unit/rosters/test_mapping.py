"""Which column becomes what: by its name, by what it holds, by what somebody said once."""

from __future__ import annotations

import pytest

from db.registers import BY_NAME
from logic.rosters import labels, mapping, offering, reading, synonyms, targets
from logic.rosters.mapping import ASK, FIELD, LEAVE, REMARK, Mapping
from tests.unit.rosters.cases import LI, ZHANG
from tests.unit.rosters.files import csv, xlsx, zipped


def mapped(register: str, head: str, *rows: str) -> Mapping:
    book = reading.pasted("\n".join("\t".join(line.split()) for line in (head, *rows)))
    return mapping.guess(offering.single(book), register)


def became(made: Mapping) -> list[str]:
    return [choice.target or choice.way for choice in made.choices]


@pytest.mark.parametrize(
    ("register", "label", "target"),
    [
        ("residents", "名字", "name"),
        ("residents", "身份证", "id_number"),
        ("residents", "证件号码", "id_number"),
        ("residents", "公民身份号码", "id_number"),
        ("residents", "联系方式", "phone"),
        ("residents", "手机", "phone"),
        ("residents", "监护人电话", "contact_phone"),
        ("residents", "紧急联系人", "contact"),
        ("residents", "家庭住址", "address"),
        ("residents", "户口所在地", "registered_at"),
        ("residents", "是否独居", "lives_alone"),
        ("residents", "户主姓名", "name"),
        ("residents", "户编号", "household_id.number"),
        ("residents", "学历", "education"),
        ("residents", "婚姻状况", "marriage"),
        ("residents", "出 生 年 月", "birth_date"),
        ("residents", "居民身份证号码（18位）", "id_number"),
        ("volunteers", "志愿者姓名", "name"),
        ("volunteers", "手机", "phone"),
        ("volunteers", "专长", "skills"),
        ("volunteers", "注册时间", "registered_on"),
        ("memberships", "服务对象类别", "group_id.name"),
        ("memberships", "姓名", "resident_id.name"),
        ("memberships", "身份证号", "resident_id.id_number"),
        ("memberships", "认定时间", "started_on"),
        ("pairings", "爱心妈妈", "volunteer_id.name"),
        ("pairings", "儿童姓名", "resident_id.name"),
        ("pairings", "帮扶人电话", "volunteer_id.phone"),
        ("pairings", "帮扶方式", "help"),
        ("team_members", "所属队伍", "team_id.name"),
        ("team_members", "志愿者", "volunteer_id.name"),
        ("households", "户编号", "number"),
        ("households", "地址", "address"),
    ],
)
def test_a_usual_name_is_known(register: str, label: str, target: str) -> None:
    table = offering.single(reading.read(csv([[label, "甲项"], ["", "乙"]]).encode(), "a.csv"))
    first = mapping.guess(table, register).choices[0]
    assert (first.way, first.target) == (FIELD, target)
    assert first.confidence > 0.55
    assert first.reason


def test_an_id_number_is_one_whatever_its_column_is_called() -> None:
    made = mapped("residents", "姓名 住址 编码", f"张三 一栋 {ZHANG}", f"李四 二栋 {LI}")
    assert became(made) == ["name", "address", "id_number"]
    assert made.choices[2].reason == "内容是身份证号码"
    made = mapped("residents", "姓名 电话", f"张三 {ZHANG}", f"李四 {LI}")
    assert became(made) == ["name", "id_number"]


def test_other_contents_speak_for_themselves() -> None:
    made = mapped(
        "residents", "姓名 甲 乙 丙", "张三 男 13800000001 已婚", "李四 女 13800000002 未婚"
    )
    assert became(made) == ["name", "sex", "phone", "marriage"]


def test_a_bad_column_stays_what_its_name_says() -> None:
    made = mapped("residents", "姓名 电话", "张三 不详", "李四 没有")
    assert became(made) == ["name", "phone"]
    assert made.choices[1].reason == "“电话”通常就是联系电话，但内容不像"


def test_each_target_has_one_column() -> None:
    made = mapped("residents", "姓名 电话 手机", "张三 0715-5221234 13800000001")
    assert became(made) == ["name", "phone", "ask"]
    assert "并入备注就不再遮盖" in made.choices[2].reason


def test_nothing_is_dropped_silently() -> None:
    made = mapped("residents", "序号 姓名 年龄 出生日期 爱好", "1 张三 68 1956 钓鱼",
                  "2 李四 75 1949 种花")  # fmt: skip
    assert became(made) == [LEAVE, "name", LEAVE, "birth_date", REMARK]
    assert [choice.reason[:5] for choice in made.choices if not choice.target] == [
        "序号不用保", "年龄年年变", "没有对应的",
    ]  # fmt: skip
    assert became(mapped("residents", "姓名 年龄", "张三 68"))[1] == REMARK
    assert became(mapped("team_members", "服务队 志愿者 星座", "巡逻队 张三 白羊"))[2] == ASK


def test_somebody_else_is_not_the_row() -> None:
    made = mapped("residents", "姓名 监护人姓名 监护人身份证号 配偶电话",
                  f"小明 张三 {ZHANG}x 1", f"小红 李四 {LI}x 2")  # fmt: skip
    assert became(made) == ["name", "contact", REMARK, REMARK]


def test_what_is_required_and_has_no_column_is_named() -> None:
    assert mapped("residents", "电话 住址", "13800000001 一栋").missing == ("name",)
    assert mapped("memberships", "姓名 备注", "张三 好").missing == ("group_id",)
    assert mapped("memberships", "姓名 类别", "张三 低保").missing == ()


def test_a_correction_is_remembered_for_its_header() -> None:
    made = mapped("residents", "姓名 爱好 电话", "张三 钓鱼 13800000001")
    fixed = mapping.corrected(made, {1: (LEAVE, ""), 2: (FIELD, "contact_phone")})
    assert became(fixed) == ["name", LEAVE, "contact_phone"]
    assert fixed.choices[1].reason == "由您选定"
    again = mapped("residents", "*姓名 爱好* 电话：", "李四 种花 13800000002")
    assert again.signature == made.signature == fixed.signature
    recalled = mapping.recalled(again, mapping.saved(fixed))
    assert became(recalled) == ["name", LEAVE, "contact_phone"]
    assert {choice.reason for choice in recalled.choices} == {"和上次一样"}


def test_another_header_or_register_has_another_signature() -> None:
    one = mapped("residents", "姓名 电话", "张三 13800000001")
    assert one.signature != mapped("residents", "电话 姓名", "13800000001 张三").signature
    assert one.signature != mapped("volunteers", "姓名 电话", "张三 13800000001").signature


def test_what_no_longer_fits_is_guessed_anew() -> None:
    made = mapped("residents", "姓名 电话", "张三 13800000001")
    assert mapping.recalled(made, [[FIELD, "name"], [FIELD, "fax"]]) == made
    assert mapping.recalled(made, [[FIELD, "name"]]) == made


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        ((FIELD, "fax"), "没有“fax”这种去处"),
        (("drop", ""), "没有“drop”这种去处"),
        ((FIELD, "name"), "“姓名”只能对应一列"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(decision: tuple[str, str], sentence: str) -> None:
    made = mapped("residents", "姓名 电话", "张三 13800000001")
    with pytest.raises(ValueError, match=sentence):
        mapping.corrected(made, {1: decision})


@pytest.mark.parametrize(
    ("head", "register"),
    [
        (["姓名", "性别", "身份证号", "与户主关系"], "residents"),
        (["姓名", "性别", "联系电话", "特长"], "volunteers"),
        (["类别", "姓名", "身份证号", "认定时间"], "memberships"),
        (["爱心妈妈", "儿童姓名", "结对时间"], "pairings"),
        (["服务队", "志愿者", "入队日期"], "team_members"),
        (["户号", "住址", "住房"], "households"),
        (["甲项", "乙项"], ""),
    ],
)
def test_a_sheet_is_offered_as_what_it_seems(head: list[str], register: str) -> None:
    book = reading.read(xlsx([head, ["1"] * len(head)], [["请按时报送"]]), "a.xlsx")
    first, second = offering.offers(book)
    assert first.register == register
    assert first.rows == 1
    if register:
        assert first.reason.startswith(f"像“{BY_NAME[register].about.label}”台账：有{head[0]}")
    assert second.table is None
    assert "没有找到表头" in second.reason


def test_files_of_a_folder_are_offered_by_their_paths() -> None:
    head = csv([["姓名", "电话"], ["张三", "13800000001"]])
    book = reading.read(zipped({"一/a.csv": head, "二/a.csv": head}), "a.zip")
    assert [one.title for one in offering.offers(book)] == ["一/a.csv：a", "二/a.csv：a"]


def test_every_synonym_and_wording_leads_somewhere() -> None:
    names = {name for register in offering.TAKEN for name in targets.of(register)}
    for name, words in synonyms.COLUMNS.items():
        register, _, own = name.partition(".")
        assert name in names or own in BY_NAME[register].fields
        keys = [labels.key(word) for word in words]
        assert keys
    fields = [one for register in BY_NAME.values() for one in register.fields.values()]
    for name, wordings in synonyms.CHOICES.items():
        options = {option for one in fields if one.name == name for option in one.choices}
        assert set(wordings.values()) <= options
    for register, telling in offering.TELLING.items():
        assert telling <= set(targets.of(register))
    assert set(offering.TELLING) == set(offering.TAKEN)
