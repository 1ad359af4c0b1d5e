"""The manual at /api: whole, calm, without scripts, and its examples run as they stand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html import unescape

import httpx
import pytest
from starlette.applications import Starlette

from api import manual, security
from api.service import service
from db import accounts, tokens
from db.engine import open_engine
from tests.servers import Server
from tests.signing import HTML, TestClient

APP = Starlette(routes=manual.ROUTES, middleware=security.MIDDLEWARE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("path", ["/api", "/api/"])
def test_a_stranger_reads_it_and_it_runs_nothing(path: str) -> None:
    page = TestClient(APP).get(path, headers=HTML, follow_redirects=False)
    assert page.status_code == 200
    assert not re.search(r"<script|\son\w+=|src=|@import|url\(", page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert set(re.findall(r'href="(?!#)([^"]+)"', page.text)) == {
        "data:,", "/api/v1/openapi.json", "/account",
    }  # fmt: skip


def test_it_says_all_that_the_description_says() -> None:
    page = unescape(TestClient(APP).get("/api").text)
    about = service.openapi()
    for path, operations in about["paths"].items():
        for method, one in operations.items():
            (part,) = re.findall(rf'<section id="{one["operationId"]}".*?</section>', page, re.S)
            assert f"{method.upper()} {path}</code> {one['summary']}" in part
            for said in one.get("parameters", ()):
                assert f"<code>{said['name']}</code>" in part
            for status in one["responses"]:
                assert status == "200" or f"{status} " in part
    for nested in ("changes[].op", "results[].status", "results[].by.*.who", "columns[].label"):
        assert f"<code>{nested}</code>" in page


def test_every_word_of_the_lists_is_chinese() -> None:
    page = TestClient(APP).get("/api").text
    said = re.findall(r"<dd>(.*?)<span class=\"quiet\">(.*?)</span>", page)
    assert len(said) > 80
    assert [words for words in said if not CHINESE.search(words[0])] == []


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_examples_run_as_they_stand(sample_server: Server, sample_url: str) -> None:
    on = open_engine(sample_url)
    owner = accounts.actor(on, "guihuashu-shuji")
    made = tokens.make(on, owner.id, "例子", "clerk", "guihuashu")
    on.dispose()
    page = httpx.get(f"{sample_server.address}/api").text
    shell, python = (
        unescape(re.findall(rf'<pre[^>]* class="{kind}"[^>]*>(.*?)</pre>', page, re.S)[0])
        for kind in ("sh", "python")
    )
    read, written = _lines(["sh", "-e", "-c", shell.replace("sanshe_…", made.token)])
    assert len(json.loads(read)["rows"]) == 2
    result = json.loads(written)["results"][0]
    assert (result["status"], result["values"]) == ("applied", {"name": "夜巡队"})
    count, told = _lines([sys.executable, "-c", python], SANSHE_TOKEN=made.token)
    assert re.fullmatch(r"\d+ 支志愿服务队", count)
    assert told == "applied {'remark': '每周三活动'}"


def _lines(command: list[str], **own: str) -> list[str]:
    """What the command prints, by line; curl ends its answers without one."""
    environment = os.environ | {"PYTHONUTF8": "1"} | own
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("}{", "}\n{").splitlines()
