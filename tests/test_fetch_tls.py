"""Certificates: verified always, with one more to believe where the operator names it."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from a_server import FakeClock, Site, fetching, said, serving
from trustme import CA

from archive.errors import InputError, LeftAlone


@dataclass
class Notary:
    """Keys and certificates in a folder, each as NAME.key and NAME.pem."""

    folder: Path

    def authority(self, name: str, ca: CA) -> None:
        ca.cert_pem.write_to_path(self.folder / f"{name}.pem")

    def server(self, name: str, by: CA, host: str, until: timedelta = timedelta(days=2)) -> None:
        """A certificate for `host` alone, without those it was signed by."""
        now = datetime.now(UTC)
        made = by.issue_cert(host, not_before=now - timedelta(days=2), not_after=now + until)
        made.cert_chain_pems[0].write_to_path(self.folder / f"{name}.pem")
        made.private_key_pem.write_to_path(self.folder / f"{name}.key")

    def context(self, name: str) -> ssl.SSLContext:
        """A server that shows this certificate alone."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context


@pytest.fixture(scope="module")
def notary(tmp_path_factory: pytest.TempPathFactory) -> Notary:
    made, root = Notary(tmp_path_factory.mktemp("certificates")), CA()
    between = root.create_child_ca()
    made.authority("root", root)
    made.authority("between", between)
    made.server("council", between, "127.0.0.1")
    made.server("elsewhere", between, "other.example")
    made.server("expired", between, "127.0.0.1", until=timedelta(days=-1))
    return made


@pytest.fixture
def site(notary: Notary) -> Iterator[Site]:
    with serving(notary.context("council")) as found:
        found.replies["/a"] = said(b"<p>Minutes")
        yield found


@pytest.mark.parametrize("named", ["between", "council"])
def test_the_missing_certificate_makes_the_chain_whole(
    named: str, site: Site, notary: Notary, tmp_path: Path
) -> None:
    with fetching(site.base, FakeClock(), tmp_path, certificate=notary.folder / f"{named}.pem") as one:
        assert one.get(site.base + "a").body == b"<p>Minutes"


@pytest.mark.parametrize("named", [None, "root", "elsewhere"])
def test_without_it_nothing_is_asked_and_the_way_out_is_said(
    named: str | None, site: Site, notary: Notary, tmp_path: Path
) -> None:
    certificate = named and notary.folder / f"{named}.pem"
    said_of_it = r"its TLS certificate cannot be verified \(.*unable to get local issuer.*\); if its chain"
    with (
        fetching(site.base, FakeClock(), tmp_path, certificate=certificate) as one,
        pytest.raises(LeftAlone, match=said_of_it) as failure,
    ):
        one.get(site.base + "a")
    assert "name it as certificate of this council in minutebook.toml" in str(failure.value)
    assert site.log == []


@pytest.mark.parametrize(("shown", "wrong"), [("elsewhere", "IP address mismatch"), ("expired", "expired")])
def test_names_and_dates_are_verified_as_ever(shown: str, wrong: str, notary: Notary, tmp_path: Path) -> None:
    with (
        serving(notary.context(shown)) as site,
        fetching(site.base, FakeClock(), tmp_path, certificate=notary.folder / "between.pem") as one,
        pytest.raises(LeftAlone, match=wrong),
    ):
        one.get(site.base + "a")
    assert site.log == []


def test_the_usual_certificates_are_believed_too(
    site: Site, notary: Notary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = tmp_path / "usual.pem"
    both.write_text((notary.folder / "between.pem").read_text())
    monkeypatch.setenv("SSL_CERT_FILE", str(both))
    with fetching(site.base, FakeClock(), tmp_path, certificate=notary.folder / "elsewhere.pem") as one:
        assert one.get(site.base + "a").body == b"<p>Minutes"


@pytest.mark.parametrize(("content", "why"), [(None, "No such file"), ("no PEM", "holds no certificate in PEM form")])
def test_a_certificate_that_cannot_be_read_is_named(content: str | None, why: str, tmp_path: Path) -> None:
    path = tmp_path / "missing.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError, match=rf"certificate .*missing\.pem: cannot be read: {why}"):
        fetching("https://127.0.0.1:1/", FakeClock(), tmp_path, certificate=path).__enter__()
