"""What counters say to their hub of a person's file: ``docs/protocol.md`` and ``/openapi.json``.

The limits here keep a stranger's message small; what a value may be, the verb says, as at a kiosk.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from kiosk.domain.file_act import CounterMessage, IdentityResult, ImpossibilityGround
from kiosk.domain.identity import Identity, PartialDate
from kiosk.domain.request import Attempt, AttemptOutcome
from kiosk.domain.request_change import Completion, Contact, CorrectedField, RemovedContact
from kiosk.ports.duplicates import Duplicate
from sync.protocol.forms import CHOSEN_DAY, TypedReference, civil_day
from sync.protocol.moments import WireMoment
from sync.protocol.wire_message import WireMessage

Words = Annotated[str, Field(max_length=20_000)]
PaperCode = Annotated[str, Field(min_length=1, max_length=80)]
PaperCodes = Annotated[list[PaperCode], Field(max_length=100)]
Day = Annotated[str, Field(pattern=CHOSEN_DAY)]
PartialDay = Annotated[str, Field(pattern=CHOSEN_DAY)]  # 00 for parts that are unknown


class AboutFile(WireMessage):
    """Which file something is done with: body of ``POST /v1/hall/work/withdrawal`` and ``.../missing/print``."""

    reference: TypedReference


class SeenIdentity(AboutFile):
    """Body of ``POST /v1/hall/work/identity``: whose document the person showed."""

    result: IdentityResult


class AddedNote(AboutFile):
    """Body of ``POST /v1/hall/work/note``."""

    text: Words


class MadeCorrection(AboutFile):
    """Body of ``POST /v1/hall/work/correction``.

    Attributes:
        right: what is right, for each value that is wrong.
        reason: why, for example the document that was shown.
    """

    right: dict[CorrectedField, Words] = Field(max_length=len(CorrectedField))
    reason: Words

    @classmethod
    def of(cls, reference: str, right: Mapping[CorrectedField, str], reason: str) -> "MadeCorrection":
        """Return the message about a correction."""
        return cls.model_construct(reference=reference, right=dict(right), reason=reason)


class WireAttempt(WireMessage):
    """An earlier try by another channel; see :class:`kiosk.domain.request.Attempt`."""

    outcome: AttemptOutcome
    date: Day | None = None
    around: PartialDay | None = None
    contact: Words | None = None

    @classmethod
    def of(cls, attempt: Attempt) -> "WireAttempt":
        """Return the message about a try."""
        return cls(
            outcome=attempt.outcome,
            date=attempt.on.isoformat() if attempt.on else None,
            around=str(attempt.around) if attempt.around else None,
            contact=attempt.contact,
        )

    def attempt(self) -> Attempt:
        """Return the try.

        Raises:
            InputError: a day that there is not.
        """
        return Attempt(
            on=civil_day("attempts", self.date) if self.date else None,
            outcome=self.outcome,
            contact=self.contact,
            around=PartialDate.parse(self.around) if self.around else None,
        )


class AddedToFile(AboutFile):
    """Body of ``POST /v1/hall/work/completion``; see :class:`kiosk.domain.request_change.Completion`.

    Attributes:
        removed: contacts that are taken out; what they were, the hub knows.
        reason: why they are.
    """

    documents: PaperCodes = Field(default_factory=list)
    attempts: list[WireAttempt] = Field(default_factory=list, max_length=50)
    phone: Words | None = None
    email: Words | None = None
    removed: list[Contact] = Field(default_factory=list, max_length=len(Contact))
    reason: Words = ""

    @classmethod
    def of(cls, reference: str, added: Completion, reason: str = "") -> "AddedToFile":
        """Return the message about what is added."""
        return cls.model_construct(
            reference=reference,
            documents=[*added.documents],
            attempts=[*map(WireAttempt.of, added.attempts)],
            phone=added.phone,
            email=added.email,
            removed=[each.contact for each in added.removed],
            reason=reason,
        )

    def added(self) -> Completion:
        """Return what is added.

        Raises:
            InputError: a day that there is not.
        """
        attempts = tuple(each.attempt() for each in self.attempts)
        removed = tuple(map(RemovedContact, self.removed))
        return Completion(tuple(self.documents), attempts, self.phone, self.email, removed)


class FoundImpossibility(AboutFile):
    """Body of ``POST /v1/hall/work/impossibility``: the online way was impossible (CESEDA R. 431-2)."""

    ground: ImpossibilityGround
    detail: Words = ""


class SeenPapers(AboutFile):
    """Body of ``POST /v1/hall/work/papers``: all papers seen until now."""

    seen: PaperCodes

    @classmethod
    def of(cls, reference: str, seen: Collection[str]) -> "SeenPapers":
        """Return the message about papers."""
        return cls.model_construct(reference=reference, seen=[*seen])


class AskedPapers(AboutFile):
    """Body of ``POST /v1/hall/work/missing``: what is missing, and the last day to bring it (CRPA L. 114-5)."""

    missing: PaperCodes
    others: Words = ""
    bring_by: Day

    @classmethod
    def of(cls, reference: str, missing: Collection[str], others: str, bring_by: date) -> "AskedPapers":
        """Return the message about what is missing."""
        day = bring_by.isoformat()
        return cls.model_construct(reference=reference, missing=[*missing], others=others, bring_by=day)

    def last_day(self) -> date:
        """Return the last day to bring it.

        Raises:
            InputError: there is no such day.
        """
        return civil_day("bring_by", self.bring_by)


class LeftAtKiosk(AboutFile):
    """Body of ``POST /v1/hall/work/message``: what the kiosk says at the next scan; null takes it away."""

    message: CounterMessage | None


class OtherRequest(AboutFile):
    """Body of ``POST /v1/hall/work/merge`` and ``.../part``: a file, and the other request that it is made one with."""

    other: TypedReference


class WireDuplicate(WireMessage):
    """A request that may be of the same person; see :class:`kiosk.ports.duplicates.Duplicate`."""

    reference: str
    birth_name: str
    given_names: list[str]
    birth_date: str | None
    procedure_label: str
    received: WireMoment
    can_merge: bool

    @classmethod
    def of(cls, each: Duplicate) -> "WireDuplicate":
        """Return the message about a request."""
        identity = each.identity
        return cls(
            reference=each.reference,
            birth_name=identity.birth_name,
            given_names=[*identity.given_names],
            birth_date=str(identity.birth_date) if identity.birth_date else None,
            procedure_label=each.procedure_label,
            received=WireMoment.of(each.received),
            can_merge=each.can_merge,
        )

    def duplicate(self) -> Duplicate:
        """Return the request."""
        born = PartialDate.parse(self.birth_date) if self.birth_date else None
        return Duplicate(
            reference=self.reference,
            identity=Identity(self.birth_name, tuple(self.given_names), birth_date=born),
            procedure_label=self.procedure_label,
            received=self.received.moment(),
            can_merge=self.can_merge,
        )


class HallDuplicates(WireMessage):
    """Answer of ``POST /v1/hall/work/duplicates``, oldest first."""

    duplicates: list[WireDuplicate]


class HandedOut(WireMessage):
    """Answer of ``POST /v1/hall/work/export``: all that is held of a person, for that person (RGPD art. 15)."""

    held: dict[str, Any]


class AskedErasure(AboutFile):
    """Body of ``POST /v1/hall/work/erasure``: the reference, and once more as it was typed."""

    repeated: str = Field(max_length=100)
