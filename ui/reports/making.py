"""Whole reports: what kinds there are, and one of them put together."""

from __future__ import annotations

from db.sessions import Session
from logic.reports.periods import Period
from logic.reports.saying import Report, Section
from ui import data
from ui.reports import community, project, survey
from ui.reports.asking import Asked, Row

MONTHLY, YEARLY, SURVEY, PROJECT = KINDS = ("社区月报", "社区年报", "调研报告", "项目结项报告")
# What a kind is called where templates are kept.
NAMES = {MONTHLY: "community", YEARLY: "community", SURVEY: "survey", PROJECT: "project"}


def of_community(here: Session, area: str, period: Period, kind: str) -> Report:
    """A community's monthly or yearly report."""
    place = data.path(area)[-1]
    what = "工作月报" if kind == MONTHLY else "工作年报"
    asked = Asked(here.actor, area, period)
    return _made(f"{place}{period.words}{what}", place, asked, community.sections(asked))


def of_survey(here: Session, period: Period) -> Report:
    """The report on all communities in reach."""
    place = data.path(here.actor.area_id)[-1]
    asked = Asked(here.actor, here.actor.area_id, period)
    title = f"{place}“三社联动”调研报告"
    return _made(title, place, asked, survey.sections(asked))


def of_project(here: Session, row: Row, period: Period) -> Report:
    """A project's closing report."""
    place = data.path(row["area_id"])[-1]
    asked = Asked(here.actor, row["area_id"], period)
    return _made(f"{row['name']}结项报告", place, asked, project.sections(asked, row))


def _made(title: str, place: str, asked: Asked, sections: tuple[Section, ...]) -> Report:
    return Report(
        title, place, asked.period.words, asked.day, "", sections, sample=data.is_sample()
    )
