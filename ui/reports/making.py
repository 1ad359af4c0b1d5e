"""Whole reports: what kinds there are, and one of them put together."""

from __future__ import annotations

from db.actors import Actor
from logic.reports.periods import Period
from logic.reports.saying import Report, Section
from ui import data
from ui.reports import community, project, survey
from ui.reports.asking import Asked, Row

MONTHLY, YEARLY, SURVEY, PROJECT = KINDS = ("社区月报", "社区年报", "调研报告", "项目结项报告")
# What a kind is called where templates are kept.
NAMES = {MONTHLY: "community", YEARLY: "community", SURVEY: "survey", PROJECT: "project"}


@data.kept
def of_community(here: Actor, area: str, period: Period, kind: str, whole: bool = False) -> Report:
    """A community's monthly or yearly report; `whole`: with the lists that only the files hold."""
    place = data.path(area)[-1]
    what = "工作月报" if kind == MONTHLY else "工作年报"
    asked = Asked(here, area, period, whole)
    return _made(f"{place}{period.words}{what}", place, asked, community.sections(asked))


@data.kept
def of_survey(here: Actor, period: Period) -> Report:
    """The report on all communities in reach."""
    place = data.path(here.area_id)[-1]
    asked = Asked(here, here.area_id, period)
    return _made(f"{place}“三社联动”调研报告", place, asked, survey.sections(asked))


def of_project(here: Actor, row: Row, period: Period) -> Report:
    """A project's closing report."""
    place = data.path(row["area_id"])[-1]
    asked = Asked(here, row["area_id"], period)
    return _made(f"{row['name']}结项报告", place, asked, project.sections(asked, row))


def _made(title: str, place: str, asked: Asked, sections: tuple[Section, ...]) -> Report:
    return Report(
        title, place, asked.period.words, asked.day, "", sections, sample=data.is_sample()
    )
