"""Certificates: verified always, with one more to believe where the operator names it. Made by `openssl`."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from a_server import FakeClock, Site, fetching, said, serving

from archive.errors import InputError, LeftAlone

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl: apt-get install openssl")

EXTENSIONS = """
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
subjectAltName = {names}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


@dataclass
class Notary:
    """Makes keys and certificates in a folder, each as NAME.key and NAME.pem."""

    folder: Path

    def make(self, name: str, by: str | None, names: str = "", days: int = 2) -> Path:
        """A certificate for `names`, or of an authority where there are none; signed by `by`, or by itself."""
        files = {end: self.folder / f"{name}.{end}" for end in ("key", "csr", "pem", "ext")}
        files["ext"].write_text(EXTENSIONS.format(names=names or "DNS:none.example"))
        self._openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}",
            "-keyout", files["key"], "-out", files["csr"],
        )  # fmt: skip
        signer = ("-signkey", files["key"]) if by is None else (
            "-CA", self.folder / f"{by}.pem", "-CAkey", self.folder / f"{by}.key", "-CAcreateserial")  # fmt: skip
        self._openssl(
            "x509", "-req", "-in", files["csr"], "-out", files["pem"], "-days", str(days), *signer,
            "-extfile", files["ext"], "-extensions", "server" if names else "authority",
        )  # fmt: skip
        return files["pem"]

    def context(self, name: str) -> ssl.SSLContext:
        """A server that shows this certificate alone, without those it was signed by."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context

    def _openssl(self, *arguments: str | Path) -> None:
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


@pytest.fixture(scope="module")
def notary(tmp_path_factory: pytest.TempPathFactory) -> Notary:
    made = Notary(tmp_path_factory.mktemp("certificates"))
    made.make("root", None)
    made.make("between", "root")
    made.make("council", "between", "IP:127.0.0.1")
    made.make("elsewhere", "between", "DNS:other.example")
    made.make("expired", "between", "IP:127.0.0.1", days=-1)
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
