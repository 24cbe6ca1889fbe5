"""The headers of every answer. The pages hold no inline script or style, so the policy can forbid both."""

from flask import Flask, Response, request

_POLICY = "; ".join((
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "connect-src 'self'", "img-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"))
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",       # what people search for is no business of the sites we link to
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def secure(app: Flask) -> None:
    """Send the headers with every answer of `app`; the API may be read from other sites' pages."""

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.update(_HEADERS)
        if request.path.startswith("/api/"):
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response
