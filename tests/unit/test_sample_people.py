"""The people of the sample: numbers that fit them and belong to nobody, families that can be."""

from __future__ import annotations

import itertools
import re
from collections import Counter

import pytest

from tests import sampled
from tests.sampled import Row, Rows, age, made


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made()[0]


@pytest.fixture(scope="module")
def homes(rows: Rows) -> dict[str, list[Row]]:
    return sampled.homes(rows)


def remainder(number: str) -> int:
    """ISO 7064 MOD 11-2 over all 18 characters, from first principles: 1 when sound."""
    digits = [10 if each == "X" else int(each) for each in number]
    return sum(digit * 2 ** (17 - place) for place, digit in enumerate(digits)) % 11


def test_id_numbers_are_sound_and_fit_the_person(rows: Rows) -> None:
    numbered = [row for row in rows["residents"] if "id_number" in row]
    for row in numbered:
        number = row["id_number"]
        assert re.fullmatch(r"\d{17}[\dX]", number)
        assert remainder(number) == 1, number
        assert number[6:14] == row["birth_date"].replace("-", "")
        assert row["sex"] == ("男" if int(number[16]) % 2 else "女")
    assert 28_400 < len(numbered) < 28_815  # some have none


def test_no_id_number_and_no_phone_can_be_somebody_s(rows: Rows) -> None:
    """Sequence codes of those over a hundred in 1989; a range of phones that no network has."""
    everybody = rows["residents"] + rows["volunteers"]
    numbers = [row["id_number"] for row in everybody if "id_number" in row]
    assert {number[14:17] for number in numbers} == {"996", "997", "998", "999"}
    assert all(number[6:10] > "1920" for number in numbers)
    phones = [row[f] for row in everybody for f in ("phone", "contact_phone") if f in row]
    assert all(re.fullmatch(r"1540000\d{4}", phone) for phone in phones)


def test_county_codes_are_those_of_the_time(rows: Rows) -> None:
    codes = Counter(row["id_number"][:6] for row in rows["residents"] if "id_number" in row)
    former = ("422302", "422323")
    born = [row["birth_date"] for row in rows["residents"] if "id_number" in row
            and row["id_number"][:6] in former]  # fmt: skip
    assert codes["421281"] > 28_815 / 2
    assert all(codes[code] > 1000 for code in former)
    assert max(born) < "1998"
    assert len(codes) > 6  # people move


def test_of_a_few_old_people_only_the_month_or_the_year_is_known(rows: Rows) -> None:
    partial = [row for row in rows["residents"] if len(row["birth_date"]) < 10]
    assert {len(row["birth_date"]) for row in partial} == {4, 7}
    assert 20 < len(partial) < 150
    assert not [row for row in partial if "id_number" in row or age(row) < 68]


def test_every_home_has_one_householder_and_one_spouse_at_most(homes: dict[str, list[Row]]) -> None:
    for people in homes.values():
        relations = Counter(person["relation"] for person in people)
        assert relations["户主"] == 1
        assert relations["配偶"] <= 1
        couple = {p["sex"] for p in people if p["relation"] in ("户主", "配偶")}
        assert len(couple) == 1 + relations["配偶"]
        assert len({person["name"] for person in people}) == len(people)


def test_generations_are_a_generation_apart(homes: dict[str, list[Row]]) -> None:
    for people in homes.values():
        head = age(next(p for p in people if p["relation"] == "户主"))
        for person in people:
            years = head - age(person)
            match person["relation"]:
                case "子" | "女":
                    assert 20 <= years <= 36
                case "父母":
                    assert -36 <= years <= -19
                case "孙辈":
                    assert 40 <= years <= 60
                case "配偶":
                    assert abs(years) <= 8


def test_mothers_were_grown_when_their_children_were_born(homes: dict[str, list[Row]]) -> None:
    for people in homes.values():
        mothers = [p for p in people if p["sex"] == "女" and p["relation"] in ("户主", "配偶")]
        children = [p for p in people if p["relation"] in ("子", "女")]
        for mother, child in itertools.product(mothers, children):
            assert age(mother) - age(child) >= 17, people


def test_relations_and_sexes_fit(rows: Rows) -> None:
    sexes = {"子": "男", "女": "女", "儿媳": "女", "女婿": "男"}
    told = [(sexes[p["relation"]], p["sex"]) for p in rows["residents"] if p["relation"] in sexes]
    assert len(told) > 5000
    assert all(expected == sex for expected, sex in told)


def test_only_those_who_live_alone_are_said_to(rows: Rows, homes: dict[str, list[Row]]) -> None:
    for person in rows["residents"]:
        if "lives_alone" in person:
            assert person["lives_alone"] == (len(homes[person["household_id"]]) == 1)
