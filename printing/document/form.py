"""A form to be filled in by hand: whom it goes to, the opening of a free-form request, lines, date and signature.

French is what the administration reads (CESEDA L. 141-1); the visitor's language stands beside it or below.
"""

from collections.abc import Iterator
from typing import Final

from kiosk.domain.blank_form import BlankForm
from kiosk.translation import SOURCE_LANGUAGE
from printing.document import texts
from printing.document.blocks import Align, Block, Cut, Document, Rule, Space, Text, Title, Weight
from printing.document.texts import Message
from printing.document.wording import Wording

_LINE_MM: Final = 7  # blank paper above a line, for letters written by hand
_LINES: Final = (
    (texts.BIRTH_NAME, 1),
    (texts.GIVEN_NAMES, 1),
    (texts.BIRTH_DATE, 1),
    (texts.FOREIGNER_NUMBER, 1),
    (texts.FORM_ADDRESS, 2),
    (texts.PROCEDURE, 1),
    (texts.FORM_REQUEST, 5),
    (texts.FORM_DATE, 1),
    (texts.FORM_SIGNATURE, 2),
)


def compose_form(form: BlankForm) -> Document:
    """Return what a blank form says.

    Raises:
        ConfigurationError: the language has no catalogue.
    """
    french = Wording(SOURCE_LANGUAGE)
    said = [french] if form.language == SOURCE_LANGUAGE else [french, Wording(form.language)]
    return Document((*_blocks(form, said), Cut()), form.language)


def _blocks(form: BlankForm, said: list[Wording]) -> Iterator[Block]:
    yield Text(said[0].say(texts.REPUBLIC), weight=Weight.BOLD, align=Align.CENTRE)
    yield Space(2)
    titles = {say.say(texts.FORM_TITLE): say.speech for say in reversed(said)}
    yield from (Title(title, speech) for title, speech in reversed(titles.items()))
    yield Space(1)
    yield from _in_both(texts.FORM_MEANING, said, align=Align.CENTRE)
    yield Rule()
    yield from _in_both(texts.FORM_ADDRESSEE, said, weight=Weight.BOLD)
    for line in (form.site.prefecture_name, form.site.service_name, *form.site.service_address):
        yield Text(line)
    yield Space(3)
    yield from _in_both(texts.FORM_OPENING, said)
    for message, lines in _LINES:
        yield Space(3)
        yield Text(_beside(message, said), weight=Weight.BOLD)
        for _ in range(lines):
            yield Space(_LINE_MM)
            yield Rule()
    yield Space(3)
    yield from _in_both(texts.FORM_WHAT_NEXT, said)
    yield Space(1)
    yield from _in_both(texts.PAY_NOBODY, said)
    yield Space(3)


def _beside(message: Message, said: list[Wording]) -> str:
    """Return a few words in French, with those of the visitor's language on the same line."""
    french, *other = dict.fromkeys(say.say(message) for say in said)
    return " · ".join((french, *(Wording.inside(text) for text in other)))


def _in_both(
    message: Message, said: list[Wording], *, weight: Weight = Weight.REGULAR, align: Align = Align.START
) -> Iterator[Block]:
    """Say it in French as loud as it is, and below it, quietly, in the visitor's language."""
    for say in said:
        is_first = say is said[0]
        yield Text(say.say(message), weight=weight if is_first else Weight.REGULAR, align=align, speech=say.speech)
