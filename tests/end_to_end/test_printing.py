"""From a JSON request to paper: the shipped program, the emulator on a wire, and readers that are not ours."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from tests.fakes.programs import Done, Running, asked, borne, emulator_on_tcp
from tests.fakes.read_codes import codes_on

A_REQUEST = {
    "procedure": "REN-SALARIE",
    "language": "ar",
    "birth_name": "DIALLO",
    "given_names": ["Aminata"],
    "birth_date": "1990-04-12",
    "permit_expires_on": "2027-01-15",
}


class Bench:
    """An emulator on a wire, and a kiosk's data directory."""

    def __init__(self, folder: Path, emulator: Running, url: str) -> None:
        self.slips, self.data_dir, self._folder = folder / "slips", folder / "data", folder
        self.emulator, self.url = emulator, url

    def file(self, **changes: object) -> Done:
        """File a request and print its ticket."""
        path = self._folder / "request.json"
        path.write_text(json.dumps(A_REQUEST | changes), encoding="utf-8")
        return borne("file", "--request", path, "--printer", self.url, "--data-dir", self.data_dir)

    def fault(self, line: str) -> None:
        """Tell the emulator what goes wrong; it looks at the file before it reads anything from the wire."""
        (self._folder / "faults").write_text(f"{line}\n", encoding="utf-8")

    def ask(self, *command: str | Path) -> Done:
        """Look at the same data."""
        return asked(*command, "--data-dir", self.data_dir)

    @property
    def pictures(self) -> list[Path]:
        """Slips in the tray."""
        return sorted(self.slips.glob("*.png"))

    def entry_types(self) -> list[str]:
        """What the journal recorded."""
        return [json.loads(line)["type"] for line in self.ask("journal", "show", "--json").out.splitlines()]


@pytest.fixture
def on_tcp(tmp_path: Path) -> Iterator[Bench]:
    """A network printer."""
    emulator, url = emulator_on_tcp(tmp_path / "slips", "--faults", tmp_path / "faults")
    with emulator:
        yield Bench(tmp_path, emulator, url)


@pytest.fixture
def on_a_serial_line(tmp_path: Path) -> Iterator[Bench]:
    """A serial printer behind a pseudo-terminal."""
    link = tmp_path / "tty"
    with Running("printer", "emulate", "--pty", link, "--out", tmp_path / "slips") as emulator:
        emulator.wait_for(link.exists)
        yield Bench(tmp_path, emulator, f"serial://{link}?baud=38400")


@pytest.fixture(params=["on_tcp", "on_a_serial_line"])
def any_line(request: pytest.FixtureRequest) -> Bench:
    """Each kind of line in turn."""
    bench: Bench = request.getfixturevalue(request.param)
    return bench


def sealed_text(picture: Path) -> str:
    """What a reader of QR codes that is not ours sees."""
    (text,) = codes_on(picture)
    return text


def test_a_confirmed_ticket_is_on_paper_and_can_be_read(any_line: Bench) -> None:
    """Confirmed only because the printer said so; strictly valid commands; one slip; its code verifies."""
    done = any_line.file()
    report = json.loads(done.out)

    assert (done.code, report["print_state"]) == (0, "confirmed")
    assert len(any_line.pictures) == 1
    told = json.loads(any_line.pictures[0].with_suffix(".json").read_text(encoding="utf-8"))
    assert told["complaints"] == []
    verified = any_line.ask(
        "verify", any_line.pictures[0], "--json", "--birth-name", "diallo", "--birth-date", "1990-04-12"
    )
    answer = json.loads(verified.out)
    assert (verified.code, answer["authentic"], answer["identity_matches"]) == (0, True, True)
    assert answer["reference"] == report["reference"]


def test_a_third_party_verifies_with_the_public_key_alone(on_tcp: Bench) -> None:
    """No code of ours: Base32, CBOR, ECDSA and SHA-256 as the design says."""
    report = json.loads(on_tcp.file().out)
    text = sealed_text(on_tcp.pictures[0])
    key = serialization.load_pem_public_key(on_tcp.ask("keys", "show").out.encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)

    signed, _, signature = text.rpartition(".")
    raw = unpadded_base32(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    key.verify(encode_dss_signature(r, s), signed.encode("ascii"), ec.ECDSA(hashes.SHA256()))

    kiosk, _key_id, reference, minutes, procedure, salt, identity, seq, entry_hash = cbor2.loads(
        unpadded_base32(signed.split(".")[1])
    )
    assert (kiosk, reference, procedure, seq) == ("38-A2", report["reference"], "REN-SALARIE", report["journal_seq"])
    canonical = b'{"birth_date":"1990-04-12","birth_name":"diallo"}'
    assert identity == hashlib.sha256(salt + canonical).digest()[:10]
    entry = json.loads(on_tcp.ask("journal", "show", "--json", "--after", str(seq - 1), "--limit", "1").out)
    assert entry["hash"].startswith(entry_hash.hex())
    assert minutes > 0
    assert "DIALLO" not in text


def test_one_changed_character_is_detected(on_tcp: Bench) -> None:
    """Exit 1, and the last words never change."""
    on_tcp.file()
    text = sealed_text(on_tcp.pictures[0])
    body = text.index(".") + 9
    changed = text[:body] + ("A" if text[body] != "A" else "B") + text[body + 1 :]

    good, bad = on_tcp.ask("verify", text), on_tcp.ask("verify", changed)

    assert (good.code, bad.code) == (0, 1)
    assert good.out.rstrip().endswith("ne vaut pas titre de séjour.")
    assert bad.out.rstrip().endswith("ne vaut pas titre de séjour.")


def test_a_double_tap_files_and_prints_once(on_tcp: Bench) -> None:
    """The same confirmation again: the same answer, no second slip."""
    first = json.loads(on_tcp.file(idempotency_key="tap").out)
    again = json.loads(on_tcp.file(idempotency_key="tap").out)

    assert first == again
    assert len(on_tcp.pictures) == 1
    assert on_tcp.entry_types().count("ticket_confirmed") == 1


@pytest.mark.parametrize(
    ("fault", "state", "entry"),
    [
        ("paper out", "failed", "ticket_failed"),
        ("cover open", "failed", "ticket_failed"),
        ("silent on", "failed", "ticket_failed"),
        ("paper out after 300 rows", "unconfirmed", "ticket_unconfirmed"),
        ("disconnect after 5000", "unconfirmed", "ticket_unconfirmed"),
    ],
)
def test_a_printer_in_trouble_never_costs_a_request(on_tcp: Bench, fault: str, state: str, entry: str) -> None:
    """Saved, honestly reported, exit 3."""
    on_tcp.fault(fault)

    done = on_tcp.file(birth_name="KONE")
    report = json.loads(done.out)

    assert (done.code, report["print_state"]) == (3, state)
    assert report["reference"].startswith("38-A2-")
    assert on_tcp.entry_types()[-1] == entry
    assert on_tcp.ask("journal", "verify").code == 0


def test_after_a_fault_only_the_new_ticket_comes_out(on_tcp: Bench) -> None:
    """Nobody gets the slip of the person before."""
    on_tcp.fault("paper out")
    on_tcp.file(birth_name="KONE")
    on_tcp.fault("paper ok")
    report = json.loads(on_tcp.file(birth_name="TRAORE").out)

    references = [json.loads(on_tcp.ask("verify", slip, "--json").out)["reference"] for slip in on_tcp.pictures]
    assert report["print_state"] == "confirmed"
    assert references == [report["reference"]]


def test_a_specimen_is_dated_as_asked_and_never_verifies(tmp_path: Path) -> None:
    """``ticket render --at`` cannot make a proof of a past that never was."""
    request = tmp_path / "request.json"
    request.write_text(json.dumps(A_REQUEST), encoding="utf-8")
    outputs = {kind: tmp_path / f"ticket.{kind}" for kind in ("png", "pdf", "escpos")}
    options: list[str | Path] = [part for kind, path in outputs.items() for part in (f"--{kind}", path)]
    data: list[str | Path] = ["--data-dir", tmp_path / "data"]
    asked("keys", "show", *data)

    done = borne("ticket", "render", "--request", request, *options, "--at", "2026-11-20T23:30:00Z", "--json", *data)

    dates = json.loads(done.out)
    assert dates == {
        "received_at": "2026-11-20T23:30:00.000Z",
        "implicit_rejection_on": "2027-03-21",
        "appeal_safe_day": "2027-05-21",
        "appeal_legal_last_day": dates["appeal_legal_last_day"],
        "window": "in_time",
    }
    assert all(path.stat().st_size > 1000 for path in outputs.values())
    assert asked("verify", outputs["png"], *data).code == 1
    assert not (tmp_path / "data" / "borne.db").exists()


def test_printer_test_prints_a_specimen(any_line: Bench) -> None:
    """For whoever installs the machine."""
    done = any_line.ask("printer", "test", "--printer", any_line.url, "--json")

    assert (done.code, json.loads(done.out)["verdict"]) == (0, "confirmed")


def unpadded_base32(text: str) -> bytes:
    """RFC 4648 Base32 without padding."""
    return base64.b32decode(text + "=" * (-len(text) % 8))
