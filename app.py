"""The server: Streamlit's pages, and beside them sign-in, the two doors and the grid's modules."""

from __future__ import annotations

import streamlit as st
from starlette.routing import Mount

from api import assets, manual, needs, promptness, security, signin
from api.service import service

app = st.App(
    "pages/start.py",
    routes=[
        *signin.ROUTES,
        *needs.ROUTES,
        *assets.ROUTES,
        *manual.ROUTES,
        Mount("/api/v1", service),
    ],
    middleware=security.MIDDLEWARE,
    lifespan=promptness.lifespan,
)
