"""Numbers before their words, as French counts: none and one are singular."""

import pytest

from kiosk.journal.entry import EntryType
from ui.supervisor.counted import counted
from ui.supervisor.hall_wording import entry_said
from ui.supervisor.machine_wording import room_said
from ui.supervisor.wording import staff_translator


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 jour"), (1, "1 jour"), (-1, "-1 jour"), (2, "2 jours"), (12_345, "12\u202f345 jours")]
)
def test_none_and_one_are_singular(count: int, said: str) -> None:
    """Below zero too; thousands stand apart."""
    assert counted(count, "{count} jour", "{count} jours") == said


def test_the_words_of_the_screen_follow() -> None:
    """Of one person who was passed over, of one gigabyte."""
    tr = staff_translator()

    assert entry_said(tr, EntryType.PLACE_CALLED, {"passed_over": 1}) == "Appelé · avant 1 personne"
    assert entry_said(tr, EntryType.PLACE_CALLED, {"passed_over": 2}) == "Appelé · avant 2 personnes"
    assert (room_said(tr, 1 << 30), room_said(tr, 5 << 30)) == ("1 Go libre", "5 Go libres")
