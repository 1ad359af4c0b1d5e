"""What every database starts with: the target groups, eleven named by the city and five within.

They are rows like any others: they can be renamed, added to and deleted.
"""

from __future__ import annotations

from typing import Any

from db.registers.people import HOUSEHOLD, PERSON

# id, name, counted by, whether memberships need a clearance, who belongs to it.
_GROUPS = (
    ("elderly", "老年人", PERSON, False, "年满 60 周岁、已登记享受社区为老服务的居民。"),
    ("women", "妇女", PERSON, False, "已登记需要关爱、就业或维权帮助的成年女性。"),
    ("children", "儿童", PERSON, False, "已登记参加社区儿童服务、未满 16 周岁的居民。"),
    ("disabled", "残疾人", PERSON, False, "持有效残疾人证的居民。"),
    ("unemployed", "失业人员", PERSON, False, "处于劳动年龄、已办理失业登记的居民。"),
    ("migrant_workers", "农民工", PERSON, False, "离开户籍所在乡村、以务工为生的居民。"),
    (
        "children_of_prisoners",
        "服刑人员未成年子女",
        PERSON,
        True,
        "父母一方或双方正在服刑、未满 18 周岁的居民。",
    ),
    ("poor_households", "困难家庭", HOUSEHOLD, False, "已认定的低保、低保边缘或临时困难家庭。"),
    (
        "severe_mental_illness",
        "严重精神障碍患者",
        PERSON,
        True,
        "经专业机构诊断并已登记管理的居民。",
    ),
    (
        "troubled_youth",
        "有不良行为青少年",
        PERSON,
        False,
        "学校或公安机关转介、12 至 25 周岁、需要帮教的居民。",
    ),
    (
        "community_corrections",
        "社区矫正人员",
        PERSON,
        True,
        "正在本社区接受社区矫正的居民。",
    ),
    (
        "left_behind_children",
        "留守儿童",
        PERSON,
        False,
        "未满 16 周岁、父母一方或双方外出务工而留在本社区的居民。",
    ),
    ("migrant_children", "流动儿童", PERSON, False, "未满 16 周岁、随父母从外地流入的居民。"),
    ("bereaved_families", "失独家庭", HOUSEHOLD, False, "独生子女已故、没有其他子女的家庭。"),
    ("childless_elderly", "孤寡老人", PERSON, False, "无配偶、无子女、独自生活的老年居民。"),
    (
        "empty_nest_elderly",
        "空巢老人",
        PERSON,
        False,
        "子女不在身边、独居或只与配偶同住的 65 周岁以上居民。",
    ),
)


def groups(area_id: str) -> list[dict[str, Any]]:
    """The rows of the register of target groups, kept at the root area."""
    return [
        {
            "id": group,
            "area_id": area_id,
            "name": name,
            "subject": subject,
            "rank": f"{place:02d}",
            "needs_clearance": closed,
            "definition": definition,
        }
        for place, (group, name, subject, closed, definition) in enumerate(_GROUPS, start=1)
    ]
