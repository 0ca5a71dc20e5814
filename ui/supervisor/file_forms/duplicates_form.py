"""Requests that may be the same person's: looked for when a file is opened, made one by a supervisor."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLabel, QVBoxLayout

from kiosk.domain.request_change import withdrawal_in
from kiosk.domain.staff import Permission
from kiosk.errors import InputError
from kiosk.ports.desk import PersonFile
from kiosk.ports.duplicates import Duplicate, Duplicates
from kiosk.translation import Translator
from ui.supervisor.counted import counted
from ui.supervisor.file_forms.choices import Choices
from ui.supervisor.file_forms.form import FileForm, FileTask
from ui.supervisor.file_wording import person_said
from ui.supervisor.hall_wording import moment_said
from ui.supervisor.staff_work import StaffWork
from ui.supervisor.typed_birth_date import birth_date_said

_MERGE, _PART = "merge ", "part "


class DuplicatesForm(FileForm):
    """What may be one with this request, and what was made one with it; either is chosen and confirmed."""

    key = "Alt+U"
    needs = Permission.MERGE_REQUESTS

    def __init__(self, tr: Translator, duplicates: Duplicates, work: StaffWork, zone: ZoneInfo) -> None:
        """Make a form that has found nothing.

        Args:
            tr: of the staff screen.
            duplicates: finds, merges and parts.
            work: looks for them beside whatever is being done.
            zone: of the legal time.
        """
        self._duplicates, self._work, self._zone = duplicates, work, zone
        self._found: Sequence[Duplicate] = ()
        self._looked_at: PersonFile | None = None
        self._choices = Choices("duplicate", many=False)
        self._none, self._others = QLabel(), QLabel()
        title = tr.text("supervisor", "Demandes en double")
        super().__init__(tr, "duplicates", title, send=tr.text("supervisor", "Valider"))

    def build(self, column: QVBoxLayout) -> None:
        """Say what it means, and list."""
        tr = self.tr_
        text = tr.text(
            "supervisor",
            "Réunir deux demandes de la même personne : la date la plus ancienne reste, les deux références "
            "mènent au même dossier. Une réunion peut être annulée.",
        )
        column.addWidget(self.caption(text))
        column.addWidget(self._choices)
        for label, name in ((self._none, "duplicatesNone"), (self._others, "duplicatesOthers")):
            label.setObjectName(name)
            label.setProperty("role", "fact")
            label.setWordWrap(True)
            column.addWidget(label)
        self._none.setText(tr.text("supervisor", "Aucune demande avec un nom et une date de naissance proches."))

    def look_ahead(self, file: PersonFile) -> None:
        """Look for them while the file is read, and say on the button how many there are."""
        self._found, self._looked_at = (), file
        self.titled.emit(self.title)
        if not self.is_possible(file):
            return
        reference = file.request.reference

        def found(duplicates: Sequence[Duplicate]) -> None:
            if self._looked_at is not file:
                return  # another file was opened meanwhile
            self._found = duplicates
            count = sum(1 for each in duplicates if each.can_merge)
            few = self.tr_.text("supervisor", "Demandes en double : {count} possible")
            text = counted(count, few, self.tr_.text("supervisor", "Demandes en double : {count} possibles"))
            self.titled.emit(text if count else self.title)

        self._work.read(lambda session: self._duplicates.of(session, reference), found, lambda _sentence: None)

    def fill(self, file: PersonFile) -> None:
        """List what was found."""
        tr = self.tr_
        offered = {f"{_MERGE}{each.reference}": self._said(each) for each in self._found if each.can_merge}
        for merged in file.merged:
            text = tr.text("supervisor", "Séparer {reference}, reçue le {day}")
            day = moment_said(merged.received.local, with_day=True)
            offered[f"{_PART}{merged.reference}"] = text.format(reference=merged.reference, day=day)
        self._choices.show_choices(offered)
        self._none.setVisible(not offered)
        others = [self._said(each) for each in self._found if not each.can_merge]
        heading = tr.text("supervisor", "Autres demandes, pour une autre démarche ou retirées :")
        self._others.setText("\n".join([heading, *others]) if others else "")
        self._others.setVisible(bool(others))

    def is_possible(self, file: PersonFile) -> bool:
        """Of a request that was withdrawn nothing is made one with another."""
        return super().is_possible(file) and (withdrawal_in(file.changes) is None or bool(file.merged))

    def start(self) -> None:
        """Begin at the first."""
        self._choices.start()

    def task(self) -> tuple[FileTask, str] | str:
        """Merge, or part."""
        tr = self.tr_
        if self.file is None or not self._choices.chosen:
            return tr.text("supervisor", "Choisissez une demande.")
        reference, choice = self.file.request.reference, self._choices.chosen[0]
        if choice.startswith(_PART):
            merged = choice.removeprefix(_PART)
            return (
                lambda session: self._duplicates.part(session, reference, merged),
                tr.text("supervisor", "{reference} est de nouveau une demande à part.").format(reference=merged),
            )
        other = choice.removeprefix(_MERGE)
        return (
            lambda session: self._duplicates.merge(session, reference, other),
            tr.text("supervisor", "Demandes réunies. La date la plus ancienne reste."),
        )

    def refusal(self, error: InputError) -> str:
        """Say what is wrong."""
        if error.field == "merged":
            return self.tr_.text("supervisor", "La personne a déjà une autre demande pour cette démarche.")
        if error.field == "other":
            return self.tr_.text("supervisor", "Ces demandes ne peuvent plus être réunies : rouvrez le dossier.")
        return super().refusal(error)

    def forget(self) -> None:
        """Leave nothing of anybody."""
        super().forget()
        self._found, self._looked_at = (), None
        self.titled.emit(self.title)

    def clear(self) -> None:
        """Leave nothing of anybody."""
        self._choices.clear()
        self._others.clear()

    def _said(self, each: Duplicate) -> str:
        day = moment_said(each.received.local, with_day=True)
        first = " · ".join(filter(None, (person_said(each.identity), birth_date_said(each.identity.birth_date))))
        # A left-to-right mark: a name in Arabic turns nothing else around.
        return f"\u200e{first}\n{each.reference}\n{day} · {each.procedure_label}"
