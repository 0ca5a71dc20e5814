"""Another telephone, another e-mail, or none any more."""

from collections.abc import Callable
from functools import partial

from kiosk.domain.request_change import Contact, contact_in
from ui.applicant.act_pages import ActPage
from ui.applicant.ticket_pages import returning_of
from ui.applicant.wording import initial_of, masked
from ui.kit.buttons import WrappingButton
from ui.kit.labels import text_label


class ChangeContactPage(ActPage):
    """What stays empty stays as it was, unless it is ticked to be taken out (RGPD art. 16 and 17)."""

    name = "change_contact"

    def build(self) -> None:
        """Ask both, and offer to take out what is known."""
        self._said = returning_of(self).said  # the page may go after the visit: entries are emptied then
        self._gone: dict[Contact, WrappingButton] = {}
        self.title(self.say("returning", "Votre téléphone et votre courriel"))
        self.column.addWidget(text_label(self.say("returning", "Laissez vide ce qui ne change pas."), "hint", "hint"))
        fields = self.side_by_side()
        for contact, caption, keyboard in (
            (Contact.PHONE, self.say("contact", "Téléphone"), "telephone"),
            (Contact.EMAIL, self.say("contact", "Courriel"), "email"),
        ):
            value = getattr(self._said, contact.value)
            field = self.entry(contact.value, caption, value, partial(self._write, contact), keyboard)
            if contact_in(self.yours().content, contact):
                field.addSpacing(self.theme.steps(0.75))
                field.addWidget(self._erasing(contact))
            field.addStretch(1)
            fields.addLayout(field, 1)
        self.column.addLayout(fields)
        self.column.addStretch(1)
        self.act_way(self.say("returning", "Enregistrer"))

    def go_on(self) -> None:
        """Record what is new, and what goes."""
        said, known = self._said, self.yours().content
        is_same = said.phone in ("", known.phone) and said.email in ("", known.email)
        if not is_same or said.gone:
            returning_of(self).change_contact()
        elif self._gone:
            text = self.say("returning", "Écrivez quelque chose de nouveau, ou touchez ce qu'il faut effacer.")
            self.refuse(text, self.entries[0])
        else:
            text = self.say("returning", "Écrivez un nouveau téléphone ou un nouveau courriel.")
            self.refuse(text, self.entries[0])

    def _erasing(self, contact: Contact) -> WrappingButton:
        """Return the choice to take a contact out; it shows just enough of it for its holder to know it."""
        value = contact_in(self.yours().content, contact)
        text, shown = {
            Contact.PHONE: (self.say("returning", "Effacer mon téléphone ({value})"), masked(value)),
            Contact.EMAIL: (self.say("returning", "Effacer mon courriel ({value})"), initial_of(value)),
        }[contact]
        text = text.format(value=self.texts.isolated(shown))
        tick = self.tick(f"erase_{contact.value}", text, ticked=contact in self._said.gone, then=self._erase(contact))
        self._gone[contact] = tick
        return tick

    def _erase(self, contact: Contact) -> Callable[[bool], None]:
        """Return what a tick does: what was typed instead goes."""
        entry, gone = self.entries[-1], self._said.gone

        def ticked(is_gone: bool) -> None:
            (gone.add if is_gone else gone.discard)(contact)
            if is_gone:
                entry.clear()

        return ticked

    def _write(self, contact: Contact, value: str) -> None:
        setattr(self._said, contact.value, value)
        if value and contact in self._gone:
            self._gone[contact].setChecked(False)
