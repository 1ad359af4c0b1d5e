"""What departments ask of the sample's communities, what was decided, and whose job is what."""

from __future__ import annotations

from typing import Any, NamedTuple

from db.registers.admissions import ADMITTED, DECLINED, RULE
from db.registers.places import COMMUNITY, COUNTY, STREET
from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, LIUMIQIAO, TAOHUAPING

Row = dict[str, Any]
INVENTED = "示例数据，事项为虚构"


class Asked(NamedTuple):
    """One item in some communities; `days` since it was asked, `decision` None while it waits."""

    department: str
    item: str
    listed: bool
    basis: str | None
    days: int
    hours: float
    funding: float | None
    decision: str | None
    areas: tuple[str, ...]


_EVERY = (GUIHUASHU, LIUMIQIAO, TAOHUAPING)
_ASKED = (
    Asked("民政局", "低保对象入户核查", True, "《社会救助暂行办法》（国务院令第649号）",
          400, 12, 6000, ADMITTED, _EVERY),
    Asked("卫生健康局", "65 岁以上老年人体检组织", True, "《基本公共卫生服务规范》",
          330, 10, 8000, ADMITTED, _EVERY),
    Asked("残疾人联合会", "残疾人证年审通知", True, "《中华人民共和国残疾人保障法》",
          250, 4, None, ADMITTED, (GUIHUASHU, TAOHUAPING)),
    Asked("统计局", "人口抽样调查协助", True, "《中华人民共和国统计法》",
          120, 16, 5000, ADMITTED, (LIUMIQIAO,)),
    Asked("文化和旅游局", "文明旅游宣传进社区", False, None, 200, 6, None, None, (TAOHUAPING,)),
    Asked("金融办", "防范非法集资排查填报", False, None, 150, 9, None, None, _EVERY),
    Asked("招商局", "返乡创业人员信息采集", False, None, 90, 20, None, DECLINED, (GUIHUASHU,)),
    Asked("园林局", "绿化养护日常巡查", False, None, 60, 24, None, DECLINED, (LIUMIQIAO,)),
    Asked("医疗保障局", "城乡居民医保参保动员", True, "《社会保险费征缴暂行条例》",
          20, 14, 3000, None, _EVERY),
)  # fmt: skip
# Item, whose level, who is responsible, what the community helps with, on what it rests.
_DUTIES = (
    ("最低生活保障的审核确认", COUNTY, "民政局", "受理咨询、协助入户调查", "《社会救助暂行办法》"),
    ("医疗机构和医疗质量监管", COUNTY, "卫生健康局", None, "《医疗机构管理条例》"),
    ("食品生产经营许可", COUNTY, "市场监督管理局", None, "《中华人民共和国食品安全法》"),
    ("违法建设查处", COUNTY, "城市管理执法局", "发现后及时报告", "《中华人民共和国城乡规划法》"),
    ("残疾人证核发", COUNTY, "残疾人联合会", "代收材料", "《中华人民共和国残疾人保障法》"),
    ("社区矫正对象监督管理", COUNTY, "司法局", "协助教育帮扶", "《中华人民共和国社区矫正法》"),
    ("安全生产执法检查", COUNTY, "应急管理局", None, "《中华人民共和国安全生产法》"),
    ("城市绿化养护", COUNTY, "园林局", None, "《城市绿化条例》"),
    ("流浪乞讨人员救助", COUNTY, "民政局", "引导、护送",
     "《城市生活无着的流浪乞讨人员救助管理办法》"),
    ("低保申请的受理和初审", STREET, "民政办", "协助入户调查", "《社会救助暂行办法》"),
    ("退役军人服务", STREET, "退役军人服务站", "联络走访", "《中华人民共和国退役军人保障法》"),
    ("消防安全网格巡查", STREET, "应急办", "小区楼道巡查", "《中华人民共和国消防法》"),
    ("临时救助的审批", STREET, "民政办", "发现、告知、代办", "《社会救助暂行办法》"),
    ("城乡居民养老保险参保登记", STREET, "社会保障所", "政策宣传", "《中华人民共和国社会保险法》"),
    ("未成年人保护工作站", STREET, "民政办", "发现、强制报告", "《中华人民共和国未成年人保护法》"),
    ("居民会议和居务公开", COMMUNITY, "社区居民委员会", None,
     "《中华人民共和国城市居民委员会组织法》"),
    ("民间纠纷调解", COMMUNITY, "人民调解委员会", None, "《中华人民共和国人民调解法》"),
    ("社区公共卫生和环境卫生", COMMUNITY, "社区居民委员会", None,
     "《中华人民共和国城市居民委员会组织法》"),
    ("志愿服务的组织和记录", COMMUNITY, "社区居民委员会", None, "《志愿服务条例》"),
    ("留守儿童的探访和报告", COMMUNITY, "儿童主任", None, "《中华人民共和国未成年人保护法》"),
    ("居民健身和文化活动", COMMUNITY, "社区居民委员会", None, "《全民健身条例》"),
)  # fmt: skip


def rows(make: Maker) -> dict[str, list[Row]]:
    """Items, decisions on them, and duties, by their registers."""
    made: dict[str, list[Row]] = {"admissions": [], "admission_decisions": []}
    for one in _ASKED:
        for area in one.areas:
            item = _item(make, one, area)
            made["admissions"].append(item)
            if one.decision:
                made["admission_decisions"].append(_decision(make, one, item))
    return {**made, "duties": [_duty(make, *one) for one in _DUTIES]}


def _item(make: Maker, one: Asked, area: str) -> Row:
    row = {
        "id": make.ids.new(), "area_id": area, "department": one.department, "item": one.item,
        "listed": one.listed, "asked_on": make.days_ago(one.days).isoformat(),
        "started_on": make.days_ago(one.days - 15).isoformat(), "hours": float(one.hours),
        "remark": INVENTED,
    }  # fmt: skip
    if one.decision == DECLINED:
        del row["started_on"]  # it never came in
    rest = {"basis": one.basis, "funding": one.funding}
    return row | {name: value for name, value in rest.items() if value is not None}


def _decision(make: Maker, one: Asked, item: Row) -> Row:
    row = {
        "id": make.ids.new(), "area_id": item["area_id"], "admission_id": item["id"],
        "decision": one.decision, "decided_on": make.days_ago(one.days - 10).isoformat(),
        "decider": "系统",
    }  # fmt: skip
    if one.decision == DECLINED:
        row |= {"rule": RULE, "opinion": "不在清单内，也没有配套经费"}
    return row


def _duty(
    make: Maker, item: str, level: str, responsible: str, helps: str | None, basis: str
) -> Row:
    row = {
        "id": make.ids.new(), "area_id": "chibi", "item": item, "level": level,
        "responsible": responsible, "basis": basis, "remark": "示例数据，以本县（市、区）清单为准",
    }  # fmt: skip
    return row | ({"helps": helps} if helps else {})
