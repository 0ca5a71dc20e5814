import re
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo

from kiosk.translation import SOURCE_LANGUAGE, languages
from printing.document.texts import ALL_MESSAGES
from tests.fakes.catalogues import catalogue_folder, catalogue_of

TRANSLATED = [code for code in languages() if code != SOURCE_LANGUAGE]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_ticket_is_translated(language: str) -> None:
    """No ticket mixes languages within its translation."""
    found = catalogue_of(language, "ticket")

    missing = [
        message for message in ALL_MESSAGES if not getattr(found.get(message.french, message.context), "string", "")
    ]
    assert missing == []
    assert len(list(found)) - 1 == len({(m.context, m.french) for m in ALL_MESSAGES}), "a sentence that no ticket says"


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_binary_catalogue_is_the_compiled_one(language: str) -> None:
    """What runs is what translators read: ``pybabel compile -D ticket -d resources/locale``."""
    compiled = BytesIO()
    write_mo(compiled, catalogue_of(language, "ticket"))

    assert (catalogue_folder(language) / "ticket.mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_the_same_places(language: str) -> None:
    """A date, a code or an article that the French gives is given in every language."""
    found = catalogue_of(language, "ticket")

    for message in ALL_MESSAGES:
        translation = str(found.get(message.french, message.context).string)  # type: ignore[union-attr]
        assert sorted(re.findall(r"\{\w+\}", translation)) == sorted(re.findall(r"\{\w+\}", message.french)), message
        assert re.findall(r"\d{3}-\d+", translation) == re.findall(r"\d{3}-\d+", message.french), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_marked_doubtful(language: str) -> None:
    """A fuzzy entry would be left out silently."""
    assert [message.id for message in catalogue_of(language, "ticket") if message.id and message.fuzzy] == []
