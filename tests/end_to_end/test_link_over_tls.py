"""The link over TLS 1.3, through a proxy, and with the authority that an enrolment brings: real sockets throughout."""

import contextlib
import json
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import CentreUnreachableError
from sync.client.exchange import exchange
from tests.fakes.certificates import CertificateFiles, certificates
from tests.fakes.programs import Running, asked, borne, centre_on, free_port


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> CertificateFiles:
    """An authority and a certificate for 127.0.0.1, made by openssl."""
    return certificates(tmp_path_factory.mktemp("tls"))


def a_tls_centre(port: int, folder: Path, files: CertificateFiles) -> Running:
    """A centre that speaks TLS only and tells enrolled machines whom to trust."""
    return centre_on(
        port,
        folder,
        "--known-kiosks-only",
        "--tls-certificate",
        str(files.certificate),
        "--tls-key",
        str(files.key),
        "--tls-authority",
        str(files.authority),
    )


def test_a_kiosk_enrols_over_tls_and_trusts_the_authority_that_came_with_it(
    tmp_path: Path, files: CertificateFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The installer gives the authority once; the enrolment leaves it beside the keys."""
    kiosk_dir, centre_dir, port = tmp_path / "kiosk", tmp_path / "centre", free_port()
    monkeypatch.setenv("BORNE_CENTRAL__URL", f"https://127.0.0.1:{port}")
    here = ("--json", "--data-dir", kiosk_dir)
    with a_tls_centre(port, centre_dir, files):
        code = json.loads(
            asked("fleet", "invite", "38-A2", "--by", "Mme Faure", "--json", "--data-dir", centre_dir).out
        )["code"]
        untrusted = asked("enrol", "--code", code, *here)
        monkeypatch.setenv("BORNE_CENTRAL__AUTHORITY_FILE", str(files.authority))
        enrolled = asked("enrol", "--code", code, *here)
        monkeypatch.delenv("BORNE_CENTRAL__AUTHORITY_FILE")
        sent = asked("sync", "once", *here)

    assert untrusted.code == 3
    assert "certificate" in untrusted.last_line.lower()
    assert (enrolled.code, sent.code) == (0, 0), (enrolled.err, sent.err)
    kept = tmp_path / "kiosk.keys" / "centre-authority.pem"
    assert kept.read_text() == files.authority.read_text()


def test_the_centre_speaks_tls_1_3(tmp_path: Path, files: CertificateFiles) -> None:
    """Nothing older, whatever a client offers."""
    port = free_port()
    with a_tls_centre(port, tmp_path, files):
        context = ssl.create_default_context(cafile=files.authority)
        with (
            socket.create_connection(("127.0.0.1", port), timeout=5) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
        ):
            assert line.version() == "TLSv1.3"
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        with socket.create_connection(("127.0.0.1", port), timeout=5) as plain, pytest.raises(ssl.SSLError):
            context.wrap_socket(plain, server_hostname="127.0.0.1")


def test_another_authority_s_certificate_is_no_centre(tmp_path: Path, files: CertificateFiles) -> None:
    """A portal with a good certificate of somebody else."""
    other = certificates(tmp_path)
    port = free_port()
    with a_tls_centre(port, tmp_path / "centre", files), pytest.raises(CentreUnreachableError, match="certificate"):
        exchange("GET", f"https://127.0.0.1:{port}/healthz", deadline_s=5, authority_file=other.authority)


@contextlib.contextmanager
def a_proxy() -> Iterator[tuple[str, list[str]]]:
    """An HTTP proxy that tunnels (CONNECT, RFC 9110 9.3.6), and what it was asked for."""
    asked_for: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))
    ending = threading.Event()

    def serve() -> None:
        listener.settimeout(0.05)
        while not ending.is_set():
            with contextlib.suppress(TimeoutError):
                client, _ = listener.accept()
                threading.Thread(target=tunnel, args=(client,), daemon=True).start()

    def tunnel(client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(4096)
            asked_for.append(head.split(b"\r\n")[0].decode())
            host, _, port = head.split()[1].decode().partition(":")
            with socket.create_connection((host, int(port)), timeout=5) as server:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                pump(client, server)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked_for
    finally:
        ending.set()
        thread.join()
        listener.close()


def pump(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until a side has no more."""
    while True:
        for ready in select.select([one, other], [], [], 5)[0]:
            data = ready.recv(65536)
            if not data:
                return
            (other if ready is one else one).sendall(data)


def test_the_way_out_may_be_a_proxy_that_the_settings_name(tmp_path: Path, files: CertificateFiles) -> None:
    """The proxy carries bytes that it cannot read; variables of the system name no proxy."""
    port = free_port()
    with a_tls_centre(port, tmp_path / "centre", files), a_proxy() as (proxy, asked_for):
        link = {
            "BORNE_CENTRAL__URL": f"https://127.0.0.1:{port}",
            "BORNE_CENTRAL__AUTHORITY_FILE": str(files.authority),
        }
        through = borne("doctor", "--data-dir", tmp_path / "kiosk", env=link | {"BORNE_CENTRAL__PROXY_URL": proxy})
        answer = exchange(
            "GET", f"https://127.0.0.1:{port}/healthz", deadline_s=5, proxy_url=proxy, authority_file=files.authority
        )
        count = len(asked_for)
        around = borne(
            "sync", "once", "--data-dir", tmp_path / "kiosk", env=link | {"HTTPS_PROXY": proxy, "ALL_PROXY": proxy}
        )

    assert (answer.status, answer.body) == (200, b"ok\n")
    assert asked_for[0] == f"CONNECT 127.0.0.1:{port} HTTP/1.1"
    assert "accepts connections" in through.out
    assert around.code == 3  # refused, as it is not enrolled: the centre was reached without the proxy
    assert len(asked_for) == count


def test_a_certificate_that_cannot_be_read_is_said_at_start(tmp_path: Path) -> None:
    """In one line, naming the option."""
    wrong = borne("central", "--data-dir", tmp_path, "--tls-certificate", tmp_path / "none.pem", limit_s=30)

    assert wrong.code == 2
    assert "--tls-certificate" in wrong.last_line
