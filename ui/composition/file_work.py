"""What staff do with a person's file, joined to this machine's store."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.ports.file_work import FileWork
from kiosk.services.local_file_work import LocalFileWork
from kiosk.translation import Translator
from ui.supervisor.file_actions import FileActions
from ui.supervisor.file_forms.form import FileForm
from ui.supervisor.file_forms.identity_form import IdentityForm
from ui.supervisor.file_forms.note_form import NoteForm
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.wording import staff_translator

if TYPE_CHECKING:
    from ui.composition.machine import Machine


def file_actions(machine: "Machine", work: StaffWork) -> FileActions:
    """Return the list of what can be done with a file, and the forms behind it."""
    tr = staff_translator()
    files = LocalFileWork(
        machine.desk.sessions,
        machine.read_file,
        units=machine.store.units,
        clock=machine.clock,
        entropy=machine.entropy,
        site=machine.site,
        catalogue=machine.catalogue,
    )
    return FileActions(tr, work, file_forms(tr, files))


def file_forms(tr: Translator, files: FileWork) -> Sequence[FileForm]:
    """Return the forms in the order of their buttons."""
    return (IdentityForm(tr, files), NoteForm(tr, files))
