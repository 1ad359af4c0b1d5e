"""A virtual screen with a window manager and a real pinyin method, in processes of their own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

SIZE = "1280x900x24"
PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
Layout=
[Groups/0/Items/1]
Name=pinyin
Layout=
[GroupOrder]
0=Default
"""
FCITX = ["fcitx5", "--disable=cloudpinyin,notificationitem,wayland,waylandim"]

Environment = dict[str, str]


@contextmanager
def started(home: Path) -> Iterator[Environment]:
    """The environment in which windows show up on the screen and are typed into by the method.

    `home` is empty, so that the method has learned no words yet.
    """
    environment = _environment(home)
    with ExitStack() as stack:
        display, bus = os.pipe(), os.pipe()
        screen = ["Xvfb", "-screen", "0", SIZE, "-displayfd", str(display[1])]
        stack.enter_context(running([*screen, "-nolisten", "tcp"], environment, display[1]))
        environment["DISPLAY"] = f":{_line(*display)}"
        session = ["dbus-daemon", "--session", "--nofork", f"--print-address={bus[1]}"]
        stack.enter_context(running(session, environment, bus[1]))
        environment["DBUS_SESSION_BUS_ADDRESS"] = _line(*bus)
        stack.enter_context(running(["openbox"], environment))
        stack.enter_context(running(FCITX, environment))
        yield environment


def _environment(home: Path) -> Environment:
    run, settings = home / "run", home / ".config" / "fcitx5"
    run.mkdir(mode=0o700)
    settings.mkdir(parents=True)
    (settings / "profile").write_text(PROFILE, encoding="utf-8")
    method = {"GTK_IM_MODULE": "fcitx", "QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}
    own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(run), "LANG": "C.UTF-8", "NO_AT_BRIDGE": "1"}
    return dict(os.environ) | method | own


def _line(reading: int, writing: int) -> str:
    """What the process says of itself once it is ready."""
    os.close(writing)
    with os.fdopen(reading) as said:
        return said.readline().strip()


@contextmanager
def running(
    command: list[str], environment: Environment, *handed: int
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block; `handed`: pipes that it may write to."""
    process = subprocess.Popen(
        command,
        env=environment,
        pass_fds=handed,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
