"""One alarm on the staff screen: what is wrong, since when, what to do, and the way to silence it with a reason."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.alarm import AlarmKind, Severity, SilenceFor
from kiosk.ports.machines import RaisedAlarm
from kiosk.translation import Translator
from ui.supervisor.alarm_wording import SEVERITY_TONES, alarm_title, severity_said, silence_said, steps_said
from ui.supervisor.appearance import TONE_COLOURS, TONE_STYLE
from ui.supervisor.controls import named_button, named_label
from ui.supervisor.wording import Tone, instant_said

_LONGEST_REASON: Final = 120
_CARD_TONES: Final = {Severity.URGENT: "bad", Severity.SOON: "warning"}


class AlarmCard(QFrame):
    """Shows one :class:`RaisedAlarm`: the most urgent with its steps, the others with them when they are asked for.

    ``silenced`` asks to be told no more: kind, for how long, why. ``opened`` says that the card has become longer.
    """

    silenced = Signal(object, object, str)
    opened = Signal()

    def __init__(self, tr: Translator, zone: ZoneInfo, kind: AlarmKind) -> None:
        super().__init__()
        self.setObjectName("card")
        self._tr, self._zone, self._kind = tr, zone, kind
        self._title = named_label(f"{kind.value}Title", "state")
        self._since = named_label(f"{kind.value}Since", "caption")
        self._steps = named_label(f"{kind.value}Steps", "fact")
        self._wants_steps: bool | None = None  # None until somebody said so
        self._is_first = False
        self._how = self._button("how", "")
        self._open = self._button("silence", tr.text("supervisor", "Mettre en sourdine"))
        self._form, self._reason = QWidget(), QLineEdit()
        self._lay_out()
        self._how.clicked.connect(self._toggle)
        self._open.clicked.connect(self._ask)
        self._form.hide()

    def show_alarm(
        self, raised: RaisedAlarm, now: datetime, *, may_silence: bool, machine: str = "", is_first: bool = True
    ) -> None:
        """Paint an alarm.

        Args:
            raised: the alarm.
            now: UTC instant.
            may_silence: whether the role allows it.
            machine: whose it is, where there are several; else empty.
            is_first: whether it is the most urgent.
        """
        tr, alarm, silence = self._tr, raised.alarm, raised.silence
        self._is_first = is_first and silence is None
        tone = Tone.QUIET if silence else SEVERITY_TONES[alarm.severity]
        sign = "–" if silence else {Severity.URGENT: "✖", Severity.SOON: "!"}[alarm.severity]
        title = " · ".join(filter(None, [machine, alarm_title(tr, alarm)]))
        self._title.setText(f"{sign} {title}")
        self._title.setStyleSheet(TONE_STYLE.format(colour=TONE_COLOURS[tone]))
        since = instant_said(tr, alarm.since, now, self._zone) if alarm.since else ""
        self._since.setText(" · ".join(filter(None, [severity_said(tr, alarm.severity), since])))
        if silence is not None:
            self._since.setText(silence_said(tr, silence, self._zone))
            self._form.hide()
        steps = steps_said(tr, alarm)
        self._steps.setText("\n".join(f"{rank}. {step}" for rank, step in enumerate(steps, start=1)))
        self._show_steps()
        self._open.setVisible(silence is None and may_silence and self._form.isHidden())
        if not may_silence:
            self.forget()
        self._paint_edge("quiet" if silence else _CARD_TONES[alarm.severity])

    def forget(self) -> None:
        """Leave nothing of what was typed."""
        self._reason.clear()
        self._form.hide()

    @property
    def _shows_steps(self) -> bool:
        return self._is_first if self._wants_steps is None else self._wants_steps

    def _show_steps(self) -> None:
        tr = self._tr
        self._steps.setVisible(self._shows_steps)
        text = tr.text("supervisor", "Cacher les étapes") if self._shows_steps else tr.text("supervisor", "Que faire ?")
        self._how.setText(text)
        self._how.setAccessibleName(f"{text} {self._title.text()}")
        self._open.setAccessibleName(f"{self._open.text()} {self._title.text()}")  # of several alarms, which

    def _toggle(self) -> None:
        self._wants_steps = not self._shows_steps
        self._show_steps()
        self.opened.emit()

    def _paint_edge(self, tone: str) -> None:
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def _ask(self) -> None:
        self._form.show()
        self._open.hide()
        self._reason.setFocus()
        self.opened.emit()

    def _silence(self, how: SilenceFor) -> None:
        self.silenced.emit(self._kind, how, self._reason.text())

    def _leave(self) -> None:
        self.forget()
        self._open.show()
        self._open.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(4)
        for label in (self._title, self._since, self._steps):
            label.setWordWrap(True)
            column.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._how)
        line.addWidget(self._open)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._form)
        self._fill_form()

    def _fill_form(self) -> None:
        tr = self._tr
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        caption = tr.text("supervisor", "Pourquoi ? (inscrit au journal)")
        column.addWidget(named_label("", "field", caption))
        self._reason.setObjectName(f"{self._kind.value}Reason")
        self._reason.setAccessibleName(caption)
        self._reason.setMaxLength(_LONGEST_REASON)
        self._reason.returnPressed.connect(lambda: self._silence(SilenceFor.HOUR))
        column.addWidget(self._reason)
        line = QHBoxLayout()
        line.setSpacing(6)
        for name, text, how in (
            ("silenceHour", tr.text("supervisor", "Pour 1 heure"), SilenceFor.HOUR),
            ("silenceDay", tr.text("supervisor", "Jusqu'à ce soir"), SilenceFor.DAY),
        ):
            button = self._button(name, text)
            button.clicked.connect(lambda _=False, how=how: self._silence(how))
            line.addWidget(button)
        cancel = self._button("silenceNot", tr.text("supervisor", "Annuler"))
        cancel.clicked.connect(self._leave)
        line.addWidget(cancel)
        line.addStretch(1)
        column.addLayout(line)

    def _button(self, name: str, text: str) -> QPushButton:
        return named_button(f"{self._kind.value}_{name}", "plain", text)
