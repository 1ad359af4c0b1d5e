# ruff: noqa: S608  # every part of these statements stands in this file
"""The linkage chain: needs, projects, calls with sealed bids, awards, deliveries."""

import sqlalchemy as sa
from alembic import op

from db import guards
from db.guards import Guard

revision = "0012"
down_revision = "0011"


ADDED = (
    ("accounts", "organisation_id", "organisations"),
    ("contacts", "programme_id", "programmes"),
    ("programmes", "project_id", "projects"),
)

BOTH, NEW_ONLY, LATER = ("INSERT", "UPDATE"), ("INSERT",), ("UPDATE",)
ALIVE = "NEW.deleted_at IS NULL"
GOES = "NEW.deleted_at IS NOT NULL AND OLD.deleted_at IS NULL"
CLOSED = "c.closes_on || ' ' || c.closes_at <= {now}"
CALL = "EXISTS (SELECT 1 FROM calls c WHERE c.id = NEW.call_id AND "
AWARDED = (
    "EXISTS (SELECT 1 FROM awards a JOIN calls c ON c.id = a.call_id "
    "WHERE c.project_id = {project} AND a.deleted_at IS NULL AND c.deleted_at IS NULL)"
)
DECISION = (
    "COALESCE((SELECT r.decision FROM reviews r WHERE r.project_id = {project} "
    "AND r.deleted_at IS NULL ORDER BY r.reviewed_on DESC, r.created_at DESC, r.id DESC LIMIT 1), "
    "'')"
)
BID_CALL = "(SELECT b.call_id FROM bids b WHERE b.id = NEW.bid_id)"
# A judge who may score: no conflict declared, of no organisation that bids.
FREE = (
    "j.deleted_at IS NULL AND j.conflict IS NOT TRUE AND NOT EXISTS (SELECT 1 FROM bids o "
    "WHERE o.call_id = j.call_id AND o.deleted_at IS NULL AND (o.organisation_id = "
    "j.organisation_id OR o.organisation_id IN (SELECT u.organisation_id FROM accounts u "
    "WHERE u.username = j.account)))"
)


def of(sql: str, project: str = "NEW.project_id") -> str:
    return sql.replace("{project}", project)


def twice(table: str, *columns: str) -> str:
    """Another living row says the same."""
    same = " AND ".join(f"t.{one} = NEW.{one}" for one in columns)
    return (
        f"{ALIVE} AND EXISTS (SELECT 1 FROM {table} t WHERE {same} AND t.id <> NEW.id "
        "AND t.deleted_at IS NULL)"
    )


def moved(*columns: str) -> str:
    """One of these cells is no longer what it was."""
    return " OR ".join(
        f"COALESCE(CAST(NEW.{one} AS TEXT), '') <> COALESCE(CAST(OLD.{one} AS TEXT), '')"
        for one in columns
    )


NEEDS = (
    Guard(
        "joined",
        "needs",
        "NEW.joined_id IS NOT NULL AND (NEW.joined_id = NEW.id OR EXISTS (SELECT 1 FROM needs t "
        "WHERE t.id = NEW.joined_id AND t.joined_id IS NOT NULL))",
        "要并入的需求自己已并入别的需求，请并入那一件",
    ),
    Guard(
        "joins",
        "needs",
        "NEW.joined_id IS NOT NULL AND EXISTS (SELECT 1 FROM needs t "
        "WHERE t.joined_id = NEW.id AND t.deleted_at IS NULL)",
        "已有需求并入这一件，它不能再并入别的需求",
        LATER,
    ),
)
PROJECTS = (
    Guard(
        "design",
        "projects",
        "NEW.deleted_at IS NULL AND OLD.deleted_at IS NULL AND ("
        + moved("name", "goal", "group_id", "place", "expected", "activities", "aims")
        + f") AND {of(DECISION, 'NEW.id')} = '批准'",
        "已批准的项目不能再改设计，请先由街道退回",
        LATER,
    ),
    Guard(
        "closing",
        "projects",
        "NEW.closed_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM evaluations e "
        "WHERE e.project_id = NEW.id AND e.kind = '末期' AND e.deleted_at IS NULL)",
        "结项之前要有末期评估",
    ),
    Guard(
        "twice",
        "project_needs",
        twice("project_needs", "project_id", "need_id"),
        "这个项目已对应这件需求",
    ),
    Guard(
        "approved",
        "budget_lines",
        f"{of(DECISION)} = '批准'",
        "已批准的项目不能再改预算，请先由街道退回",
    ),
    Guard(
        "entitled",
        "reviews",
        "EXISTS (SELECT 1 FROM accounts a WHERE a.id = NEW.reviewer_id "
        "AND a.role NOT IN ('city_admin', 'county_officer', 'street_officer'))",
        "只有街道、县级、市级的账号能评审项目",
    ),
    Guard(
        "submitted",
        "reviews",
        "EXISTS (SELECT 1 FROM projects p WHERE p.id = NEW.project_id AND p.submitted_on IS NULL)",
        "项目还没有送审，不能评审",
        NEW_ONLY,
    ),
    Guard(
        "called",
        "reviews",
        "EXISTS (SELECT 1 FROM calls c WHERE c.project_id = NEW.project_id "
        "AND c.state = '已发布' AND c.deleted_at IS NULL)",
        "项目已发布征集，不能再改评审",
    ),
)
PUBLISH = f"NEW.state = '已发布' AND {ALIVE} AND "
FULL = (
    "SELECT COALESCE(SUM(k.weight), 0) FROM criteria k "
    "WHERE k.call_id = NEW.id AND k.deleted_at IS NULL"
)
PUBLISHED = (
    ("weights", f"({FULL}) <> 100", "各项评分标准的满分合计应为 100 分，才能发布征集"),
    ("approved", f"{of(DECISION)} <> '批准'", "联动项目还没有批准，不能发布征集"),
    ("late", "NEW.closes_on || ' ' || NEW.closes_at <= {now}", "截止时间已过，不能发布征集"),
    ("again", of(AWARDED), "这个联动项目已有承接决定，不能再发布征集"),
)  # fmt: skip
CALLS = (
    *(Guard(f"new_{name}", "calls", PUBLISH + when, sentence, NEW_ONLY)
      for name, when, sentence in PUBLISHED),
    *(Guard(name, "calls", f"OLD.state <> '已发布' AND {PUBLISH}{when}", sentence, LATER)
      for name, when, sentence in PUBLISHED),
    Guard(
        "back", "calls",
        "(OLD.state <> '草稿' AND NEW.state = '草稿') "
        "OR (OLD.state = '已终止' AND NEW.state <> '已终止')",
        "发布过的征集不能改回草稿，终止了的不能再发布", LATER,
    ),
    Guard(
        "closing", "calls",
        "OLD.state <> '草稿' AND (" + moved("closes_on", "closes_at") + ") AND "
        "(NEW.closes_on || ' ' || NEW.closes_at < OLD.closes_on || ' ' || OLD.closes_at "
        "OR OLD.closes_on || ' ' || OLD.closes_at <= {now})",
        "征集发布后截止时间只能推迟，截止后不能再改", LATER,
    ),
    Guard(
        "moved", "calls", "OLD.state <> '草稿' AND (" + moved("project_id", "ceiling") + ")",
        "征集已发布，不能换项目或改最高限价", LATER,
    ),
    Guard(
        "gone", "calls", f"OLD.state <> '草稿' AND {GOES}",
        "发布过的征集不能删除，可以改为“已终止”", LATER,
    ),
    Guard(
        "frozen", "criteria", CALL + "c.state <> '草稿')", "征集已发布，评分标准不能再改",
    ),
    Guard(
        "left", "criteria",
        "EXISTS (SELECT 1 FROM calls c WHERE c.id = OLD.call_id AND c.state <> '草稿')",
        "征集已发布，评分标准不能再改", LATER,
    ),
    Guard(
        "twice", "criteria", twice("criteria", "call_id", "name"), "这次征集已有同名的评分项",
    ),
)  # fmt: skip
BIDS = (
    Guard(
        "closed", "bids", CALL + CLOSED + ")", "征集已截止，不能再提交、修改或撤回申请书",
    ),
    Guard(
        "moved", "bids", moved("call_id", "organisation_id"), "申请书不能换征集或换社会组织", LATER,
    ),
    Guard(
        "open", "bids",
        CALL + "(c.state <> '已发布' OR c.deleted_at IS NOT NULL "
        "OR c.opens_on || ' 00:00' > {now}))",
        "征集还没有开始或已经终止，不能提交申请书", NEW_ONLY,
    ),
    Guard(
        "ceiling", "bids", f"{ALIVE} AND {CALL}c.ceiling < NEW.price)", "报价高于最高限价，请核对",
    ),
    Guard(
        "twice", "bids", twice("bids", "call_id", "organisation_id"),
        "本组织已提交过申请书，请在原来的上面修改",
    ),
    Guard(
        "closed", "bid_files",
        f"EXISTS (SELECT 1 FROM calls c WHERE c.id = {BID_CALL} AND {CLOSED})",
        "征集已截止，不能再增删附件",
    ),
    Guard(
        "empty", "bid_files", "NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = NEW.id)",
        "附件没有内容，请在申请书的页面上传", NEW_ONLY,
    ),
    Guard(
        "twice", "judges", twice("judges", "call_id", "account"), "这个账号已是这次征集的评委",
    ),
)  # fmt: skip
SCORES = (
    Guard(
        "sealed",
        "scores",
        f"NOT EXISTS (SELECT 1 FROM calls c WHERE c.id = {BID_CALL} AND {CLOSED})",
        "征集还没有截止，不能打分",
    ),
    Guard(
        "decided",
        "scores",
        f"EXISTS (SELECT 1 FROM awards a WHERE a.call_id = {BID_CALL} AND a.deleted_at IS NULL)",
        "承接决定已作出，不能再改评分",
    ),
    Guard(
        "same",
        "scores",
        f"NOT EXISTS (SELECT 1 FROM judges j JOIN criteria k ON k.call_id = j.call_id "
        f"WHERE j.id = NEW.judge_id AND k.id = NEW.criterion_id AND j.call_id = {BID_CALL} "
        "AND j.deleted_at IS NULL AND k.deleted_at IS NULL)",
        "评委、申请书、评分标准应属于同一次征集",
    ),
    Guard(
        "own",
        "scores",
        "NOT EXISTS (SELECT 1 FROM judges j JOIN accounts u ON u.username = j.account "
        "WHERE j.id = NEW.judge_id AND u.id = NEW.author_id)",
        "只能由评委本人用自己的账号打分",
    ),
    Guard(
        "conflict",
        "scores",
        "EXISTS (SELECT 1 FROM judges j WHERE j.id = NEW.judge_id AND j.conflict IS TRUE)",
        "已申报回避的评委不能打分",
    ),
    Guard(
        "member",
        "scores",
        f"NOT EXISTS (SELECT 1 FROM judges j WHERE j.id = NEW.judge_id AND {FREE})",
        "评委所属的社会组织参加了这次竞争，不能打分",
    ),
    Guard(
        "full",
        "scores",
        "NEW.points < 0 OR EXISTS (SELECT 1 FROM criteria k WHERE k.id = NEW.criterion_id "
        "AND k.weight < NEW.points)",
        "得分应在 0 分与该项满分之间",
    ),
    Guard(
        "twice",
        "scores",
        twice("scores", "judge_id", "bid_id", "criterion_id"),
        "这一项已打过分，请在原来的上面修改",
    ),
)
UNSCORED = (
    "EXISTS (SELECT 1 FROM judges j JOIN bids b ON b.call_id = j.call_id "
    "JOIN criteria k ON k.call_id = j.call_id "
    f"WHERE j.call_id = NEW.call_id AND {FREE} AND b.deleted_at IS NULL AND k.deleted_at IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM scores s WHERE s.judge_id = j.id AND s.bid_id = b.id "
    "AND s.criterion_id = k.id AND s.deleted_at IS NULL))"
)
AWARDS = (
    Guard(
        "sealed",
        "awards",
        f"{ALIVE} AND NOT {CALL}{CLOSED})",
        "征集还没有截止，不能作出承接决定",
    ),
    Guard(
        "stopped",
        "awards",
        f"{ALIVE} AND {CALL}c.state = '已终止')",
        "征集已终止，不能作出承接决定",
    ),
    Guard(
        "bidder",
        "awards",
        f"{ALIVE} AND NOT EXISTS (SELECT 1 FROM bids b WHERE b.call_id = NEW.call_id "
        "AND b.organisation_id = NEW.organisation_id AND b.deleted_at IS NULL)",
        "这个社会组织没有提交申请书，不能由它承接",
    ),
    Guard(
        "scored",
        "awards",
        f"{ALIVE} AND (NOT EXISTS (SELECT 1 FROM judges j WHERE j.call_id = NEW.call_id "
        f"AND {FREE}) OR {UNSCORED})",
        "评委还没有把每份申请书的每一项都打完分，不能作出承接决定",
    ),
    Guard("twice", "awards", twice("awards", "call_id"), "这次征集已有承接决定"),
    Guard(
        "other",
        "awards",
        f"{ALIVE} AND EXISTS (SELECT 1 FROM awards a JOIN calls c ON c.id = a.call_id "
        "JOIN calls n ON n.project_id = c.project_id WHERE n.id = NEW.call_id "
        "AND c.id <> n.id AND a.deleted_at IS NULL AND c.deleted_at IS NULL)",
        "这个联动项目已有承接决定",
    ),
    Guard(
        "delivered",
        "awards",
        f"(({GOES}) OR {moved('call_id', 'organisation_id')}) AND EXISTS (SELECT 1 FROM calls c "
        "JOIN programmes p ON p.project_id = c.project_id "
        "WHERE c.id = OLD.call_id AND p.deleted_at IS NULL)",
        "项目已经开始执行，不能撤销或更换承接组织",
        LATER,
    ),
)
UNAWARDED = f"{ALIVE} AND NEW.project_id IS NOT NULL AND NOT {of(AWARDED)}"
DELIVERIES = tuple(
    Guard("awarded", table, UNAWARDED, "这个联动项目还没有承接决定，不能开始执行")
    for table in ("programmes", "milestones", "evaluations", "satisfactions")
)
GUARDS = (*NEEDS, *PROJECTS, *CALLS, *BIDS, *SCORES, *AWARDS, *DELIVERIES)


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_table(
        "projects",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("designed_on", sa.String(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=True),
        sa.Column("group_id", sa.String(length=36), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("expected", sa.BigInteger(), nullable=True),
        sa.Column("activities", sa.Text(), nullable=True),
        sa.Column("aims", sa.String(), nullable=True),
        sa.Column("started_on", sa.String(), nullable=True),
        sa.Column("ended_on", sa.String(), nullable=True),
        sa.Column("submitted_on", sa.String(), nullable=True),
        sa.Column("closed_on", sa.String(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_projects_area_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_projects_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
    )
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.create_index(
            "ix_projects_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_projects_group_id"), ["group_id"], unique=False)
        batch_op.create_index(
            "uq_projects_name",
            ["area_id", "name"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "budget_lines",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_budget_lines_area_id")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_budget_lines_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_lines")),
    )
    with op.batch_alter_table("budget_lines", schema=None) as batch_op:
        batch_op.create_index(
            "ix_budget_lines_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_budget_lines_project_id"), ["project_id"], unique=False
        )

    op.create_table(
        "calls",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opens_on", sa.String(), nullable=False),
        sa.Column("closes_on", sa.String(), nullable=False),
        sa.Column("closes_at", sa.String(), nullable=False),
        sa.Column("ceiling", sa.Float(), nullable=True),
        sa.Column("requirements", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_calls_area_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_calls_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.create_index(
            "ix_calls_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_calls_project_id"), ["project_id"], unique=False)

    op.create_table(
        "evaluations",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("done_on", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("evaluator", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_evaluations_area_id")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_evaluations_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations")),
    )
    with op.batch_alter_table("evaluations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_evaluations_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_evaluations_project_id"), ["project_id"], unique=False)

    op.create_table(
        "milestones",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due_on", sa.String(), nullable=False),
        sa.Column("done_on", sa.String(), nullable=True),
        sa.Column("amount", sa.Float(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_milestones_area_id")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_milestones_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(
            "ix_milestones_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_milestones_project_id"), ["project_id"], unique=False)

    op.create_table(
        "needs",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("raised_on", sa.String(), nullable=False),
        sa.Column("resident_id", sa.String(length=36), nullable=True),
        sa.Column("household_id", sa.String(length=36), nullable=True),
        sa.Column("raised_by", sa.Text(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("group_id", sa.String(length=36), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("joined_id", sa.String(length=36), nullable=True),
        sa.Column("settled_on", sa.String(), nullable=True),
        sa.Column("settlement", sa.String(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.Column("phone_tail", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_needs_area_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_needs_group_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_needs_household_id")
        ),
        sa.ForeignKeyConstraint(["joined_id"], ["needs.id"], name=op.f("fk_needs_joined_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_needs_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
    )
    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_needs_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_needs_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_joined_id"), ["joined_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_resident_id"), ["resident_id"], unique=False)
        batch_op.create_index(
            "uq_needs_number",
            ["area_id", "number"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "reviews",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reviewed_on", sa.String(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_reviews_area_id")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_reviews_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reviews_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reviews_project_id"), ["project_id"], unique=False)

    op.create_table(
        "satisfactions",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("resident_id", sa.String(length=36), nullable=True),
        sa.Column("said_on", sa.String(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_satisfactions_area_id")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_satisfactions_project_id")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_satisfactions_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_satisfactions")),
    )
    with op.batch_alter_table("satisfactions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_satisfactions_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_satisfactions_project_id"), ["project_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_satisfactions_resident_id"), ["resident_id"], unique=False
        )

    op.create_table(
        "awards",
        sa.Column("call_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("awarded_on", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_awards_area_id")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_awards_call_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_awards_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards")),
    )
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.create_index(
            "ix_awards_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_awards_call_id"), ["call_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_awards_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_awards_call_id",
            ["area_id", "call_id"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "bids",
        sa.Column("call_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("price", sa.Float(), nullable=False),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("submitted_by", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_bids_area_id")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_bids_call_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_bids_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bids")),
    )
    with op.batch_alter_table("bids", schema=None) as batch_op:
        batch_op.create_index(
            "ix_bids_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_bids_call_id"), ["call_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_bids_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_bids_call_id_organisation_id",
            ["area_id", "call_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "criteria",
        sa.Column("call_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_criteria_area_id")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_criteria_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria")),
    )
    with op.batch_alter_table("criteria", schema=None) as batch_op:
        batch_op.create_index(
            "ix_criteria_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_criteria_call_id"), ["call_id"], unique=False)
        batch_op.create_index(
            "uq_criteria_call_id_name",
            ["area_id", "call_id", "name"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "judges",
        sa.Column("call_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=True),
        sa.Column("conflict", sa.Boolean(), nullable=True),
        sa.Column("conflict_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_judges_area_id")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_judges_call_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_judges_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judges")),
    )
    with op.batch_alter_table("judges", schema=None) as batch_op:
        batch_op.create_index(
            "ix_judges_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_judges_call_id"), ["call_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_judges_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_judges_call_id_account",
            ["area_id", "call_id", "account"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "project_needs",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("need_id", sa.String(length=36), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_project_needs_area_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_project_needs_need_id")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_needs_project_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_needs")),
    )
    with op.batch_alter_table("project_needs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_project_needs_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_project_needs_need_id"), ["need_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_project_needs_project_id"), ["project_id"], unique=False
        )
        batch_op.create_index(
            "uq_project_needs_project_id_need_id",
            ["area_id", "project_id", "need_id"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    op.create_table(
        "bid_files",
        sa.Column("bid_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_bid_files_area_id")),
        sa.ForeignKeyConstraint(["bid_id"], ["bids.id"], name=op.f("fk_bid_files_bid_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_files")),
    )
    with op.batch_alter_table("bid_files", schema=None) as batch_op:
        batch_op.create_index(
            "ix_bid_files_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_bid_files_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "scores",
        sa.Column("judge_id", sa.String(length=36), nullable=False),
        sa.Column("bid_id", sa.String(length=36), nullable=False),
        sa.Column("criterion_id", sa.String(length=36), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_scores_area_id")),
        sa.ForeignKeyConstraint(["bid_id"], ["bids.id"], name=op.f("fk_scores_bid_id")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criteria.id"], name=op.f("fk_scores_criterion_id")
        ),
        sa.ForeignKeyConstraint(["judge_id"], ["judges.id"], name=op.f("fk_scores_judge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scores")),
    )
    with op.batch_alter_table("scores", schema=None) as batch_op:
        batch_op.create_index(
            "ix_scores_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_scores_bid_id"), ["bid_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scores_criterion_id"), ["criterion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scores_judge_id"), ["judge_id"], unique=False)
        batch_op.create_index(
            "uq_scores_judge_id_bid_id_criterion_id",
            ["area_id", "judge_id", "bid_id", "criterion_id"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    for table, column, refers in ADDED:
        key = sa.ForeignKey(f"{refers}.id", name=f"fk_{table}_{column}")
        made = sa.Column(column, sa.String(36), key, nullable=True)
        op.add_column(table, made, inline_references=True)
        op.create_index(f"ix_{table}_{column}", table, [column])
    guards.create(op.get_bind(), GUARDS)
