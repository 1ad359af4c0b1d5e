"""Funds of the sample, what of them was paid and spent: all of it invented, and marked so."""

from __future__ import annotations

from typing import Any

from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, LIUMIQIAO, NAMES, TAOHUAPING

Row = dict[str, Any]
INVENTED = "示例数据，金额为虚构"
# Source, purpose, days since it came, yuan, share spent.
_FUNDS: dict[str, tuple[tuple[str, str, int, float, float], ...]] = {
    GUIHUASHU: (
        ("政府购买服务", "留守儿童关爱服务", 480, 60000, 1.0),
        ("项目资金", "五点半学校设施添置", 300, 25000, 0.92),
        ("慈善捐赠", "结对儿童学习用品", 140, 8000, 0.55),
        ("活动补贴", "快乐星期天课程材料", 70, 6000, 0.2),
    ),
    LIUMIQIAO: (
        ("活动补贴", "义务巡逻和社区清洁装备", 410, 12000, 1.0),
        ("政府购买服务", "困难家庭帮扶服务", 260, 45000, 0.7),
        ("项目资金", "婚姻家庭调解室运行", 120, 15000, 0.4),
    ),
    TAOHUAPING: (
        ("项目资金", "居家养老服务中心设备更新", 500, 150000, 1.0),
        ("政府购买服务", "空巢老人上门服务", 330, 90000, 0.81),
        ("活动补贴", "老年文体活动", 180, 10000, 0.65),
        ("慈善捐赠", "重阳节慰问", 25, 12000, 0.0),
    ),
}
# The parts in which a budget is paid out, and what each part of the money buys.
_PARTS = (0.6, 0.4)
_BOUGHT = ("人员补贴", "活动材料", "设备和用品", "交通和误餐")


def rows(make: Maker) -> dict[str, list[Row]]:
    """Funds, payments, spendings, by their registers."""
    made: dict[str, list[Row]] = {"funds": [], "payments": [], "spendings": []}
    for area, some in _FUNDS.items():
        for number, (source, purpose, days, amount, share) in enumerate(some):
            fund = _row(make, area, source=source, purpose=purpose, amount=float(amount))
            fund["granted_on"] = make.days_ago(days).isoformat()
            made["funds"].append(fund)
            paid = _PARTS if days > 100 else _PARTS[:1]
            made["payments"] += _payments(make, fund, days, paid)
            within = min(share, sum(paid)) * amount
            made["spendings"] += _spendings(make, fund, days, within, number)
    return made


def _payments(make: Maker, fund: Row, days: int, parts: tuple[float, ...]) -> list[Row]:
    return [
        _row(
            make,
            fund["area_id"],
            fund_id=fund["id"],
            paid_on=make.days_ago(days - at * days // 3).isoformat(),
            amount=round(fund["amount"] * part, 2),
            payee=NAMES[fund["area_id"]],
            voucher=f"示例拨{fund['granted_on'][:4]}-{at + 1:02d}",
        )
        for at, part in enumerate(parts)
    ]


def _spendings(make: Maker, fund: Row, days: int, within: float, number: int) -> list[Row]:
    """What was spent in four parts, of which the last takes what is left, in whole hundreds."""
    parts = [round(within * part, -2) for part in (0.4, 0.3, 0.2)]
    parts.append(round(within, -2) - sum(parts))
    return [
        _row(
            make,
            fund["area_id"],
            fund_id=fund["id"],
            spent_on=make.days_ago(days - (at + 1) * days // 5).isoformat(),
            item=item,
            amount=float(amount),
            voucher=f"示例凭{number + 1}-{at + 1:02d}",
        )
        for at, (item, amount) in enumerate(zip(_BOUGHT, parts, strict=True))
        if amount > 0
    ]


def _row(make: Maker, area: str, **cells: Any) -> Row:
    return {"id": make.ids.new(), "area_id": area, **cells, "remark": INVENTED}
