"""An exported journal in the hands of an expert who has Python and OpenSSL, and not Borne."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.evidence import archive_in, flipped
from tests.fakes.programs import asked, borne
from tests.fakes.time_stamp_authorities import AServedAuthority, served

ROOT = Path(__file__).resolve().parents[2]
REQUEST = ROOT / "resources" / "samples" / "request.json"


@dataclass(frozen=True)
class Exported:
    """What a kiosk with a time-stamp authority exported.

    Attributes:
        data_dir: of the kiosk.
        archive: the ZIP file.
        config: of the kiosk.
        public_key: of the kiosk, as published.
    """

    data_dir: Path
    archive: Path
    config: Path
    public_key: Path


@pytest.fixture(scope="module")
def authority() -> Iterator[AServedAuthority]:
    """A real one."""
    with served() as running:
        yield running


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, authority: AServedAuthority) -> Exported:
    """A request, the day closed, stamped, and everything exported, by the program's own commands."""
    folder = tmp_path_factory.mktemp("evidence")
    config, data, archive, key = (folder / name for name in ("borne.toml", "data", "a.zip", "key.pem"))
    config.write_text(
        f'[evidence]\ntime_stamp_url = "{authority.url}"\ntime_stamp_authority_file = "{authority.authority.root}"\n'
    )
    here = ("--config", config, "--data-dir", data)
    for command in (
        ("file", "--request", REQUEST),
        ("journal", "close", "--agent", "Claire Martin"),
        ("journal", "stamp"),
        ("journal", "export", "--out", archive),
    ):
        done = asked(*command, *here)
        assert done.code == 0, done.err
    key.write_text(json.loads(asked("keys", "show", "--json", *here).out)["public_key"])
    return Exported(data, archive, config, key)


@dataclass(frozen=True)
class Unpacked:
    """The archive as an expert unpacked it, and what its README says to run."""

    folder: Path

    def readme(self) -> str:
        return (self.folder / "README.md").read_text(encoding="utf-8")

    def script(self) -> subprocess.CompletedProcess[str]:
        """Run the script of the README, exactly as printed, with nothing of Borne in reach."""
        (self.folder / "check.py").write_text(_block(self.readme(), "python"), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-I", "check.py"], cwd=self.folder, capture_output=True, text=True, check=False
        )

    def shell(self, holding: str) -> subprocess.CompletedProcess[str]:
        """Run the line of the README's shell blocks that holds some text."""
        lines = [
            line for block in re.findall(r"```sh\n(.*?)```", self.readme(), re.DOTALL) for line in block.splitlines()
        ]
        (line,) = [line for line in lines if holding in line and not line.startswith("#")]
        return subprocess.run(["/bin/sh", "-c", line], cwd=self.folder, capture_output=True, text=True, check=False)

    def flip(self, name: str, bit: int) -> None:
        """Change one bit of a file."""
        path = self.folder / name
        path.write_bytes(flipped(path.read_bytes(), bit))


def _block(text: str, language: str) -> str:
    (block,) = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return str(block)


@pytest.fixture
def unpacked(exported: Exported, tmp_path: Path) -> Unpacked:
    """Into an empty folder."""
    for name, content in archive_in(exported.archive).files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return Unpacked(tmp_path)


def test_the_lines_of_the_readme_verify_the_archive(unpacked: Unpacked, exported: Exported) -> None:
    """Ten lines of Python after the imports, and OpenSSL for the key, the manifest and the token."""
    done = unpacked.script()
    lines = _block(unpacked.readme(), "python").splitlines()

    assert (done.returncode, done.stdout[:5], done.stderr) == (0, "OK 4 ", "")
    assert len([line for line in lines if not line.startswith(("import", "from"))]) == 10
    fingerprint = unpacked.shell("openssl pkey").stdout.split()[-1]
    assert f"# {fingerprint}" in unpacked.readme()
    assert "Verified OK" in unpacked.shell("openssl dgst -sha256 -verify").stdout
    stamped = unpacked.shell("openssl ts")
    assert (stamped.returncode, "Verification: OK" in stamped.stdout + stamped.stderr) == (0, True)


@pytest.mark.parametrize(
    "name", ["entries.jsonl", "payloads.jsonl", "closures.jsonl", "journal.pdf", "manifest.json", "manifest.sig"]
)
def test_the_script_fails_when_one_bit_of_any_file_was_changed(unpacked: Unpacked, name: str) -> None:
    """With a code that is not zero, and without its OK."""
    size = (unpacked.folder / name).stat().st_size
    unpacked.flip(name, 8 * (size // 2) + 1)

    done = unpacked.script()

    assert done.returncode != 0
    assert "OK" not in done.stdout


def test_the_script_finds_a_changed_entry_even_when_the_manifest_was_made_to_fit(
    unpacked: Unpacked, exported: Exported
) -> None:
    """The chain does not need the manifest."""
    whole = archive_in(exported.archive)
    altered = whole.with_changed(
        "entries.jsonl", whole.files["entries.jsonl"].replace(b"closure_made", b"clozure_made")
    )
    # Signed by a key that is put beside the right one: that is found by comparing its fingerprint.
    for name, content in altered.resigned().files.items():
        (unpacked.folder / name).write_bytes(content)

    done = unpacked.script()

    assert done.returncode != 0
    assert "AssertionError: entry 3" in done.stderr


def test_openssl_refuses_what_was_changed(unpacked: Unpacked) -> None:
    """The token, the hash that it is for, the manifest."""
    (token,) = (unpacked.folder / "time_stamps").glob("*.tsr")
    size = token.stat().st_size
    unpacked.flip(f"time_stamps/{token.name}", 8 * (size - 10))
    unpacked.flip("manifest.json", 803)

    assert unpacked.shell("openssl ts").returncode != 0
    assert unpacked.shell("openssl dgst -sha256 -verify").returncode != 0
    unpacked.flip(f"time_stamps/{token.name}", 8 * (size - 10))
    assert unpacked.shell("openssl ts").returncode == 0
    line = (unpacked.folder / "README.md").read_text(encoding="utf-8")
    (digest,) = re.findall(r"-digest ([0-9a-f]{64})", line)
    (unpacked.folder / "README.md").write_text(line.replace(digest, "0" * 64), encoding="utf-8")
    assert unpacked.shell("openssl ts").returncode != 0


def test_the_archive_is_checked_by_borne_on_any_machine(exported: Exported, tmp_path: Path) -> None:
    """The verdict names what was checked; exit 1 and the place when something is wrong, 2 when there is no archive."""
    whole = borne("journal", "verify", "--archive", exported.archive, "--public-key", exported.public_key, "--json")
    broken = tmp_path / "broken.zip"
    content = bytearray(exported.archive.read_bytes())
    content[len(content) // 3] ^= 4
    broken.write_bytes(content)
    found = asked("journal", "verify", "--archive", broken, "--json")
    page = asked("journal", "verify", "--archive", REQUEST, "--json")
    absent = asked("journal", "verify", "--archive", tmp_path / "none.zip")

    report = json.loads(whole.out)
    assert (whole.code, report["verified"], report["key_is_trusted"], report["reason"]) == (0, True, True, None)
    assert (report["entries"], report["closures"], report["time_stamps"]) == (4, 1, 1)
    assert (found.code, json.loads(found.out)["verified"]) == (1, False)
    assert (page.code, json.loads(page.out)["verified"]) == (1, False)
    assert (absent.code, "--archive" in absent.last_line) == (2, True)


def test_an_archive_is_private_and_never_overwritten(exported: Exported) -> None:
    """It may name people; and the copy that a lawyer holds is the copy that was made."""
    again = asked(
        "journal", "export", "--out", exported.archive, "--config", exported.config, "--data-dir", exported.data_dir
    )

    assert exported.archive.stat().st_mode & 0o777 == 0o600
    assert (again.code, "--out" in again.last_line) == (2, True)


def test_without_an_authority_a_stamp_is_a_wrong_setting_and_without_an_answer_exit_3(
    exported: Exported, authority: AServedAuthority
) -> None:
    """One line that says which key."""
    here = ("--data-dir", exported.data_dir)
    unset = asked("journal", "stamp", *here)
    real, authority.answer = authority.answer, lambda _query: (503, {}, b"")
    try:
        asked("journal", "close", "--config", exported.config, *here)
        silent = asked("journal", "stamp", "--config", exported.config, *here)
    finally:
        authority.answer = real

    assert (unset.code, "evidence.time_stamp_url" in unset.last_line) == (2, True)
    assert (silent.code, "answered 503" in silent.last_line) == (3, True)
