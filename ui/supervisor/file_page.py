"""A person's file: what was said, and everything that happened. That it was opened is in the journal already."""

from collections.abc import Sequence
from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from kiosk.domain.attempt_weeks import distinct_weeks
from kiosk.domain.identity import PartialDate
from kiosk.domain.request import (
    Attempt,
    AttemptOutcome,
    Evidence,
    Guardian,
    GuardianTie,
    HelpChannel,
    RequestContent,
)
from kiosk.ports.desk import PersonFile
from kiosk.translation import Translator, languages
from ui.supervisor.actions import KEYS, Action, action_label
from ui.supervisor.appearance import PANEL_WIDTH_PX, TONE_COLOURS, TONE_STYLE
from ui.supervisor.file_part import FilePart
from ui.supervisor.hall_wording import country_said, entry_said, moment_said
from ui.supervisor.wording import Tone


class FilePage(QWidget):
    """Shows one :class:`PersonFile`."""

    left = Signal()

    def __init__(self, tr: Translator, zone: str, parts: Sequence[FilePart] = ()) -> None:
        """Make a page without a file.

        Args:
            tr: of the staff screen.
            zone: of the legal time.
            parts: what can be done with a file, from the top; they stand on the right.
        """
        super().__init__()
        self.setObjectName("filePage")
        self._tr, self._zone = tr, ZoneInfo(zone)
        self._heading = _text("fileHeading", "heading")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._said, self._history = _text("fileSaid", "text"), _text("fileHistory", "text")
        self._parts = tuple(parts)
        self._notice = _text("fileNotice", "state")
        self._back = QPushButton(f"{action_label(tr, Action.BACK)}  ({KEYS[Action.BACK]})")
        self._back.setObjectName("back")
        self._back.setProperty("role", "plain")
        self._back.clicked.connect(self.left)
        self._lay_out()
        for part in self._parts:
            part.changed.connect(self._show_changed)
            part.said.connect(lambda sentence: self._notify(sentence, Tone.GOOD))
            part.refused.connect(lambda sentence: self._notify(sentence, Tone.BAD))

    def show_file(self, file: PersonFile) -> None:
        """Paint a file that was opened."""
        self._notice.hide()
        self._paint(file)
        self._back.setFocus()

    def _show_changed(self, file: PersonFile) -> None:
        """Paint what somebody has just changed; the keyboard stays where it is."""
        self._paint(file)

    def _notify(self, sentence: str, tone: Tone) -> None:
        self._notice.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[tone]))
        self._notice.setText(sentence)
        self._notice.show()

    def _paint(self, file: PersonFile) -> None:
        heading = self._tr.text("supervisor", "Dossier {reference}").format(reference=file.request.reference)
        self._heading.setText(heading)
        lines = self._facts(file)
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{_lines(value)}</td></tr>" for name, value in lines if value)
        self._said.setText(f"<style>td {{ padding: 3px 14px 3px 0; }}</style><table>{rows}</table>")
        self._history.setText(
            "<style>td { padding: 3px 14px 3px 0; }</style><table>"
            + "".join(
                f"<tr><td>{moment_said(line.at.astimezone(self._zone), with_day=True)}</td>"
                f"<td>{escape(entry_said(self._tr, line.type, line.facts))}</td></tr>"
                for line in reversed(file.timeline)
            )
            + "</table>"
        )
        for part in self._parts:
            part.show_file(file)

    def forget(self) -> None:
        """Leave nothing of the person."""
        for label in (self._heading, self._said, self._history, self._notice):
            label.clear()
        for part in self._parts:
            part.forget()

    def _facts(self, file: PersonFile) -> list[tuple[str, str]]:
        tr, request, content = self._tr, file.request, file.content
        received = moment_said(request.received.local, with_day=True)
        asked = [
            (tr.text("supervisor", "Reçue le"), received),
            (tr.text("supervisor", "Démarche"), file.procedure_label),
            (tr.text("supervisor", "Rendez-vous pour"), file.target_label),
            (tr.text("supervisor", "Passages"), self._visits(file)),
        ]
        if file.is_erased:
            return [*asked, (tr.text("supervisor", "Personne"), tr.text("supervisor", "données effacées"))]
        wanted = "\n".join(f"{each.old or '–'} → {each.new}" for each in file.wanted)
        wishes = [(tr.text("supervisor", "Correction demandée"), wanted)]
        rest = self._rest(content, file.document_labels)
        return [*self._person(content), *wishes, *asked, *rest, *self._elsewhere(file)]

    def _visits(self, file: PersonFile) -> str:
        return "\n".join(
            f"{moment_said(filing.filed.local, with_day=True)}  {filing.call_number}" for filing in file.request.filings
        )

    def _person(self, content: RequestContent) -> list[tuple[str, str]]:
        tr, who = self._tr, content.identity
        language = languages().get(content.language)
        return [
            (tr.text("supervisor", "Nom de naissance"), who.birth_name),
            (tr.text("supervisor", "Prénoms"), " ".join(who.given_names)),
            (tr.text("supervisor", "Nom d'usage"), who.usage_name or ""),
            (tr.text("supervisor", "Né(e) le"), _birth(who.birth_date)),
            (tr.text("supervisor", "Nationalité"), country_said(who.nationality)),
            (tr.text("supervisor", "Langue"), language.own_name if language else content.language),
            (tr.text("supervisor", "Numéro étranger"), content.foreigner_number or ""),
            (tr.text("supervisor", "Fin du titre"), _day(content.permit_expires_on)),
        ]

    def _rest(self, content: RequestContent, documents: tuple[str, ...]) -> list[tuple[str, str]]:
        tr = self._tr
        helper = content.helper
        alone = tr.text("supervisor", "non")
        helped = tr.text("supervisor", "oui") if helper == "" else helper
        return [
            (tr.text("supervisor", "Département"), content.departement or ""),
            (tr.text("supervisor", "Téléphone"), content.phone or ""),
            (tr.text("supervisor", "Courriel"), content.email or ""),
            (tr.text("supervisor", "Pièces déclarées, non vérifiées"), "\n".join(documents)),
            (tr.text("supervisor", "Accompagné"), alone if helper is None else helped or ""),
            (tr.text("supervisor", "Adulte présent"), self._guardian(content.guardian)),
        ]

    def _guardian(self, guardian: Guardian | None) -> str:
        if guardian is None:
            return ""
        words = {
            GuardianTie.PARENT: self._tr.text("supervisor", "parent"),
            GuardianTie.GUARDIAN: self._tr.text("supervisor", "tuteur"),
            GuardianTie.SOCIAL_WORKER: self._tr.text("supervisor", "éducateur"),
            GuardianTie.OTHER: self._tr.text("supervisor", "autre"),
        }
        said = [guardian.name, words[guardian.tie] if guardian.tie else ""]
        return " · ".join(filter(None, said)) or self._tr.text("supervisor", "oui")

    def _weeks(self, file: PersonFile) -> str:
        """Return in how many weeks the person surely tried or came (domain dossier 3.5, point 5)."""
        passages = (filing.filed.civil_date for filing in file.request.filings)
        weeks = distinct_weeks(file.content.attempts, passages)
        return self._tr.text("supervisor", "sur {count} semaines différentes").format(count=weeks) if weeks > 1 else ""

    def _elsewhere(self, file: PersonFile) -> list[tuple[str, str]]:
        """Return what was tried elsewhere, as declared: it may show that the online way was impossible."""
        tr, content = self._tr, file.content
        channels = {
            HelpChannel.CONTACT_CENTRE: tr.text("supervisor", "centre de contact citoyens"),
            HelpChannel.HELP_POINT: tr.text("supervisor", "point d'accueil numérique"),
        }
        evidence = {
            Evidence.SCREENSHOT: tr.text("supervisor", "capture d'écran"),
            Evidence.EMAIL: tr.text("supervisor", "courriel"),
            Evidence.SMS: tr.text("supervisor", "SMS"),
        }
        helped = [
            " · ".join(filter(None, [_when(each.on, each.around), channels[each.channel], each.reference or ""]))
            for each in content.help_contacts
        ]
        return [
            (tr.text("supervisor", "Essais ailleurs"), "\n".join(map(self._attempt, content.attempts))),
            (tr.text("supervisor", "Essais et passages"), self._weeks(file)),
            (tr.text("supervisor", "Aide demandée"), "\n".join(helped)),
            (tr.text("supervisor", "Peut montrer"), ", ".join(evidence[each] for each in content.evidence)),
        ]

    def _attempt(self, attempt: Attempt) -> str:
        tr = self._tr
        words = {
            AttemptOutcome.ERROR_PAGE: tr.text("supervisor", "page d'erreur"),
            AttemptOutcome.BLOCKED_ACCOUNT: tr.text("supervisor", "compte bloqué"),
            AttemptOutcome.MISSING_CATEGORY: tr.text("supervisor", "catégorie absente"),
            AttemptOutcome.REFUSED_DOCUMENT: tr.text("supervisor", "pièce refusée"),
            AttemptOutcome.NO_SLOT: tr.text("supervisor", "plus de créneau"),
            AttemptOutcome.NO_INTERNET: tr.text("supervisor", "pas d'internet"),
            AttemptOutcome.CANNOT_READ: tr.text("supervisor", "ne sait pas lire"),
            AttemptOutcome.OTHER: tr.text("supervisor", "autre"),
        }
        return " · ".join(
            filter(None, [_when(attempt.on, attempt.around), words[attempt.outcome], attempt.contact or ""])
        )

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._back)
        page.addLayout(top)
        self._notice.setWordWrap(True)
        self._notice.hide()
        page.addWidget(self._notice)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        for title, label in (
            (self._tr.text("supervisor", "Ce que la personne a dit"), self._said),
            (self._tr.text("supervisor", "Ce qui s'est passé, le plus récent en haut"), self._history),
        ):
            columns.addWidget(_card(title, label), 1)
        if self._parts:
            columns.addWidget(self._actions())
        page.addLayout(columns, 1)

    def _actions(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(PANEL_WIDTH_PX)
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(14)
        for part in self._parts:
            column.addWidget(part)
        column.addStretch(1)
        return card


def _card(title: str, content: QLabel) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(18, 14, 18, 14)
    heading = _text("", "section")
    heading.setText(title)
    column.addWidget(heading)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(title)
    content.setAlignment(Qt.AlignmentFlag.AlignTop)
    content.setWordWrap(True)
    content.setTextFormat(Qt.TextFormat.RichText)
    content.setAccessibleName(title)
    content.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    area.setWidget(content)
    column.addWidget(area, 1)
    return card


def _text(name: str, role: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", role)
    return label


def _lines(value: str) -> str:
    # A left-to-right mark: a name in Arabic stands beside its caption, not at the other end of the line.
    return "<br>".join(f"<b>\u200e{escape(line)}</b>" for line in value.split("\n"))


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _when(day: date | None, around: PartialDate | None) -> str:
    return _day(day) or _birth(around)


def _birth(born: PartialDate | None) -> str:
    if born is None:
        return ""
    parts = [f"{part:02d}" for part in (born.day, born.month) if part is not None]
    return "/".join([*parts, f"{born.year:04d}"])
