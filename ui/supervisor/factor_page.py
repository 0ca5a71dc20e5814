"""One's own second factor: taken with a telephone, its codes for the day when that is lost, given up again."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from kiosk.ports.account_desk import FactorOffer, FactorState
from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.kit.qr_picture import qr_label
from ui.supervisor.account_widgets import add_field, button, on_key
from ui.supervisor.appearance import PANEL_WIDTH_PX
from ui.supervisor.controls import named_field, named_text

_QR_PX: Final = 300
_WIDTH_PX: Final = 860
_BACK_KEY: Final = "Esc"
_HALVES: Final = 2


class FactorPage(QWidget):
    """Shows what one's own account asks for, and says what is wanted of it."""

    wants_offer = Signal()
    confirms = Signal(str, str)  # password, code
    wants_codes = Signal(str, str)
    gives_up = Signal(str, str)
    codes_noted = Signal()
    left = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setObjectName("factorPage")
        self._tr = tr
        self._heading = named_text("factorHeading", "heading", tr.text("supervisor", "Mon code du téléphone"))
        self._text, self._error = named_text("factorText", "text"), named_text("factorError", "error")
        self._password, self._code = named_field("factorPassword", is_secret=True), named_field("factorCode")
        self._secret, self._codes = named_text("factorSecret", "fact"), _Columns("recoveryCodes")
        self._picture_place = QVBoxLayout()
        self._picture: QLabel | None = None
        words = {
            "factorOffer": tr.text("supervisor", "Utiliser mon téléphone"),
            "factorConfirm": tr.text("supervisor", "Valider"),
            "factorNewCodes": tr.text("supervisor", "Nouveaux codes de secours"),
            "factorGiveUp": tr.text("supervisor", "Ne plus demander de code"),
            "factorNoted": tr.text("supervisor", "C'est noté"),
        }
        plain = ("factorNewCodes", "factorGiveUp")
        self._buttons = {name: button(name, "plain" if name in plain else "main", text) for name, text in words.items()}
        self._back = button("factorBack", "plain", tr.text("supervisor", "Retour"), _BACK_KEY)
        self._fields, self._offered = QWidget(), QWidget()
        self._lay_out()
        self._connect()
        self.forget()

    @property
    def is_showing_codes(self) -> bool:
        """Whether recovery codes are on the screen, which will not come again."""
        return self._codes.has_texts

    def show_state(self, state: FactorState, *, has_back: bool) -> None:
        """Say what the account asks for now.

        Args:
            state: of the account.
            has_back: there is a list to go back to.
        """
        tr = self._tr
        self.forget()
        if state.is_on:
            text = tr.text(
                "supervisor",
                "En vous connectant, vous tapez aussi les 6 chiffres que montre votre téléphone. "
                "Codes de secours qui restent : {count}. Pour changer quelque chose, tapez mot de passe et code.",
            ).format(count=state.recovery_codes_left)
        elif state.is_required:
            text = tr.text(
                "supervisor",
                "Votre rôle demande ici un code en plus du mot de passe. Il vous faut une application de codes "
                "(TOTP) sur votre téléphone. Elle marche sans réseau. Faites-le maintenant : le reste attend.",
            )
        else:
            text = tr.text(
                "supervisor",
                "Un mot de passe se voit par-dessus l'épaule. Avec une application de codes (TOTP) sur votre "
                "téléphone, il ne suffit plus. Elle marche sans réseau.",
            )
        self._text.setText(text)
        self._show(
            fields=state.is_on,
            buttons=("factorOffer",)
            if not state.is_on
            else (("factorNewCodes",) if state.is_required else ("factorNewCodes", "factorGiveUp")),
        )
        self._back.setVisible(has_back)
        (self._password if state.is_on else self._buttons["factorOffer"]).setFocus()

    def show_offer(self, offer: FactorOffer) -> None:
        """Show a secret as a picture and as letters, and ask for a code of it."""
        tr = self._tr
        self.forget()
        self._text.setText(
            tr.text(
                "supervisor",
                "1. Ouvrez l'application de codes du téléphone et photographiez ce carré, ou tapez la clé.\n"
                "2. Tapez votre mot de passe, puis les 6 chiffres qu'elle montre.",
            )
        )
        self._secret.setText(tr.text("supervisor", "Clé : {secret}").format(secret=offer.secret_text))
        spoken = tr.text("supervisor", "Carré à photographier avec l'application de codes")
        self._picture = qr_label(offer.uri, _QR_PX, "factorPicture", spoken)
        self._picture_place.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._show(fields=True, buttons=("factorConfirm",), is_offered=True)
        self._back.show()
        self._password.setFocus()

    def show_codes(self, codes: Sequence[str]) -> None:
        """Show recovery codes, once."""
        tr = self._tr
        self.forget()
        self._text.setText(
            tr.text(
                "supervisor",
                "Recopiez ces codes sur papier, et gardez-les loin de cet écran. Chacun remplace une fois le code du "
                "téléphone. Ils ne seront plus jamais montrés.",
            )
        )
        self._codes.show_texts(codes)
        self._show(fields=False, buttons=("factorNoted",))
        self._back.hide()
        self._buttons["factorNoted"].setFocus()

    def refuse(self, text: str) -> None:
        """Say why nothing was done; password and code are typed again."""
        self._clear_fields()
        self._error.setText(text)
        self._error.show()
        announce(self, text)
        self._password.setFocus()

    def forget(self) -> None:
        """Leave no secret, no code and nothing of what was typed."""
        self._clear_fields()
        for each in (self._text, self._error, self._secret):
            each.clear()
        self._codes.show_texts(())
        picture, self._picture = self._picture, None
        if picture is not None:
            self._picture_place.removeWidget(picture)
            picture.hide()
            picture.deleteLater()
        self._error.hide()
        self._show(fields=False, buttons=())
        self._back.hide()

    def _clear_fields(self) -> None:
        self._password.clear()
        self._code.clear()

    def _show(self, *, fields: bool, buttons: Sequence[str], is_offered: bool = False) -> None:
        self._fields.setVisible(fields)
        self._offered.setVisible(is_offered)
        for name, each in self._buttons.items():
            each.setVisible(name in buttons)

    def _typed(self, wanted: SignalInstance) -> None:
        self._error.hide()
        wanted.emit(self._password.text(), self._code.text())

    def _connect(self) -> None:
        self._buttons["factorOffer"].clicked.connect(self.wants_offer)
        self._buttons["factorNoted"].clicked.connect(self.codes_noted)
        self._back.clicked.connect(self.left)
        for name, wanted in (
            ("factorConfirm", self.confirms),
            ("factorNewCodes", self.wants_codes),
            ("factorGiveUp", self.gives_up),
        ):
            self._buttons[name].clicked.connect(lambda _=False, wanted=wanted: self._typed(wanted))
        self._code.returnPressed.connect(self._enter)
        self._password.returnPressed.connect(self._code.setFocus)
        on_key(_BACK_KEY, self, self._leave)

    def _enter(self) -> None:
        if self._buttons["factorConfirm"].isVisible():
            self._typed(self.confirms)

    def _leave(self) -> None:
        if self._back.isVisible():
            self.left.emit()

    def _lay_out(self) -> None:
        tr = self._tr
        form = QFormLayout(self._fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        add_field(form, tr.text("supervisor", "Mot de passe"), self._password)
        add_field(form, tr.text("supervisor", "Code"), self._code)
        self._fields.setFixedWidth(PANEL_WIDTH_PX)
        offered = QVBoxLayout(self._offered)
        offered.setContentsMargins(0, 0, 0, 0)
        self._offered.setFixedWidth(PANEL_WIDTH_PX)
        offered.addLayout(self._picture_place)
        offered.addWidget(self._secret)
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_WIDTH_PX)
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self._text)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self._offered, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.addWidget(self._fields, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self._codes)
        right.addWidget(self._error)
        right.addStretch(1)
        middle.addLayout(right, 1)
        column.addLayout(middle)
        foot = QHBoxLayout()
        foot.addWidget(self._back)
        foot.addStretch(1)
        for each in self._buttons.values():
            foot.addWidget(each)
        column.addLayout(foot)
        page = QHBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addStretch(1)
        page.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        page.addStretch(1)


class _Columns(QWidget):
    """Texts in two columns; hidden without any."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._columns = [named_text(f"{name}{at}", "name") for at in range(_HALVES)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for column in self._columns:
            row.addWidget(column)

    @property
    def has_texts(self) -> bool:
        """Whether there is something to read."""
        return bool(self._columns[0].text())

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show these, one under the other."""
        half = (len(texts) + 1) // _HALVES
        for column, part in zip(self._columns, (texts[:half], texts[half:]), strict=True):
            column.setText("\n".join(part))
        self.setVisible(bool(texts))
