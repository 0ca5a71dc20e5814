"""From the list of missing papers to its document: what to bring, until when, what the term does to the answer.

As on a ticket the French is the authentic text, and the essentials follow in the person's language.
"""

from collections.abc import Iterator

from kiosk.domain.missing_papers import MissingPapers
from kiosk.translation import SOURCE_LANGUAGE
from printing.document import texts
from printing.document.blocks import Align, Block, Cut, Document, Item, KeyValue, Rule, Size, Space, Text, Title, Weight
from printing.document.wording import Wording


def compose_missing(missing: MissingPapers) -> Document:
    """Return what the list says.

    Raises:
        ConfigurationError: the person's language has no catalogue.
    """
    french = Wording(SOURCE_LANGUAGE)
    blocks = [*_head(missing, french), *_papers(missing, french), *_service(missing, french)]
    if missing.language != SOURCE_LANGUAGE:
        blocks += _translation(missing, french, Wording(missing.language))
    return Document((*blocks, Space(2), Cut()), missing.language)


def _head(missing: MissingPapers, say: Wording) -> Iterator[Block]:
    identity = missing.content.identity
    yield Text(say.say(texts.REPUBLIC), weight=Weight.BOLD, align=Align.CENTRE)
    yield Text(missing.site.prefecture_name, align=Align.CENTRE)
    yield Space(3)
    yield Title(say.say(texts.TITLE_MISSING))
    yield Space(2)
    yield Text(say.say(texts.REFERENCE), align=Align.CENTRE)
    yield Text(missing.request.reference, Size.LARGE, Weight.BOLD, Align.CENTRE, one_line=True)
    yield Space(1.5)
    yield Rule()
    yield KeyValue(say.say(texts.BIRTH_NAME), say.name(identity.birth_name))
    if identity.given_names:
        yield KeyValue(say.say(texts.GIVEN_NAMES), say.name(", ".join(identity.given_names)))
    yield KeyValue(say.say(texts.BIRTH_DATE), say.birth_date(identity.birth_date))
    yield KeyValue(say.say(texts.PROCEDURE), missing.procedure_label, is_plain=True)
    yield KeyValue(say.say(texts.REQUEST_RECEIVED), say.instant(missing.request.received))


def _papers(missing: MissingPapers, say: Wording) -> Iterator[Block]:
    yield Rule()
    yield Text(say.say(texts.MISSING_ASKED, date=say.date(missing.asked_on)), weight=Weight.BOLD)
    for label in missing.labels:
        yield Item(label)
    yield Space(1.5)
    yield from _term(missing, say)


def _term(missing: MissingPapers, say: Wording) -> Iterator[Block]:
    yield Text(say.say(texts.MISSING_TERM, date=say.date(missing.bring_by)), weight=Weight.BOLD, speech=say.speech)
    yield Text(say.say(texts.MISSING_SUSPENDS), speech=say.speech)
    yield Text(say.say(texts.DATE_STAYS), speech=say.speech)


def _service(missing: MissingPapers, say: Wording) -> Iterator[Block]:
    site = missing.site
    yield Rule()
    yield Text(say.say(texts.SERVICE_HEADING), weight=Weight.BOLD)
    for line in (site.service_name, *site.service_address):
        yield Text(line)
    if site.service_phone:
        yield Text(say.say(texts.PHONE, phone=site.service_phone))
    if site.service_email:
        yield Text(site.service_email)
    yield Space(1.5)
    yield Text(say.say(texts.NOT_A_PERMIT), weight=Weight.BOLD)


def _translation(missing: MissingPapers, french: Wording, say: Wording) -> Iterator[Block]:
    yield Rule(is_heavy=True)
    yield Text(french.say(texts.FOR_INFORMATION), align=Align.CENTRE)
    yield Text(say.say(texts.FOR_INFORMATION), align=Align.CENTRE, speech=say.speech)
    yield Space(1)
    yield Title(say.say(texts.TITLE_MISSING), say.speech)
    yield Space(2)
    yield KeyValue(say.say(texts.REFERENCE), say.code(missing.request.reference), say.speech)
    for label in missing.labels:
        yield Item(label)
    yield Space(1)
    yield from _term(missing, say)
    yield Space(1.5)
    yield Text(say.say(texts.NOT_A_PERMIT), weight=Weight.BOLD, speech=say.speech)
    yield Text(say.say(texts.FRENCH_PREVAILS), speech=say.speech)
