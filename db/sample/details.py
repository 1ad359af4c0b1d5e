"""What else a roster says of a person, as likely as it is at that age."""

from __future__ import annotations

from db.registers.people import AWAY
from db.sample.chance import Chance, Lots, lots

ETHNICITIES = lots({"汉族": 974, "土家族": 13, "苗族": 5, "回族": 4, "满族": 2, "壮族": 2})
# From this age on: how far schooling went, then the share of each outcome.
SCHOOLING: tuple[tuple[int, Lots], ...] = (
    (0, lots({"未上学": 1})),
    (7, lots({"小学": 1})),
    (13, lots({"初中": 1})),
    (16, lots({"高中": 70, "中专": 30})),
    (19, lots({"高中": 18, "中专": 14, "大专": 38, "本科": 28, "研究生": 2})),
    (35, lots({"小学": 4, "初中": 38, "高中": 24, "中专": 14, "大专": 13, "本科": 7})),
    (50, lots({"小学": 16, "初中": 46, "高中": 24, "中专": 9, "大专": 4, "本科": 1})),
    (65, lots({"未上学": 9, "小学": 42, "初中": 32, "高中": 10, "中专": 6, "大专": 1})),
    (80, lots({"未上学": 31, "小学": 48, "初中": 15, "中专": 5, "大专": 1})),
)
PARTIES: tuple[tuple[int, Lots], ...] = (
    (14, lots({"群众": 62, "共青团员": 38})),
    (28, lots({"群众": 888, "中共党员": 108, "民主党派": 4})),
    (60, lots({"群众": 790, "中共党员": 206, "民主党派": 4})),
)
WORK = lots(
    {
        "个体经营": 16, "园区纺织企业": 18, "园区服装企业": 11, "超市": 6, "餐饮店": 7,
        "建筑工地": 8, "物业公司": 4, "学校": 4, "医院": 3, "物流公司": 6, "家政服务": 4,
        "灵活就业": 24, "出租车公司": 2, "社区公益岗": 1,
    }
)  # fmt: skip
FAR_WORK = lots(
    {
        "广东东莞务工": 22, "广东深圳务工": 18, "广东佛山务工": 9, "浙江宁波务工": 10,
        "浙江温州务工": 7, "江苏苏州务工": 9, "上海务工": 7, "湖北武汉务工": 18,
    }
)  # fmt: skip
SCHOOL_ENDS, WORK_ENDS = 19, {"男": 60, "女": 55}


def ethnicity(chance: Chance) -> str:
    return chance.draw(ETHNICITIES)


def education(chance: Chance, age: int) -> str | None:
    return None if age < 3 else _at(chance, SCHOOLING, age)


def party(chance: Chance, age: int) -> str | None:
    return None if age < PARTIES[0][0] else _at(chance, PARTIES, age)


def employer(chance: Chance, age: int, sex: str, status: str) -> str | None:
    """Where somebody works; 退休 for most of the old, nothing for those at school."""
    if age < SCHOOL_ENDS:
        return None
    if age >= WORK_ENDS[sex]:
        return "退休" if chance.happens(0.72) else None
    if status == AWAY:
        return chance.draw(FAR_WORK)
    return chance.draw(WORK) if chance.happens(0.85) else None


def _at(chance: Chance, bands: tuple[tuple[int, Lots], ...], age: int) -> str:
    return chance.draw([band for since, band in bands if since <= age][-1])
