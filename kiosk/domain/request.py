"""A request (demande), and the filings (dépôts) by which it reached the prefecture."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.moment import Moment

RequestId = NewType("RequestId", str)
FilingId = NewType("FilingId", str)
PrintJobId = NewType("PrintJobId", str)
OriginId = NewType("OriginId", str)


class AttemptOutcome(StrEnum):
    """What happened when the person tried elsewhere, as declared (domain dossier 3.5)."""

    ERROR_PAGE = "page_erreur"
    BLOCKED_ACCOUNT = "compte_bloque"
    MISSING_CATEGORY = "categorie_absente"
    REFUSED_DOCUMENT = "piece_refusee"
    NO_SLOT = "plus_de_creneau"
    NO_INTERNET = "pas_internet"
    CANNOT_READ = "ne_sait_pas_lire"
    OTHER = "autre"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An earlier try by another channel, declared and not verified.

    Attributes:
        on: day as declared, None when not remembered.
        outcome: what happened.
        contact: with whom, for example a centre de contact reference; free text.
        around: month or year as declared, when the day is not remembered.
    """

    on: date | None
    outcome: AttemptOutcome
    contact: str | None = None
    around: PartialDate | None = None


class HelpChannel(StrEnum):
    """Where help with the online service can be had (arrêté of 1 August 2023, domain dossier 3.2)."""

    CONTACT_CENTRE = "ccc"  # centre de contact citoyens: telephone and form
    HELP_POINT = "pan"  # point d'accueil numérique


@dataclass(frozen=True, slots=True)
class HelpContact:
    """Help that the person asked for elsewhere, declared and not verified.

    Attributes:
        channel: where.
        on: day as declared, None when not remembered.
        around: month or year as declared, when the day is not remembered.
        reference: number of the call or message, if any; free text.
    """

    channel: HelpChannel
    on: date | None = None
    around: PartialDate | None = None
    reference: str | None = None


class Evidence(StrEnum):
    """What the person has with them that shows an attempt; the kiosk looks at none of it."""

    SCREENSHOT = "capture"
    EMAIL = "courriel"
    SMS = "sms"


class GuardianTie(StrEnum):
    """Who an adult is to the minor who files."""

    PARENT = "parent"
    GUARDIAN = "tuteur"
    SOCIAL_WORKER = "educateur"  # aide sociale à l'enfance, foyer
    OTHER = "autre"


@dataclass(frozen=True, slots=True)
class Guardian:
    """The adult who is there with a minor, as declared (domain dossier 5).

    Attributes:
        name: free text; empty when not said.
        tie: None when not said.
    """

    name: str = ""
    tie: GuardianTie | None = None


@dataclass(frozen=True, slots=True)
class RequestContent:
    """What the person asks and says. Only the procedure and a name are required (domain dossier 5).

    Attributes:
        procedure: code of ``procedures.toml``, for example ``REN-SALARIE``.
        language: code of ``languages.toml``, for example ``ar``.
        identity: who asks.
        foreigner_number: numéro étranger as typed, spaces removed; its form only ever gives a warning.
        permit_expires_on: end of the current permit, if any and if known.
        departement: where the person lives; None means the kiosk's own.
        phone: as typed.
        email: as typed.
        documents: keys of ``procedures.toml`` that the person says to have at hand.
        attempts: earlier tries elsewhere.
        target_procedure: code of what the person wants an appointment for, where the procedure asks that.
        helper: who helps, free text; empty string when somebody helps and did not say who; None when alone.
        guardian: the adult with a minor; None when there is none.
        help_contacts: help asked for elsewhere.
        evidence: what the person has with them to show it.
    """

    procedure: str
    language: str
    identity: Identity
    foreigner_number: str | None = None
    permit_expires_on: date | None = None
    departement: str | None = None
    phone: str | None = None
    email: str | None = None
    documents: tuple[str, ...] = ()
    attempts: tuple[Attempt, ...] = field(default=())
    helper: str | None = None
    guardian: Guardian | None = None
    help_contacts: tuple[HelpContact, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    target_procedure: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """One act of filing: the first makes the request, later ones count as attempts.

    Attributes:
        filing_id: random identifier.
        ordinal: 1 for the first filing of the request, then 2, 3...
        filed: moment of this confirmation tap.
        call_number: place in today's hall, for example ``A042``.
        print_job_id: the ticket of this filing.
        journal_seq: sequence number of its journal entry.
        entry_hash: SHA-256 of that entry, lower-case hex.
        language: language of the ticket.
    """

    filing_id: FilingId
    ordinal: int
    filed: Moment
    call_number: str
    print_job_id: PrintJobId
    journal_seq: int
    entry_hash: str
    language: str


@dataclass(frozen=True, slots=True)
class FiledRequest:
    """A request that is on disk.

    Attributes:
        request_id: random identifier; the journal's ``subject``.
        reference: ``38-A2-261120-0042-K``.
        received: moment of the first confirmation tap; no reprint, sync or correction changes it.
        content: what was asked; the first filing's content.
        identity_salt: 16 random bytes of the seal's identity hash.
        filings: all acts of filing, oldest first, never empty.
    """

    request_id: RequestId
    reference: str
    received: Moment
    content: RequestContent
    identity_salt: bytes
    filings: tuple[Filing, ...]

    @property
    def latest_filing(self) -> Filing:
        """The act of filing that happened last."""
        return self.filings[-1]


class Disposition(StrEnum):
    """What a confirmation led to."""

    FILED = "filed"  # a new request
    REPEATED = "repeated"  # the person's live request, kept at its earliest date; this visit counts as an attempt
    REPLAYED = "replayed"  # the same confirmation again (double tap, resent line): nothing new was made


@dataclass(frozen=True, slots=True)
class FilingOutcome:
    """Answer of the filing service; it exists only when everything is durable."""

    disposition: Disposition
    request: FiledRequest
    filing: Filing
