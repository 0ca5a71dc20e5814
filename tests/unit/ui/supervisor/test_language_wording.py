"""Languages as an agent can read them, who asks for an interpreter."""

import pytest

from kiosk.translation import languages
from ui.supervisor.language_wording import language_said, language_with_own_name
from ui.supervisor.wording import staff_translator


@pytest.mark.parametrize("code", list(languages()))
def test_each_language_of_the_screens_has_a_french_name(code: str) -> None:
    """In letters that every agent reads; its own name stands beside where it is another."""
    tr = staff_translator()

    assert language_said(tr, code).isprintable()
    assert max(language_said(tr, code)) < "\u0250"
    assert language_with_own_name(tr, code).startswith(language_said(tr, code))


def test_the_own_name_stands_beside_and_turns_nothing_around() -> None:
    """French is said once."""
    tr = staff_translator()

    assert language_with_own_name(tr, "ta") == "tamoul (\u2068தமிழ்\u2069)"
    assert [language_with_own_name(tr, code) for code in ("fr", "fr-x-falc", "xx")] == [
        "français",
        "français facile",
        "xx",
    ]
