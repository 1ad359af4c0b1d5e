"""How sure it is that a column is meant for a target, and why."""

from __future__ import annotations

from functools import cache

from db.kinds import CHOICE, ID_NUMBER, PHONE
from db.registers import BY_NAME
from logic.rosters import guessing, labels, synonyms
from logic.rosters.targets import Target


def bid(
    register: str, label: str, target: Target, texts: list[str], held: str
) -> tuple[float, str]:
    """How sure it is that a column is meant for `target`, from 0 to 1, and why."""
    score, reason = _by_label(register, label, target)
    made = target.field.within is not None  # by a user: it is known by its name alone
    if held == ID_NUMBER.name:
        if target.field.kind is not ID_NUMBER:
            return 0.0, ""
        return (score + 0.02, reason) if score else (0.8 * (not made), "内容是身份证号码")
    if held == PHONE.name and not score and target.name == "phone":
        return 0.6, "内容是电话号码"
    chosen = target.field.kind is CHOICE and not (target.through or made)
    if not score and not chosen:
        return 0.0, ""
    share = guessing.fits(target.field, texts) if texts else 1.0
    if score:
        if share > 0.3:
            return score - 0.05 * (1 - share), reason
        # What its name says for sure stays, and its cells are told one by one.
        return score * (0.8 if score > 0.8 else 0.5), f"{reason}，但内容不像"
    if share >= guessing.MOST:
        shown = "、".join(dict.fromkeys(texts))[:12]
        return 0.5 + 0.1 * (share == 1.0), f"内容是“{shown}”这样的选项"
    return 0.0, ""


def _by_label(register: str, label: str, target: Target) -> tuple[float, str]:
    """By the label as a whole, else by its lower part where the upper one names nobody else."""
    said, own = labels.key(label), labels.key(target.label)
    if said == own or (target.alias and said == labels.key(target.alias)):
        return 0.98, "列名相同"
    words = _words(register, target)
    if said in words:
        # A word that comes first is the more usual one: 姓名 is rather a name than 户主姓名 is.
        return 0.95 - 0.01 * words.index(said), f"“{label}”通常就是{target.label}"
    upper, *lower = labels.parts(label)
    if lower and not upper.startswith(synonyms.OTHERS):
        score, _ = _by_label(register, lower[-1], target)
        return score * 0.95, f"“{lower[-1]}”通常就是{target.label}"
    longer = [word for word in (own, *words) if len(word) > 1 and said.endswith(word)]
    if longer and not lower and not said.startswith(synonyms.OTHERS):
        return 0.6, f"列名“{label}”与{target.label}相近"
    return 0.0, ""


@cache
def _words(register: str, target: Target) -> list[str]:
    """The keys of a target's synonyms. Of a row that is pointed at, none that the row's own
    columns go by: a volunteer's 电话 is never that of the resident who the volunteer is."""
    home = BY_NAME[register]
    words = [labels.key(word) for word in labels.named(home, target.name)]
    own = target.name.rpartition(".")[2]
    if not target.through or own not in home.fields:
        return words
    taken = {labels.key(word) for word in (home.fields[own].label, *labels.named(home, own))}
    return [word for word in words if word not in taken]
