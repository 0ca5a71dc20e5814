"""What staff do with a person's file at a hub, over HTTP: a :class:`kiosk.ports.file_work.FileWork` of a counter."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from kiosk.domain.file_act import CounterMessage, IdentityResult, ImpossibilityGround
from kiosk.domain.request_change import Completion, CorrectedField
from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.duplicates import Duplicate
from kiosk.services.person_file import ReadFile
from sync.client.hub_link import HubLink, understood
from sync.protocol.hall_files import HallFile
from sync.protocol.hall_work import (
    AboutFile,
    AddedNote,
    AddedToFile,
    AskedErasure,
    AskedPapers,
    FoundImpossibility,
    HallDuplicates,
    HandedOut,
    LeftAtKiosk,
    MadeCorrection,
    OtherRequest,
    SeenIdentity,
    SeenPapers,
)


class _FileLink:
    """A link to a hub, and the words of this site for the files that it answers."""

    def __init__(self, link: HubLink, words: ReadFile) -> None:
        """Take what a counter works with.

        Args:
            link: to the hub.
            words: gives a file this site's words and dates.
        """
        self._link, self._words = link, words

    def _done(self, session: StaffSession, path: str, asked: AboutFile) -> PersonFile:
        answer = self._link.act(f"/v1/hall/work/{path}", asked, session.token)
        return understood(lambda found: found.file(self._words), self._link.read(HallFile, answer))


class HttpFileWork(_FileLink):
    """The :class:`kiosk.ports.file_work.FileWork` of a hub; without a link nothing is done."""

    def check_identity(self, session: StaffSession, reference: str, result: IdentityResult) -> PersonFile:
        """Record whose document the person showed."""
        return self._done(session, "identity", SeenIdentity.model_construct(reference=reference, result=result))

    def add_note(self, session: StaffSession, reference: str, text: str) -> PersonFile:
        """Add a note for colleagues."""
        return self._done(session, "note", AddedNote.model_construct(reference=reference, text=text))

    def correct(
        self, session: StaffSession, reference: str, right: Mapping[CorrectedField, str], reason: str
    ) -> PersonFile:
        """Put values right; the old ones stay in the journal."""
        return self._done(session, "correction", MadeCorrection.of(reference, right, reason))

    def complete(self, session: StaffSession, reference: str, added: Completion, *, reason: str = "") -> PersonFile:
        """Add what the person brings; take out a contact that the person does not want any more, with a reason."""
        return self._done(session, "completion", AddedToFile.of(reference, added, reason))

    def record_impossibility(
        self, session: StaffSession, reference: str, ground: ImpossibilityGround, detail: str
    ) -> PersonFile:
        """Record that the online way was impossible (CESEDA R. 431-2)."""
        found = FoundImpossibility.model_construct(reference=reference, ground=ground, detail=detail)
        return self._done(session, "impossibility", found)

    def tick_papers(self, session: StaffSession, reference: str, seen: Collection[str]) -> PersonFile:
        """Record which papers an agent has seen until now."""
        return self._done(session, "papers", SeenPapers.of(reference, seen))

    def ask_papers(
        self, session: StaffSession, reference: str, missing: Collection[str], others: str, bring_by: date
    ) -> PersonFile:
        """Record what is missing and until when it may be brought (CRPA L. 114-5)."""
        return self._done(session, "missing", AskedPapers.of(reference, missing, others, bring_by))

    def print_missing(self, session: StaffSession, reference: str) -> PersonFile:
        """Order the list that was asked for last of the printer of the kiosk at which the request was filed."""
        return self._done(session, "missing/print", AboutFile.model_construct(reference=reference))

    def leave_message(self, session: StaffSession, reference: str, message: CounterMessage | None) -> PersonFile:
        """Choose what the kiosk says to the person at the next scan; None takes it away."""
        return self._done(session, "message", LeftAtKiosk.model_construct(reference=reference, message=message))

    def withdraw(self, session: StaffSession, reference: str) -> PersonFile:
        """Withdraw the request, because the person asks for it."""
        return self._done(session, "withdrawal", AboutFile.model_construct(reference=reference))


class HttpDuplicates(_FileLink):
    """The :class:`kiosk.ports.duplicates.Duplicates` of a hub; it knows the requests of all kiosks of the site."""

    def of(self, session: StaffSession, reference: str) -> Sequence[Duplicate]:
        """Return requests that are probably of the same person, oldest first."""
        asked = AboutFile.model_construct(reference=reference)
        answer = self._link.act("/v1/hall/work/duplicates", asked, session.token)
        found = self._link.read(HallDuplicates, answer)
        return understood(lambda message: [each.duplicate() for each in message.duplicates], found)

    def merge(self, session: StaffSession, reference: str, other: str) -> PersonFile:
        """Make two requests one, which keeps the earliest date; both references lead to it."""
        return self._done(session, "merge", OtherRequest.model_construct(reference=reference, other=other))

    def part(self, session: StaffSession, reference: str, merged: str) -> PersonFile:
        """Let a merged request stand for itself again."""
        return self._done(session, "part", OtherRequest.model_construct(reference=reference, other=merged))


class HttpPersonRights(_FileLink):
    """The :class:`kiosk.ports.file_work.PersonRights` of a hub."""

    def export(self, session: StaffSession, reference: str) -> dict[str, JsonValue]:
        """Return all that is held, once the person's identity was checked; that it was handed out is an entry."""
        asked = AboutFile.model_construct(reference=reference)
        return self._link.read(HandedOut, self._link.act("/v1/hall/work/export", asked, session.token)).held

    def erase(self, session: StaffSession, reference: str, repeated: str) -> PersonFile:
        """Take the person's data out, for whoever repeats the reference; returns what is left."""
        return self._done(session, "erasure", AskedErasure.model_construct(reference=reference, repeated=repeated))
