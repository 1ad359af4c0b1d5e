"""The chains of the sample as data: what was asked for, how far each has come, all invented."""

from __future__ import annotations

from dataclasses import dataclass

from db.sample.places import GUIHUASHU, LIUMIQIAO, TAOHUAPING

SUN, CARE, PEACE, GREEN = "shili_nuanyang", "shili_xiyanghong", "shili_heyi", "shili_qinghe"
MARK = "示例数据"


@dataclass(frozen=True)
class Asked:
    """A need: how many days ago, by which way; others that say the same were joined to it."""

    title: str
    ago: int
    way: str = "窗口"
    group: str | None = None
    urgency: str = "一般"
    joined: tuple[str, ...] = ()
    settled: tuple[int, str, str] | None = None  # days ago, result, answer


@dataclass(frozen=True)
class Bidder:
    """An organisation's offer and, by judge, its points for each criterion (None: not yet)."""

    organisation: str
    title: str
    price: int
    points: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Chain:
    """A need and what came of it; days count back from the sample's day, None: not yet.

    `reviews` are (days ago, decision, opinion). `opened` is when the call was published (a draft
    where `drafted`), `closed` when it closed: years ahead where it is open still.
    """

    area: str
    asked: Asked
    project: str = ""
    goal: str = ""
    expected: int = 0
    designed: int = 0
    budget: tuple[tuple[str, int], ...] = ()
    submitted: int | None = None
    reviews: tuple[tuple[int, str, str], ...] = ()
    drafted: bool = False
    opened: int | None = None
    closed: int | None = None
    bidders: tuple[Bidder, ...] = ()
    awarded: int | None = None
    reason: str = ""
    milestones: tuple[tuple[str, int, int | None, int], ...] = ()  # name, due, done, yuan
    evaluations: tuple[tuple[str, int, int, str], ...] = ()  # kind, days ago, points, opinion
    satisfied: tuple[int, ...] = ()
    ended: int | None = None
    programme: str = ""
    of: str = ""  # the programme from whose people those to be served were chosen


PASS, BACK = "批准", "退回"
CRITERIA = (("方案可行", 50), ("团队经验", 30), ("报价合理", 20))
CHAINS = (
    Chain(
        GUIHUASHU,
        Asked("放学到家长下班之间孩子没人管", 240, "走访", "left_behind_children", "紧急",
              ("双职工家庭放学没人接", "希望放学后有人辅导作业"),
              (8, "已解决", "每周已有人陪伴做作业")),
        "放学后的一小时", "放学后每周有社工陪伴做作业、谈心", 16, 228,
        (("社工人员", 18000), ("教具与图书", 4000), ("活动物料", 2000)), 220,
        ((216, BACK, "活动物料测算偏高，请说明"), (209, PASS, "同意立项")),
        False, 204, 190,
        (Bidder(SUN, "陪伴一小时", 22800, ((46, 27, 17), (45, 28, 16))),
         Bidder(PEACE, "邻里帮带", 19000, ((38, 20, 19), (40, 21, 18)))),
        184, "两名评委评分均最高，社工专业力量较强，报价在限价之内",
        (("完成招募和首次活动", 170, 172, 8000), ("中期：满 16 次活动", 100, 98, 8000),
         ("末期：活动结束并通过评估", 20, 18, 6800)),
        (("中期", 95, 88, "到场稳定，建议增加与家长的沟通"),
         ("末期", 18, 92, "达到目标，家长反映好")),
        (5, 5, 4, 5, 4, 5), 15, "示例·放学后的一小时", "guihuashu_sunday",
    ),
    Chain(
        GUIHUASHU,
        Asked("留守儿童周末缺少心理陪伴", 150, "调查", "left_behind_children", "较急"),
        "周末心理小屋", "每周六为留守儿童做团体心理活动", 12, 141,
        (("心理辅导老师", 9000), ("沙盘和画材", 3000)), 138, ((134, PASS, "同意"),),
        False, 130, 116, (Bidder(SUN, "小屋时光", 11500, ((44, 27, 16), (43, 26, 17))),),
        110, "只有一家申请；方案经评委评分达到要求，同意承接",
        (("首次活动", 95, 96, 4000), ("中期：满 8 次活动", 12, None, 4000)),
        (("中期", 30, 84, "孩子参与积极，出勤要再提高"),), (4, 5, 4), None,
        "示例·周末心理小屋", "guihuashu_care",
    ),
    Chain(
        GUIHUASHU,
        Asked("独居老人家里灯具、水管坏了没人修", 75, "电话", "childless_elderly", "较急",
              ("楼道灯坏了没人换",)),
        "邻里小修队", "为独居和困难老人上门小修", 30, 66, (("材料", 3000), ("交通补贴", 1500)), 60,
        ((55, PASS, "同意，材料凭票报销"),), False, 50, 28,
        (Bidder(PEACE, "邻里小修", 4200, ((43, 24, 19), (44, 22, 18))),
         Bidder(GREEN, "青禾维修日", 4500, ((40, 25, 15), (41, 24, 16)))),
        20, "评分最高，队员就住在本社区，响应快", (("首月上门 20 户", -10, None, 2200),),
    ),
    Chain(
        GUIHUASHU,
        Asked("希望有人教老人用手机挂号", 40, "窗口", "elderly"),
        "手机课堂", "教老人挂号、缴费、视频通话", 40, 34, (("讲师", 3000), ("教材", 600)), 30,
        ((26, PASS, "同意"),), False, 10, None,
        (Bidder(SUN, "指尖课堂", 3400), Bidder(GREEN, "青禾手机班", 3500)),
    ),
    Chain(
        LIUMIQIAO,
        Asked("残疾人家庭照料者需要喘息", 90, "走访", "disabled", "较急"),
        "喘息半日", "每月两次上门替换照料半天", 20, 80, (("护理人员", 12000),), 76,
        ((70, PASS, "同意"),), False, 60, 35,
        (Bidder(CARE, "半日替手", 11800, ((45, 26, 15), ())),
         Bidder(GREEN, "青禾喘息", 11000, ((41, 24, 17), ()))),
    ),
    Chain(
        LIUMIQIAO,
        Asked("流动儿童暑期没有去处", 70, "调查", "migrant_children"),
        "夏日小课桌", "暑期开放活动室，安排作业辅导和兴趣课", 25, 60, (("大学生补贴", 6000),), 52,
        ((45, PASS, "同意，注意安全责任"),), True,
    ),
    Chain(
        LIUMIQIAO,
        Asked("失独家庭节日无人探望", 52, "走访", "bereaved_families", "较急"),
        "节日不孤单", "重要节日上门探望并组织小型聚会", 19, 44, (("慰问品", 3800),), 9,
    ),
    Chain(
        LIUMIQIAO,
        Asked("小区缺少晾晒和休息的地方", 60, "自助"),
        "楼下会客厅", "改造一处闲置门面作公共会客厅", 200, 50, (("改造", 80000),), 42,
        ((36, BACK, "改造费用超出社区项目资金范围，请调整为活动类项目"),),
    ),
    Chain(
        LIUMIQIAO,
        Asked("下岗居民想学家政技能", 33, "窗口", "unemployed"),
        "家政技能班", "免费家政技能培训并推荐上岗", 30, 28, (("培训师", 8000), ("耗材", 2000)), 24,
        ((20, PASS, "同意"),), False, 12, None, (Bidder(SUN, "巧手班", 9600),),
    ),
    Chain(
        TAOHUAPING,
        Asked("空巢老人缺少日常陪伴", 200, "走访", "empty_nest_elderly", "紧急",
              ("独居老人白天没人说话",)),
        "银龄陪伴", "组织老人每周文体活动，缺席者上门探访", 24, 190,
        (("社工人员", 16000), ("活动物料", 5000)), 184, ((178, PASS, "同意立项"),), False, 172, 158,
        (Bidder(CARE, "夕阳红陪伴", 20500, ((46, 28, 16), (45, 27, 16), (44, 28, 17))),
         Bidder(SUN, "暖阳聊天室", 20800, ((44, 27, 15), (45, 25, 16), (43, 27, 15))),
         Bidder(GREEN, "青禾乐龄", 18000, ((39, 20, 19), (40, 21, 18), (38, 22, 19)))),
        150, "三名评委评分最高，在本社区已有养老服务经验",
        (("首次活动", 140, 141, 7000), ("中期：探访满 100 人次", 40, None, 7000),
         ("末期评估", -60, None, 6500)),
        (("中期", 60, 81, "活动受欢迎，上门探访进度偏慢"),), (4, 4, 5, 3), None,
        "示例·银龄陪伴", "taohuaping_together",
    ),
    Chain(
        TAOHUAPING,
        Asked("高龄老人出院回家后护理跟不上", 25, "电话", "elderly", "紧急"),
        "出院过渡照护", "出院后一个月内上门护理指导", 15, 14, (("护士出诊", 9000),),
    ),
    Chain(TAOHUAPING, Asked("希望食堂周末也开放", 12, "自助", "elderly")),
    Chain(
        TAOHUAPING,
        Asked("要求在广场装设大型射灯", 85, "窗口",
              settled=(70, "转其他部门", "属市政照明事项，已转园区城管部门办理")),
    ),
    Chain(
        LIUMIQIAO,
        Asked("楼上住户深夜噪声", 48, "电话", urgency="较急",
              settled=(40, "不采纳", "属邻里纠纷，已请到调解室处理，不作项目办理")),
    ),
    Chain(GUIHUASHU, Asked("想要一块孩子们踢球的场地", 6, "调查", "children")),
)  # fmt: skip
