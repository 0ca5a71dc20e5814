"""Who sits here: the first administrator, a sign-in, a locked screen, a password to be changed. Names no applicant."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from kiosk.errors import InputError
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.appearance import FORM_WIDTH_PX
from ui.supervisor.controls import named_button, named_field, named_text


class Door(Enum):
    """What is asked before the hall is shown."""

    FIRST_RUN = "first_run"
    SIGN_IN = "sign_in"
    LOCKED = "locked"
    CHANGE = "change"


# What was typed before the code waits so long for it, then it is forgotten.
CODE_WITHIN_MS: Final = 120_000

_FIELDS = {
    Door.FIRST_RUN: ("name", "new", "again"),
    Door.SIGN_IN: ("name", "password", "counter"),
    Door.LOCKED: ("password",),
    Door.CHANGE: ("password", "new", "again"),
}


_LINES: Final = ("name", "password", "new", "again", "code")


class SignInPage(Widget):
    """A form of a few fields; sends what was typed and forgets it at once."""

    found = Signal(str, str)  # name, password of the first administrator
    signed_in = Signal(str, str, str, str)  # name, password, counter, code
    unlocked = Signal(str, str)  # password, code
    changed = Signal(str, str)  # present password, new one
    left = Signal()  # back, or another person wants to sign in

    def __init__(self, tr: Translator, counters: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("door")
        self._tr = tr
        self._door, self._name, self._is_asking_code = Door.SIGN_IN, "", False
        self._heading, self._text = named_text("doorHeading", "heading"), named_text("doorText", "text")
        self._error = named_text("doorError", "error")
        self._counter = QComboBox()
        self._counter.setObjectName("counter")
        self._counters = tuple(counters)
        self._counter.addItems(self._counters)
        self._lines = {name: named_field(name, is_secret=name not in ("name", "code")) for name in _LINES}
        self._captions = {
            "name": tr.text("supervisor", "Nom"),
            "password": tr.text("supervisor", "Mot de passe"),
            "new": tr.text("supervisor", "Nouveau mot de passe"),
            "again": tr.text("supervisor", "Encore une fois"),
            "counter": tr.text("supervisor", "Guichet"),
            "code": tr.text("supervisor", "Code"),
        }
        self._go = named_button("enter", "main")
        self._leave = named_button("leave", "plain")
        self._form = QFormLayout()
        self._lay_out()
        self._go.clicked.connect(self._send)
        self._leave.clicked.connect(self._go_back)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(CODE_WITHIN_MS)
        self._waiting.timeout.connect(self._begin_again)
        for line in self._lines.values():
            line.returnPressed.connect(self._send)

    @property
    def door(self) -> Door:
        """What is asked now."""
        return self._door

    @property
    def is_asking_code(self) -> bool:
        """Whether the password was right, and the code beside it is asked for."""
        return self._is_asking_code

    @property
    def is_untouched(self) -> bool:
        """Whether nobody typed anything."""
        return not any(line.text() for line in self._lines.values())

    def stand_at(self, counter: str) -> None:
        """Offer a counter before the others.

        Raises:
            InputError: there is none of this name.
        """
        if counter not in self._counters:
            raise InputError("--counter", f"one of {', '.join(self._counters)}, not {counter!r}")
        self._counter.setCurrentText(counter)

    def show_door(self, door: Door, name: str = "", *, is_free: bool = False) -> None:
        """Ask for something else, with empty fields.

        Args:
            door: what is asked.
            name: of the account.
            is_free: the person may go back without answering.
        """
        self._door, self._name = door, name
        self.forget()
        self._say("")
        heading, text, go = self._words(door, name)
        self._heading.setText(heading)
        self._text.setText(text)
        is_change = door is Door.CHANGE
        self._name_password(self._tr.text("supervisor", "Mot de passe actuel") if is_change else "")
        shown = _FIELDS[door]
        self._show_fields(shown)
        self._leave.setVisible(door in (Door.LOCKED, Door.CHANGE))
        leave = self._tr.text("supervisor", "Retour") if is_free else self._tr.text("supervisor", "Changer de personne")
        self._name_buttons(go, leave)
        self.set_busy(False)
        self._lines[shown[0]].setFocus()

    def ask_code(self) -> None:
        """Ask for the code beside the password that was right, on the same form; the password waits for it."""
        tr = self._tr
        self._is_asking_code = True
        self._text.setText(
            tr.text(
                "supervisor",
                "Ce compte demande aussi un code : les 6 chiffres de votre téléphone, ou un code de secours.",
            )
        )
        self._name_buttons(tr.text("supervisor", "Valider le code"), tr.text("supervisor", "Retour"))
        self._show_fields(("code",))
        self._leave.show()
        self._say("")
        self.set_busy(False)
        self._lines["code"].setFocus()
        self._waiting.start()

    def refuse_code(self, text: str) -> None:
        """Say that the code was wrong; only the code is typed again."""
        self._lines["code"].clear()
        self.set_busy(False)
        self._say(text)
        self._lines["code"].setFocus()

    def refuse(self, text: str) -> None:
        """Say why it did not work; the passwords are typed again."""
        if self._is_asking_code:
            name = self._lines["name"].text()
            self._begin_again()
            self._lines["name"].setText(name)
        for name, line in self._lines.items():
            if name != "name":
                line.clear()
        self.set_busy(False)
        self._say(text)
        self._lines["password" if "password" in _FIELDS[self._door] else "new"].setFocus()

    def set_busy(self, busy: bool) -> None:
        """Take nothing while a password is being checked."""
        self._go.setEnabled(not busy)

    def forget(self) -> None:
        """Leave nothing of what was typed."""
        self._is_asking_code = False
        self._waiting.stop()
        for line in self._lines.values():
            line.clear()

    def _send(self) -> None:
        if not self._go.isEnabled():
            return
        # What is pasted may end with a line break, which nobody sees.
        typed = {name: line.text().strip("\r\n\u2028") for name, line in self._lines.items()}
        if not self._is_asking_code and self._misses(typed):
            return
        if "again" in _FIELDS[self._door] and typed["new"] != typed["again"]:
            self.refuse(self._tr.text("supervisor", "Les deux mots de passe ne sont pas les mêmes."))
            return
        self.set_busy(True)
        self._say("")
        match self._door:
            case Door.FIRST_RUN:
                self.found.emit(typed["name"].strip().lower(), typed["new"])
            case Door.SIGN_IN:
                self.signed_in.emit(typed["name"], typed["password"], self._counter.currentText(), typed["code"])
            case Door.LOCKED:
                self.unlocked.emit(typed["password"], typed["code"])
            case Door.CHANGE:
                self.changed.emit(typed["password"], typed["new"])

    def _misses(self, typed: Mapping[str, str]) -> bool:
        """Say what was not filled in, and put the keyboard there: an empty field is no failed attempt."""
        asked = [name for name in _FIELDS[self._door] if name in self._lines]
        empty = next((name for name in asked if not typed[name].strip()), None)
        if empty is None:
            return False
        self._say(self._tr.text("supervisor", "À remplir : {field}.").format(field=self._lines[empty].accessibleName()))
        self._lines[empty].setFocus()
        return True

    def _name_password(self, text: str) -> None:
        caption = text or self._captions["password"]
        self._lines["password"].setAccessibleName(caption)
        label = self._form.labelForField(self._lines["password"])
        if isinstance(label, QLabel):
            label.setText(caption)

    def _begin_again(self) -> None:
        self.show_door(self._door, self._name)

    def _go_back(self) -> None:
        if self._is_asking_code:
            self._begin_again()
        else:
            self.left.emit()

    def _name_buttons(self, go: str, leave: str) -> None:
        for button, text in ((self._go, go), (self._leave, leave)):
            button.setText(text)
            button.setAccessibleName(text)

    def _show_fields(self, shown: Sequence[str]) -> None:
        for field, widget in self._fields():
            self._form.setRowVisible(widget, field in shown)

    def _words(self, door: Door, name: str) -> tuple[str, str, str]:
        tr = self._tr
        rule = tr.text(
            "supervisor",
            "12 caractères avec minuscules, majuscules, chiffres et signes ; ou 14 sans signes ; "
            "ou 7 mots. Sans le nom du compte.",
        )
        match door:
            case Door.FIRST_RUN:
                text = tr.text("supervisor", "Personne ne peut encore se connecter ici. Créez le premier compte.")
                return tr.text("supervisor", "Premier démarrage"), f"{text}\n{rule}", tr.text("supervisor", "Créer")
            case Door.SIGN_IN:
                text = tr.text("supervisor", "Chacun a son compte. Les connexions sont écrites dans le journal.")
                return tr.text("supervisor", "Se connecter"), text, tr.text("supervisor", "Entrer")
            case Door.LOCKED:
                text = tr.text("supervisor", "Connecté : {name}. Votre mot de passe rouvre cet écran.").format(
                    name=name
                )
                return tr.text("supervisor", "Écran verrouillé"), text, tr.text("supervisor", "Déverrouiller")
            case Door.CHANGE:
                return tr.text("supervisor", "Choisir votre mot de passe"), rule, tr.text("supervisor", "Changer")

    def _say(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))
        announce(self, text)

    def _fields(self) -> list[tuple[str, Widget]]:
        return [*self._lines.items(), ("counter", self._counter)]

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(FORM_WIDTH_PX)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 26, 32, 28)
        column.setSpacing(14)
        for label in (self._heading, self._text):
            column.addWidget(label)
        self._form.setVerticalSpacing(12)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, widget in self._fields():
            caption = named_text(f"{name}Caption", "field", self._captions[name])
            caption.setBuddy(widget)
            widget.setAccessibleName(self._captions[name])
            self._form.addRow(caption, widget)
        column.addLayout(self._form)
        column.addWidget(self._error)
        buttons = QHBoxLayout()
        buttons.addWidget(self._leave)
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        column.addLayout(buttons)
        page = QVBoxLayout(self)
        page.addStretch(1)
        middle = QHBoxLayout()  # an alignment would forget how high the wrapped texts are
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        page.addLayout(middle)
        page.addStretch(2)
