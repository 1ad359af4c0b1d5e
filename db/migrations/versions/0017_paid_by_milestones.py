"""What a project has is paid by its milestones: none before it is reached, none above its sum."""

# ruff: noqa: S608  # every part of these statements stands in this file

import sqlalchemy as sa
from alembic import op

from db import guards
from db.guards import Guard

revision = "0017"
down_revision = "0016"

ALIVE = "NEW.deleted_at IS NULL"
LATER, NEW_ONLY = ("UPDATE",), ("INSERT",)
MOVED = (
    "(COALESCE(NEW.milestone_id, '') <> COALESCE(OLD.milestone_id, '') "
    "OR NEW.amount <> OLD.amount OR OLD.deleted_at IS NOT NULL)"
)
# The fund belongs to a project with milestones that money is due for, and none is named.
UNNAMED = (
    f"{ALIVE} AND NEW.milestone_id IS NULL AND EXISTS (SELECT 1 FROM funds f "
    "JOIN milestones m ON m.project_id = f.project_id "
    "WHERE f.id = NEW.fund_id AND m.deleted_at IS NULL AND m.amount > 0)"
)
NAMED = "这笔资金的项目按里程碑拨付，请选已经达到的里程碑"
PAID = (
    "SELECT COALESCE(SUM(p.amount), 0) FROM payments p "
    "WHERE p.milestone_id = {milestone} AND p.deleted_at IS NULL AND p.id <> NEW.id"
)
PAYMENTS = (
    Guard("named", "payments", UNNAMED, NAMED, NEW_ONLY),
    Guard("renamed", "payments", f"{MOVED} AND {UNNAMED}", NAMED, LATER),
    Guard(
        "same",
        "payments",
        f"{ALIVE} AND NEW.milestone_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM milestones m "
        "JOIN funds f ON f.project_id = m.project_id "
        "WHERE m.id = NEW.milestone_id AND f.id = NEW.fund_id)",
        "里程碑不属于这笔资金的项目，请核对",
    ),
    Guard(
        "reached",
        "payments",
        f"{ALIVE} AND EXISTS (SELECT 1 FROM milestones m WHERE m.id = NEW.milestone_id "
        "AND (m.done_on IS NULL OR m.deleted_at IS NOT NULL))",
        "这个里程碑还没有达到，不能拨付",
    ),
    Guard(
        "due",
        "payments",
        f"{ALIVE} AND EXISTS (SELECT 1 FROM milestones m WHERE m.id = NEW.milestone_id "
        "AND ROUND(CAST(COALESCE(m.amount, 0) AS NUMERIC), 2) < "
        f"ROUND(CAST(({PAID.replace('{milestone}', 'NEW.milestone_id')}) + NEW.amount "
        "AS NUMERIC), 2))",
        "拨付合计超过这个里程碑的应付金额，请核对",
    ),
)
# As in migration 12: of a table all guards are given together.
AWARDED = (
    "EXISTS (SELECT 1 FROM awards a JOIN calls c ON c.id = a.call_id "
    "WHERE c.project_id = NEW.project_id AND a.deleted_at IS NULL AND c.deleted_at IS NULL)"
)
MILESTONES = (
    Guard(
        "awarded",
        "milestones",
        f"{ALIVE} AND NEW.project_id IS NOT NULL AND NOT {AWARDED}",
        "这个联动项目还没有承接决定，不能开始执行",
    ),
    Guard(
        "paid",
        "milestones",
        "(NEW.done_on IS NULL OR NEW.deleted_at IS NOT NULL OR NEW.project_id <> OLD.project_id "
        "OR COALESCE(NEW.amount, 0) < (SELECT COALESCE(SUM(p.amount), 0) FROM payments p "
        "WHERE p.milestone_id = NEW.id AND p.deleted_at IS NULL)) "
        "AND EXISTS (SELECT 1 FROM payments p WHERE p.milestone_id = NEW.id "
        "AND p.deleted_at IS NULL)",
        "这个里程碑已经拨付，不能撤回、删除或低于已付的金额",
        LATER,
    ),
)


def upgrade() -> None:
    key = sa.ForeignKey("milestones.id", name="fk_payments_milestone_id")
    made = sa.Column("milestone_id", sa.String(36), key, nullable=True)
    op.add_column("payments", made, inline_references=True)
    op.create_index("ix_payments_milestone_id", "payments", ["milestone_id"])
    op.add_column("projects", sa.Column("reworked", sa.BigInteger(), nullable=True))
    guards.create(op.get_bind(), PAYMENTS)
    guards.replace(op.get_bind(), MILESTONES)
