"""A server with one page of everything that Streamlit has words for."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from api import assets, first_page, security

app = st.App(
    "words_page.py",
    routes=assets.ROUTES,
    middleware=[
        Middleware(security.Headers),
        Middleware(security.HostConfig),
        Middleware(first_page.FirstPage),
    ],
)
