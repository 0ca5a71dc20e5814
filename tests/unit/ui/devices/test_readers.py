"""What a reader on a serial line sends, whole and in pieces, with noise and unplugged in the middle."""

import os
import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kiosk.settings import ScannerSettings
from tests.fakes.documents import a_permit
from ui.devices.scan_lines import MOST_BYTES, ScanLines
from ui.devices.serial_scanner import SerialScanner

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=80
)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.integers(1, 7))
def test_scans_come_out_whole_however_they_arrive(texts: list[str], piece: int) -> None:
    sent = b"".join(b"\x02" + text.encode() + b"\r\n\x03" for text in texts)
    lines = ScanLines()
    found = [scan for start in range(0, len(sent), piece) for scan in lines.take(sent[start : start + piece])]
    assert found == texts


@given(st.binary(max_size=200))
def test_rubbish_never_raises_and_ends_with_the_pause(rubbish: bytes) -> None:
    lines = ScanLines()
    lines.take(rubbish)
    lines.pause()
    assert lines.take(b"IR\x03") == ["IR"]


def test_a_line_that_never_ends_is_noise() -> None:
    lines = ScanLines()
    assert lines.take(b"x" * (MOST_BYTES + 1)) == []
    assert lines.pause() == []
    assert lines.take(b"ok\x03") == ["ok"]


def test_a_reader_is_read_and_found_again_after_it_was_unplugged(tmp_path: Path) -> None:
    """Three lines are one scan; the device may be missing at the start and go away in the middle."""
    link = tmp_path / "reader"
    scans: list[str] = []
    scanner = SerialScanner(ScannerSettings(device=str(link)), scans.append, again_s=0.05)
    scanner.start()
    try:
        for expected in (1, 2):
            here, there = os.openpty()
            link.symlink_to(os.ttyname(there))
            assert send_until_heard(here, scans, expected)
            os.close(there)
            os.close(here)
            link.unlink()
    finally:
        scanner.stop()
    assert set(scans) == {a_permit()}


def send_until_heard(line: int, scans: list[str], count: int) -> bool:
    """Send a document again and again, as a person lays it down again, until it was read."""
    limit = time.monotonic() + 10
    while time.monotonic() < limit:
        os.write(line, a_permit().replace("\n", "\r\n").encode())
        for _ in range(20):
            time.sleep(0.03)
            if len(scans) >= count:
                return True
    return False
