"""What the supervisor works against: the local store here, a hub's API elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.file_act import FileActs
from kiosk.domain.hall import HallFlag, PlaceId, Visits
from kiosk.domain.paper_roll import PaperRoll
from kiosk.domain.place import Departement, Site
from kiosk.domain.request import FiledRequest, RequestContent
from kiosk.domain.request_change import Correction, RequestChange
from kiosk.domain.staff import MAY, Permission, Role
from kiosk.domain.ticket import Deadlines
from kiosk.journal.canonical import JsonValue
from kiosk.workflows.hall_place import Move, Standing
from kiosk.workflows.print_job import PrintState


@dataclass(frozen=True, slots=True)
class StaffSession:
    """Somebody who is signed in at the staff screen.

    Attributes:
        token: known to the desk that gave it, and to nobody else.
        name: of the account.
        role: what it may do.
        counter: where the person sits.
        must_change: nothing is allowed before the password was changed.
        must_enrol: nothing is allowed before the account has a second factor.
    """

    token: str
    name: str
    role: Role
    counter: str
    must_change: bool = False
    must_enrol: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether the role allows something, now; the desk asks again when it is done."""
        return not self.must_change and not self.must_enrol and permission in MAY[self.role]


@dataclass(frozen=True, slots=True)
class HallRow:
    """One place in today's hall, as the list shows it.

    Attributes:
        place_id: identifies the place.
        call_number: ``A042``.
        reference: of the request.
        filed_at: UTC instant of the filing that opened the place: since when the person waits.
        procedure_label: in French.
        language: code the visitor chose.
        applicant: birth name and given names as typed; empty once erased.
        visits: how often the person came for this request.
        flags: what to know before calling.
        print_state: where the newest ticket of today stands.
        standing: waiting, called, where, why early.
        changed_at: UTC instant of the last move.
        changed_by: account that made it; empty for the kiosk.
        can_be_undone: whether its last move can be taken back at all, by whoever made it and in time.
    """

    place_id: PlaceId
    call_number: str
    reference: str
    filed_at: datetime
    procedure_label: str
    language: str
    applicant: str
    visits: Visits
    flags: frozenset[HallFlag]
    print_state: PrintState
    standing: Standing
    changed_at: datetime
    changed_by: str = ""
    can_be_undone: bool = False


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a file's history.

    Attributes:
        at: UTC instant.
        type: of the entry.
        facts: what lies beside it, without what the person said; empty once erased.
    """

    at: datetime
    type: str
    facts: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All that is held of one request; showing it is an entry of the journal.

    Attributes:
        request: as it was filed, with every filing.
        content: what it says today: with what was added, and what an agent corrected.
        wanted: corrections that the person asked for and no agent has made yet.
        procedure_label: in French.
        target_label: for what an appointment is wanted, in French; empty when that was not said.
        document_labels: what the person said to have at hand, in French.
        is_erased: the person's data were taken out.
        timeline: its entries, oldest first; this opening is the last.
        changes: what happened to the request after the filing, oldest first.
        acts: what staff did with the file.
        papers: what the procedure needs, code to French label.
        merged: later requests of the same person that this one stands for; what happened to them is in the timeline.
        site: where the request was filed.
        residence: département of the person, or of the site when none was said.
        deadlines: as the ticket has them; None for a procedure that is offered no more.
    """

    request: FiledRequest
    content: RequestContent
    wanted: tuple[Correction, ...]
    procedure_label: str
    target_label: str
    document_labels: tuple[str, ...]
    is_erased: bool
    timeline: tuple[TimelineEntry, ...]
    changes: tuple[RequestChange, ...]
    acts: FileActs
    papers: Mapping[str, str]
    merged: tuple[FiledRequest, ...]
    site: Site
    residence: Departement
    deadlines: Deadlines | None


@dataclass(frozen=True, slots=True)
class SyncBacklog:
    """How far the centre is behind.

    Attributes:
        last_seq: last entry of the journal.
        acknowledged_to: last entry that the centre acknowledged.
        last_contact: instant of the last acknowledgement, None before the first.
    """

    last_seq: int
    acknowledged_to: int
    last_contact: datetime | None

    @property
    def pending(self) -> int:
        """Entries not yet acknowledged."""
        return self.last_seq - self.acknowledged_to


class HallView(Protocol):
    """What the staff screens read again and again, without ever waiting for a writer.

    What names a person needs a session: ``NotSignedInError`` is raised when it is locked or over, or must change its
    password first.
    """

    def backlog(self) -> SyncBacklog:
        """Return how far the centre is behind."""
        ...

    def paper_roll(self) -> PaperRoll | None:
        """Return the roll in the printer as it was counted; None while nobody said when it was put in."""
        ...

    def hall(self, session: StaffSession) -> Sequence[HallRow]:
        """Return the places of today's hall in order of arrival."""
        ...


class Desk(HallView, Protocol):
    """The verbs of the staff screens.

    Beside ``NotSignedInError`` a verb raises ``NotAllowedError`` when the role does not allow it, and ``StoreError``
    when nothing was done.
    """

    def has_accounts(self) -> bool:
        """Whether anybody can sign in; if not, :meth:`found` makes the administrator."""
        ...

    def found(self, name: str, password: str) -> None:
        """Make the first account, an administrator.

        Raises:
            InputError: the name or the password is not good.
            NotAllowedError: there is an account already.
        """
        ...

    def counters(self) -> Sequence[str]:
        """Return the names of the counters."""
        ...

    def services(self) -> Mapping[str, str]:
        """Return the services of the hall: letter, and what they receive, in French."""
        ...

    def sign_in(self, name: str, password: str, counter: str, code: str = "") -> StaffSession:
        """Sign somebody in; takes some tenths of a second.

        Raises:
            CodeNeededError: name and password fit, and the account also asks for a code: the same again, with it.
            SignInRefusedError: name, password and code do not fit, or the name is locked.
            InputError: there is no such counter.
        """
        ...

    def sign_out(self, session: StaffSession) -> None:
        """End a session."""
        ...

    def lock(self, session: StaffSession) -> None:
        """Let a session do and see nothing until it is unlocked."""
        ...

    def unlock(self, session: StaffSession, password: str, code: str = "") -> StaffSession:
        """Go on with a locked session, and return it.

        Raises:
            CodeNeededError: the password fits, and the account also asks for a code: the same again, with it.
            SignInRefusedError: password and code do not fit, or the name is locked.
            NotSignedInError: the session is over.
        """
        ...

    def change_password(self, session: StaffSession, password: str, new_password: str) -> StaffSession:
        """Change one's own password, and return the session that goes on.

        Raises:
            SignInRefusedError: the present one does not fit.
            InputError: the new one is not good.
        """
        ...

    def call_next(self, session: StaffSession, services: Collection[str] = ()) -> PlaceId | None:
        """Call who is next by the stated order, of some services or of all; None when nobody waits."""
        ...

    def move(self, session: StaffSession, place_id: PlaceId, move: Move) -> None:
        """Do one thing to one place; a call is always to the counter of the session.

        Raises:
            PlaceMovedError: somebody else was faster.
            InputError: there is no such service or counter.
        """
        ...

    def undo(self, session: StaffSession, place_id: PlaceId) -> None:
        """Take back one's own last move of a place, within a minute.

        Raises:
            PlaceMovedError: it is too late, or somebody else has moved it since.
        """
        ...

    def open_file(self, session: StaffSession, reference: str) -> PersonFile:
        """Return all that is held of a request; that it was opened, and by whom, is an entry.

        Raises:
            InputError: there is no such request here.
        """
        ...
