"""From a short paper to its document: the proof of an act after the filing, and the list of a person's passages.

As on a ticket the French is the authentic text, and the essentials follow in the person's language. Each is nominative
and says what it is not; none has a seal: the number and the fingerprint of the journal's entry are what proves it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import Moment
from kiosk.domain.place import Site
from kiosk.domain.request import FiledRequest, RequestContent
from kiosk.domain.request_change import ChangeKind, Completion, Contact, CorrectedField, RequestChange
from kiosk.domain.slip import PassageList, Proof
from kiosk.translation import SOURCE_LANGUAGE
from printing.document import texts
from printing.document.blocks import Align, Block, Cut, Document, Item, KeyValue, Rule, Size, Space, Text, Title, Weight
from printing.document.texts import Message
from printing.document.wording import Wording

_HASH_DIGITS: Final = 16
_TITLES: Final = {
    ChangeKind.COMPLETED: texts.TITLE_COMPLETED,
    ChangeKind.CORRECTION_ASKED: texts.TITLE_CORRECTION_ASKED,
    ChangeKind.CORRECTED: texts.TITLE_CORRECTED,
    ChangeKind.WITHDRAWN: texts.TITLE_WITHDRAWN,
}
_DONE_ON: Final = {
    ChangeKind.COMPLETED: texts.COMPLETED_ON,
    ChangeKind.CORRECTION_ASKED: texts.CORRECTION_ASKED_ON,
    ChangeKind.CORRECTED: texts.CORRECTED_ON,
    ChangeKind.WITHDRAWN: texts.WITHDRAWN_ON,
}
_PASSED_FOR: Final = {
    ChangeKind.COMPLETED: texts.COMPLETED_HERE,
    ChangeKind.CORRECTION_ASKED: texts.CORRECTION_ASKED_HERE,
    ChangeKind.WITHDRAWN: texts.WITHDRAWN_HERE,
}
_ERASED: Final = {Contact.PHONE: texts.PHONE_ERASED, Contact.EMAIL: texts.EMAIL_ERASED}
_CORRECTED: Final = {
    CorrectedField.BIRTH_NAME: texts.BIRTH_NAME,
    CorrectedField.GIVEN_NAMES: texts.GIVEN_NAMES,
    CorrectedField.BIRTH_DATE: texts.BIRTH_DATE,
    CorrectedField.FOREIGNER_NUMBER: texts.FOREIGNER_NUMBER,
}


def compose_proof(proof: Proof) -> Document:
    """Return what the proof of one act says.

    Raises:
        ConfigurationError: the person's language has no catalogue.
    """
    french = Wording(SOURCE_LANGUAGE)
    blocks = [*_head(proof.site, _TITLES[proof.change.kind], french), *_act(proof, french)]
    blocks += [*_person(proof.content, french), *_papers(proof, french), *_meaning(proof.change, french)]
    blocks += _evidence(proof.site, proof.change, french)
    if proof.language != SOURCE_LANGUAGE:
        say = Wording(proof.language)
        blocks += _translation_mark(french, say)
        blocks += [Title(say.say(_TITLES[proof.change.kind]), say.speech), Space(2)]
        blocks += [*_act(proof, say), *_meaning(proof.change, say), *_foot(say)]
    return Document((*blocks, Space(2), Cut()), proof.language)


def compose_passages(passages: PassageList) -> Document:
    """Return what the list of a person's passages says.

    Raises:
        ConfigurationError: the person's language has no catalogue.
    """
    french = Wording(SOURCE_LANGUAGE)
    blocks = [*_head(passages.site, texts.TITLE_PASSAGES, french), *_reference(passages.request, french)]
    blocks += [KeyValue(french.say(texts.LISTED_ON), french.instant(passages.listed))]
    blocks += [*_person(passages.content, french), Rule(), *_passages(passages, french)]
    blocks += [Space(1.5), Text(french.say(texts.NOT_A_PERMIT), weight=Weight.BOLD)]
    if passages.language != SOURCE_LANGUAGE:
        say = Wording(passages.language)
        blocks += [*_translation_mark(french, say), Title(say.say(texts.TITLE_PASSAGES), say.speech), Space(2)]
        blocks += [*_reference(passages.request, say), *_passages(passages, say), *_foot(say)]
    return Document((*blocks, Space(2), Cut()), passages.language)


def _head(site: Site, title: Message, say: Wording) -> Iterator[Block]:
    yield Text(say.say(texts.REPUBLIC), weight=Weight.BOLD, align=Align.CENTRE)
    yield Text(site.prefecture_name, align=Align.CENTRE)
    yield Space(3)
    yield Title(say.say(title))
    yield Space(2)


def _reference(request: FiledRequest, say: Wording) -> Iterator[Block]:
    if say.is_french:
        yield Text(say.say(texts.REFERENCE), align=Align.CENTRE)
        yield Text(request.reference, Size.LARGE, Weight.BOLD, Align.CENTRE, one_line=True)
        yield Space(1.5)
        yield Rule()
    else:
        yield KeyValue(say.say(texts.REFERENCE), say.code(request.reference), say.speech)
    yield KeyValue(say.say(texts.REQUEST_RECEIVED), say.instant(request.received), say.speech)


def _act(proof: Proof, say: Wording) -> Iterator[Block]:
    yield from _reference(proof.request, say)
    yield from _instant(_DONE_ON[proof.change.kind], proof.change.changed, say)


def _instant(key: Message, moment: Moment, say: Wording) -> Iterator[Block]:
    yield KeyValue(say.say(key), say.instant(moment), say.speech)
    for warning in say.warnings_of(moment):
        yield Text(warning, weight=Weight.BOLD, speech=say.speech)


def _person(content: RequestContent, say: Wording) -> Iterator[Block]:
    identity = content.identity
    yield Rule()
    yield KeyValue(say.say(texts.BIRTH_NAME), say.name(identity.birth_name))
    if identity.given_names:
        yield KeyValue(say.say(texts.GIVEN_NAMES), say.name(", ".join(identity.given_names)))
    yield KeyValue(say.say(texts.BIRTH_DATE), say.birth_date(identity.birth_date))


def _papers(proof: Proof, say: Wording) -> Iterator[Block]:
    """Say what was added or is asked to be put right; contacts and numbers themselves are nobody's business."""
    change = proof.change
    labels = {document.code: document.label_fr for document in proof.procedure.documents}
    yield KeyValue(say.say(texts.PROCEDURE), f"{proof.procedure.shown_fr} ({proof.procedure.code})", is_plain=True)
    if change.added.documents:
        yield Rule()
        yield Text(say.say(texts.DOCUMENTS_HEADING), weight=Weight.BOLD)
    for code in change.added.documents:
        yield Item(labels.get(code, code).partition(" (")[0])
    yield from _attempts(change.added, say)
    if change.corrections:
        caption = texts.PUT_RIGHT if change.kind is ChangeKind.CORRECTED else texts.TO_CORRECT
        yield KeyValue(caption, ", ".join(say.say(_CORRECTED[each.field]) for each in change.corrections))


def _attempts(added: Completion, say: Wording) -> Iterator[Block]:
    """Say what was tried elsewhere, and when; the number of a call is nobody's business."""
    if added.attempts or added.help_contacts:
        yield Rule()
        yield Text(texts.ATTEMPTS_HEADING, weight=Weight.BOLD)
    for attempt in added.attempts:
        yield Item(_dated(texts.ATTEMPT_OUTCOMES[attempt.outcome], attempt.on, attempt.around, say))
    for contact in added.help_contacts:
        yield Item(_dated(texts.HELP_CHANNELS[contact.channel], contact.on, contact.around, say))
    if added.evidence:
        yield KeyValue(texts.EVIDENCE_HEADING, ", ".join(texts.EVIDENCE[each] for each in added.evidence))


def _dated(what: str, on: date | None, around: PartialDate | None, say: Wording) -> str:
    if on is None and around is None:
        return f"{what} ({texts.UNDATED})"
    return f"{what}, {say.date(on) if on else say.birth_date(around)}"


def _meaning(change: RequestChange, say: Wording) -> Iterator[Block]:
    said = {
        ChangeKind.COMPLETED: (texts.DATE_STAYS,),
        ChangeKind.CORRECTION_ASKED: (texts.AGENT_DECIDES, texts.DATE_STAYS),
        ChangeKind.CORRECTED: (texts.DATE_STAYS,),
        ChangeKind.WITHDRAWN: (texts.NO_LONGER_LIVE,),
    }[change.kind]
    yield Space(1.5)
    if change.added.phone is not None or change.added.email is not None:
        yield Text(say.say(texts.CONTACT_CHANGED), speech=say.speech)
    for removed in change.added.removed:
        yield Text(say.say(_ERASED[removed.contact]), speech=say.speech)
    if change.added.attempts or change.added.help_contacts or change.added.evidence:
        yield Text(say.say(texts.ATTEMPTS_ADDED), speech=say.speech)
    for message in said:
        yield Text(say.say(message), speech=say.speech)
    yield Space(1)
    if say.is_french:
        yield Text(say.say(texts.NOT_A_PERMIT), weight=Weight.BOLD)


def _evidence(site: Site, change: RequestChange, say: Wording) -> Iterator[Block]:
    digits = change.entry_hash[:_HASH_DIGITS].upper()
    groups = " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
    yield Rule()
    entry = texts.ENTRY_AND_HASH.format(seq=change.journal_seq, hash=groups)
    yield KeyValue(say.say(texts.JOURNAL_ENTRY), entry, is_plain=True)
    yield KeyValue(say.say(texts.KIOSK), f"{site.origin}, {site.kiosk_place}", is_plain=True)


def _passages(passages: PassageList, say: Wording) -> Iterator[Block]:
    filed = [(filing.journal_seq, filing.filed, texts.FILED_HERE) for filing in passages.request.filings]
    acts = [
        (change.journal_seq, change.changed, _PASSED_FOR[change.kind])
        for change in passages.changes
        if change.kind in _PASSED_FOR
    ]
    for _, moment, message in sorted(filed + acts, key=lambda act: act[0]):
        yield KeyValue(say.say(message), say.instant(moment), say.speech)
    yield Space(1.5)
    weeks = say.say(texts.WEEKS, count=say.code(str(passages.weeks)))
    yield Text(weeks, weight=Weight.BOLD, speech=say.speech)


def _translation_mark(french: Wording, say: Wording) -> Iterator[Block]:
    yield Rule(is_heavy=True)
    yield Text(french.say(texts.FOR_INFORMATION), align=Align.CENTRE)
    yield Text(say.say(texts.FOR_INFORMATION), align=Align.CENTRE, speech=say.speech)
    yield Space(1)


def _foot(say: Wording) -> Iterator[Block]:
    yield Space(1.5)
    yield Text(say.say(texts.NOT_A_PERMIT), weight=Weight.BOLD, speech=say.speech)
    yield Text(say.say(texts.FRENCH_PREVAILS), speech=say.speech)
