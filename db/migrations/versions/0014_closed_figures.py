"""Figures: how everybody stands today, what months were closed with, what the city aims at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


STANDINGS = """
INSERT INTO standings (group_id, subject, area_id, member_to, paired_to, served_on)
SELECT who.*,
  (SELECT max(coalesce(ended_on, '9999-12-31')) FROM pairings
    WHERE deleted_at IS NULL AND (resident_id = who.subject OR household_id = who.subject)),
  (SELECT max(day) FROM (
    SELECT done_on AS day FROM contacts
      WHERE deleted_at IS NULL AND (resident_id = who.subject OR household_id = who.subject)
    UNION ALL
    SELECT held_on FROM attendances JOIN sessions_held ON sessions_held.id = session_id
      WHERE resident_id = who.subject AND attendances.deleted_at IS NULL AND presence = '到'
        AND sessions_held.deleted_at IS NULL AND state = '已举办') AS served)
FROM (
  SELECT m.group_id, coalesce(m.resident_id, m.household_id) AS subject, m.area_id,
         max(coalesce(m.ended_on, '9999-12-31')) AS member_to
  FROM memberships AS m
  LEFT JOIN residents AS r ON r.id = m.resident_id
  LEFT JOIN households AS h ON h.id = m.household_id
  WHERE m.deleted_at IS NULL
    AND ((r.deleted_at IS NULL AND r.status IN ('常住', '流入', '外出'))
      OR (m.resident_id IS NULL AND h.deleted_at IS NULL))
  GROUP BY m.group_id, coalesce(m.resident_id, m.household_id), m.area_id) AS who
"""
INHABITANTS = """
INSERT INTO inhabitants (id, area_id, born, checked_on)
SELECT id, area_id, birth_date,
  (SELECT max(done_on) FROM contacts
    WHERE resident_id = residents.id AND deleted_at IS NULL AND kind = '体检')
FROM residents WHERE deleted_at IS NULL AND status IN ('常住', '流入', '外出')
"""


def upgrade() -> None:
    op.create_table(
        "closings",
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("n", sa.Double(), nullable=False),
        sa.Column("whole", sa.Double(), nullable=False),
        sa.Column("n_now", sa.Double(), nullable=True),
        sa.Column("whole_now", sa.Double(), nullable=True),
        sa.Column("closed_at", sa.String(length=27), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "area_id", "indicator", "month", "group_id", name=op.f("pk_closings")
        ),
    )
    with op.batch_alter_table("closings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_closings_group", ["indicator", "group_id", "month", "area_id"], unique=False
        )

    op.create_table(
        "inhabitants",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.Column("born", sa.String(length=10), nullable=True),
        sa.Column("checked_on", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inhabitants")),
    )
    with op.batch_alter_table("inhabitants", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inhabitants_area", ["area_id", "born", "checked_on"], unique=False
        )

    op.create_table(
        "standings",
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.Column("member_to", sa.String(length=10), nullable=False),
        sa.Column("paired_to", sa.String(length=10), nullable=True),
        sa.Column("served_on", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("group_id", "subject", name=op.f("pk_standings")),
    )
    with op.batch_alter_table("standings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_standings_area",
            ["area_id", "group_id", "member_to", "paired_to", "served_on"],
            unique=False,
        )
        batch_op.create_index("ix_standings_subject", ["subject"], unique=False)

    op.create_table(
        "targets",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("least", sa.Float(), nullable=False),
        sa.Column("most", sa.Float(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_targets_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
    )
    with op.batch_alter_table("targets", schema=None) as batch_op:
        batch_op.create_index(
            "ix_targets_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(
            "uq_targets_what",
            ["area_id", "what"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )

    due = sa.text("due_on IS NOT NULL AND deleted_at IS NULL")
    op.create_index(
        "ix_contacts_due",
        "contacts",
        ["area_id", "due_on", "done_on", "id"],
        sqlite_where=due,
        postgresql_where=due,
    )
    paired = sa.text("pairing_id IS NOT NULL AND deleted_at IS NULL")
    op.create_index(
        "ix_contacts_paired",
        "contacts",
        ["pairing_id", "done_on", "id"],
        sqlite_where=paired,
        postgresql_where=paired,
    )
    op.execute(STANDINGS)
    op.execute(INHABITANTS)
