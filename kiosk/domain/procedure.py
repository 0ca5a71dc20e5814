"""Procedures that the kiosk offers, as the data of ``procedures.toml`` describes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.periods import CivilPeriod


class Channel(StrEnum):
    """How the law wants the procedure to be filed (CESEDA R. 431-2, R. 431-3)."""

    ANEF = "anef"
    COUNTER = "guichet"
    MIXED = "mixed"
    SERVICE = "service"


class TicketKind(StrEnum):
    """Which proof the person gets (the ``receipt`` key of the data)."""

    ACKNOWLEDGEMENT = "accuse"
    TRACE = "trace"


class FactStatus(StrEnum):
    """Whether a fact has a source (S) or still needs the administration's check (K)."""

    SOURCED = "S"
    FROM_KNOWLEDGE = "K"


class Europeans(StrEnum):
    """What a procedure is to nationals of the Union, the EEA and Switzerland, who follow CESEDA book II."""

    MEANT = "meant"  # made for them and their families
    WELCOME = "welcome"  # for everybody alike
    ELSEWHERE = "elsewhere"  # rules of another book: they are told of the one meant for them, and may go on


@dataclass(frozen=True, slots=True)
class ProcedureGroup:
    """A shelf of procedures on the first screen, served by one service of the hall.

    Attributes:
        service_letter: first character of the call numbers of this group (``services.toml``).
    """

    code: str
    order: int
    label_fr: str
    service_letter: str = "A"


@dataclass(frozen=True, slots=True)
class SupportingDocument:
    """A justificatif to bring."""

    code: str
    label_fr: str
    falc_fr: str
    status: FactStatus


@dataclass(frozen=True, slots=True)
class FilingWindow:
    """When to file; it informs and never refuses (CESEDA R. 431-5 and others).

    Attributes:
        from_before_expiry: start of the window, counted back from the permit's end.
        to_before_expiry: end of the window, counted back from the permit's end (zero days = the expiry day).
        after_entry: filing is due within this period after entering France.
        after_event: filing is due within this period after the event (new home).
        before_birthday: latest on the day before this birthday.
        months_after_18: in other cases, this many months after the 18th birthday.
    """

    code: str
    label_fr: str
    basis: tuple[str, ...]
    status: FactStatus
    from_before_expiry: CivilPeriod | None = None
    to_before_expiry: CivilPeriod | None = None
    after_entry: CivilPeriod | None = None
    after_event: CivilPeriod | None = None
    before_birthday: int | None = None
    months_after_18: int | None = None

    @property
    def needs_expiry(self) -> bool:
        """Whether the permit's expiry date decides the window."""
        return self.from_before_expiry is not None


@dataclass(frozen=True, slots=True)
class SilenceRule:
    """What silence of the administration means (CESEDA R.*432-1, R. 432-2; CRPA L. 231-4).

    Attributes:
        period: after which silence is a rejection; None when silence decides nothing.
        basis: articles.
        status: whether the rule is sourced.
    """

    period: CivilPeriod | None
    basis: str
    status: FactStatus


@dataclass(frozen=True, slots=True)
class Procedure:
    """One entry of ``procedures.toml``.

    Attributes:
        window_if_online: the window that applies when the category is filed online, if it differs.
        silence_variants: other periods by sub-category; the counter decides which applies.
        handoff: another service is competent: the kiosk gives the address.
        stores_no_identity: never ask or keep who the person is (asylum).
        minors_alone: whether somebody under eighteen files it without a parent or guardian.
        europeans: see :class:`Europeans`.
        aliases: words by which people look for it, in any language; never shown.
        local_label_fr: what the office calls it in French; other languages keep the words of the catalogue.
    """

    code: str
    group: str
    order: int
    label_fr: str
    falc_fr: tuple[str, ...]
    legal_basis: tuple[str, ...]
    channel: Channel
    channel_status: FactStatus
    window: FilingWindow
    window_if_online: FilingWindow | None
    silence: SilenceRule
    silence_variants: Mapping[str, CivilPeriod]
    ticket_kind: TicketKind
    documents: tuple[SupportingDocument, ...]
    open_to_minors: bool
    handoff: bool = False
    ask_evidence: bool = False
    ask_target_procedure: bool = False
    stores_no_identity: bool = False
    enabled: bool = True
    note: str = ""
    minors_alone: bool = False
    europeans: Europeans = Europeans.ELSEWHERE
    aliases: tuple[str, ...] = ()
    local_label_fr: str = ""

    @property
    def shown_fr(self) -> str:
        """What is shown and printed in French."""
        return self.local_label_fr or self.label_fr

    @property
    def needs_permit(self) -> bool:
        """Whether asking for the end of the current permit makes sense."""
        return self.window.needs_expiry or any(d.code == "titre" for d in self.documents)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that the kiosk can offer, checked and cross-linked.

    Attributes:
        groups: by display order.
        procedures: by code, in order of group and rank; enabled ones only.
        version: SHA-256 of the data, first 12 hex digits; recorded in the journal.
        withdrawn: procedures that are known and not offered here, by code.
        documents: everything that a procedure can ask for, by code.
    """

    groups: tuple[ProcedureGroup, ...]
    procedures: Mapping[str, Procedure]
    version: str
    withdrawn: Mapping[str, Procedure] = field(default_factory=dict)
    documents: Mapping[str, SupportingDocument] = field(default_factory=dict)

    def service_letter_of(self, procedure: Procedure) -> str:
        """Return the letter of the hall's service that receives this procedure."""
        return next(group.service_letter for group in self.groups if group.code == procedure.group)

    @property
    def services(self) -> Mapping[str, str]:
        """The services of the hall: letter, and what they receive, in French."""
        labels: dict[str, str] = {}
        for group in self.groups:
            known = labels.get(group.service_letter)
            labels[group.service_letter] = f"{known} ; {group.label_fr}" if known else group.label_fr
        return dict(sorted(labels.items()))

    def in_group(self, group: str) -> tuple[Procedure, ...]:
        """Return the procedures of a group in display order."""
        return tuple(p for p in self.procedures.values() if p.group == group)

    @property
    def meant_for_europeans(self) -> Procedure | None:
        """The procedure made for nationals of the Union, the EEA and Switzerland; None when none is offered here."""
        return next((p for p in self.procedures.values() if p.europeans is Europeans.MEANT), None)
