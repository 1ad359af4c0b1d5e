"""Room for cells of columns that users make in all that communities keep, and who sees them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

REGISTERS = (
    "households", "memberships", "teams", "team_members", "pairings", "contacts", "programmes",
    "courses", "enrolments", "sessions_held", "session_staff", "attendances", "activities",
    "shifts", "hours", "recognitions", "facilities", "rooms", "beds", "stays", "waitings",
    "honours", "funds",
)  # fmt: skip


def upgrade() -> None:
    for register in REGISTERS:
        op.add_column(register, sa.Column("extra", sa.JSON(), nullable=True))
    op.add_column("custom_fields", sa.Column("roles", sa.String(), nullable=True))
