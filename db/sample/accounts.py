"""The accounts of a sample database: of each role, of each community, of organisations."""

from __future__ import annotations

from dataclasses import dataclass

from db.sample.places import GUIHUASHU, LIUMIQIAO, ROOT, TAOHUAPING


@dataclass(frozen=True)
class Account:
    """Who signs in: a role in an area; `clearance` opens the memberships that need one."""

    username: str
    name: str
    role: str
    area_id: str
    clearance: bool = False
    organisation_id: str | None = None


ACCOUNTS = (
    Account("admin", "示例·市级管理员", "city_admin", ROOT, clearance=True),
    Account("diaoyan", "示例·调研员", "researcher", ROOT),
    Account("jiedao", "示例·蒲纺街道干部", "street_officer", "pufang"),
    Account("guihuashu-shuji", "示例·桂花树书记", "secretary", GUIHUASHU, clearance=True),
    Account("guihuashu-ganshi", "示例·桂花树干事", "clerk", GUIHUASHU),
    Account("liumiqiao-shuji", "示例·六米桥书记", "secretary", LIUMIQIAO),
    Account("liumiqiao-ganshi", "示例·六米桥干事", "clerk", LIUMIQIAO),
    Account("taohuaping-shuji", "示例·桃花坪书记", "secretary", TAOHUAPING),
    Account("taohuaping-ganshi", "示例·桃花坪干事", "clerk", TAOHUAPING),
    Account("xianji", "示例·赤壁市干部", "county_officer", "chibi"),
    Account("zuzhi", "示例·和谊互助会", "organisation", "pufang", organisation_id="shili_heyi"),
    Account("org1", "示例·暖阳中心", "organisation", "pufang", organisation_id="shili_nuanyang"),
    Account("org2", "示例·夕阳红社", "organisation", "pufang", organisation_id="shili_xiyanghong"),
    Account(
        "org1-shegong", "示例·暖阳社工", "social_worker", "pufang", organisation_id="shili_nuanyang"
    ),
    Account("pingwei1", "示例·评委一", "judge", "pufang"),
    Account("pingwei2", "示例·评委二", "judge", "pufang"),
    Account("pingwei3", "示例·评委三", "judge", "pufang"),
    Account("shegong", "示例·社工", "social_worker", GUIHUASHU),
)
