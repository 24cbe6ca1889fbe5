"""Which certificates are believed: those that everybody believes, and what the operator adds for one council."""

import ssl
from pathlib import Path

from urllib3.util.ssl_ import create_urllib3_context

from archive.errors import InputError

HINT = (
    "if its chain is incomplete, save the missing certificate as a PEM file and name it as certificate of this council "
    "in minutebook.toml"
)


def trust(certificate: Path | None) -> ssl.SSLContext | None:
    """How connections are verified with the certificates of a PEM file beside the usual ones; `None` without a file.

    Raises `InputError` naming the file when it cannot be read. What the operator names is believed itself, be it the
    authority's or one in between; names and dates are verified as ever.
    """
    if certificate is None:
        return None
    context = create_urllib3_context()
    context.load_default_certs()
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        context.load_verify_locations(cafile=certificate)
    except OSError as error:    # also ssl.SSLError: no certificate inside
        why = "holds no certificate in PEM form" if isinstance(error, ssl.SSLError) else error.strerror or str(error)
        raise InputError(f"certificate {certificate}: cannot be read: {why}") from error
    return context
