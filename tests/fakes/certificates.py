"""An authority and a server certificate for loopback, made by ``openssl`` as an administrator makes them."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """PEM files.

    Attributes:
        authority: who is trusted.
        certificate: of the server, for 127.0.0.1.
        key: its private key.
    """

    authority: Path
    certificate: Path
    key: Path


def certificates(folder: Path) -> CertificateFiles:
    """Make an authority and a certificate that it signs."""
    authority_key, authority = folder / "authority.key", folder / "authority.pem"
    key, request, certificate = folder / "server.key", folder / "server.csr", folder / "server.pem"
    extensions = folder / "server.ext"
    extensions.write_text("subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    _openssl(
        "req", "-x509", *curve, "-keyout", authority_key, "-out", authority, "-days", "2", "-subj", "/CN=Borne test",
        "-addext", "keyUsage=critical,keyCertSign,cRLSign",
    )  # fmt: skip
    _openssl("req", *curve, "-keyout", key, "-out", request, "-subj", "/CN=127.0.0.1")
    _openssl(
        "x509", "-req", "-in", request, "-CA", authority, "-CAkey", authority_key, "-CAcreateserial", "-days", "2",
        "-extfile", extensions, "-out", certificate,
    )  # fmt: skip
    return CertificateFiles(authority, certificate, key)


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60)
