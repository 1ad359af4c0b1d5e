"""Single sign-on through Streamlit's OIDC, where `.streamlit/secrets.toml` configures it.

Streamlit's routes talk to the provider and leave a signed cookie; we accept that cookie once,
fresh from the provider, in exchange for a session of our own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks, get_secrets_auth_section
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

FRESH_DAYS = 10 / (24 * 60)  # ten minutes; Streamlit itself would accept the cookie for a month


def provider() -> str | None:
    """The provider that is configured: `default`, else the first one named; None without."""
    section = get_secrets_auth_section()
    if not section or not section.get("cookie_secret"):
        return None
    if section.get("client_id"):
        return "default"
    named = (name for name, value in section.items() if isinstance(value, Mapping))
    return next((str(name) for name in named if section[name].get("client_id")), None)


def login_url(name: str) -> str:
    """Where `st.login` would send the browser; good for a few minutes."""
    return generate_login_redirect_url(name)


def cookie_names(cookies: Mapping[str, str]) -> list[str]:
    """The cookies that Streamlit left behind after the provider's answer."""
    return [name for name in cookies if name.startswith(USER_COOKIE_NAME)]


def email(cookies: Mapping[str, str]) -> str | None:
    """The address that the provider vouches for, if it did so in the last minutes."""
    secret = get_cookie_secret()
    if provider() is None or not secret:
        return None

    def one(name: str) -> bytes | None:
        return decode_signed_value(secret, name, cookies.get(name, ""), FRESH_DAYS)

    claims = _claims(get_cookie_with_chunks(one, USER_COOKIE_NAME))
    # Some providers leave the claim out; one that says False has not checked the address.
    if not claims.get("is_logged_in") or claims.get("email_verified") is False:
        return None
    return claims.get("email") or None


def _claims(written: bytes | None) -> dict[str, Any]:
    read = json.loads(written) if written else {}
    return read if isinstance(read, dict) else {}
