"""The linkage chain: needs, projects, calls with sealed bids, awards, deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


ADDED = (
    ("accounts", "organisation_id", "organisations"),
    ("contacts", "programme_id", "programmes"),
    ("programmes", "project_id", "projects"),
)


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
