"""Who the person is: one question on each screen, and « Je ne sais pas » everywhere but for the name."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from kiosk.domain.identity import folded_name
from kiosk.domain.place import Country
from kiosk.errors import InputError
from kiosk.workflows.visit import Filer
from ui.applicant.draft import DateParts
from ui.applicant.page import Page
from ui.applicant.wording import country_name
from ui.kit.emptying import empty
from ui.kit.labels import text_label
from ui.kit.text_entry import TextEntry

_PARTS = {"day": 2, "month": 2, "year": 4}
_SHOWN_COUNTRIES = 6
_COMMON_NATIONALITIES = ("DZ", "MA", "TN", "CN", "AF", "SN")  # first permits of 2024, domain dossier 8.1


class QuestionPage(Page):
    """A page of the part in which a person tells who they are."""

    speaks_of_the_person: ClassVar[bool] = True

    def title(self, text: str, lead: str = "") -> None:
        """Add the title, the sentence below it, and for whom a helper or a parent answers."""
        super().title(text, lead)
        if self.speaks_of_the_person:
            self.say_for_whom()

    def next_ways(self, *others: QWidget, unknown: Callable[[], None] | None = None) -> None:
        """Add « Je ne sais pas », other ways if there are any, and « Continuer »: walked in this order too."""
        self.error = text_label("", "error", "error")
        self.error.hide()
        self.column.addWidget(self.error)
        buttons = [*others]
        if unknown is not None:
            buttons.insert(0, self.button("unknown", self.say("action", "Je ne sais pas"), unknown))
        buttons.append(self.primary("continue", self.say("action", "Continuer"), self.go_on))
        self.ways_on(*buttons)

    def go_on(self) -> None:
        """Check the answer and go on."""
        self.journey.answer()

    def refuse(self, text: str, entry: TextEntry) -> None:
        """Say in words what is missing and lead back to it."""
        self.error.setText(text)
        self.error.setAccessibleName(text)
        self.error.show()
        for name in ("hint", "for_whom"):
            hint = self.findChild(QLabel, name)
            if hint is not None:
                hint.hide()  # the sentence that helps now takes its place
        entry.setFocus()
        self.told.emit(text)

    def told_wrong(self, text: str) -> None:
        """Say in words what is missing; there is no field to lead back to."""
        self.error.setText(text)
        self.error.setAccessibleName(text)
        self.error.show()
        self.told.emit(text)


class NamesPage(QuestionPage):
    """Names, in any script; one name is enough."""

    name = "names"

    def build(self) -> None:
        """Ask the family name and the given names."""
        if self.theme.is_wide:
            self.column.setSpacing(self.theme.steps(1.5))  # a low screen, and the keyboard takes half of it
        self.title(self.say("names", "Comment vous appelez-vous ?"))
        if self.draft.filer is Filer.APPLICANT:  # else it says for whom; a low screen has no room for both
            hint = self.say("names", "Écrivez comme sur votre passeport. Par exemple : BENALI, Amina.")
            self.column.addWidget(text_label(hint, "hint", "hint"))
        draft = self.draft
        fields = self.side_by_side()
        fields.addLayout(
            self.entry("birth_name", self.say("names", "Nom de naissance"), draft.birth_name, self._set("birth_name")),
            1,
        )
        self.given = QWidget()
        given = self.entry(
            "given_names",
            self.say("names", "Prénoms (une virgule entre deux prénoms)"),
            draft.given_names,
            self._set("given_names"),
        )
        given.setContentsMargins(0, 0, 0, 0)
        self.given.setLayout(given)
        fields.addWidget(self.given, 1)
        if draft.has_one_name:  # never show() here: without a parent yet it would be a window
            self.given.hide()
        for line in self.entries:
            line.setProperty("role", "private")
        self.column.addLayout(fields)
        self.column.addWidget(
            self.tick("one_name", self.say("names", "J'ai un seul nom"), ticked=draft.has_one_name, then=self._one_name)
        )
        self.column.addStretch(1)
        self.next_ways()

    def go_on(self) -> None:
        """A name is the only thing that is needed."""
        if not folded_name(self.draft.birth_name):
            self.refuse(self.say("names", "Écrivez votre nom. Une seule lettre suffit."), self.entries[0])
            return
        self.journey.answer()

    def _set(self, field: str) -> Callable[[str], None]:
        return lambda value: setattr(self.draft, field, value)

    def _one_name(self, ticked: bool) -> None:
        self.draft.has_one_name = ticked
        self.given.setVisible(not ticked)


class DatePage(QuestionPage):
    """Day, month and year, each by the number keys."""

    def date_row(self, parts: DateParts) -> QHBoxLayout:
        """Return the three fields, day first as on every French paper."""
        labels = {
            "day": self.say("date", "Jour"),
            "month": self.say("date", "Mois"),
            "year": self.say("date", "Année"),
        }
        row = QHBoxLayout()
        row.setSpacing(self.theme.steps(2))
        for part, digits in _PARTS.items():
            column = self.entry(part, labels[part], getattr(parts, part), self._set(parts, part), "digits")
            row.addLayout(column, digits)
        for line, digits in zip(self.entries[-3:], _PARTS.values(), strict=True):
            line.setMaxLength(digits)
            line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), line))
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.textEdited.connect(lambda text, line=line: self._hop(line, text))
        return row

    def _set(self, parts: DateParts, part: str) -> Callable[[str], None]:
        return lambda value: setattr(parts, part, value)

    def _hop(self, line: TextEntry, text: str) -> None:
        """Go to the next field when one is full."""
        rank = self.entries.index(line)
        if len(text) == line.maxLength() and rank + 1 < len(self.entries):
            self.entries[rank + 1].setFocus()


class BirthDatePage(DatePage):
    """The birth date, as far as it is known."""

    name = "birth_date"

    def build(self) -> None:
        """Ask the three parts; each may stay empty, or all."""
        self.title(
            self.say("birth_date", "Quand êtes-vous né ou née ?"),
            self.say("birth_date", "Si vous ne savez pas le jour ou le mois, laissez vide."),
        )
        self.column.addLayout(self.date_row(self.draft.birth))
        self.column.addStretch(1)
        self.next_ways(unknown=self._unknown)

    def go_on(self) -> None:
        """Take what makes a date, also a partial one."""
        if not self._is_possible():
            self.refuse(
                self.say("birth_date", "Cette date n'existe pas. Regardez le jour et l'année."), self.entries[0]
            )
            return
        self.journey.answer()

    def _is_possible(self) -> bool:
        try:
            birth = self.draft.birth.partial()
        except InputError:
            return False
        return birth is None or birth.year <= self.services.clock.read().utc.year

    def _unknown(self) -> None:
        self.draft.birth = DateParts()
        self.journey.answer()


class PermitPage(DatePage):
    """When the current permit ends: it decides the window."""

    name = "permit"

    def build(self) -> None:
        """Ask the day; it may be unknown."""
        self.title(
            self.say("permit", "Quand finit votre titre de séjour ?"),
            self.say("permit", "La date est sur votre carte. Vous pouvez continuer sans cette date."),
        )
        self.column.addLayout(self.date_row(self.draft.permit))
        self.column.addStretch(1)
        self.next_ways(unknown=self._unknown)

    def go_on(self) -> None:
        """Take a whole date or none."""
        if not self.draft.permit.is_empty and self.draft.permit.whole() is None:
            self.refuse(self.say("permit", "Écrivez le jour, le mois et l'année, ou rien."), self.entries[0])
            return
        self.journey.answer()

    def _unknown(self) -> None:
        self.draft.permit = DateParts()
        self.journey.answer()


class NationalityPage(QuestionPage):
    """The country of the passport, found by a few letters."""

    name = "nationality"

    def build(self) -> None:
        """Ask for a few letters and show what fits."""
        self.title(self.say("nationality", "Quelle est votre nationalité ?"))
        search = self.entry("country_search", self.say("nationality", "Écrivez le nom du pays"), "", self._search)
        self.column.addLayout(search)
        results = self.scrolled("country_list")
        self.beside_bar(search)
        self.grid = QGridLayout()
        self.grid.setSpacing(self.theme.steps(1.5))
        results.column.addLayout(self.grid)
        results.column.addStretch(1)
        self._search("")
        self.next_ways(unknown=self._unknown)

    def _search(self, text: str) -> None:
        empty(self.grid)
        columns = 2 if self.theme.is_wide else 1
        for rank, country in enumerate(self._found(folded_name(text))):
            self.grid.addWidget(self._choice(country), rank // columns, rank % columns)

    def _found(self, typed: str) -> list[Country]:
        countries = self.services.places.countries
        if not typed:
            chosen = [self.draft.nationality] if self.draft.nationality else []
            return [countries[code] for code in dict.fromkeys((*chosen, *_COMMON_NATIONALITIES))]
        found = [c for c in countries.values() if c.alpha2 != "FR" and self._fits(c, typed)]
        return sorted(found, key=lambda c: not self._begins(c, typed))[:_SHOWN_COUNTRIES]

    def _fits(self, country: Country, typed: str) -> bool:
        words = (country_name(country, self.texts), country.name_fr, country.alpha3, *country.aliases)
        return any(typed in folded_name(word) for word in words)

    def _begins(self, country: Country, typed: str) -> bool:
        words = (country_name(country, self.texts), country.name_fr)
        return any(folded_name(word).startswith(typed) for word in words)

    def _choice(self, country: Country) -> QWidget:
        name = country_name(country, self.texts)
        choice = self.card(f"country_{country.alpha2}", name, partial(self._choose, country.alpha2))
        choice.setCheckable(True)
        choice.setChecked(country.alpha2 == self.draft.nationality)
        return choice

    def _choose(self, alpha2: str) -> None:
        self.draft.nationality = alpha2
        self.journey.answer()

    def _unknown(self) -> None:
        self.draft.nationality = None
        self.journey.answer()


class NumberPage(QuestionPage):
    """The numéro étranger, if the person has one and knows it."""

    name = "number"

    def build(self) -> None:
        """Ask the number; its form only ever gives a hint."""
        self.title(
            self.say("number", "Votre numéro étranger"),
            self.say("number", "Ce numéro a 9 ou 10 chiffres. Il est sur votre carte. Vous pouvez continuer sans."),
        )
        field = self.entry(
            "foreigner_number", self.say("number", "Numéro"), self.draft.foreigner_number, self._set, "digits"
        )
        self.column.addLayout(field)
        self.column.addStretch(1)
        self.next_ways(unknown=self._unknown)

    def _set(self, value: str) -> None:
        self.draft.foreigner_number = value

    def _unknown(self) -> None:
        self.draft.foreigner_number = ""
        self.journey.answer()


class ContactPage(QuestionPage):
    """How the prefecture can reach the person; both may stay empty."""

    name = "contact"

    def build(self) -> None:
        """Ask telephone and e-mail."""
        self.title(
            self.say("contact", "Comment vous joindre ?"),
            self.say("contact", "Ce n'est pas obligatoire. Vous pouvez continuer sans."),
        )
        fields = self.side_by_side()
        fields.addLayout(
            self.entry("phone", self.say("contact", "Téléphone"), self.draft.phone, self._set("phone"), "telephone")
        )
        fields.addLayout(
            self.entry("email", self.say("contact", "Courriel"), self.draft.email, self._set("email"), "email")
        )
        self.column.addLayout(fields)
        self.column.addStretch(1)
        self.next_ways(unknown=self._none)

    def _set(self, field: str) -> Callable[[str], None]:
        return lambda value: setattr(self.draft, field, value)

    def _none(self) -> None:
        self.draft.phone = self.draft.email = ""
        self.journey.answer()
