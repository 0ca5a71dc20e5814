"""From a ticket to its document: the French text, which is the authentic one, then the essentials in another language.

Content and order follow the mandatory mentions of CRPA R. 112-5 and R. 112-11-1 taken together. Never here:
nationality, the full foreigner number, phone, e-mail, attempts, helper.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from kiosk.domain.procedure import Channel, TicketKind
from kiosk.domain.ticket import Reprint, Ticket, WindowPosition
from kiosk.translation import SOURCE_LANGUAGE
from printing.document import texts
from printing.document.blocks import (
    Align,
    Banner,
    Block,
    Code,
    Cut,
    Document,
    Item,
    KeyValue,
    Rule,
    Size,
    Space,
    Text,
    Title,
    Weight,
)
from printing.document.texts import Message
from printing.document.wording import Wording

# With fewer digits than this the last three would give most of the number away.
_SHORTEST_NUMBER_TO_HINT = 7
_VISIBLE_DIGITS = 3
_HEAD_DIGITS = 16


class Extent(StrEnum):
    """How much of the ticket is said again in the applicant's language; the French part is always whole."""

    WHOLE = "whole"
    ESSENTIALS = "essentials"  # a slow line: what it is, since when, what comes next, what it is not


def compose(ticket: Ticket, extent: Extent = Extent.WHOLE) -> Document:
    """Return what a ticket says.

    Raises:
        ConfigurationError: the language of the filing has no catalogue.
    """
    french = Wording(SOURCE_LANGUAGE)
    language = ticket.filing.language
    blocks = list(_french_part(ticket, french))
    if language != SOURCE_LANGUAGE:
        part = _translated_part if extent is Extent.WHOLE else _essentials
        blocks += part(ticket, french, Wording(language))
    return Document((*blocks, *_marks(ticket, french), Cut()), language)


def _french_part(ticket: Ticket, say: Wording) -> Iterator[Block]:
    yield from _marks(ticket, say)
    yield from _office_copy(ticket, say)
    yield from _head(ticket, say)
    yield from _call_number(ticket, say)
    yield Rule()
    yield from _date(ticket, say)
    yield Rule()
    yield from _person_and_procedure(ticket, say)
    yield Rule()
    yield from _channel_and_window(ticket, say)
    yield from _silence(ticket, say)
    yield from _documents(ticket, say)
    yield from _next_step(ticket, say)
    yield from _service(ticket, say)
    yield Rule()
    yield from _disclaimers(say)
    yield from _seal(ticket, say)
    yield from _previous_head(ticket)


def _translated_part(ticket: Ticket, french: Wording, say: Wording) -> Iterator[Block]:
    yield Rule(is_heavy=True)
    yield Text(french.say(texts.FOR_INFORMATION), align=Align.CENTRE)
    yield Text(say.say(texts.FOR_INFORMATION), align=Align.CENTRE, speech=say.speech)
    yield Space(1)
    yield Title(say.say(_title(ticket)), speech=say.speech)
    yield Space(2)
    yield KeyValue(say.say(texts.CALL_NUMBER), say.code(ticket.filing.call_number), say.speech)
    yield KeyValue(say.say(texts.REFERENCE), say.code(ticket.request.reference), say.speech)
    yield from _date(ticket, say)
    yield Space(1.5)
    yield from _channel_and_window(ticket, say)
    yield from _silence(ticket, say)
    yield from _next_step(ticket, say)
    yield Space(1.5)
    yield from _disclaimers(say)
    yield Text(say.say(texts.FRENCH_PREVAILS), speech=say.speech)
    yield Space(2)


def _essentials(ticket: Ticket, french: Wording, say: Wording) -> Iterator[Block]:
    received = ticket.request.received
    yield Rule(is_heavy=True)
    yield Text(french.say(texts.FOR_INFORMATION), align=Align.CENTRE)
    yield Title(say.say(_title(ticket)), speech=say.speech)
    key = texts.VISIT_RECEIVED if ticket.procedure.ticket_kind is TicketKind.TRACE else texts.REQUEST_RECEIVED
    yield KeyValue(say.say(key), say.instant(received), say.speech)
    yield _where_to_wait(ticket, say)
    yield Text(say.say(texts.NOT_A_PERMIT), weight=Weight.BOLD, speech=say.speech)
    yield Text(say.say(texts.FRENCH_PREVAILS), speech=say.speech)
    yield Space(2)


def _marks(ticket: Ticket, say: Wording) -> Iterator[Block]:
    """SPÉCIMEN and DUPLICATA, at both ends of the slip."""
    if ticket.is_specimen:
        yield Banner(say.say(texts.SPECIMEN))
        yield Text(say.say(texts.SPECIMEN_MEANING), align=Align.CENTRE)
        yield Space(2)
    if ticket.reprint:
        yield Banner(say.say(texts.DUPLICATE, number=str(ticket.reprint.number)))
        yield Text(_reprinted(ticket.reprint, say), align=Align.CENTRE)
        yield from _corrected(ticket, say)
        yield Space(2)


def _office_copy(ticket: Ticket, say: Wording) -> Iterator[Block]:
    """Say of a file that it is no second ticket of the kiosk, and who made it."""
    if ticket.office_copy:
        copy = ticket.office_copy
        said = texts.OFFICE_COPY.format(instant=say.instant(copy.made), agent=copy.agent)
        yield Text(said, align=Align.CENTRE)
        yield from _corrected(ticket, say)
        yield Space(2)


def _corrected(ticket: Ticket, say: Wording) -> Iterator[Block]:
    if ticket.corrected:
        corrected = texts.CORRECTED_SINCE.format(instant=say.instant(ticket.corrected))
        yield Text(corrected, weight=Weight.BOLD, align=Align.CENTRE)


def _reprinted(reprint: Reprint, say: Wording) -> str:
    reason = texts.REPRINT_REASONS.get(reprint.reason, reprint.reason)
    agent = texts.REPRINT_AGENTS.get(reprint.agent, reprint.agent)
    return texts.REPRINTED.format(instant=say.instant(reprint.ordered), agent=agent, reason=reason)


def _head(ticket: Ticket, say: Wording) -> Iterator[Block]:
    yield Text(say.say(texts.REPUBLIC), weight=Weight.BOLD, align=Align.CENTRE)
    yield Text(ticket.site.prefecture_name, align=Align.CENTRE)
    yield Space(3)
    yield Title(say.say(_title(ticket)))


def _title(ticket: Ticket) -> Message:
    is_trace = ticket.procedure.ticket_kind is TicketKind.TRACE
    return texts.TITLE_TRACE if is_trace else texts.TITLE_ACKNOWLEDGEMENT


def _call_number(ticket: Ticket, say: Wording) -> Iterator[Block]:
    yield Space(2)
    yield Text(say.say(texts.CALL_NUMBER), align=Align.CENTRE)
    yield Text(ticket.filing.call_number, Size.HUGE, Weight.BOLD, Align.CENTRE, one_line=True)
    yield Space(1)
    yield Text(say.say(texts.REFERENCE), align=Align.CENTRE)
    yield Text(ticket.request.reference, Size.LARGE, Weight.BOLD, Align.CENTRE, one_line=True)
    yield Space(1.5)


def _date(ticket: Ticket, say: Wording) -> Iterator[Block]:
    received, visit = ticket.request.received, ticket.filing.filed
    is_trace = ticket.procedure.ticket_kind is TicketKind.TRACE
    key = texts.VISIT_RECEIVED if is_trace else texts.REQUEST_RECEIVED
    yield KeyValue(say.say(key), say.instant(received), say.speech)
    yield Text(say.legal_time(received), speech=say.speech)
    for warning in dict.fromkeys(say.warnings_of(received) + say.warnings_of(visit)):
        yield Text(warning, weight=Weight.BOLD, speech=say.speech)
    if ticket.filing.ordinal > 1:
        sentence = say.say(
            texts.REPEATED_VISIT,
            visit=say.instant(visit),
            ordinal=say.ordinal(ticket.filing.ordinal),
            received=say.instant(received),
        )
        yield Space(1)
        yield Text(sentence, weight=Weight.BOLD, speech=say.speech)
    if say.is_french:
        place = ", ".join(filter(None, (ticket.site.origin, ticket.site.kiosk_place)))
        yield KeyValue(say.say(texts.KIOSK), place, is_plain=True)


def _person_and_procedure(ticket: Ticket, say: Wording) -> Iterator[Block]:
    if not ticket.procedure.stores_no_identity:
        yield from _person(ticket, say)
    procedure = ticket.procedure
    label = say.say(texts.PROCEDURE_WITH_CODE, label=procedure.shown_fr, code=procedure.code)
    yield KeyValue(say.say(texts.PROCEDURE), label, is_plain=True)


def _person(ticket: Ticket, say: Wording) -> Iterator[Block]:
    content = ticket.request.content
    identity = content.identity
    yield KeyValue(say.say(texts.BIRTH_NAME), say.name(identity.birth_name))
    if identity.given_names:
        yield KeyValue(say.say(texts.GIVEN_NAMES), say.name(", ".join(identity.given_names)))
    if identity.usage_name:
        yield KeyValue(say.say(texts.USAGE_NAME), say.name(identity.usage_name))
    yield KeyValue(say.say(texts.BIRTH_DATE), say.birth_date(identity.birth_date))
    number = content.foreigner_number or ""
    if len(number) >= _SHORTEST_NUMBER_TO_HINT:
        ending = say.say(texts.NUMBER_ENDING, digits=number[-_VISIBLE_DIGITS:])
        yield KeyValue(say.say(texts.FOREIGNER_NUMBER), ending, is_plain=True)


def _channel_and_window(ticket: Ticket, say: Wording) -> Iterator[Block]:
    yield Text(say.say(_channel_message(ticket)), speech=say.speech)
    window = _window_sentence(ticket, say)
    if window:
        yield Space(1)
        yield Text(window, speech=say.speech)


def _channel_message(ticket: Ticket) -> Message:
    """Choose the words for what the filing is: another act for each way in (CESEDA R. 431-2 and R. 431-3)."""
    procedure = ticket.procedure
    if procedure.handoff:
        return texts.OTHER_SERVICE
    match procedure.channel:
        case Channel.COUNTER:
            return texts.FILED_AT_COUNTER
        case Channel.ANEF | Channel.MIXED:
            return texts.HELP_REQUESTED
        case Channel.SERVICE:
            asks_for_help = any(re.search(r"R\. 431-2\b(?!-)", basis) for basis in procedure.legal_basis)
            return texts.HELP_REQUESTED if asks_for_help else texts.SERVICE_VISIT


def _window_sentence(ticket: Ticket, say: Wording) -> str:
    deadlines = ticket.deadlines
    opens, closes = deadlines.window_opens_on, deadlines.window_closes_on
    match deadlines.window:
        case WindowPosition.EARLY if opens:
            return say.say(texts.WINDOW_EARLY, opens=say.date(opens))
        case WindowPosition.IN_TIME if closes:
            return say.say(texts.WINDOW_IN_TIME, closes=say.date(closes))
        case WindowPosition.IN_TIME:
            return say.say(texts.WINDOW_IN_TIME_OPEN_ENDED)
        case WindowPosition.LATE if closes:
            return say.say(texts.WINDOW_LATE, closes=say.date(closes))
        case WindowPosition.UNKNOWN if say.is_french and ticket.procedure.window.basis:
            return say.say(texts.WINDOW_UNKNOWN, period=_decapitalised(ticket.procedure.window.label_fr))
        case _:
            return ""


def _decapitalised(label: str) -> str:
    return label[:1].lower() + label[1:]


def _silence(ticket: Ticket, say: Wording) -> Iterator[Block]:
    deadlines = ticket.deadlines
    if ticket.procedure.ticket_kind is TicketKind.TRACE or deadlines.implicit_rejection_on is None:
        return
    general = ticket.procedure.silence.basis.startswith("CRPA")
    basis = texts.SILENCE_BASIS_GENERAL if general else texts.SILENCE_BASIS_PERMIT
    yield from _heading(texts.SILENCE_HEADING, say)
    refused_on = say.date(deadlines.implicit_rejection_on)
    yield Text(say.say(texts.SILENCE, date=refused_on, basis=say.say(basis)), speech=say.speech)
    if not deadlines.is_silence_sourced:
        yield Text(say.say(texts.SILENCE_TO_CONFIRM), speech=say.speech)
    yield Space(1)
    if deadlines.appeal_safe_day is not None:
        appeal_before = say.date(deadlines.appeal_safe_day)
        yield Text(say.say(texts.APPEAL, date=appeal_before, court=_court(ticket, say)), speech=say.speech)
        yield Space(1)
    yield Text(say.say(texts.INCOMPLETE_FILE), speech=say.speech)


def _court(ticket: Ticket, say: Wording) -> str:
    """The court of the applicant's residence, with the elision of French."""
    town = ticket.residence.administrative_court
    if say.is_french and town[:1] in "AEIOUÉÈÎÔ":
        return f"d'{town}"
    return say.say(texts.COURT_OF, town=say.code(town))


def _documents(ticket: Ticket, say: Wording) -> Iterator[Block]:
    yield from _heading(texts.DOCUMENTS_HEADING, say)
    labels = {document.code: document.label_fr for document in ticket.procedure.documents}
    declared = ticket.request.content.documents
    if not declared:
        yield Text(say.say(texts.NO_DOCUMENTS))
    for code in declared:
        # The bracket explains what counts; on paper the name of the document is enough.
        yield Item(labels.get(code, code).partition(" (")[0])


def _next_step(ticket: Ticket, say: Wording) -> Iterator[Block]:
    yield from _heading(texts.NEXT_STEP_HEADING, say)
    yield _where_to_wait(ticket, say)
    yield Text(say.say(texts.NOT_CALLED_TODAY), speech=say.speech)


def _where_to_wait(ticket: Ticket, say: Wording) -> Text:
    """Send nobody into a hall where nobody calls."""
    if ticket.is_hall_closed:
        return Text(say.say(texts.COME_WHEN_OPEN), speech=say.speech)
    call_number = say.code(ticket.filing.call_number)
    return Text(say.say(texts.WAIT_FOR_CALL, call_number=call_number), speech=say.speech)


def _service(ticket: Ticket, say: Wording) -> Iterator[Block]:
    site = ticket.site
    # Where another service is in charge, this one only says who took the visit down.
    yield from _heading(texts.RECEIVED_BY_HEADING if ticket.procedure.handoff else texts.SERVICE_HEADING, say)
    yield Text(site.service_name)
    for line in site.service_address:
        yield Text(line)
    if site.service_phone:
        yield Text(say.say(texts.PHONE, phone=site.service_phone))
    if site.service_email:
        yield Text(site.service_email)
    for line in site.ticket_note:
        yield Text(line)


def _disclaimers(say: Wording) -> Iterator[Block]:
    yield Text(say.say(texts.NOT_A_PERMIT), weight=Weight.BOLD, speech=say.speech)
    for message in (texts.PROVES_RECEIPT, texts.FREE_OF_CHARGE, texts.PAY_NOBODY):
        yield Space(1)
        yield Text(say.say(message), speech=say.speech)


def _seal(ticket: Ticket, say: Wording) -> Iterator[Block]:
    if not ticket.seal:
        yield from _journal_proof(ticket)
        return
    yield Space(2)
    yield Code(ticket.seal)
    yield Space(1)
    yield Text(say.say(texts.TAKE_A_PHOTO), weight=Weight.BOLD, align=Align.CENTRE)
    yield Text(say.say(texts.SEAL_MEANING), align=Align.CENTRE)
    yield Space(2)


def _journal_proof(ticket: Ticket) -> Iterator[Block]:
    """Say where a copy that cannot repeat the seal is checked, and by what: the entry that the kiosk signed."""
    filing = ticket.filing
    yield Space(2)
    yield Text(texts.NO_SEAL, weight=Weight.BOLD)
    yield Space(1)
    yield Text(texts.PROVEN_BY_JOURNAL)
    yield Text(texts.JOURNAL_PROOF.format(origin=ticket.site.origin, seq=filing.journal_seq))
    yield Text(_in_groups(filing.entry_hash))
    yield Space(2)


def _previous_head(ticket: Ticket) -> Iterator[Block]:
    if ticket.previous_head:
        groups = _in_groups(ticket.previous_head[:_HEAD_DIGITS])
        yield Text(texts.PREVIOUS_HEAD.format(head=groups), align=Align.CENTRE)


def _in_groups(digits: str) -> str:
    return " ".join(digits[start : start + 4].upper() for start in range(0, len(digits), 4))


def _heading(message: Message, say: Wording) -> Iterator[Block]:
    yield Space(1.5)
    yield Text(say.say(message), weight=Weight.BOLD, speech=say.speech)
