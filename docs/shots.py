"""Every picture of the README and the handbook, taken anew: `python -m docs.shots [name …]`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from docs import steps
from docs.studio import DESK, PHONE, RESIDENTS, SECRETARY, Studio, studio

PICTURES = Path(__file__).parent / "pictures"
LARGEST = 150_000  # bytes of a picture
COLOURS = 96  # of a picture: text and flat colours need no more
SHEET = ".grid"

Draw = Callable[["Studio", Page], None]


@dataclass(frozen=True)
class Shot:
    """A picture: who looks at which page, what is done there first, which part is kept.

    `part` is a selector; without it the whole screen is kept.
    """

    name: str
    user: str | None
    path: str
    draw: Draw = lambda _studio, _page: None
    size: tuple[int, int] = DESK
    part: str = ""


SHOTS = (
    Shot("sign-in", None, "/signin"),
    Shot("overview", "admin", "/overview"),
    Shot("community", SECRETARY, "/community-guihuashu"),
    Shot("served", SECRETARY, "/community-guihuashu", steps.served),
    Shot("grid", SECRETARY, RESIDENTS),
    Shot("typing", SECRETARY, RESIDENTS, steps.typing, part=SHEET),
    Shot("choices", SECRETARY, RESIDENTS, steps.choosing, part=SHEET),
    Shot("paste", SECRETARY, RESIDENTS, steps.pasting, part=SHEET),
    Shot("undo", SECRETARY, RESIDENTS, steps.undoing, part=SHEET),
    Shot("refusal", SECRETARY, RESIDENTS, steps.refusing, part=SHEET),
    Shot("conflict", SECRETARY, RESIDENTS, steps.conflicting, part=SHEET),
    Shot("resident", SECRETARY, "/community-guihuashu", steps.opening),
    Shot("reveal", SECRETARY, "/community-guihuashu", steps.revealing),
    Shot("history", SECRETARY, "/community-guihuashu", steps.remembering),
    Shot("account", SECRETARY, "/account"),
    Shot("roster", SECRETARY, "/roster", steps.bringing),
    Shot("carry", SECRETARY, "/carry", steps.carrying),
    Shot("today", "taohuaping-shuji", "/today"),
    Shot("visits", "taohuaping-shuji", "/visits"),
    Shot("rollcall", SECRETARY, "/rollcall", size=PHONE),
    Shot("pairs", SECRETARY, "/pairs", steps.matching),
    Shot("shifts", "liumiqiao-shuji", "/shifts", size=PHONE),
    Shot("proposals", SECRETARY, "/proposals"),
    Shot("needs", SECRETARY, "/needs"),
    Shot("need", None, "/need/guihuashu", steps.asking, PHONE),
    Shot("story", SECRETARY, "/linkage", steps.following),
    Shot("project", "taohuaping-shuji", "/design", steps.designing),
    Shot("judging", "pingwei2", "/calls", steps.calling),
    Shot("call", "taohuaping-shuji", "/calls", steps.calling),
    Shot("linkage", "admin", "/linkage"),
    Shot("beds", "taohuaping-shuji", "/beds"),
    Shot("setup", "admin", "/setup"),
    Shot("figures-only", "zuzhi", "/community-guihuashu"),
    Shot("phone-community", SECRETARY, "/community-guihuashu", size=PHONE),
    Shot("phone-grid", SECRETARY, RESIDENTS, steps.tapping, size=PHONE),
    Shot("doubles", SECRETARY, "/doubles", steps.doubling),  # last: it adds a resident
)


def keep(shot: Shot, png: bytes) -> None:
    """Writes the picture with few colours; raises where it is still too large."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    file = PICTURES / f"{shot.name}.png"
    plain = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    plain.save(file, optimize=True)
    if file.stat().st_size > LARGEST:
        raise ValueError(f"{file.name}: {file.stat().st_size} bytes")


def take(studio: Studio, shot: Shot) -> None:
    """One picture."""
    page = studio.page(shot.user, shot.path, shot.size)
    shot.draw(studio, page)
    page.mouse.move(1, 1)  # or what lies under it is drawn as pointed at
    page.wait_for_timeout(400)
    keep(shot, page.locator(shot.part).screenshot() if shot.part else page.screenshot())
    page.context.close()


def main(names: list[str]) -> None:
    """All pictures, or those that are named."""
    PICTURES.mkdir(exist_ok=True)
    with studio() as made:
        for shot in SHOTS:
            if not names or shot.name in names:
                take(made, shot)


if __name__ == "__main__":
    main(sys.argv[1:])
