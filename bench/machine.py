"""The machine at this moment: what it is, and how busy others keep it."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

import psutil

from db import dates


def load() -> float:
    """How many processes wanted a processor in the last minute, on average."""
    return os.getloadavg()[0]


def described() -> dict[str, Any]:
    """Day, processors, memory (GB), Python, load: what a figure means nothing without."""
    return {
        "day": dates.today().isoformat(),
        "processor": _processor(),
        "processors": os.cpu_count() or 0,
        "memory": round(psutil.virtual_memory().total / 2**30, 1),
        "system": platform.system(),
        "python": platform.python_version(),
        "load": [round(one, 2) for one in os.getloadavg()],
    }


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    lines = listing.read_text(encoding="utf-8").splitlines() if listing.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
