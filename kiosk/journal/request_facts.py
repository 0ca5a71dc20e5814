"""The facts that lie beside the entries of a filing: what was asked, and the numbers it got.

The names are those of the request JSON. Nothing absent is written, so that the hash covers only what was said.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.moment import ClockQuality, Moment, instant_text, parse_instant
from kiosk.domain.request import (
    Attempt,
    AttemptOutcome,
    Evidence,
    FilingId,
    Guardian,
    GuardianTie,
    HelpChannel,
    HelpContact,
    PrintJobId,
    RequestContent,
)
from kiosk.domain.request_json import request_to_json
from kiosk.journal.canonical import JsonValue


def content_facts(content: RequestContent) -> dict[str, JsonValue]:
    """Return what was asked, as JSON values without what was not said."""
    return {**request_to_json(content)}


def content_from_facts(facts: Mapping[str, JsonValue]) -> RequestContent:
    """Return what was asked from the facts that :func:`content_facts` made; they are trusted, not checked again."""
    birth_date = text_or_none(facts, "birth_date")
    permit_expires_on = text_or_none(facts, "permit_expires_on")
    return RequestContent(
        procedure=str(facts["procedure"]),
        language=str(facts["language"]),
        identity=Identity(
            birth_name=str(facts["birth_name"]),
            given_names=_texts(facts, "given_names"),
            usage_name=text_or_none(facts, "usage_name"),
            birth_date=PartialDate.parse(birth_date) if birth_date else None,
            nationality=text_or_none(facts, "nationality"),
        ),
        foreigner_number=text_or_none(facts, "foreigner_number"),
        permit_expires_on=date.fromisoformat(permit_expires_on) if permit_expires_on else None,
        departement=text_or_none(facts, "departement"),
        phone=text_or_none(facts, "phone"),
        email=text_or_none(facts, "email"),
        documents=_texts(facts, "documents"),
        attempts=attempts_from_facts(facts),
        helper=text_or_none(facts, "helper"),
        guardian=_guardian(facts.get("guardian")),
        help_contacts=help_contacts_from_facts(facts),
        evidence=evidence_from_facts(facts),
        target_procedure=text_or_none(facts, "target_procedure"),
    )


def filing_facts(
    *,
    reference: str,
    received: Moment,
    filed: Moment,
    ordinal: int,
    filing_id: FilingId,
    print_job_id: PrintJobId,
    call_number: str,
    content: RequestContent,
    identity_salt: bytes,
    catalogue_version: str,
) -> dict[str, JsonValue]:
    """Return the facts of one act of filing, for the entries ``request_filed`` and ``filing_repeated``.

    Args:
        reference: of the request.
        received: first confirmation tap of the request.
        filed: this confirmation tap.
        ordinal: 1 for the first filing of the request.
        filing_id: of this act.
        print_job_id: its ticket.
        call_number: its place in the hall.
        content: what was said this time.
        identity_salt: of the seal's identity hash, so that the centre can check a ticket by name and birth date.
        catalogue_version: which catalogue of procedures was shown.
    """
    return {
        "reference": reference,
        "received_at": instant_text(received.utc),
        "received_on": received.civil_date.isoformat(),
        "filed_at": instant_text(filed.utc),
        "filed_on": filed.civil_date.isoformat(),
        "zone": filed.zone,
        "clock": filed.clock.value,
        "ordinal": ordinal,
        "filing_id": filing_id,
        "print_job_id": print_job_id,
        "call_number": call_number,
        "content": content_facts(content),
        "identity_salt": identity_salt.hex(),
        "catalogue": catalogue_version,
    }


def asked_in(facts: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    """Return the part of a filing's facts that says what was asked.

    Raises:
        ValueError: there is none.
    """
    content = facts["content"]
    if not isinstance(content, Mapping):
        raise ValueError("facts without a content")  # noqa: TRY004  # a wrong document is a wrong value
    return content


def received_from_facts(facts: Mapping[str, JsonValue]) -> Moment:
    """Return the first confirmation of a request from the facts of its first filing; the civil date as recorded."""
    return Moment(
        utc=parse_instant(str(facts["received_at"])),
        civil_date=date.fromisoformat(str(facts["received_on"])),
        zone=str(facts["zone"]),
        clock=ClockQuality(str(facts["clock"])),
    )


def attempts_from_facts(facts: Mapping[str, JsonValue]) -> tuple[Attempt, ...]:
    """Return the tries that some facts tell of; trusted, not checked again."""
    return tuple(_attempt(item) for item in _items(facts, "attempts"))


def help_contacts_from_facts(facts: Mapping[str, JsonValue]) -> tuple[HelpContact, ...]:
    """Return the help asked for elsewhere that some facts tell of; trusted, not checked again."""
    return tuple(_help_contact(item) for item in _items(facts, "help_contacts"))


def evidence_from_facts(facts: Mapping[str, JsonValue]) -> tuple[Evidence, ...]:
    """Return what some facts say that the person has to show an attempt; trusted, not checked again."""
    return tuple(map(Evidence, _texts(facts, "evidence")))


def _attempt(facts: Mapping[str, JsonValue]) -> Attempt:
    return Attempt(
        on=_day(facts),
        outcome=AttemptOutcome(str(facts["outcome"])),
        contact=text_or_none(facts, "contact"),
        around=_around(facts),
    )


def _help_contact(facts: Mapping[str, JsonValue]) -> HelpContact:
    return HelpContact(
        HelpChannel(str(facts["channel"])), _day(facts), _around(facts), text_or_none(facts, "reference")
    )


def _guardian(facts: JsonValue) -> Guardian | None:
    if not isinstance(facts, Mapping):
        return None
    tie = text_or_none(facts, "tie")
    return Guardian(text_or_none(facts, "name") or "", GuardianTie(tie) if tie else None)


def _day(facts: Mapping[str, JsonValue]) -> date | None:
    on = text_or_none(facts, "date")
    return date.fromisoformat(on) if on else None


def _around(facts: Mapping[str, JsonValue]) -> PartialDate | None:
    around = text_or_none(facts, "around")
    return PartialDate.parse(around) if around else None


def text_or_none(facts: Mapping[str, JsonValue], name: str) -> str | None:
    """Return a text of some facts; None when they have none."""
    value = facts.get(name)
    return None if value is None else str(value)


def _texts(facts: Mapping[str, JsonValue], name: str) -> tuple[str, ...]:
    value = facts.get(name, ())
    return tuple(map(str, value)) if isinstance(value, Sequence) else ()


def _items(facts: Mapping[str, JsonValue], name: str) -> list[Mapping[str, JsonValue]]:
    value = facts.get(name, ())
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, Sequence) else []
