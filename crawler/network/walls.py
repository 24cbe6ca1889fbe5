"""The marks of bot walls, which answer with a small page of their own and often with status 200 (moderngov.md 4.2)."""

import re
from typing import Final

_SMALL: Final = 20_000    # bytes: a wall's page is a stub, and larger pages may well speak of such things
_WALLS: Final = (
    (re.compile(rb"_Incapsula_|Incapsula incident", re.IGNORECASE), "a bot wall (Incapsula)"),
    (re.compile(rb"cf-browser-verification|cf-chl|challenge-platform|Attention Required! \| Cloudflare|"
                rb"<title>Just a moment", re.IGNORECASE), "a bot wall (Cloudflare)"),
    (re.compile(rb"Azure WAF|Microsoft-Azure-Application-Gateway|Request blocked|The request could not be satisfied|"
                rb"Access Denied|g-recaptcha|captcha-delivery", re.IGNORECASE), "a bot wall or refusal"),
)  # fmt: skip


def wall(body: bytes) -> str | None:
    """Which bot wall a page is, in a few words; `None` for any other page."""
    if len(body) >= _SMALL:
        return None
    return next((name for form, name in _WALLS if form.search(body)), None)
