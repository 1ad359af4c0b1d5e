"""What was proposed and declined, what the city decides, rooms that are taken."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "settings",
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_settings_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
    )
    with op.batch_alter_table("settings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_settings_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )

    op.create_table(
        "declined",
        sa.Column("resident_id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("said_at", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_declined_area_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_declined_group_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_declined_resident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declined")),
    )
    with op.batch_alter_table("declined", schema=None) as batch_op:
        batch_op.create_index(
            "ix_declined_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_declined_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declined_resident_id"), ["resident_id"], unique=False)

    op.create_table(
        "room_bookings",
        sa.Column("room_id", sa.String(length=36), nullable=False),
        sa.Column("used_on", sa.String(), nullable=False),
        sa.Column("starts_at", sa.String(), nullable=False),
        sa.Column("ends_at", sa.String(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("booked_by", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("deleted_at", sa.String(length=27), nullable=True),
        sa.Column("area_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_room_bookings_area_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_bookings_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_bookings")),
    )
    with op.batch_alter_table("room_bookings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_room_bookings_area", ["area_id", "id", "deleted_at", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_room_bookings_room_id"), ["room_id"], unique=False)
