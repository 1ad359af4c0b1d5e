"""An address as a QR code."""

from __future__ import annotations

import io

import segno


def svg(address: str) -> str:
    """The code as a data address for an image; it stays readable with a corner torn off."""
    return str(_code(address).svg_data_uri(scale=8, border=2, omitsize=True))


def png(address: str) -> bytes:
    """The code as a picture."""
    out = io.BytesIO()
    _code(address).save(out, kind="png", scale=6, border=2)
    return out.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="q", micro=False)
