"""The seal of a ticket, read from text or from a picture, and checked with the public key alone."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.identity import PartialDate
from kiosk.domain.moment import instant_text
from kiosk.errors import ConfigurationError, InputError, SealError
from kiosk.journal.canonical import JsonValue
from kiosk.journal.seal import Seal, matches_identity
from kiosk.journal.seal_verdict import KnownKey, Verdict, judged
from kiosk.journal.signature import key_id_of
from kiosk.settings_loading import load_settings

NO_PERMIT: Final = "ne vaut pas titre de séjour"
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})


def check_ticket(
    seal: str,
    birth_name: str | None,
    birth_date: str | None,
    keys: Sequence[EllipticCurvePublicKey],
    now: datetime | None = None,
) -> dict[str, JsonValue]:
    """Check a seal and, when a name or date is given, whether it is this person's.

    Args:
        seal: the code's text, or the path of a picture.
        birth_name: to compare; None compares nothing.
        birth_date: to compare, ``00`` for unknown parts.
        keys: of the kiosk that printed the ticket, the one in use last.
        now: the reader's clock; default: this machine's.

    Raises:
        InputError: the date or the picture cannot be read.
    """
    born = _parsed_date(birth_date)
    report: dict[str, JsonValue] = {"authentic": False, "identity_matches": None, "reason": None, "note": NO_PERMIT}
    try:
        found = judged(seal_text_of(seal), [KnownKey(key) for key in keys], now or datetime.now(UTC))
    except SealError as error:
        return report | {"verdict": Verdict.NOT_A_SEAL.value, "reason": str(error)}
    report["verdict"] = found.verdict.value
    if found.seal is None:
        return report | {"reason": found.reason}
    report |= _facts_of(found.seal)
    if found.verdict not in (Verdict.AUTHENTIC, Verdict.FROM_THE_FUTURE):
        known, named = [key_id_of(key) for key in keys], found.seal.key_id
        changed = "a character was changed" if named in known else f"signed by {named}, not by {' or '.join(known)}"
        return report | {"reason": changed}
    is_asked = birth_name is not None or born is not None
    matches = matches_identity(found.seal, birth_name or "", born) if is_asked else None
    return report | {"authentic": True, "identity_matches": matches}


def seal_text_of(argument: str) -> str:
    """Return the text of a seal: the argument itself, or what the code in the picture says.

    Raises:
        SealError: the picture holds no code, or more than one seal.
        InputError: the picture cannot be read.
    """
    if "PREFTKT" in argument.upper():
        return argument.strip()
    path = Path(argument)
    try:
        is_file = path.is_file()
    except OSError:  # a text too long for a file name
        is_file = False
    if not is_file and path.suffix.lower() in _PICTURES:
        raise InputError("TEXT-OR-IMAGE", f"a picture that exists, not {argument}")
    return _text_in_picture(path) if is_file else argument.strip()


def _text_in_picture(path: Path) -> str:
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            codes = zxingcpp.read_barcodes(picture.convert("L"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise InputError("TEXT-OR-IMAGE", f"a picture that can be read, not {path}") from error
    texts = sorted({code.text for code in codes if "PREFTKT" in code.text})
    if len(texts) != 1:
        raise SealError(f"{path} shows {len(texts)} seals, one was expected")
    return texts[0]


def said_of(report: Mapping[str, JsonValue]) -> str:
    """Return the answer for a person, in French; its last line never changes."""
    if report["authentic"]:
        lines = [
            "Ticket authentique.",
            f"Borne {report['kiosk']}, référence {report['reference']}, démarche {report['procedure']}.",
            f"Reçu le {report['received_at']} (temps universel).",
        ]
        if report["verdict"] == Verdict.FROM_THE_FUTURE:
            lines.append("Cette date est dans le futur : contrôlez l'heure de cette machine.")
    else:
        lines = ["Ticket NON authentique, ou illisible.", str(report["reason"])]
    if report["identity_matches"] is not None:
        lines.append("L'identité correspond." if report["identity_matches"] else "L'identité ne correspond PAS.")
    return "\n".join([*lines, f"Ce ticket {NO_PERMIT}."])


def _facts_of(seal: Seal) -> dict[str, JsonValue]:
    return {
        "kiosk": seal.kiosk,
        "key_id": seal.key_id,
        "reference": seal.reference,
        "received_at": instant_text(seal.received_at),
        "procedure": seal.procedure,
        "journal_seq": seal.journal_seq,
    }


def _parsed_date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def own_keys(config: Path | None, data_dir: Path) -> list[EllipticCurvePublicKey]:
    """Return the public keys of the machine here, the one in use last.

    Raises:
        ConfigurationError: it has none yet; the key of another machine must be named.
    """
    from ui.composition import key_files_of, keys_of

    settings = load_settings(config)
    path = key_files_of(settings, data_dir)[-1]
    if not path.exists():
        raise ConfigurationError("--public-key", f"the PEM key of the kiosk that printed the ticket; none at {path}")
    keys = keys_of(settings, data_dir)
    return [*keys.retired, keys.signer.public_key]
