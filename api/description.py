"""The API's description, in Chinese throughout: what each route and each name is for."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from api import auth
from logic import history as telling

ABOUT = f"""读写台账的接口，与网页上的表格用的是同一个：同样的角色、区域、遮盖规则和修改历史。

凭接口令牌调用：在“我的账号”生成，随每次请求放在 Authorization 中（{auth.SCHEME} 加令牌）。\
网页自己则凭登录后的 Cookie，写时另带 {auth.HEADER}。

不成功的请求都以 reason 中的一句话说明原因。

版本：地址中的 v1 不变，就只会增加新的路径、参数和回答中的名字，不改已有的含义，也不删去；\
调用方应忽略不认识的名字。必须改动时另开 v2，v1 至少再保留一年。"""

# path → what it is in a few words, and what its caller should know
ROUTES = {
    "/columns": ("台账有哪些列", "各列的名称、种类、可选项，以及这个账号能做什么。"),
    "/rows": (
        "读出台账中的行",
        "可筛选、搜索、排序，按页取出；取后面各页时带上第一页回答的 as_of。",
    ),
    "/rows/by-id": ("按编号读出行", "一次最多 500 个编号；看不到的行不在回答中。"),
    "/choices": ("可引用的行", "填写“所在户”“居民”一类的列时，按文字找出最多 20 个可选的。"),
    "/changes": (
        "新增、修改、删除",
        "每处改动单独成败，一处不能接受不影响别处。before 是改之前看到的内容：\
与现在存的不同就不覆盖，答以冲突。同一个 op 发两次只做一次。一次最多 2000 处。",
    ),
    "/undo": ("撤销一个批次", "撤销也是一个批次，再撤销它就是重做。"),
    "/feed": ("某个版本之后变了什么", "用上次回答的 seq 再问，只取变化，不必重读全部。"),
    "/history": ("一行的修改历史", "最近的在前：谁、什么时候、从哪里、改前、改后。"),
    "/reveal": ("查看遮盖的号码", "须写明理由；谁看的、为什么，会记入历史。"),
    "/coverage": ("指标的数字", "各社区各类服务对象的分子 n 与分母 N。"),
    "/values": ("一列中有哪些内容", "在同样的筛选和搜索之下，各有多少行，多的在前。"),
    "/preferences": ("记住的表格样子", "列宽、次序一类，各人自己的，别人看不到。"),
    "/export": (
        "导出为文件",
        "看得到的行和列，.xlsx 或 .csv；谁、何时、作何用途会记入历史，也写在文件末行。",
    ),
    "/bid-files": (
        "申请书的附件",
        "看得到这份申请书的才能取；截止前只有提交它的社会组织。",
    ),
    "/health": ("数据库是否应答", "供监控用，不需要令牌。"),
}

# A name means the same wherever it stands.
NAMES = {
    "format": "文件格式：xlsx，csv（UTF-8），csv-gb18030",
    "unique": "本区域内不能重复",
    "register": "台账的名称，例如 residents",
    "area": "区域编号，含其下各级；不写则为全部可见的",
    "area_id": "区域编号",
    "group_id": "服务对象类别的编号",
    "id": "行的编号",
    "ids": "行的编号，以逗号分开",
    "q": "搜索的文字，几个词以空格分开",
    "sort": "按哪些列排序，以逗号分开；前加减号为倒序，例如 name,-birth_date",
    "where": '筛选条件，JSON：[{"field": "sex", "op": "eq", "value": "女"}]',
    "offset": "从第几行起，第一行为 0",
    "limit": "最多几行",
    "as_of": "截至哪一刻（世界时）；取后面各页时原样带回",
    "field": "列的名称",
    "indicator": "指标的名称，例如 pairing（结对率）",
    "on": "统计日期，例如 2026-11-23；不写则为今天",
    "first": "期间的第一天；不写则按指标的口径往回算",
    "since": "上次回答中的 seq",
    "seq": "数据的版本，每次写入后变大",
    "total": "一共多少行",
    "rows": "行：编号与各列的内容",
    "labels": "所引用的行怎么称呼：编号对应文字",
    "label": "怎么称呼",
    "unit": "量词或单位",
    "columns": "各列",
    "may": "能做什么：read 看，add 新增，change 修改，delete 删除，reveal 看号码，count 看汇总，"
    "comment 批注",
    "name": "名称",
    "kind": "种类",
    "editor": "怎么填：text 文字，number 数字，date 日期，choice 单选，choices 多选，"
    "yes_no 是否，reference 引用",
    "required": "必须填",
    "readonly": "不能改",
    "masked": "给出的内容是遮盖的；可填完整的新内容，不能改遮盖的文字",
    "choices": "可选的内容",
    "refers": "引用哪个台账",
    "multiline": "可以换行",
    "sortable": "可以排序",
    "width": "宽，像素",
    "default": "新增时的内容；today 为当天",
    "help": "说明",
    "example": "举例",
    "batch": "批次的编号：一起撤销的改动",
    "changes": "各处改动",
    "op": "这处改动的编号，由调用方取，各不相同",
    "before": "改之前看到的内容；新增时为 null",
    "after": "要改成的内容；删除时为 null",
    "seen": "看到 before 时的 seq；改遮盖的列时须有",
    "results": "各处改动的结果，次序与所发的相同",
    "status": "applied 已写入，conflict 与别人的修改冲突，refused 不能接受",
    "theirs": "冲突时：现在存的内容",
    "by": "谁、什么时候改的",
    "who": "谁；接口令牌写作“姓名（令牌名）”",
    "when": "什么时候（世界时）",
    "values": "现在存的内容，写法已统一",
    "reason": "原因",
    "gone": "已删除的行的编号",
    "reset": "变化太多，请重读全部",
    "entries": "各次修改",
    "verb": "做了什么：add 新增，change 修改，delete 删除，restore 恢复，reveal 查看号码",
    "source": "从哪里：" + "，".join(f"{one} {said}" for one, said in telling.SOURCES.items()),
    "value": "遮盖之下的内容",
    "figures": "各个数字",
    "known_total": "第一页回答的 total，取后面各页时原样带回",
    "search": "只要含有这些文字的内容",
    "count": "多少行",
    "more": "还有更多",
    "comments": "各格未处理的批注数，以“行编号/列名”称呼",
    "here": "还有谁在看这个台账",
    "tab": "浏览器标签页自取的名字",
    "at": "所在的格，写作“行编号/列名”",
    "typing": "正在输入",
    "mine": "是这个账号自己改的",
    "did": "做了什么，用中文说",
    "via": "从哪里，用中文说",
    "look": "这个账号记住的列宽、次序",
    "n": "分子；太小而不便显示时为 null",
    "N": "分母；太小而不便显示时为 null",
}
SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "接口令牌，在“我的账号”生成"},
    "session": {
        "type": "apiKey", "in": "cookie", "name": auth.COOKIE, "description": "网页登录后的会话",
    },
    "csrf": {
        "type": "apiKey", "in": "header", "name": auth.HEADER, "description": "会话的防伪令牌",
    },
}  # fmt: skip


class Described(FastAPI):
    """An application whose description is completed from the words above."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            said = super().openapi()
            for path, methods in said["paths"].items():
                for method, about in methods.items():
                    _operation(about, path, writes=method != "get")
            for shape in said["components"]["schemas"].values():
                _shape(shape)
            said["components"]["securitySchemes"] = SECURITY
        assert self.openapi_schema is not None
        return self.openapi_schema


def _operation(about: dict[str, Any], path: str, *, writes: bool) -> None:
    about["summary"], about["description"] = ROUTES.get(path, ("", ""))
    for one in about.get("parameters", ()):
        own = one["schema"].pop("description", one.get("description", ""))
        one["description"] = NAMES.get(one["name"], own)
    about["responses"].get("200", {})["description"] = "成功"
    if path != "/health":
        page = ("session", "csrf") if writes else ("session",)
        about["security"] = [{"token": []}, {name: [] for name in page}]


def _shape(shape: dict[str, Any]) -> None:
    """A shape's docstring is for who reads the code."""
    shape.pop("description", None)
    for name, one in shape.get("properties", {}).items():
        one["description"] = NAMES.get(name, one.get("description", ""))
