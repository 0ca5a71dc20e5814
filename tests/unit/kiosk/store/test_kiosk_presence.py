"""Whether a kiosk is there is seen without a word from it, and without standing in its way."""

import subprocess
import sys
from pathlib import Path

from kiosk.store.kiosk_presence import KioskPresence

_SHOWN = """
import sys
from pathlib import Path
from kiosk.store.kiosk_presence import KioskPresence
with KioskPresence(Path(sys.argv[1])).shown():
    print("here", flush=True)
    sys.stdin.read()
"""


def test_a_kiosk_is_there_for_as_long_as_it_shows_itself(tmp_path: Path) -> None:
    """Also to the same process, as in the demonstration; two may be there at once."""
    presence, other = KioskPresence(tmp_path), KioskPresence(tmp_path)
    seen = [other.is_shown()]
    with presence.shown():
        seen.append(other.is_shown())
        with other.shown():
            seen.append(presence.is_shown())
        seen.append(presence.is_shown())
    seen.append(presence.is_shown())

    assert seen == [False, True, True, True, False]


def test_a_kiosk_that_is_killed_is_gone(tmp_path: Path) -> None:
    """The kernel says so, whatever the process had no time to say."""
    kiosk = subprocess.Popen(
        [sys.executable, "-c", _SHOWN, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert kiosk.stdout is not None
    assert kiosk.stdout.readline() == "here\n"
    while_there = KioskPresence(tmp_path).is_shown()
    kiosk.kill()
    kiosk.communicate()

    assert (while_there, KioskPresence(tmp_path).is_shown()) == (True, False)


def test_a_folder_that_is_gone_holds_no_kiosk(tmp_path: Path) -> None:
    """The staff screen goes on."""
    assert not KioskPresence(tmp_path / "gone").is_shown()
