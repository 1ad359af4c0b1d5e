"""Hands the grid's modules to browsers, which keep them for good: their path names their content."""

from __future__ import annotations

import gzip

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ui.grid import modules

FOREVER = "public, max-age=31536000, immutable"
TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
ZIPPED = {name: gzip.compress(text.encode(), 9, mtime=0) for name, text in modules.ASSETS.items()}


def asset(request: Request) -> Response:
    """One file of this version; of any other version there is none, or it would be kept wrongly."""
    name, here = request.path_params["name"], request.path_params["version"] == modules.VERSION
    if not here or name not in ZIPPED:
        return Response(status_code=404)
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    body = modules.ASSETS[name].encode()
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"], body = "gzip", ZIPPED[name]
    return Response(body, headers=headers, media_type=TYPES[name.rsplit(".", 1)[-1]])


ROUTES: list[BaseRoute] = [Route("/grid/{version}/{name}", asset)]
