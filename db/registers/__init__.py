"""Every register of the product, by name; adding one is a class and a line at the foot."""

from __future__ import annotations

from db.base import Register
from db.registers.columns import CustomField
from db.registers.comments import Comment
from db.registers.people import Group, Membership, Resident
from db.registers.places import Area, Community, Household
from db.registers.twins import Apart
from db.registers.volunteers import Pairing, Team, TeamMember, Volunteer

REGISTERS = tuple(
    Register(model, model.about)
    for model in (
        Area,
        Community,
        Household,
        Resident,
        Group,
        Membership,
        Volunteer,
        Team,
        TeamMember,
        Pairing,
        Comment,
        CustomField,
        Apart,
    )
)
BY_NAME = {register.name: register for register in REGISTERS}
