"""Hands our modules to browsers, which keep them for good: their path names their content."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from zopfli import gzip

from ui import scripts
from ui.grid import modules as grid

PACKAGES = {"grid": grid, "scripts": scripts}
FOREVER = "public, max-age=31536000, immutable"
TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
FILES = {
    f"/{package}/{modules.VERSION}/{name}": text.encode()
    for package, modules in PACKAGES.items()
    for name, text in modules.ASSETS.items()
}
ZIPPED = {path: gzip.compress(body, numiterations=5) for path, body in FILES.items()}


def asset(request: Request) -> Response:
    """One file of this version; of any other version there is none, or it would be kept wrongly."""
    path = request.url.path
    if path not in FILES:
        return Response(status_code=404)
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    body = FILES[path]
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"], body = "gzip", ZIPPED[path]
    return Response(body, headers=headers, media_type=TYPES[path.rsplit(".", 1)[-1]])


ROUTES: list[BaseRoute] = [Route(f"/{package}/{{version}}/{{name}}", asset) for package in PACKAGES]
