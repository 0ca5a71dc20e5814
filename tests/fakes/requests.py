"""Builders of what people ask for and of where they ask, with defaults that a test overrides by name."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.moment import ClockQuality, Moment
from kiosk.domain.periods import CivilPeriod
from kiosk.domain.place import Departement, Site
from kiosk.domain.procedure import (
    Catalogue,
    Channel,
    FactStatus,
    FilingWindow,
    Procedure,
    ProcedureGroup,
    SilenceRule,
    SupportingDocument,
    TicketKind,
)
from kiosk.domain.request import (
    Attempt,
    Evidence,
    FiledRequest,
    Filing,
    FilingId,
    Guardian,
    HelpContact,
    PrintJobId,
    RequestContent,
    RequestId,
)

ISERE = Departement("38", "Isère", "Grenoble", "préfecture", "Grenoble", "FR", "Europe/Paris")
A_MORNING = datetime(2026, 11, 20, 8, 3, 9, 120_000, tzinfo=UTC)


def a_site(departement: Departement = ISERE, kiosk_id: str = "A2") -> Site:
    """The sample site: département 38, kiosk A2."""
    return Site(
        departement=departement,
        kiosk_id=kiosk_id,
        kiosk_place="Hall d'accueil",
        prefecture_name="Préfecture de l'Isère",
        service_name="Service de l'immigration et de l'intégration",
        service_address=("12 place de Verdun", "38000 Grenoble"),
        service_phone="04 76 60 34 00",
        service_email="etrangers@isere.example",
        data_protection_contact="dpo@isere.example",
    )


def a_request_content(
    *,
    procedure: str = "REN-SALARIE",
    language: str = "fr",
    birth_name: str = "DIALLO",
    given_names: Sequence[str] = ("Aminata",),
    usage_name: str | None = None,
    birth_date: str | None = "1990-04-12",
    nationality: str | None = "SN",
    foreigner_number: str | None = "9912345678",
    permit_expires_on: date | None = date(2027, 1, 15),
    departement: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    documents: Sequence[str] = ("passeport", "titre"),
    attempts: Sequence[Attempt] = (),
    helper: str | None = None,
    guardian: Guardian | None = None,
    help_contacts: Sequence[HelpContact] = (),
    evidence: Sequence[Evidence] = (),
) -> RequestContent:
    """What a person asks; the birth date is written ``YYYY-MM-DD`` with ``00`` for what is unknown."""
    return RequestContent(
        procedure=procedure,
        language=language,
        identity=Identity(
            birth_name=birth_name,
            given_names=tuple(given_names),
            usage_name=usage_name,
            birth_date=PartialDate.parse(birth_date) if birth_date else None,
            nationality=nationality,
        ),
        foreigner_number=foreigner_number,
        permit_expires_on=permit_expires_on,
        departement=departement,
        phone=phone,
        email=email,
        documents=tuple(documents),
        attempts=tuple(attempts),
        helper=helper,
        guardian=guardian,
        help_contacts=tuple(help_contacts),
        evidence=tuple(evidence),
    )


def a_procedure(
    code: str = "REN-SALARIE",
    *,
    group: str = "renouveler",
    label_fr: str = "Renouveler une carte de séjour salarié",
    channel: Channel = Channel.COUNTER,
    ticket_kind: TicketKind = TicketKind.ACKNOWLEDGEMENT,
    silence: CivilPeriod | None = CivilPeriod(months=4),  # noqa: B008  # a frozen value
    stores_no_identity: bool = False,
) -> Procedure:
    """A renewal at the counter, with a rule of silence."""
    return Procedure(
        code=code,
        group=group,
        order=1,
        label_fr=label_fr,
        falc_fr=("Vous renouvelez votre carte.",),
        legal_basis=("CESEDA L. 421-1",),
        channel=channel,
        channel_status=FactStatus.SOURCED,
        window=FilingWindow(
            code="counter_2_months",
            label_fr="Dans les 2 mois avant la fin du titre",
            basis=("CESEDA R. 431-5 1°",),
            status=FactStatus.SOURCED,
            from_before_expiry=CivilPeriod(months=2),
            to_before_expiry=CivilPeriod(),
        ),
        window_if_online=None,
        silence=SilenceRule(silence, "CESEDA R.*432-1 et R. 432-2", FactStatus.SOURCED),
        silence_variants={},
        ticket_kind=ticket_kind,
        documents=(
            SupportingDocument("passeport", "Passeport", "Votre passeport.", FactStatus.SOURCED),
            SupportingDocument("titre", "Titre de séjour actuel", "Votre carte de séjour.", FactStatus.SOURCED),
        ),
        open_to_minors=False,
        stores_no_identity=stores_no_identity,
    )


def a_catalogue(*procedures: Procedure) -> Catalogue:
    """A small catalogue: a renewal, a change and asylum, unless told otherwise."""
    offered = procedures or (
        a_procedure(),
        a_procedure("CHG-ADRESSE", group="changer", label_fr="Changer d'adresse", silence=None),
        a_procedure("ASILE", group="autre", label_fr="Demander l'asile", silence=None, stores_no_identity=True),
    )
    codes = dict.fromkeys(p.group for p in offered)
    groups = tuple(ProcedureGroup(code, order, code.capitalize()) for order, code in enumerate(codes, start=1))
    return Catalogue(groups, {p.code: p for p in offered}, version="0123456789ab")


def a_moment(utc: datetime = A_MORNING, clock: ClockQuality = ClockQuality.SYNCED) -> Moment:
    """A morning in Grenoble."""
    return Moment.of(utc, "Europe/Paris", clock)


def a_filing(
    *,
    ordinal: int = 1,
    filed: Moment | None = None,
    call_number: str = "A042",
    journal_seq: int = 7,
    language: str = "fr",
) -> Filing:
    """One act of filing, with identifiers that follow its ordinal."""
    return Filing(
        filing_id=FilingId(f"019a9f00-0000-7000-8000-0000000000f{ordinal}"),
        ordinal=ordinal,
        filed=filed or a_moment(),
        call_number=call_number,
        print_job_id=PrintJobId(f"019a9f00-0000-7000-8000-0000000000b{ordinal}"),
        journal_seq=journal_seq,
        entry_hash=f"{ordinal:064x}",
        language=language,
    )


def a_filed_request(
    content: RequestContent | None = None,
    *,
    reference: str = "38-A2-261120-0042-K",
    received: Moment | None = None,
    filings: Sequence[Filing] = (),
) -> FiledRequest:
    """A request as the store would return it, without a store."""
    asked = content or a_request_content()
    moment = received or a_moment()
    return FiledRequest(
        request_id=RequestId("019a9f00-0000-7000-8000-0000000000a1"),
        reference=reference,
        received=moment,
        content=asked,
        identity_salt=bytes(range(16)),
        filings=tuple(filings) or (a_filing(filed=moment, language=asked.language),),
    )
