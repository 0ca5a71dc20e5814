"""The request as JSON, at the command line and in samples: checked once, here, with errors that name the field."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.names import cleaned_field, digits_only, required_name
from kiosk.domain.place import Places
from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.request import (
    Attempt,
    AttemptOutcome,
    Evidence,
    Guardian,
    GuardianTie,
    HelpChannel,
    HelpContact,
    RequestContent,
)
from kiosk.errors import InputError

FIELDS: Final = (
    "procedure",
    "language",
    "birth_name",
    "given_names",
    "usage_name",
    "birth_date",
    "nationality",
    "foreigner_number",
    "permit_expires_on",
    "departement",
    "phone",
    "email",
    "documents",
    "attempts",
    "helper",
    "guardian",
    "help_contacts",
    "evidence",
    "target_procedure",
    "idempotency_key",
)
_ATTEMPT_FIELDS: Final = ("date", "around", "outcome", "contact")
_HELP_FIELDS: Final = ("channel", "date", "around", "reference")
_GUARDIAN_FIELDS: Final = ("name", "tie")
_LONGEST_LIST: Final = 50

RequestValue: TypeAlias = str | list[str] | dict[str, str] | list[dict[str, str]]


def request_from_json(
    fields: Mapping[str, object], catalogue: Catalogue, places: Places, languages: Collection[str]
) -> tuple[RequestContent, str | None]:
    """Return what a JSON object asks, and its idempotency key if it has one.

    Args:
        fields: the parsed object.
        catalogue: procedures offered here.
        places: known départements and nationalities.
        languages: known language codes.

    Raises:
        InputError: an unknown, missing or wrong field; it is named.
    """
    _refuse_unknown(fields, FIELDS, "")
    procedure = catalogue.procedures.get(_required(fields, "procedure"))
    if procedure is None:
        raise InputError("procedure", f"one of {', '.join(catalogue.procedures)}")
    permit_expires_on = _text(fields, "permit_expires_on")
    number = _text(fields, "foreigner_number")
    content = RequestContent(
        procedure=procedure.code,
        language=_one_of(fields, "language", languages) or "fr",
        identity=_identity(fields, procedure, places),
        foreigner_number=digits_only(number) if number else None,
        permit_expires_on=_day("permit_expires_on", permit_expires_on) if permit_expires_on else None,
        departement=_one_of(fields, "departement", places.departements),
        phone=_text(fields, "phone"),
        email=_text(fields, "email"),
        documents=_documents(fields, procedure),
        attempts=tuple(_attempt(item, f"attempts[{rank}]") for rank, item in enumerate(_list(fields, "attempts"))),
        helper=_helper(fields),
        guardian=_guardian(fields.get("guardian")),
        help_contacts=tuple(
            _help_contact(item, f"help_contacts[{rank}]") for rank, item in enumerate(_list(fields, "help_contacts"))
        ),
        evidence=tuple(_evidence(item) for item in _list(fields, "evidence")),
        target_procedure=_one_of(fields, "target_procedure", catalogue.procedures),
    )
    return content, _text(fields, "idempotency_key")


def request_to_json(content: RequestContent, idempotency_key: str | None = None) -> dict[str, RequestValue]:
    """Return the JSON object of a request, without what was not said; the journal keeps the same."""
    identity = content.identity
    fields: dict[str, RequestValue | None] = {
        "procedure": content.procedure,
        "language": content.language,
        "birth_name": identity.birth_name,
        "given_names": list(identity.given_names),
        "usage_name": identity.usage_name,
        "birth_date": str(identity.birth_date) if identity.birth_date else None,
        "nationality": identity.nationality,
        "foreigner_number": content.foreigner_number,
        "permit_expires_on": content.permit_expires_on.isoformat() if content.permit_expires_on else None,
        "departement": content.departement,
        "phone": content.phone,
        "email": content.email,
        "documents": list(content.documents),
        "attempts": [attempt_to_json(attempt) for attempt in content.attempts],
        "helper": content.helper,
        "guardian": _guardian_json(content.guardian) if content.guardian else None,
        "help_contacts": [help_contact_to_json(contact) for contact in content.help_contacts],
        "evidence": [each.value for each in content.evidence],
        "target_procedure": content.target_procedure,
        "idempotency_key": idempotency_key,
    }
    return {name: value for name, value in fields.items() if value is not None and value != []}


def _identity(fields: Mapping[str, object], procedure: Procedure, places: Places) -> Identity:
    if procedure.stores_no_identity:
        return Identity(birth_name="")
    birth_date = _text(fields, "birth_date")
    given_names = (_string(name, "given_names") for name in _list(fields, "given_names"))
    return Identity(
        birth_name=required_name("birth_name", _required(fields, "birth_name")),
        given_names=tuple(filter(None, (cleaned_field("given_names", name) for name in given_names))),
        usage_name=_text(fields, "usage_name"),
        birth_date=PartialDate.parse(birth_date) if birth_date else None,
        nationality=_one_of(fields, "nationality", places.countries),
    )


def _documents(fields: Mapping[str, object], procedure: Procedure) -> tuple[str, ...]:
    known = {document.code for document in procedure.documents}
    documents = tuple(_string(item, "documents") for item in _list(fields, "documents"))
    for document in documents:
        if document not in known:
            raise InputError("documents", f"some of {', '.join(sorted(known))}, not {document!r}")
    return documents


def _attempt(item: object, place: str) -> Attempt:
    if not isinstance(item, Mapping):
        raise InputError(place, "an object with date, outcome and contact")
    _refuse_unknown(item, _ATTEMPT_FIELDS, f"{place}.")
    outcome = _one_of(item, "outcome", [outcome.value for outcome in AttemptOutcome], f"{place}.")
    if outcome is None:
        raise InputError(f"{place}.outcome", f"one of {', '.join(AttemptOutcome)}")
    on, around = _when(item, place)
    return Attempt(on, AttemptOutcome(outcome), contact=_text(item, "contact", f"{place}."), around=around)


def attempt_to_json(attempt: Attempt) -> dict[str, str]:
    """Return the JSON object of an earlier try, without what was not said."""
    return _said(
        {
            "date": attempt.on.isoformat() if attempt.on else None,
            "around": str(attempt.around) if attempt.around else None,
            "outcome": attempt.outcome.value,
            "contact": attempt.contact,
        }
    )


def _help_contact(item: object, place: str) -> HelpContact:
    if not isinstance(item, Mapping):
        raise InputError(place, "an object with channel, date and reference")
    _refuse_unknown(item, _HELP_FIELDS, f"{place}.")
    channel = _one_of(item, "channel", [channel.value for channel in HelpChannel], f"{place}.")
    if channel is None:
        raise InputError(f"{place}.channel", f"one of {', '.join(HelpChannel)}")
    on, around = _when(item, place)
    return HelpContact(HelpChannel(channel), on, around, _text(item, "reference", f"{place}."))


def help_contact_to_json(contact: HelpContact) -> dict[str, str]:
    """Return the JSON object of help that was asked for, without what was not said."""
    return _said(
        {
            "channel": contact.channel.value,
            "date": contact.on.isoformat() if contact.on else None,
            "around": str(contact.around) if contact.around else None,
            "reference": contact.reference,
        }
    )


def _when(item: Mapping[str, object], place: str) -> tuple[date | None, PartialDate | None]:
    """Return the day, or the month or year when the day is not known."""
    on, around = _text(item, "date", f"{place}."), _text(item, "around", f"{place}.")
    if on and around:
        raise InputError(f"{place}.around", "nothing beside a date")
    return _day(f"{place}.date", on) if on else None, _partial(f"{place}.around", around) if around else None


def _partial(place: str, text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except InputError as error:
        raise InputError(place, error.expectation) from error


def _guardian(value: object) -> Guardian | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise InputError("guardian", "an object with name and tie")
    _refuse_unknown(value, _GUARDIAN_FIELDS, "guardian.")
    tie = _one_of(value, "tie", [tie.value for tie in GuardianTie], "guardian.")
    return Guardian(_text(value, "name", "guardian.") or "", GuardianTie(tie) if tie else None)


def _guardian_json(guardian: Guardian) -> dict[str, str]:
    return _said({"name": guardian.name, "tie": guardian.tie.value if guardian.tie else None})


def _evidence(item: object) -> Evidence:
    known = [evidence.value for evidence in Evidence]
    if item not in known:
        raise InputError("evidence", f"some of {', '.join(known)}, not {item!r}")
    return Evidence(str(item))


def _said(fields: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value is not None}


def _refuse_unknown(fields: Mapping[str, object], known: Collection[str], place: str) -> None:
    for name in fields:
        if name not in known:
            raise InputError(f"{place}{name}", f"is not a field of a request; known: {', '.join(known)}")


def _required(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        raise InputError(name, "is required")
    return _string(value, name)


def _text(fields: Mapping[str, object], name: str, place: str = "") -> str | None:
    value = fields.get(name)
    return None if value is None else cleaned_field(f"{place}{name}", _string(value, f"{place}{name}")) or None


def _helper(fields: Mapping[str, object]) -> str | None:
    value = fields.get("helper")
    return None if value is None else cleaned_field("helper", _string(value, "helper"))


def _string(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise InputError(place, f"a text, not {type(value).__name__}")
    return value


def _list(fields: Mapping[str, object], name: str) -> Sequence[object]:
    value = fields.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > _LONGEST_LIST:
        raise InputError(name, f"a list of at most {_LONGEST_LIST}")
    return value


def _one_of(fields: Mapping[str, object], name: str, known: Collection[str], place: str = "") -> str | None:
    value = _text(fields, name, place)
    if value is not None and value not in known:
        few = ", ".join(known) if len(known) <= 20 else "a code of the list"
        raise InputError(f"{place}{name}", f"{few}, not {value!r}")
    return value


def _day(place: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(place, "a day such as 2027-06-30") from error
