"""The answer to a scanned ticket, in large words: what it is worth, what it says, how often it was shown."""

from html import escape
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from kiosk.ports.ticket_checks import CheckedTicket, TicketSaid
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.appearance import TONE_COLOURS, TONE_STYLE
from ui.supervisor.controls import named_text
from ui.supervisor.hall_wording import moment_said
from ui.supervisor.ticket_wording import earlier_said, known_said, verdict_explained, verdict_said
from ui.supervisor.wording import Said, Tone


class CheckedCard(QFrame):
    """Shows one :class:`CheckedTicket`; ``wants_file`` carries the reference of a request that is here."""

    wants_file = Signal(str)

    def __init__(self, tr: Translator, zone: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._tr, self._zone = tr, ZoneInfo(zone)
        self._reference = ""
        self._verdict, self._meaning = named_text("verdict", "verdict"), named_text("verdictMeaning", "text")
        self._known = named_text("knownHere", "heading")
        self._facts, self._earlier = named_text("ticketFacts", "text"), named_text("presentations", "state")
        self._permit = named_text("noPermit", "detail")
        self._open = QPushButton(tr.text("supervisor", "Ouvrir le dossier") + "  (F11)")
        self._open.setObjectName("openCheckedFile")
        self._open.setAccessibleName(tr.text("supervisor", "Ouvrir le dossier"))
        self._open.setProperty("role", "main")
        self._open.setShortcut("F11")
        self._open.clicked.connect(lambda: self.wants_file.emit(self._reference))
        self._lay_out()
        self.forget()

    def show_checked(self, checked: CheckedTicket) -> None:
        """Paint a verdict."""
        tr = self._tr
        _show(self._verdict, verdict_said(tr, checked))
        _show(self._known, known_said(tr, checked) or Said("", Tone.QUIET))
        self._meaning.setText(verdict_explained(tr, checked, self._zone))
        self._facts.setText(_table(self._lines(checked.said, checked.call_number)) if checked.said else "")
        shown = earlier_said(tr, checked.earlier, self._zone) if checked.is_genuine else ""
        _show(self._earlier, Said(shown, Tone.WARNING if checked.earlier else Tone.QUIET))
        self._permit.setText(tr.text("supervisor", "Ce ticket ne vaut pas titre de séjour.") if checked.said else "")
        self._reference = checked.said.reference if checked.said and checked.is_here else ""
        self._show_what_is_said()
        announce(self, "\n".join(filter(None, (self._verdict.text(), self._known.text(), self._earlier.text()))))

    def forget(self) -> None:
        """Leave nothing of the ticket."""
        self._reference = ""
        for label in self._labels:
            label.clear()
            label.setStyleSheet("")
        self._meaning.setText(
            self._tr.text("supervisor", "Scannez le code d'un ticket, ou collez son texte, puis Entrée.")
        )
        self._show_what_is_said()

    def _show_what_is_said(self) -> None:
        for label in self._labels:
            label.setVisible(bool(label.text()))
        self._open.setVisible(bool(self._reference))

    @property
    def _labels(self) -> tuple[QLabel, ...]:
        return self._verdict, self._known, self._meaning, self._facts, self._earlier, self._permit

    def _lines(self, said: TicketSaid, call_number: str) -> list[tuple[str, str]]:
        tr = self._tr
        entry = tr.text("supervisor", "{kiosk}, écriture n° {seq} du journal")
        received = moment_said(said.received_at.astimezone(self._zone), with_day=True)
        return [
            (tr.text("supervisor", "Référence"), said.reference),
            (tr.text("supervisor", "Reçue le"), received),
            (tr.text("supervisor", "Numéro d'appel"), call_number),
            (tr.text("supervisor", "Borne"), entry.format(kiosk=said.kiosk, seq=said.journal_seq)),
            (tr.text("supervisor", "Démarche"), said.procedure),
        ]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 16, 22, 18)
        column.setSpacing(10)
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = QHBoxLayout()
        top.setSpacing(30)
        self._verdict.setWordWrap(False)
        top.addWidget(self._verdict)
        top.addWidget(self._known, 1)
        column.addLayout(top)
        for label in self._labels[2:]:
            column.addWidget(label)
        column.addStretch(1)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)


def _show(label: QLabel, said: Said) -> None:
    label.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[said.tone]))
    label.setText(said.text)


def _table(lines: list[tuple[str, str]]) -> str:
    rows = "".join(f"<tr><td>{escape(name)}</td><td><b>{escape(value)}</b></td></tr>" for name, value in lines if value)
    return f"<style>td {{ padding: 2px 16px 2px 0; }}</style><table>{rows}</table>"
