"""The address at which residents write down a need themselves, to be printed and put up."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from logic import qr


def show(area: str) -> None:
    """The code of a community's public page, and the way to a sheet of paper with it."""
    place = f"/need/{area}"
    address = f"{_site()}{place}"
    with st.container(horizontal=True, gap="medium"):
        st.image(qr.png(address), width=160, alt="需求页的二维码")
        with st.container():
            st.write(
                "居民用手机扫一扫就能提需求，不用账号。提交后只得到一个受理编号，凭编号查看办到哪一步。"
            )
            st.code(address, language=None, wrap_lines=True)
            st.link_button("打印张贴页", f"{place}/poster")


def _site() -> str:
    """The scheme and host by which this browser came."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""
