"""That two rows which look alike are two people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "aparts",
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("said_at", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_aparts_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aparts")),
    )
    with op.batch_alter_table("aparts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_aparts_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(
            "uq_aparts_pair",
            ["area_id", "pair"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
