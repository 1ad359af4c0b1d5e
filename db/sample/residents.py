"""The people of one household: ages and names that fit together, numbers that fit the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from db.registers.people import MOVED_IN
from db.sample import details, names, numbers, places
from db.sample.maker import Maker
from db.sample.shapes import CHILD, Seat, Shape

# Women who married into the household, or head it, have a family name of their own.
OWN_NAME = frozenset({"户主", "配偶", "儿媳", "父母"})
OLD, NEEDS_CONTACT, GROWN, HAS_PHONE = 60, 70, 18, 13


@dataclass(frozen=True)
class Family:
    """What the people of a household share."""

    household: dict[str, Any]
    surname: str
    code: str
    registered_at: str
    alone: bool


def of(
    make: Maker, household: dict[str, Any], shape: Shape
) -> tuple[list[dict[str, Any]], list[int]]:
    """The people of a household and their ages, the householder first."""
    family = _family(make, household, shape)
    head_age = make.chance.age(*shape[0].ages, shape[0].mode)
    people: list[dict[str, Any]] = []
    ages: list[int] = []
    for seat in shape:
        age = head_age - _younger(make, seat, head_age) if people else head_age
        sex = _sex(make, seat, people)
        ages.append(age)
        people.append(_person(make, family, seat, age, sex, {each["name"] for each in people}))
    _give_contacts(make, people, ages)
    return people, ages


def _family(make: Maker, household: dict[str, Any], shape: Shape) -> Family:
    code, registered_at = places.LOCAL_CODE, places.LOCAL_NAME
    if shape[0].status == MOVED_IN:
        code, registered_at = make.chance.choice(places.ELSEWHERE)
    return Family(household, names.surname(make.chance), code, registered_at, len(shape) == 1)


def _younger(make: Maker, seat: Seat, head_age: int) -> int:
    """Years between householder and `seat`, such that the seat's ages are kept."""
    least = max(seat.younger[0], head_age - seat.ages[1])
    most = min(seat.younger[1], head_age - seat.ages[0])
    return make.chance.randint(least, most)


def _sex(make: Maker, seat: Seat, people: list[dict[str, Any]]) -> str:
    if seat.relation == "配偶":
        return "女" if people[0]["sex"] == "男" else "男"
    return "男" if make.chance.happens(seat.men) else "女"


def _person(
    make: Maker, family: Family, seat: Seat, age: int, sex: str, taken: set[str]
) -> dict[str, Any]:
    chance = make.chance
    born, id_number = identity(make, family.code, age, sex)
    person = {
        "id": make.ids.new(),
        "area_id": family.household["area_id"],
        "name": _name(make, family, seat, sex, make.day.year - age, taken),
        "sex": sex,
        "birth_date": born,
        "id_number": id_number,
        "phone": _phone(make, age),
        "household_id": family.household["id"],
        "relation": _relation(seat, sex),
        "address": family.household["address"],
        "status": seat.status,
        "lives_alone": family.alone if age >= OLD else None,
        "registered_at": family.registered_at,
        "ethnicity": details.ethnicity(chance),
        "education": details.education(chance, age),
        "marriage": chance.choice(seat.marriage) if age >= GROWN else None,
        "party": details.party(chance, age),
        "employer": details.employer(chance, age, sex, seat.status),
    }
    return {name: value for name, value in person.items() if value is not None}


def _relation(seat: Seat, sex: str) -> str:
    if seat.relation != CHILD:
        return seat.relation
    return "子" if sex == "男" else "女"


def _name(make: Maker, family: Family, seat: Seat, sex: str, year: int, taken: set[str]) -> str:
    own = sex == "女" and seat.relation in OWN_NAME
    surname = names.surname(make.chance) if own else family.surname
    while (name := names.full(make.chance, surname, sex, year)) in taken:
        continue
    return name


def identity(make: Maker, code: str, age: int, sex: str) -> tuple[str, str | None]:
    """A birth date and an ID number; of a few old people only the month or the year is known."""
    if age >= NEEDS_CONTACT and make.chance.happens(0.012):
        return make.birthday(age).isoformat()[: make.chance.choice((4, 7))], None
    code = _code_at_birth(make, code, make.day.year - age)
    born = make.birthday(age)
    while (number := make.identities.number(code, born, sex)) is None:
        born = make.birthday(age)
    missing = make.chance.happens(0.25 if age == 0 else 0.004)
    return born.isoformat(), None if missing else number


def _code_at_birth(make: Maker, code: str, year: int) -> str:
    """The county's code of that time: before 1998 it had others, and people move."""
    chance = make.chance
    if chance.happens(0.07):
        return chance.choice(places.ELSEWHERE)[0]
    former = 0.8 if year < 1955 else 0.3 if year < 1998 else 0
    if code == places.LOCAL_CODE and chance.happens(former):
        return places.OLD_CODES[0] if chance.happens(0.6) else places.OLD_CODES[1]
    return code


def _phone(make: Maker, age: int) -> str | None:
    share = 0 if age < HAS_PHONE else 0.7 if age >= NEEDS_CONTACT else 0.94
    return numbers.phone(make.chance) if make.chance.happens(share) else None


def _give_contacts(make: Maker, people: list[dict[str, Any]], ages: list[int]) -> None:
    """Old people and children get somebody to call: of the same home, else a relative."""
    reachable = [
        each for each, age in zip(people, ages, strict=True) if age >= GROWN and "phone" in each
    ]
    for person, age in zip(people, ages, strict=True):
        if GROWN <= age < NEEDS_CONTACT:
            continue
        others = [each for each in reachable if each is not person]
        if others:
            person |= {"contact": others[0]["name"], "contact_phone": others[0]["phone"]}
        elif age >= NEEDS_CONTACT:
            relative = names.full(
                make.chance, names.surname(make.chance), "男", make.day.year - age + 28
            )
            person |= {"contact": relative, "contact_phone": numbers.phone(make.chance)}
