"""Every register of the product, by name; adding one is a class and a line at the foot."""

from __future__ import annotations

from db.base import Register
from db.registers.admissions import Admission, AdmissionDecision, Duty
from db.registers.awards import Honour
from db.registers.calls import Award, Bid, BidFile, Call, Criterion, Judge, Score
from db.registers.cases import Case, CaseStep
from db.registers.columns import CustomField
from db.registers.comments import Comment
from db.registers.contacts import Contact, Screening
from db.registers.declined import Declined
from db.registers.deliveries import Evaluation, Milestone, Satisfaction
from db.registers.duties import Activity, Hours, Recognition, Shift
from db.registers.facilities import Bed, Facility, Room, RoomBooking, Stay, Waiting
from db.registers.money import Fund, Payment, Spending
from db.registers.needs import Need
from db.registers.organisations import Organisation, OrganisationArea, Qualification
from db.registers.people import Group, Membership, Resident
from db.registers.places import Area, Community, Household
from db.registers.programmes import (
    Attendance,
    Course,
    Enrolment,
    Programme,
    Session,
    SessionStaff,
)
from db.registers.projects import BudgetLine, Project, ProjectNeed, Review
from db.registers.settings import Setting
from db.registers.targets import Target
from db.registers.twins import Apart
from db.registers.volunteers import Pairing, Team, TeamMember, Volunteer
from db.registers.workers import SocialWorker

REGISTERS = tuple(
    Register(model, model.about)
    for model in (
        Area,
        Community,
        Household,
        Resident,
        Group,
        Membership,
        Declined,
        Organisation,
        Qualification,
        OrganisationArea,
        Need,
        Project,
        ProjectNeed,
        BudgetLine,
        Review,
        Call,
        Criterion,
        Bid,
        BidFile,
        Judge,
        Score,
        Award,
        Milestone,
        Evaluation,
        Satisfaction,
        Volunteer,
        Team,
        TeamMember,
        Pairing,
        Facility,
        Room,
        RoomBooking,
        Bed,
        Stay,
        Waiting,
        Programme,
        Course,
        Enrolment,
        Session,
        SessionStaff,
        Attendance,
        Contact,
        Screening,
        Activity,
        Shift,
        Hours,
        Recognition,
        Case,
        CaseStep,
        Honour,
        Fund,
        Payment,
        Spending,
        SocialWorker,
        Admission,
        AdmissionDecision,
        Duty,
        Comment,
        CustomField,
        Apart,
        Setting,
        Target,
    )
)
BY_NAME = {register.name: register for register in REGISTERS}
