"""Chinese names as people of an age bear them; never a name that the article gives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.sample.chance import Chance, lots

# They stand in the article as themselves: nothing invented may be told of them.
ARTICLE = frozenset({"宋金城", "徐勇", "张培锋", "张彩虹", "邓秋红", "程桂仙"})

# The hundred or so most common, with their bearers in units of ten thousand, rounded.
_BEARERS = """
王1015 李1009 张954 刘721 陈633 杨462 黄337 赵286 吴278 周268 徐202 孙194 马191 朱181 胡165
郭158 何148 林142 高141 罗140 郑128 梁122 谢117 宋116 唐113 许109 邓105 韩103 冯103 曹101
彭92 曾92 肖90 田85 董84 潘86 袁82 蔡86 蒋78 余80 于82 杜78 叶79 程76 魏76 苏77 吕75 丁73
任71 卢68 姚69 沈72 钟66 姜65 崔65 谭64 陆59 范61 汪60 廖62 石56 金57 韦54 贾55 夏54 付52
方52 邹50 熊49 白46 孟48 秦47 邱53 侯50 江45 尹42 薛43 闫44 段41 雷40 龙37 黎39 史38 陶36
贺36 毛35 郝35 顾36 龚34 邵34 万33 覃31 武31 钱31 戴56 严30 莫28 孔27 向26 常26 汤25 欧阳11
"""
SURNAMES = lots(
    {name: float(bearers) for name, bearers in re.findall(r"([^\d\s]+)(\d+)", _BEARERS)}
)


@dataclass(frozen=True)
class Fashion:
    """How a generation names its children: first and second characters, or a single one."""

    since: int
    firsts: str
    seconds: str
    singles: str
    single_share: float


MEN = (
    Fashion(0, "德正明国金文光福大长志永世炳", "才发清元贵安生明山成祥林寿华", "福贵", 0.02),
    Fashion(1950, "建国志文明新卫永红爱少光立先", "国华民军平生新明安忠林斌清元", "军斌刚", 0.08),
    Fashion(
        1970,
        "志建文海小永晓俊国新少明立伟",
        "军勇辉斌林华波峰明涛松平兵刚",
        "军勇辉波峰涛斌刚",
        0.35,
    ),
    Fashion(
        1990, "俊志文家宇嘉子浩天伟思明一鑫", "杰豪轩文辉鑫宇龙超凡航成康博", "杰豪超凡航博鑫", 0.3
    ),
    Fashion(2008, "子宇浩梓俊一嘉奕沐辰博瑞铭皓", "轩泽涵睿宸然博洋辰阳昊恒晨航", "睿宸昊恒", 0.06),
)
WOMEN = (
    Fashion(0, "桂秀玉凤春金翠素腊菊美月冬新", "英兰珍香莲芳琼枝娥秀梅云姣清", "英珍", 0.02),
    Fashion(1950, "桂秀玉春爱美丽小红建金惠淑月", "英兰珍芳琼梅玲云萍霞琴芝蓉娥", "芳萍霞", 0.06),
    Fashion(
        1970,
        "丽小晓红海春艳秀雪文燕慧玉冬",
        "芳红玲霞燕萍琼琴娟敏梅英丽莉",
        "芳艳丽娟敏燕霞莉",
        0.3,
    ),
    Fashion(
        1990,
        "雨思佳梦雅婷静晓文慧诗欣嘉雪",
        "婷琪雯怡倩颖洁琳慧敏瑶璐莹萱",
        "婷倩颖洁琳瑶璐莹",
        0.28,
    ),
    Fashion(2008, "梓欣雨诗子可一思语若奕沐佳芷", "涵怡萱桐瑶妍彤琪晴宁悦菲溪然", "妍彤悦宁", 0.05),
)


def surname(chance: Chance) -> str:
    return chance.draw(SURNAMES)


def full(chance: Chance, family: str, sex: str, year: int) -> str:
    """`family` and a given name in the fashion of the birth year."""
    fashions = MEN if sex == "男" else WOMEN
    fashion = [each for each in fashions if each.since <= year][-1]
    while (name := family + _given(chance, fashion)) in ARTICLE:
        continue
    return name


def _given(chance: Chance, fashion: Fashion) -> str:
    if chance.happens(fashion.single_share):
        return chance.choice(fashion.singles)
    first, second = chance.choice(fashion.firsts), chance.choice(fashion.seconds)
    return first + second if first != second else _given(chance, fashion)
