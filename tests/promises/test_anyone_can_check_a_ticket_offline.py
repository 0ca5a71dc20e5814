"""Promise 5: anyone can check a ticket offline with the public key alone; one changed character is detected.

The check below uses nothing of Borne: a third party's developer could write it from the description of the seal.
"""

import base64
import hashlib
import json

import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from PIL import Image

from kiosk.journal.seal import make_seal
from kiosk.journal.signature import public_pem
from printing.document.compose import compose
from printing.render.paper import Paper
from printing.render.picture import render
from tests.fakes.clocks import a_signer
from tests.fakes.read_codes import codes_on
from tests.fakes.tickets import a_ticket

PEM = public_pem(a_signer().public_key)


def checked(text: str, pem: str) -> list[object]:
    """Return the fields of a seal, or raise."""
    signed, _, signature = text.rpartition("#")[2].rpartition(".")
    raw = base64.b32decode(signature + "=" * (-len(signature) % 8))
    if base64.b32encode(raw).decode().rstrip("=") != signature:
        raise ValueError("a last character that nobody writes: its spare bits are not zero")
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = serialization.load_pem_public_key(pem.encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(der, signed.encode("ascii"), ec.ECDSA(hashes.SHA256()))
    body = signed.partition(".")[2]
    fields: list[object] = cbor2.loads(base64.b32decode(body + "=" * (-len(body) % 8)))
    return fields


def test_a_stranger_checks_a_ticket_with_the_public_key_alone() -> None:
    """A few lines of a common library, no network, no account."""
    ticket = a_ticket()
    seal = make_seal(ticket.request, ticket.filing, "38-A2", a_signer())
    kiosk, key_id, reference, _minutes, procedure, salt, identity_hash, _seq, _entry = checked(seal, PEM)
    said = ticket.request.content.identity
    identity = {"birth_date": str(said.birth_date), "birth_name": said.birth_name.lower()}
    canonical = json.dumps(identity, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    assert (kiosk, key_id, reference) == ("38-A2", a_signer().key_id, ticket.request.reference)
    assert procedure == ticket.request.content.procedure
    assert isinstance(salt, bytes)
    assert identity_hash == hashlib.sha256(salt + canonical).digest()[:10]


def test_one_changed_character_is_detected() -> None:
    """Of the body or of the signature."""
    ticket = a_ticket()
    seal = make_seal(ticket.request, ticket.filing, "38-A2", a_signer())
    for position in range(len(seal)):
        if seal[position] == ".":
            continue
        changed = seal[:position] + ("A" if seal[position] != "A" else "B") + seal[position + 1 :]
        with pytest.raises((InvalidSignature, ValueError)):
            checked(changed, PEM)


def test_another_kiosk_s_key_does_not_pass() -> None:
    """The key decides, not the look of the paper."""
    ticket = a_ticket()
    seal = make_seal(ticket.request, ticket.filing, "38-A2", a_signer())
    other = ec.generate_private_key(ec.SECP256R1()).public_key()

    with pytest.raises(InvalidSignature):
        checked(seal, public_pem(other))


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("width_dots", [384, 512, 576])
def test_an_independent_reader_reads_the_seal_from_the_paper(width_dots: int) -> None:
    """What comes out of the printer's dots is what was signed."""
    ticket = a_ticket()
    slip = render(compose(ticket), Paper(width_dots, 203))
    picture = Image.frombytes("1", (slip.width_dots, slip.height_dots), bytes(255 - byte for byte in slip.rows))

    assert codes_on(picture) == [ticket.seal]
