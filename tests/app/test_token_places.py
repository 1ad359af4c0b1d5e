"""Access tokens where people handle them: on the account page, under setup, in the shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db import accounts, backup, founding, tokens
from db.sessions import Session
from pages import account, setup
from tests.app.test_cli import Run, run
from tests.app.test_pages import _drawn as drawn
from tests.app.test_pages import _here as here

__all__ = ["run"]
pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def page(who: Session) -> Callable[[], None]:
    return lambda: account.show(who)


def made(app: AppTest, name: str, role: str | None = None) -> AppTest:
    app.text_input[0].set_value(name)
    if role:
        app.selectbox[0].set_value(role)
    (button,) = (one for one in app.button if one.label == "生成")
    return button.click().run()


def test_a_token_is_made_shown_once_and_revoked(sample_in_use: Engine) -> None:
    who = here(sample_in_use, "guihuashu-shuji")
    app = drawn(page(who))
    assert "还没有接口令牌" in app.text[-1].value
    roles = ["调研员", "社区书记", "社区干事", "社会组织", "社工", "评委"]
    assert app.selectbox[0].options == roles
    made(app, "街道平台", "clerk")
    token = app.code[0].value
    found = tokens.find(sample_in_use, token)
    assert (found.name, found.role) == ("示例·桂花树书记（街道平台）", "clerk")
    assert app.dataframe[0].value["状态"].tolist() == ["有效"]
    app.run()
    assert not app.code
    (button,) = (one for one in app.button if one.label == "停用")
    button.click().run()
    assert app.dataframe[0].value["状态"].tolist() == ["已停用"]
    with pytest.raises(tokens.Void):
        tokens.find(sample_in_use, token)


def test_a_refusal_is_a_sentence_and_makes_nothing(sample_in_use: Engine) -> None:
    who = here(sample_in_use, "guihuashu-ganshi")
    app = made(drawn(page(who)), "   ")
    assert "起个名字" in app.warning[0].value
    assert tokens.mine(sample_in_use, who.actor.id) == []


def test_the_administrator_sees_and_ends_them_all(sample_in_use: Engine) -> None:
    owner = accounts.actor(sample_in_use, "guihuashu-shuji")
    tokens.make(sample_in_use, owner.id, "街道平台", "clerk", "guihuashu")
    admin = here(sample_in_use, "admin")
    app = drawn(lambda: setup.show(admin))
    app.button_group[0].set_value("tokens").run()
    assert app.dataframe[0].value["账号"].tolist() == ["guihuashu-shuji"]
    (button,) = (one for one in app.button if one.label == "停用")
    button.click().run()
    assert tokens.mine(sample_in_use, owner.id)[0].ended.endswith("已停用")


def test_commands(run: Run) -> None:
    made = run(
        "token", "add", "统计", "--as", "guihuashu-shuji", "--role", "organisation", "--json"
    )
    assert made.code == 0, made.words
    assert set(made.json) == {"id", "token", "expires_at"}
    assert "只显示这一次" in made.words
    (one,) = run("token", "list", "--json").json
    assert (one["name"], one["username"], one["ended"]) == ("统计", "guihuashu-shuji", "")
    assert made.json["token"] not in json.dumps(one)
    assert "社会组织\t桂花树社区" in run("token", "list", "--as", "guihuashu-shuji").out
    assert "已停用接口令牌“统计”" in run("token", "revoke", one["id"]).words
    assert "已停用" in run("token", "list").out
    for wrong, said in (
        (("token", "add", "x", "--as", "guihuashu-ganshi", "--role", "secretary"), "更宽"),
        (("token", "add", "x", "--as", "nobody"), "在用账号"),
        (("token", "revoke", "nothing"), "没有这个接口令牌"),
    ):
        done = run(*wrong)
        assert (done.code, done.out) == (1, "")
        assert said in done.words


def test_a_token_is_as_good_after_a_restore(engine: Engine, tmp_path: Path) -> None:
    founding.found(engine)
    owner = accounts.add(engine, "song", "宋书记", "guihua-2017", "secretary", "xianning")
    made = tokens.make(engine, owner, "街道平台", "clerk", "xianning")
    backup.save(engine, tmp_path / "all.zip")
    tokens.revoke_any(engine, made.id)
    assert backup.load(engine, tmp_path / "all.zip", replace=True)["tokens"] == 1
    assert tokens.find(engine, made.token).name == "宋书记（街道平台）"
