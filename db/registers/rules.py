"""What must hold across a row: each rule takes the whole row and gives a sentence or None."""

from __future__ import annotations

from typing import Any

from db import dates, scales


def ends_after_start(row: dict[str, Any]) -> str | None:
    start, end = row.get("started_on"), row.get("ended_on")
    if start and end and end < start:
        return f"结束日期 {end} 早于开始日期 {start}，请核对"
    return None


def expires_after_issue(row: dict[str, Any]) -> str | None:
    issued, expires = row.get("issued_on"), row.get("expires_on")
    if issued and expires and expires < issued:
        return f"有效期至 {expires} 早于发证日期 {issued}，请核对"
    return None


def person_or_household(row: dict[str, Any]) -> str | None:
    if bool(row.get("resident_id")) == bool(row.get("household_id")):
        return "“居民”和“户”必须填一项，且只填一项"
    return None


def least_before_most(row: dict[str, Any]) -> str | None:
    least, most = row.get("least"), row.get("most")
    if least is not None and most is not None and most < least:
        return f"“至多”{most:g} 小于“至少”{least:g}，请核对"
    return None


def volunteer_or_team(row: dict[str, Any]) -> str | None:
    if bool(row.get("volunteer_id")) == bool(row.get("team_id")):
        return "“志愿者”和“服务队”必须填一项，且只填一项"
    return None


def due_or_done(row: dict[str, Any]) -> str | None:
    if not row.get("due_on") and not row.get("done_on"):
        return "“应办日期”和“完成日期”至少填一项"
    return None


def held_is_past(row: dict[str, Any]) -> str | None:
    """What has not come yet has not been held."""
    held = row.get("state") in ("已举办", "已开展")
    if held and row["held_on"] > dates.today().isoformat():
        return f"日期 {row['held_on']} 还没有到，不能登记为“{row['state']}”"
    return None


def times_in_order(row: dict[str, Any]) -> str | None:
    start, end = row.get("starts_at"), row.get("ends_at")
    if start and end and end <= start:
        return f"结束时间 {end} 不晚于开始时间 {start}，请核对"
    return None


def approved_has_hours(row: dict[str, Any]) -> str | None:
    if row.get("state") == "已认定" and not row.get("hours"):
        return "认定之前要填“时长”"
    return None


def settled_after_asked(row: dict[str, Any]) -> str | None:
    settled = row.get("settled_on")
    if settled and settled < row["asked_on"]:
        return f"了结日期 {settled} 早于申请日期 {row['asked_on']}，请核对"
    return None


def closed_has_day(row: dict[str, Any]) -> str | None:
    """An open case has no last day, a closed one has."""
    if (row.get("outcome") == "调解中") == bool(row.get("closed_on")):
        return "结案的案件要填“结案日期”，调解中的不填"
    if row.get("closed_on") and row["closed_on"] < row["received_on"]:
        return f"结案日期 {row['closed_on']} 早于受理日期 {row['received_on']}，请核对"
    return None


def amount_in_cents(row: dict[str, Any]) -> str | None:
    """Sums of money are compared: they are whole cents."""
    if round(row["amount"], 2) != row["amount"]:
        return f"金额 {row['amount']} 元多于两位小数，请精确到分"
    return None


def grade_has_certificate(row: dict[str, Any]) -> str | None:
    certified = row.get("grade") != "无证"
    if certified and not row.get("certificate"):
        return f"职业水平是“{row['grade']}”的要填“证书编号”；还没有证书的选“无证”"
    if not certified and row.get("certificate"):
        return "填了“证书编号”，“职业水平”就不能是“无证”"
    return None


def refusal_has_reason(row: dict[str, Any]) -> str | None:
    """Who refuses says by which rule."""
    if row.get("decision") != "不同意" or row.get("rule"):
        return None
    return "不同意的要选“引用规定”，例如“民发〔2015〕136号：权随责走、费随事转”"


def gds_15_adds_up(row: dict[str, Any]) -> str | None:
    """Where the answers are there, the score follows from them."""
    if row.get("instrument") != scales.GDS_15 or not row.get("answers"):
        return None
    try:
        points = scales.score(row["answers"])
    except ValueError:
        return "“各题回答”应为依次 15 个“是”或“否”"
    if row.get("score") != points:
        return f"按各题回答应得 {points} 分，“得分”读到 {row.get('score') or '空'}"
    return None


def one_raiser(row: dict[str, Any]) -> str | None:
    if bool(row.get("resident_id")) and bool(row.get("household_id")):
        return "“居民”和“户”只填一项"
    return None


def settled_is_told(row: dict[str, Any]) -> str | None:
    """A need is answered with a result on a day, not before it was raised."""
    settled = row.get("settled_on")
    if bool(settled) != bool(row.get("settlement")):
        return "“反馈日期”和“办理结果”要填就都填"
    if settled and settled < row["raised_on"]:
        return f"反馈日期 {settled} 早于提出日期 {row['raised_on']}，请核对"
    return None


def joins_another(row: dict[str, Any]) -> str | None:
    if row.get("joined_id") and row["joined_id"] == row.get("id"):
        return "一件需求不能并入它自己"
    return None


def closed_after_start(row: dict[str, Any]) -> str | None:
    start, closed = row.get("started_on"), row.get("closed_on")
    if start and closed and closed < start:
        return f"结项日期 {closed} 早于计划开始日期 {start}，请核对"
    return None


def returned_has_reason(row: dict[str, Any]) -> str | None:
    if row.get("decision") == "退回" and not row.get("opinion"):
        return "退回的要在“评审意见”写明理由"
    return None


def closes_after_opening(row: dict[str, Any]) -> str | None:
    opens, closes = row["opens_on"], row["closes_on"]
    if closes < opens:
        return f"截止日期 {closes} 早于开始日期 {opens}，请核对"
    return None


def conflict_is_told(row: dict[str, Any]) -> str | None:
    if row.get("conflict") and not row.get("conflict_reason"):
        return "须回避的要写明“回避原因”"
    return None
