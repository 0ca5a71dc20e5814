"""Registering this machine's key at the centre with a one-time code."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from kiosk.errors import CentreRefusedError, ConfigurationError, InputError, NotOurCentreError
from kiosk.journal.signature import public_pem
from kiosk.ports.signer import Signer
from kiosk.settings import CentreSettings
from sync.client.answers import parsed, problem_error
from sync.client.centre_pin import write_encryption_key, write_pin
from sync.client.exchange import exchange
from sync.protocol.enrolment_codes import CODE_CHARACTERS, names_centre, normal_code
from sync.protocol.enrolments import Enrolled, Enrolment
from sync.protocol.key_lists import public_key_of
from sync.protocol.request_signatures import signature_headers

_PATH = "/v1/enrolments"


def enrol(
    settings: CentreSettings, origin: str, signer: Signer, code: str, *, pin_file: Path, authority_file: Path
) -> Enrolled:
    """Register the machine's key and pin the centre's; the same code again, from the same machine, is harmless.

    Args:
        settings: address and deadline.
        origin: the machine.
        signer: its key; the private half stays here.
        code: as it was told and typed.
        pin_file: where the centre's key is kept.
        authority_file: where the certificate authority is kept that the centre names, if it names one.

    Raises:
        ConfigurationError: the code is no code.
        CentreRefusedError: the centre does not accept it.
        NotOurCentreError: whoever answered is not the centre that made the code.
    """
    typed = normal_code(code)
    if len(typed) != CODE_CHARACTERS:
        raise ConfigurationError("--code", f"the {CODE_CHARACTERS} letters and digits of the enrolment code")
    body = Enrolment(code=typed, origin=origin, public_key=public_pem(signer.public_key)).model_dump_json().encode()
    signed = signature_headers(
        "POST",
        _PATH,
        body,
        origin=origin,
        signer=signer,
        created=datetime.now(UTC),
        nonce=secrets.token_urlsafe(12),
    )
    answer = exchange(
        "POST",
        settings.url.rstrip("/") + _PATH,
        deadline_s=settings.deadline_s,
        body=body,
        headers={"Content-Type": "application/json"} | signed,
        proxy_url=settings.proxy_url or None,
        authority_file=settings.authority_file,
    )
    if answer.status != 201:
        raise problem_error(answer)
    enrolled = parsed(Enrolled, answer.body)
    _keep(enrolled, origin, signer, typed, pin_file=pin_file, authority_file=authority_file)
    return enrolled


def _keep(enrolled: Enrolled, origin: str, signer: Signer, code: str, *, pin_file: Path, authority_file: Path) -> None:
    try:
        centre = public_key_of(enrolled.centre.public_key)
    except (ValueError, InputError) as error:
        raise NotOurCentreError("an enrolment without the centre's key") from error
    if not names_centre(code, centre):
        raise NotOurCentreError("this centre did not make the code")
    if (enrolled.origin, enrolled.key_id) != (origin, signer.key_id):
        raise CentreRefusedError("the centre registered another machine or key than this one")
    write_pin(pin_file, centre)
    write_encryption_key(pin_file, enrolled.encryption, centre)
    if enrolled.certificate_authority:
        authority_file.write_text(enrolled.certificate_authority, encoding="ascii")
