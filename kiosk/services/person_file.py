"""Reading a person's file in a transaction: all that was said and all that happened."""

from collections.abc import Sequence
from datetime import date, datetime

from kiosk.domain.deadlines import deadlines_of
from kiosk.domain.file_act import FileActs
from kiosk.domain.holidays import Calendar
from kiosk.domain.place import Departement, Places, Site
from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.request import FiledRequest, RequestContent, RequestId
from kiosk.domain.request_change import ChangeKind, RequestChange, as_it_stands, value_of
from kiosk.domain.ticket import Deadlines
from kiosk.journal.act_facts import acts_in
from kiosk.journal.entry import Entry, Payload
from kiosk.ports.desk import PersonFile, TimelineEntry
from kiosk.ports.desk_units import FileUnit


class ReadFile:
    """Makes a :class:`~kiosk.ports.desk.PersonFile` of what a transaction sees."""

    def __init__(self, *, site: Site, catalogue: Catalogue, places: Places, calendar: Calendar) -> None:
        """Take what gives the words and the dates.

        Args:
            site: where this is.
            catalogue: labels, papers, rules of silence.
            places: the département of the person.
            calendar: holidays.
        """
        self._site, self._catalogue, self._places, self._calendar = site, catalogue, places, calendar

    def __call__(self, unit: FileUnit, request_id: RequestId) -> PersonFile:
        """Return the file of a request; the caller records who sees it."""
        request, changes = unit.requests.get(request_id), unit.changes.of(request_id)
        merged = [unit.requests.get(each) for each in unit.merges.into(request_id)]
        entries = [found for each in (request, *merged) for found in _about(unit, each)]
        entries.sort(key=_number if len({entry.origin for entry, _ in entries}) == 1 else _hour)
        return self.worded(
            request,
            as_it_stands(request.content, changes),
            changes,
            tuple(_told(entry, payload) for entry, payload in entries),
            acts=acts_in(entries),
            merged=tuple(merged),
            is_erased=unit.erasures.is_erased(request_id),
        )

    def worded(
        self,
        request: FiledRequest,
        content: RequestContent,
        changes: Sequence[RequestChange],
        timeline: tuple[TimelineEntry, ...],
        *,
        acts: FileActs,
        merged: tuple[FiledRequest, ...] = (),
        is_erased: bool,
    ) -> PersonFile:
        """Return a file of what was read, here or at a hub, with this site's words and dates.

        Args:
            request: as it was filed.
            content: what it says today.
            changes: what happened to it, oldest first.
            timeline: its entries, oldest first.
            acts: what staff did with it.
            merged: the requests that it stands for.
            is_erased: the person's data were taken out.
        """
        procedures = self._catalogue.procedures
        procedure = procedures.get(request.content.procedure)
        target = procedures.get(request.content.target_procedure or "")
        wishes = [change for change in changes if change.kind is ChangeKind.CORRECTION_ASKED]
        asked = [each for change in wishes for each in change.corrections]
        labels = {document.code: document.label_fr for document in procedure.documents} if procedure else {}
        residence = self._residence(content)
        return PersonFile(
            request=request,
            content=content,
            wanted=tuple(each for each in asked if value_of(content, each.field) != each.new),
            procedure_label=procedure.shown_fr if procedure else request.content.procedure,
            target_label=target.shown_fr if target else request.content.target_procedure or "",
            document_labels=tuple(labels.get(code, code) for code in content.documents),
            is_erased=is_erased,
            timeline=timeline,
            changes=tuple(changes),
            acts=acts,
            papers=labels,
            site=self._site,
            residence=residence,
            merged=merged,
            deadlines=self._deadlines(procedure, request.received.civil_date, content, residence),
        )

    def _residence(self, content: RequestContent) -> Departement:
        return self._places.departements.get(content.departement or "", self._site.departement)

    def _deadlines(
        self, procedure: Procedure | None, received_on: date, content: RequestContent, residence: Departement
    ) -> Deadlines | None:
        """Return the dates as the ticket computes them; None for a procedure that is offered no more."""
        if procedure is None:
            return None
        return deadlines_of(
            procedure,
            received_on,
            zone=residence.holiday_zone,
            calendar=self._calendar,
            permit_expires_on=content.permit_expires_on,
            birth_date=content.identity.birth_date,
        )


def _about(unit: FileUnit, request: FiledRequest) -> Sequence[tuple[Entry, Payload | None]]:
    return unit.journal.about(request.request_id, [filing.journal_seq for filing in request.filings])


def _number(found: tuple[Entry, Payload | None]) -> int:
    """Return where an entry stands in the history of one journal: a clock may have been put back."""
    return found[0].seq


def _hour(found: tuple[Entry, Payload | None]) -> datetime:
    """Return where an entry stands among those of several journals, whose numbers have no order."""
    return found[0].recorded_at


def _told(entry: Entry, payload: Payload | None) -> TimelineEntry:
    facts = payload.facts if payload else {}
    shown = {name: value for name, value in facts.items() if name not in ("content", "identity_salt")}
    return TimelineEntry(entry.recorded_at, entry.type, shown)
