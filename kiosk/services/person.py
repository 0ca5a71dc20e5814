"""By what a person is recognised on a second visit, and what is kept of somebody of whom nothing may be kept."""

import hashlib

from kiosk.domain.identity import Identity, folded_name
from kiosk.domain.procedure import Procedure
from kiosk.domain.request import RequestContent
from kiosk.journal.canonical import canonical_bytes
from kiosk.journal.request_facts import content_facts
from kiosk.ports.requests import PersonKey

NOBODY = PersonKey(name_and_birth=None, foreigner_number=None)

_SEPARATOR = "|"  # cannot be part of a folded name


def kept_content(content: RequestContent, procedure: Procedure) -> RequestContent:
    """Return what may be stored: everything, or nothing of the person where the procedure keeps no identity."""
    if not procedure.stores_no_identity:
        return content
    return RequestContent(content.procedure, content.language, Identity(birth_name=""), departement=content.departement)


def person_key_of(content: RequestContent) -> PersonKey:
    """Return the key of a person: folded names with the birth date as said, and the number if given.

    Without any birth date a name alone is not a person, and without a name there is nobody to recognise.
    """
    identity = content.identity
    number = content.foreigner_number or None
    name = folded_name(identity.birth_name)
    if identity.birth_date is None or not name:
        return PersonKey(name_and_birth=None, foreigner_number=number)
    given_names = " ".join(map(folded_name, identity.given_names))
    return PersonKey(_SEPARATOR.join((name, given_names, str(identity.birth_date))), number)


def content_hash_of(content: RequestContent, idempotency_key: str) -> str:
    """Return what tells a repeated confirmation from another one with the same key, lower-case hex.

    Salted by the key, so that the hash of a name and a birth date cannot be looked up.
    """
    return hashlib.sha256(idempotency_key.encode() + b"\0" + canonical_bytes(content_facts(content))).hexdigest()
