"""The API's manual for those who connect other systems: a page made from its own description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import auth, html
from api.service import service

Schema = dict[str, Any]
KINDS = {"string": "文字", "integer": "整数", "number": "数字", "boolean": "是否",
         "array": "列表", "object": "对象", "null": "空"}  # fmt: skip
BOUNDS = (
    ("minimum", "最小 {}"), ("maximum", "最大 {}"), ("maxLength", "最多 {} 字"),
    ("minItems", "至少 {} 项"), ("maxItems", "最多 {} 项"), ("default", "默认 {}"),
    ("pattern", "形如 {}"),
)  # fmt: skip


def show(request: Request) -> Response:
    """The page; open to all, as the description itself is."""
    said = service.openapi()
    scheme = "https" if auth.https(request) else "http"
    return html.page(
        "manual.html",
        base=f"{scheme}://{request.headers.get('host', '')}/api/v1",
        info=said["info"],
        paragraphs=said["info"]["description"].split("\n\n"),
        routes=[*_routes(said)],
        scheme=auth.SCHEME,
    )


def _routes(said: Schema) -> Iterator[Schema]:
    """What the page says of each route."""
    shapes = said["components"]["schemas"]
    for path, methods in said["paths"].items():
        for method, about in methods.items():
            body = about.get("requestBody", {})
            yield {
                "method": method.upper(),
                "path": path,
                "id": about["operationId"],
                "summary": about["summary"],
                "description": about["description"],
                "parameters": [_parameter(one) for one in about.get("parameters", ())],
                "body": [*_names(_json(body), shapes)],
                "answer": [*_names(_json(about["responses"]["200"]), shapes)],
                "problems": [
                    (status, one["description"])
                    for status, one in sorted(about["responses"].items())
                    if status != "200"
                ],
            }


def _json(of: Schema) -> Schema:
    schema: Schema = of.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _parameter(one: Schema) -> Schema:
    required = one.get("required", False)
    about = {"required": required, "description": one["description"]}
    return {"name": one["name"], **about, "kind": _kind(one["schema"])}


def _names(schema: Schema, shapes: Schema, before: str = "", depth: int = 4) -> Iterator[Schema]:
    """Every name in a shape; those of the shapes inside as changes[].op."""
    shape = shapes.get(schema.get("$ref", "").rpartition("/")[2], {})
    for name, one in shape.get("properties", {}).items() if depth else ():
        required = name in shape.get("required", ())
        about = {"required": required, "description": one["description"]}
        yield {"name": f"{before}{name}", **about, "kind": _kind(one)}
        inside = one.get("items") or one.get("additionalProperties")
        if isinstance(inside, dict):
            sign = "[]" if "items" in one else ".*"
            yield from _names(inside, shapes, f"{before}{name}{sign}.", depth - 1)


def _kind(schema: Schema) -> str:
    """文字，最多 200 字 and so on."""
    either = schema.get("anyOf", [schema])
    kinds = dict.fromkeys(KINDS.get(one.get("type", ""), "对象") for one in either)
    if "enum" in schema:
        kinds = dict.fromkeys(schema["enum"])
    bounds = [
        words.format(int(one[key]) if isinstance(one[key], float) else one[key])
        for one in (*either, *([schema] if "anyOf" in schema else ()))
        for key, words in BOUNDS
        if one.get(key) not in (None, "")
    ]
    return "，".join(["或".join(kinds), *bounds])


ROUTES = [Route("/api", show), Route("/api/", show)]
