"""The templates' environment: strict about our own names, with GOV.UK Frontend's macros and our filters in it."""

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, url_for
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined

from archive.errors import MinutebookError
from web import filters
from web.history import by_item, changed_words
from web.language import language, language_of
from web.passages import continued, decided, outcome, passages, tally

_COMPONENTS = ("breadcrumbs", "button", "details", "error-summary", "input", "inset-text", "pagination", "skip-link",
               "summary-list", "tag")
_FILTERS: tuple[Callable[..., Any], ...] = (
    filters.amount, filters.council_of, filters.counted, filters.day, filters.excerpt, filters.noun, filters.page_of,
    filters.pieces, filters.web_address, filters.when, language, language_of, continued, decided, outcome, passages,
    tally, by_item, changed_words, filters.moment, filters.quoted)


def dress(app: Flask) -> None:
    """Give `app` strict templates, the macros as `govukButton` and so on, and the filters by their own names.

    Raises `MinutebookError` where the static files were never built.
    """
    folder = Path(app.static_folder or "")
    if not (folder / "govuk" / "govuk.css").exists():
        raise MinutebookError(f"{folder / 'govuk'}: the site's static files are not built; run: pip install -e .")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update({each.__name__: each for each in _FILTERS})
    app.jinja_env.globals.update(_macros(), static=_static(folder))
    app.after_request(_keep_versions)


def _macros() -> Iterator[tuple[str, Any]]:
    """The macros, from an environment of their own: they ask for parameters nobody gave, and mean no harm by it."""
    lenient = Environment(loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
                          autoescape=True)
    for component in _COMPONENTS:
        name = "govuk" + component.title().replace("-", "")
        template = lenient.get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
        yield name, getattr(template.module, name)


def _static(folder: Path) -> Callable[[str], str]:
    """Addresses of static files that change with their content, so that browsers may keep them for ever."""

    @cache
    def version(name: str) -> str:
        return hashlib.sha256((folder / name).read_bytes()).hexdigest()[:10]

    def static(name: str) -> str:
        return url_for("static", filename=name, v=version(name))

    return static


def _keep_versions(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
