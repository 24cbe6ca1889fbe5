"""What went wrong, in plain words: a page for people, `{"error": sentence}` under /api/."""

import logging

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from archive.errors import IndexFailure, InputError, StoreError, UnknownId

log = logging.getLogger("minutebook.web")

_HEADINGS = {
    400: "That address cannot be read",
    404: "Page not found",
    405: "This page can only be read",
    503: "The archive cannot answer right now",
}
_EXPLAINED = {
    404: "Nothing in the archive has this address. If you typed it, check the spelling; if you followed a link, "
         "the council may have withdrawn what it named.",
    405: "Minutebook answers requests to read pages, nothing else.",
    500: "The fault is ours, not yours. It has been written to the log.",
    503: "The search index or the store is not available. Please try again in a few minutes.",
}


def explain_failures(app: Flask) -> None:
    """Answer every failure of `app` with its status and one clear explanation; nothing of a traceback is shown."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(UnknownId, _unknown)
    app.register_error_handler(InputError, _input)
    app.register_error_handler(StoreError, _unavailable)
    app.register_error_handler(IndexFailure, _unavailable)


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400 or error.response is not None:  # a redirect
        return error
    return _answer(status, _EXPLAINED.get(status) or error.description or error.name)


def _unknown(error: UnknownId) -> ResponseReturnValue:
    return _answer(404, str(error) if _for_programs() else _EXPLAINED[404])


def _input(error: InputError) -> ResponseReturnValue:
    return _answer(400, str(error))


def _unavailable(error: Exception) -> ResponseReturnValue:
    log.error("%s: %s", request.path, error)    # it says what to do; where it was raised would say no more
    return _answer(503, _EXPLAINED[503])


def _answer(status: int, explanation: str) -> ResponseReturnValue:
    if _for_programs():
        return jsonify(error=explanation), status
    heading = _HEADINGS.get(status, "Something went wrong")
    return render_template("failure.html", heading=heading, explanation=explanation), status


def _for_programs() -> bool:
    return request.path.startswith("/api/")
