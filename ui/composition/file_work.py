"""What staff do with a person's file, joined to this machine's store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.domain.file_act import labels_of
from kiosk.domain.missing_papers import MissingPapers
from kiosk.domain.place import Site
from kiosk.journal.canonical import JsonValue
from kiosk.ports.desk import PersonFile
from kiosk.ports.duplicates import Duplicates
from kiosk.ports.file_work import FileWork, PersonRights
from kiosk.services.local_duplicates import LocalDuplicates, candidates_here
from kiosk.services.local_file_work import LocalFileWork
from kiosk.services.local_person_rights import LocalPersonRights
from kiosk.translation import Translator
from ui.supervisor.file_actions import FileActions
from ui.supervisor.file_forms.complete_form import CompleteForm
from ui.supervisor.file_forms.correct_form import CorrectForm
from ui.supervisor.file_forms.duplicates_form import DuplicatesForm
from ui.supervisor.file_forms.erase_form import EraseForm
from ui.supervisor.file_forms.form import FileForm
from ui.supervisor.file_forms.hand_out_form import HandOutForm
from ui.supervisor.file_forms.identity_form import IdentityForm
from ui.supervisor.file_forms.impossibility_form import ImpossibilityForm
from ui.supervisor.file_forms.message_form import MessageForm
from ui.supervisor.file_forms.missing_form import MissingForm
from ui.supervisor.file_forms.note_form import NoteForm
from ui.supervisor.file_forms.papers_form import PapersForm
from ui.supervisor.file_forms.withdraw_form import WithdrawForm
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import staff_translator

if TYPE_CHECKING:
    from ui.composition.machine import Machine


def file_actions(machine: "Machine", work: StaffWork) -> FileActions:
    """Return the list of what can be done with a file, and the forms behind it."""
    tr = staff_translator()
    actor, read = machine.desk.sessions.actor, machine.data.read_file
    has_centre = bool(machine.settings.central.url)
    files = LocalFileWork(actor, read, **machine.parts, catalogue=machine.catalogue)
    rights = LocalPersonRights(
        actor,
        read,
        **machine.parts,
        is_held=machine.link.is_held_by_centre if has_centre else lambda _reference: True,
        scrub=machine.store.scrub,
    )
    duplicates = LocalDuplicates(
        actor,
        read,
        **machine.parts,
        reading=machine.store.reading,
        candidates=candidates_here,
        catalogue=machine.catalogue,
    )
    verbs = FileVerbs(files, rights, duplicates, machine.paper.has_printer)
    keep_days = machine.settings.retention.request_days
    return FileActions(tr, work, file_forms(tr, verbs, work, machine.site, keep_days))


@dataclass(frozen=True, slots=True)
class FileVerbs:
    """What the forms of a file ask for.

    Attributes:
        files: acts about a file.
        rights: hands out and erases.
        duplicates: finds and merges.
        has_printer: whether the kiosk has a ticket printer at all.
    """

    files: FileWork
    rights: PersonRights
    duplicates: Duplicates
    has_printer: bool = True


def file_forms(tr: Translator, verbs: FileVerbs, work: StaffWork, site: Site, keep_days: int) -> Sequence[FileForm]:
    """Return the forms in the order of their buttons.

    Args:
        tr: of the staff screen.
        verbs: do what they ask.
        work: reads what they show.
        site: where this is.
        keep_days: for so long after a filing a kiosk keeps what was said.
    """
    files, rights, zone = verbs.files, verbs.rights, ZoneInfo(site.departement.timezone)
    return (
        IdentityForm(tr, files),
        NoteForm(tr, files),
        CorrectForm(tr, files),
        CompleteForm(tr, files),
        PapersForm(tr, files),
        MissingForm(
            tr,
            files,
            work,
            zone,
            document=partial(missing_papers_pdf, site),
            has_printer=verbs.has_printer,
        ),
        ImpossibilityForm(tr, files),
        MessageForm(tr, files),
        DuplicatesForm(tr, verbs.duplicates, work, zone),
        WithdrawForm(tr, files),
        HandOutForm(tr, rights, work, partial(_handed_out_pdf, site, keep_days)),
        EraseForm(tr, rights),
    )


def _handed_out_pdf(site: Site, keep_days: int, file: PersonFile, held: Mapping[str, JsonValue]) -> bytes:
    from ui.composition.handed_out import handed_out_pdf  # noqa: PLC0415  # loads what paper needs

    return handed_out_pdf(site, keep_days, file, held)


def missing_papers_pdf(site: Site, file: PersonFile) -> bytes:
    """Return the list of what is missing, as it was asked for last, on A4, in French and the person's language.

    Raises:
        ValueError: nothing was asked for.
    """
    from printing.document.compose_missing import compose_missing  # noqa: PLC0415  # loads what paper needs
    from printing.render.office import OfficePaper, render_office_pdf  # noqa: PLC0415

    missing = missing_papers_of(site, file)
    document = compose_missing(missing)
    return render_office_pdf(document, OfficePaper.A4, title=missing.request.reference, author=site.prefecture_name)


def missing_papers_of(site: Site, file: PersonFile) -> MissingPapers:
    """Return the list of what is missing in a file, as it was asked for last.

    Raises:
        ValueError: nothing was asked for.
    """
    asked = file.acts.papers_asked
    if asked is None:
        raise ValueError("no papers were asked for")
    return MissingPapers(
        request=file.request,
        content=file.content,
        procedure_label=file.procedure_label,
        labels=labels_of(asked, file.papers),
        asked_on=asked.mark.at.astimezone(ZoneInfo(site.departement.timezone)).date(),
        bring_by=asked.bring_by,
        site=site,
        language=file.content.language,
    )
