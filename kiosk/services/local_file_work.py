"""What staff do with a person's file, at a kiosk or a hub: one transaction and one entry for each act."""

from collections.abc import Collection, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from kiosk.domain.file_act import CounterMessage, IdentityResult, ImpossibilityGround, cleaned_note
from kiosk.domain.names import cleaned_field
from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.request import PrintJobId
from kiosk.domain.request_change import Completion, CorrectedField
from kiosk.domain.slip import OrderedSlip, SlipKind
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.journal.act_facts import asked_facts
from kiosk.journal.canonical import JsonValue
from kiosk.journal.chain import settled
from kiosk.journal.entry import EntryType
from kiosk.ports.clock import Clock
from kiosk.ports.desk import PersonFile, StaffSession
from kiosk.ports.desk_units import ActUnits
from kiosk.ports.entropy import Entropy
from kiosk.ports.print_jobs import PrintJob
from kiosk.services.change_request import CompleteRequest, CorrectRequest, WithdrawRequest
from kiosk.services.held_requests import request_with
from kiosk.services.person_file import ReadFile
from kiosk.services.record_change import NOT_HERE, ChangeOrder
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import ActorOf, require
from kiosk.workflows.print_job import PrintState

_STAFF_LANGUAGE = "fr"


class LocalFileWork:
    """The :class:`kiosk.ports.file_work.FileWork` of one store."""

    def __init__(
        self,
        actor: ActorOf,
        read: ReadFile,
        *,
        units: ActUnits,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        catalogue: Catalogue,
    ) -> None:
        """Take what it works with.

        Args:
            actor: says who acts.
            read: makes the file that an act returns.
            units: of the store.
            clock: dates the acts.
            entropy: for salts and identifiers.
            site: gives the legal time.
            catalogue: knows the papers of a procedure.
        """
        self._actor, self._read, self._units = actor, read, units
        self._clock, self._entropy, self._site = clock, entropy, site
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._correct = CorrectRequest(units=units, clock=clock, entropy=entropy, site=site)
        self._complete = CompleteRequest(units=units, clock=clock, entropy=entropy, site=site, catalogue=catalogue)
        self._withdraw = WithdrawRequest(units=units, clock=clock, entropy=entropy, site=site)

    def check_identity(self, session: StaffSession, reference: str, result: IdentityResult) -> PersonFile:
        """Record whose document the person showed."""
        return self._record(session, reference, EntryType.IDENTITY_CHECKED, {"result": result.value})

    def add_note(self, session: StaffSession, reference: str, text: str) -> PersonFile:
        """Add a note for colleagues.

        Raises:
            InputError: it is empty or too long.
        """
        return self._record(session, reference, EntryType.NOTE_ADDED, {"text": cleaned_note(text)})

    def correct(
        self, session: StaffSession, reference: str, right: Mapping[CorrectedField, str], reason: str
    ) -> PersonFile:
        """Put values right; the old ones stay in the journal.

        Raises:
            InputError: no reason, nothing differs, a value that cannot be, or the person would have two requests.
        """
        order = self._order(session, reference)
        self._correct(order, right, agent=self._actor(session).name, reason=reason)
        return self._again(session, reference)

    def complete(self, session: StaffSession, reference: str, added: Completion, *, reason: str = "") -> PersonFile:
        """Add what the person brings; take out a contact that the person does not want any more, with a reason.

        Raises:
            InputError: nothing is new, or a contact is taken out without a reason.
        """
        self._complete(self._order(session, reference), added, reason=reason)
        return self._again(session, reference)

    def record_impossibility(
        self, session: StaffSession, reference: str, ground: ImpossibilityGround, detail: str
    ) -> PersonFile:
        """Record that the online way was impossible (CESEDA R. 431-2).

        Raises:
            InputError: another ground that is not said.
        """
        words = cleaned_field("detail", detail)
        if ground is ImpossibilityGround.OTHER and not words:
            raise InputError("detail", "the ground in a few words")
        facts: dict[str, JsonValue] = {"ground": ground.value}
        return self._record(
            session, reference, EntryType.IMPOSSIBILITY_RECORDED, facts | {"detail": words} if words else facts
        )

    def tick_papers(self, session: StaffSession, reference: str, seen: Collection[str]) -> PersonFile:
        """Record which papers an agent has seen until now."""
        return self._record(session, reference, EntryType.PAPERS_CHECKED, {"seen": [*seen]})

    def ask_papers(
        self, session: StaffSession, reference: str, missing: Collection[str], others: str, bring_by: date
    ) -> PersonFile:
        """Record what is missing and until when it may be brought (CRPA L. 114-5).

        Raises:
            InputError: nothing is missing, or the day is over.
        """
        words = cleaned_field("others", others)
        if not missing and not words:
            raise InputError("missing", "at least one paper")
        if bring_by <= self._entries.now()[1].civil_date:
            raise InputError("bring_by", "a day after today")
        facts = asked_facts(tuple(missing), words, bring_by)
        return self._record(session, reference, EntryType.PAPERS_ASKED, facts)

    def print_missing(self, session: StaffSession, reference: str) -> PersonFile:
        """Order the list that was asked for last from the kiosk's printer; the kiosk's own process prints it.

        Raises:
            InputError: nothing was asked for, or no such request, or erased.
        """
        actor = self._actor(session)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            request_id = request_with(unit, reference)
            file = self._read(unit, request_id)
            asked = file.acts.papers_asked
            if file.is_erased or asked is None:
                raise InputError("missing", "a request of which papers are missing")
            reading, moment = self._entries.now()
            ordered, job = settled(moment, unit.journal.head()), PrintJobId(self._entropy.identifier())
            facts: dict[str, JsonValue] = {
                **asked_facts(asked.codes, asked.others, asked.bring_by),
                "reference": reference,
                "by": actor.name,
                "counter": actor.counter,
                "asked_on": asked.mark.at.astimezone(ZoneInfo(moment.zone)).date().isoformat(),
                "print_job_id": job,
            }
            draft = self._entries.draft(EntryType.MISSING_LISTED, facts, subject=request_id, at=(reading, ordered))
            slip = OrderedSlip(SlipKind.PROOF, ordered, unit.journal.append(draft).seq, file.content.language)
            filing_id = file.request.latest_filing.filing_id
            unit.print_jobs.add(PrintJob(job, filing_id, request_id, PrintState.SAVED, slip=slip))
            file = self._read(unit, request_id)
            unit.commit()
        return file

    def leave_message(self, session: StaffSession, reference: str, message: CounterMessage | None) -> PersonFile:
        """Choose what the kiosk says to the person at the next scan; None takes it away."""
        facts: dict[str, JsonValue] = {"message": message.value if message else ""}
        return self._record(session, reference, EntryType.MESSAGE_LEFT, facts)

    def withdraw(self, session: StaffSession, reference: str) -> PersonFile:
        """Withdraw the request, because the person asks for it.

        Raises:
            InputError: it was withdrawn before.
        """
        self._withdraw(self._order(session, reference))
        return self._again(session, reference)

    def _record(
        self, session: StaffSession, reference: str, kind: EntryType, facts: Mapping[str, JsonValue]
    ) -> PersonFile:
        actor = self._actor(session)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            request_id = request_with(unit, reference)
            if unit.erasures.is_erased(request_id):
                raise InputError("reference", NOT_HERE)
            who: dict[str, JsonValue] = {"reference": reference, "by": actor.name, "counter": actor.counter}
            unit.journal.append(self._entries.draft(kind, who | {**facts}, subject=request_id))
            file = self._read(unit, request_id)
            unit.commit()
        return file

    def _order(self, session: StaffSession, reference: str) -> ChangeOrder:
        """Return one confirmation of whoever is signed in; the paper about it is the agent's to print."""
        actor = self._actor(session)
        return ChangeOrder(reference, self._entropy.identifier(), _STAFF_LANGUAGE, has_slip=False, actor=actor)

    def _again(self, session: StaffSession, reference: str) -> PersonFile:
        """Return the file after an act that was committed; whoever did it has the file open."""
        actor = self._actor(session)
        with self._units() as unit:
            require(unit, actor.name, Permission.SERVE)
            return self._read(unit, request_with(unit, reference))
