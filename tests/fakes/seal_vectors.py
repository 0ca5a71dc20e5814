"""Seals of every kind from fixed keys: what ``docs/seal-vectors.json`` holds for whoever writes another reader."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.domain.identity import Identity, PartialDate, folded_name
from kiosk.domain.moment import instant_text, parse_instant
from kiosk.domain.reference import make_reference
from kiosk.domain.request import FiledRequest
from kiosk.errors import SealError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.seal import MARK, make_seal, read_seal
from kiosk.journal.seal_verdict import KnownKey
from sync.central.trust.centre_key import CentreKey
from sync.protocol.key_lists import PublishedKey, public_key_of, public_text, signed_keys
from sync.protocol.signed_forms import plain
from tests.fakes.clocks import FixedSigner
from tests.fakes.requests import a_filed_request, a_moment, a_request_content

FILE: Final = Path(__file__).resolve().parents[2] / "docs" / "seal-vectors.json"
PAGE_ADDRESS: Final = "https://verif.example/verify"
RECEIVED: Final = datetime(2024, 11, 20, 8, 3, tzinfo=UTC)
IN_SUMMER: Final = datetime(2024, 7, 31, 22, 30, tzinfo=UTC)
FAR_AHEAD: Final = datetime(2099, 1, 1, 8, 0, tzinfo=UTC)
NOW: Final = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
VALID_FROM: Final = datetime(2024, 1, 8, 7, 0, tzinfo=UTC)
REVOKED: Final = datetime(2025, 1, 15, 10, 30, tzinfo=UTC)

CENTRE_NUMBER: Final = 20_240_100
CENTRE: Final = CentreKey(ec.derive_private_key(CENTRE_NUMBER, ec.SECP256R1()))
KIOSK: Final = FixedSigner(20_240_101)
OVERSEAS: Final = FixedSigner(20_240_102)
STOLEN: Final = FixedSigner(20_240_103)
STRANGER: Final = FixedSigner(20_240_104)
KEYS: Final = (("38-A2", KIOSK, None), ("974-R1", OVERSEAS, None), ("69-B3", STOLEN, REVOKED))


class _Impostor(FixedSigner):
    """Signs with its own key under another key's name."""

    def __init__(self, number: int, key_id: str) -> None:
        super().__init__(number)
        self.key_id = key_id


@cache
def stored_vectors() -> dict[str, JsonValue]:
    """Return what the file holds."""
    vectors: dict[str, JsonValue] = json.loads(FILE.read_text(encoding="utf-8"))
    return vectors


def rows_of(name: str) -> list[dict[str, JsonValue]]:
    """Return the rows of a part of the file."""
    rows = stored_vectors()[name]
    assert isinstance(rows, list)
    return rows


def known_keys() -> list[KnownKey]:
    """Return the keys of the file's list."""
    document = stored_vectors()["key_list"]
    assert isinstance(document, dict)
    return [
        KnownKey(
            public_key_of(row["public_key"]),
            row["origin"],
            parse_instant(row["revoked_at"]) if row["revoked_at"] else None,
        )
        for row in document["keys"]
    ]


def written_vectors() -> str:
    """Return the text of the file, made anew; the same bytes each time."""
    vectors = {
        "about": "Test vectors of docs/seal.md. Verdicts are those of a reader that trusts key_list and whose clock "
        "says now; texts are given as scanned or typed.",
        "now": instant_text(NOW),
        "key_list": plain(signed_keys(_published(), CENTRE.public_key, NOW, CENTRE.sign)),
        "seals": _seals(),
        "identities": _identities(),
        "names": [{"typed": name, "canonical": folded_name(name)} for name in NAMES],
    }
    return json.dumps(vectors, ensure_ascii=False, indent=1) + "\n"


def _published() -> list[PublishedKey]:
    return [
        PublishedKey(
            origin=origin,
            key_id=signer.key_id,
            public_key=public_text(signer.public_key),
            valid_from=instant_text(VALID_FROM),
            revoked_at=instant_text(revoked_at) if revoked_at else None,
        )
        for origin, signer, revoked_at in KEYS
    ]


# Seals -----------------------------------------------------------------------------------------------------------


def _seals() -> list[dict[str, JsonValue]]:
    valid, revoked, future, overseas = (
        a_seal(),
        a_seal(origin="69-B3", signer=STOLEN),
        a_seal(received=FAR_AHEAD),
        a_seal(origin="974-R1", signer=OVERSEAS, received=IN_SUMMER),
    )
    body, signature = valid.split(".")[1:]
    rows = [
        _row("valid", valid, "authentic", valid),
        _row("valid, behind the address of a page", f"{PAGE_ADDRESS.upper()}#{valid}", "authentic", valid),
        _row("valid, typed in lower case with spaces and lines", _as_typed(valid), "authentic", valid),
        _row("valid, of a kiosk overseas whose legal time is not that of Paris", overseas, "authentic", overseas),
        _row("one character of the body altered", _with_other_digit(valid), "altered"),
        _row("one character of the signature altered", f"{valid[:-40]}{_other(valid[-40])}{valid[-39:]}", "altered"),
        _row("spare bits of the last character altered", valid[:-1] + _with_spare_bit(valid[-1]), "altered"),
        _row("two characters swapped", _with_swapped(valid, len(MARK) + 60), "altered"),
        _row("cut short", valid[:-7], "altered"),
        _row("the signature alone is missing", f"{MARK}.{body}.", "altered"),
        _row("the body is no CBOR", f"{MARK}.{'7' * len(body)}.{signature}", "altered"),
        _row("well signed, and one field too many", _signed(cbor2.dumps([*_fields(valid), 1]), KIOSK), "altered"),
        _row("well signed, and not in canonical form", _signed(_not_canonical(valid), KIOSK), "altered"),
        _row("well signed, and a byte too many", _signed(cbor2.dumps(_fields(valid)) + b"\0", KIOSK), "altered"),
        _row("signed with another key under the known key's name", _impostors(), "altered"),
        _row(
            "well signed by a kiosk that is not in the list", a_seal(origin="75-P9", signer=STRANGER), "unknown_kiosk"
        ),
        _row("a known kiosk's name over another key", a_seal(signer=STRANGER), "unknown_kiosk"),
        _row("a known key under another kiosk's name", a_seal(origin="69-B3", signer=KIOSK), "unknown_kiosk"),
        _row("signed by the centre's own key", a_seal(signer=FixedSigner(CENTRE_NUMBER)), "unknown_kiosk"),
        _row("of a revoked key, received before it was revoked", revoked, "revoked_key", revoked),
        _row("received in the future", future, "from_the_future", future),
        *(_row(name, text, "not_a_seal") for name, text in NOT_SEALS),
    ]
    return list(rows)


NOT_SEALS: Final = (
    ("an address alone", "https://verif.example/verify"),
    ("the number of a milk carton", "4006381333931"),
    ("another version", f"PREFTKT2.{'A' * 200}.{'A' * 103}"),
    ("words", "bonjour"),
    ("a mark in the middle", f"x{MARK}.{'A' * 200}.{'A' * 103}"),
)


def a_seal(
    *,
    origin: str = "38-A2",
    signer: FixedSigner = KIOSK,
    received: datetime = RECEIVED,
    name: str = "DIALLO",
    birth_date: str | None = "1990-04-12",
) -> str:
    """Return the seal of a request that this person filed at this kiosk."""
    request = a_request(origin, received, name, birth_date)
    return make_seal(request, request.filings[0], origin, signer)


def a_request(origin: str, received: datetime, name: str, birth_date: str | None) -> FiledRequest:
    """Return such a request."""
    departement, _, kiosk_id = origin.partition("-")
    born = PartialDate.parse(birth_date) if birth_date else None
    content = replace(a_request_content(), identity=Identity(name, birth_date=born))
    reference = make_reference(departement, kiosk_id, received.date(), 42)
    return a_filed_request(content, reference=reference, received=a_moment(received))


def _row(name: str, text: str, verdict: str, read: str = "") -> dict[str, JsonValue]:
    """Return a vector; what is believed of a seal stands beside it where its signature fits."""
    row: dict[str, JsonValue] = {"name": name, "text": text, "verdict": verdict}
    if read:
        seal = read_seal(read)
        row |= {
            "kiosk": seal.kiosk,
            "key_id": seal.key_id,
            "reference": seal.reference,
            "received_at": instant_text(seal.received_at),
            "procedure": seal.procedure,
            "journal_seq": seal.journal_seq,
        }
    return row | ({"revoked_at": instant_text(REVOKED)} if verdict == "revoked_key" else {})


def _as_typed(seal: str) -> str:
    text = seal.lower()
    return " " + "\n".join(
        " ".join(text[at + i : at + i + 8] for i in (0, 8, 16, 24)) for at in range(0, len(text), 32)
    )


def _with_other_digit(seal: str) -> str:
    """Alter the one character of Base32 that makes the reference another, with everything else readable."""
    asked = read_seal(seal)
    for place in range(len(MARK) + 1, seal.rindex(".")):
        changed = seal[:place] + _other(seal[place]) + seal[place + 1 :]
        try:
            found = read_seal(changed)
        except SealError:  # most changes make it unreadable: look further
            continue
        if found.reference != asked.reference and (found.kiosk, found.key_id) == (asked.kiosk, asked.key_id):
            return changed
    raise AssertionError("no character alters the reference alone")


def _other(character: str) -> str:
    return "B" if character == "A" else chr(ord(character) - 1) if character not in "2A" else "3"


def _with_spare_bit(character: str) -> str:
    """Return the same character with a bit set that carries nothing: 64 bytes leave three spare bits."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return alphabet[alphabet.index(character) | 1]


def _with_swapped(seal: str, place: int) -> str:
    first = next(at for at in range(place, len(seal)) if seal[at] != seal[at + 1])
    return seal[:first] + seal[first + 1] + seal[first] + seal[first + 2 :]


def _fields(seal: str) -> list[object]:
    body = seal.split(".")[1]
    fields: list[object] = cbor2.loads(base64.b32decode(body + "=" * (-len(body) % 8)))
    return fields


def _not_canonical(seal: str) -> bytes:
    """Return the same array with its length written in two bytes instead of one."""
    return b"\x98\x09" + cbor2.dumps(_fields(seal), canonical=True)[1:]


def _signed(body: bytes, signer: FixedSigner) -> str:
    def text(data: bytes) -> str:
        return base64.b32encode(data).decode().rstrip("=")

    signed = f"{MARK}.{text(body)}"
    return f"{signed}.{text(signer.sign(signed.encode()))}"


def _impostors() -> str:
    return a_seal(signer=_Impostor(20_240_104, KIOSK.key_id))


# People ----------------------------------------------------------------------------------------------------------

# Sealed name and date, then what somebody types and whether it is the same person.
PEOPLE: Final = (
    ("DIALLO", "1990-04-12", "DIALLO", "1990-04-12", True),
    ("DIALLO", "1990-04-12", "  diallo ", "1990-04-12", True),
    ("DIALLO", "1990-04-12", "ＤＩＡＬＬＯ", "1990-04-12", True),
    ("DIALLO", "1990-04-12", "DIALO", "1990-04-12", False),
    ("DIALLO", "1990-04-12", "DIALLO", "1990-12-04", False),
    ("DIALLO", "1990-04-12", "DIALLO", "", False),
    ("DIALLO", "1990-04-12", "", "1990-04-12", False),
    ("DIALLO", "1990-04-00", "Diallo", "1990-04-00", True),
    ("DIALLO", "1990-04-00", "Diallo", "1990-04-12", False),
    ("DIALLO", "1990-00-00", "Diallo", "1990-00-00", True),
    ("DIALLO", None, "Diallo", "", True),
    ("DIALLO", None, "Diallo", "1990-00-00", False),
    ("N’GUESSAN-ÉBOUÉ", "1985-01-31", "n'guessan eboue", "1985-01-31", True),
    ("عَائِشَة", "1979-12-01", "عائشة", "1979-12-01", True),
    ("عائشة", "1979-12-01", "عائشه", "1979-12-01", False),
    ("王", "2001-10-10", "王", "2001-10-10", True),
    ("王", "2001-10-10", "汪", "2001-10-10", False),
    ("Y", "1966-06-06", "y", "1966-06-06", True),
    ("Y", "1966-06-06", "I", "1966-06-06", False),
    ("IŞIK", "1999-05-05", "isik", "1999-05-05", True),
    ("IŞIK", "1999-05-05", "ışık", "1999-05-05", False),
    ("STRAẞE", "1950-02-28", "Strasse", "1950-02-28", True),
    ("ΠΑΠΑΣ", "1972-03-03", "Παπάς", "1972-03-03", True),
    ("Українська", "1988-08-24", "УКРАЇНСЬКА", "1988-08-24", True),
    ("தமிழ்செல்வி", "1993-07-15", "தமிழ் செல்வி", "1993-07-15", True),
    ("රාජපක්ෂ", "1960-09-09", "රාජපක්\u200dෂ", "1960-09-09", True),
    ("ÅSTRÖM", "1944-02-29", "åström", "1944-02-29", True),
)
NAMES: Final = tuple(dict.fromkeys(name for person in PEOPLE for name in (person[0], person[2])))


def _identities() -> list[dict[str, JsonValue]]:
    return [
        {
            "seal": a_seal(name=name, birth_date=birth_date),
            "birth_name": typed_name,
            "birth_date": typed_date,
            "matches": matches,
        }
        for name, birth_date, typed_name, typed_date, matches in PEOPLE
    ]
