"""What a person does with a request that was filed before: one question, one clear end, one paper."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from kiosk.domain.names import digits_only
from kiosk.domain.request_change import Contact, CorrectedField, value_of
from kiosk.errors import InputError
from kiosk.services.recognise_holder import YourRequest
from kiosk.workflows.print_job import PrintState
from ui.applicant.ending_pages import busy_bar
from ui.applicant.page import Page
from ui.applicant.return_acts import Act, Done
from ui.applicant.telling_pages import DatePage, QuestionPage
from ui.applicant.ticket_pages import returning_of
from ui.applicant.wording import day_in_words
from ui.kit.labels import panel, text_label

_WRONG: Final = (CorrectedField.BIRTH_NAME, CorrectedField.BIRTH_DATE, CorrectedField.FOREIGNER_NUMBER)


class ActPage(QuestionPage):
    """Common to the pages on which an act is prepared."""

    def yours(self) -> YourRequest:
        """Return the request that its holder acts upon."""
        yours = returning_of(self).yours
        if yours is None:
            raise ValueError("the holder must be recognised first")
        return yours

    def act_way(self, text: str) -> None:
        """Add the place of an error and the one way on."""
        self.error = text_label("", "error", "error")
        self.error.hide()
        self.column.addWidget(self.error)
        self.ways_on(self.primary("continue", text, self.go_on))


class BringPapersPage(ActPage):
    """Which of the papers that were missing are at hand now."""

    name = "bring_papers"

    def build(self) -> None:
        """Show a tick for each paper that the request does not name yet."""
        returning, yours = returning_of(self), self.yours()
        missing = [each for each in yours.procedure.documents if each.code not in yours.content.documents]
        self.title(self.say("returning", "Quels papiers avez-vous maintenant ?"))
        hint = self.say("returning", "Touchez les papiers nouveaux. Un agent les regarde plus tard.")
        if not missing:
            hint = self.say("returning", "Tous les papiers de la liste sont déjà notés.")
        self.column.addWidget(text_label(hint, "hint", "hint"))
        scroll = self.scrolled("paper_list")
        grid = self.even_grid(1.5)
        columns = 2 if self.theme.is_wide else 1
        for rank, document in enumerate(missing):
            tick = self.tick(
                f"document_{document.code}",
                self.say("document", document.falc_fr),
                ticked=document.code in returning.said.documents,
                then=partial(returning.tick, document.code),
            )
            grid.addWidget(tick, rank // columns, rank % columns)
        scroll.column.addLayout(grid)
        scroll.column.addStretch(1)
        self.act_way(self.say("returning", "Enregistrer"))

    def go_on(self) -> None:
        """Record what was ticked."""
        returning = returning_of(self)
        if not returning.said.documents:
            self.told_wrong(self.say("returning", "Touchez au moins un papier."))
            return
        returning.add_papers()


class WhatIsWrongPage(Page):
    """Name, birth date or number: which one is wrong."""

    name = "what_is_wrong"

    def build(self) -> None:
        """Show one card for each."""
        self.title(
            self.say("returning", "Qu'est-ce qui est faux ?"),
            self.say("returning", "Un agent vérifie avec vos papiers. Avant, rien ne change."),
        )
        labels = {
            CorrectedField.BIRTH_NAME: self.say("returning", "Mon nom ou mes prénoms"),
            CorrectedField.BIRTH_DATE: self.say("returning", "Ma date de naissance"),
            CorrectedField.FOREIGNER_NUMBER: self.say("returning", "Mon numéro étranger"),
        }
        for field in _WRONG:
            card = self.card(f"wrong_{field.value}", labels[field], partial(returning_of(self).open_value, field))
            card.setMinimumHeight(self.theme.steps(14))
            self.column.addWidget(card)
        self.column.addStretch(1)


class _RightValuePage(ActPage):
    """Common to the pages that ask what is right."""

    def ask(self) -> None:
        """Add the way on."""
        self.column.addStretch(1)
        self.act_way(self.say("returning", "Demander la correction"))

    def send(self, right: dict[CorrectedField, str]) -> None:
        """Record what differs from the request as it stands."""
        returning, content = returning_of(self), self.yours().content
        differing = {field: value for field, value in right.items() if value not in ("", value_of(content, field))}
        if not differing:
            self.refuse(self.say("returning", "Écrivez quelque chose de différent."), self.entries[0])
            return
        returning.said.right = differing
        returning.ask_correction()


class RightNamePage(_RightValuePage):
    """How the name is spelt."""

    name = "right_name"

    def build(self) -> None:
        """Ask birth name and given names; what is right already stays empty."""
        said = returning_of(self).said
        self.title(self.say("returning", "Écrivez ce qui est juste"))
        self.column.addWidget(text_label(self.say("returning", "Laissez vide ce qui ne change pas."), "hint", "hint"))
        labels = {
            CorrectedField.BIRTH_NAME: self.say("names", "Nom de naissance"),
            CorrectedField.GIVEN_NAMES: self.say("names", "Prénoms (une virgule entre deux prénoms)"),
        }
        fields = self.side_by_side()
        for field, label in labels.items():
            fields.addLayout(self.entry(field.value, label, said.right.get(field, ""), self._set(field)), 1)
        for line in self.entries:
            line.setProperty("role", "private")
        self.column.addLayout(fields)
        self.ask()

    def go_on(self) -> None:
        """Ask an agent for it."""
        right = dict(returning_of(self).said.right)
        given = right.get(CorrectedField.GIVEN_NAMES, "")
        if given:
            parts = (part.strip() for part in given.replace("،", ",").split(","))
            right[CorrectedField.GIVEN_NAMES] = ", ".join(filter(None, parts))
        self.send(right)

    def _set(self, field: CorrectedField) -> Callable[[str], None]:
        right = returning_of(self).said.right
        return lambda value: right.__setitem__(field, value)


class RightBirthDatePage(_RightValuePage, DatePage):
    """When the person was born."""

    name = "right_birth_date"

    def build(self) -> None:
        """Ask the three parts; what is not known may stay empty."""
        self.title(
            self.say("returning", "Écrivez ce qui est juste"),
            self.say("birth_date", "Si vous ne savez pas le jour ou le mois, laissez vide."),
        )
        self.column.addLayout(self.date_row(returning_of(self).said.right_birth))
        self.ask()

    def go_on(self) -> None:
        """Ask an agent for it."""
        try:
            birth = returning_of(self).said.right_birth.partial()
        except InputError:
            text = self.say("birth_date", "Cette date n'existe pas. Regardez le jour et l'année.")
            self.refuse(text, self.entries[0])
            return
        self.send({CorrectedField.BIRTH_DATE: str(birth) if birth else ""})


class RightNumberPage(_RightValuePage):
    """The numéro étranger."""

    name = "right_number"

    def build(self) -> None:
        """Ask the number."""
        right, field = returning_of(self).said.right, CorrectedField.FOREIGNER_NUMBER
        self.title(self.say("returning", "Écrivez ce qui est juste"))
        caption = self.say("review", "Numéro étranger")
        keep = partial(right.__setitem__, field)
        self.column.addLayout(self.entry(field.value, caption, right.get(field, ""), keep, "digits"))
        self.ask()

    def go_on(self) -> None:
        """Ask an agent for it."""
        self.send({field: digits_only(value) for field, value in returning_of(self).said.right.items()})


class WithdrawPage(Page):
    """What a withdrawal means, before anything is asked."""

    name = "withdraw"

    def build(self) -> None:
        """Say it kindly; the clear way on is to keep the request."""
        returning = returning_of(self)
        if returning.yours is None:
            raise ValueError("the holder must be recognised first")
        received = day_in_words(returning.yours.request.received.civil_date, self.texts)
        self.title(self.say("returning", "Retirer votre demande ?"))
        frame, column = panel(self.theme, "notice", "meaning")
        column.setSpacing(self.theme.steps(1.5))
        for sentence in (
            self.say("returning", "La préfecture n'étudie plus votre demande."),
            self.say("returning", "Vous perdez la date du {day}.").format(day=received),
            self.say("returning", "Vous pouvez déposer une nouvelle demande, avec une nouvelle date."),
        ):
            column.addWidget(text_label(sentence, "lead"))
        self.column.addWidget(frame)
        self.column.addStretch(1)
        self.ways_on(
            self.button("go_on", self.say("returning", "Continuer le retrait"), returning.mean_withdrawal),
            self.primary("keep", self.say("returning", "Garder ma demande"), returning.keep_request),
        )


class WithdrawConfirmPage(Page):
    """The second question; nobody withdraws by a slip of the finger."""

    name = "withdraw_confirm"

    def build(self) -> None:
        """Ask once more."""
        returning = returning_of(self)
        self.column.addStretch(1)
        said = self.announcement(
            "problem",
            self.say("returning", "Êtes-vous sûr ou sûre ?"),
            self.say("returning", "Personne ne peut vous obliger. Vous pouvez d'abord parler à un agent."),
        )
        self.column.addLayout(said)
        self.column.addStretch(2)
        self.ways_on(
            self.button("withdraw_now", self.say("returning", "Oui, retirer ma demande"), returning.withdraw),
            self.primary("keep", self.say("returning", "Garder ma demande"), returning.keep_request),
        )


class NotRecordedPage(Page):
    """The store refused: say so, offer to try again, and a person."""

    name = "not_recorded"

    def build(self) -> None:
        """Offer to try again; what was said is still there."""
        self.column.addStretch(1)
        said = self.announcement(
            "problem",
            self.say("returning", "Ce n'est pas encore enregistré"),
            self.say("not_saved", "La borne a un problème. Essayez encore, ou parlez à un agent. Rien n'est perdu."),
        )
        self.column.addLayout(said)
        self.column.addStretch(2)
        self.ways_on(
            self.button("call_agent_here", self.say("action", "Appeler un agent"), self.journey.ask_agent),
            self.primary("retry", self.say("action", "Essayer encore"), returning_of(self).retry),
        )


class _DonePage(Page):
    """Common to the pages after an act."""

    has_back = False

    def done(self) -> Done:
        """Return what was done."""
        done = returning_of(self).done
        if done is None:
            raise ValueError("nothing was done yet")
        return done

    def sentence(self) -> str:
        """Return what is true now: it is on disk."""
        match self.done().act:
            case Act.PAPERS:
                return self.say("returning", "C'est noté : vos papiers sont ajoutés.")
            case Act.CONTACT:
                return self.say("returning", "C'est noté : vos coordonnées sont changées.")
            case Act.ATTEMPTS:
                return self.say("returning", "C'est noté : vos essais sont ajoutés.")
            case Act.CORRECTION:
                return self.say("returning", "C'est noté : un agent va vérifier.")
            case Act.WITHDRAWAL:
                return self.say("returning", "Votre demande est retirée.")
            case Act.REPRINT:
                return self.say("returning", "Votre ticket est imprimé encore une fois.")
            case Act.PASSAGES:
                return self.say("returning", "Voici la liste de vos visites.")


class PaperPrintingPage(_DonePage):
    """On disk, said so; the paper is on its way."""

    name = "paper_printing"

    def build(self) -> None:
        """Say what was recorded while the printer works; of a paper alone nothing is said before it is out."""
        self.column.addStretch(1)
        working = self.say("returning", "Votre papier s'imprime…")
        if not self.services.has_printer:
            working = self.say("saving", "Un instant…")
        if self.done().change is None:
            self.column.addLayout(self.announcement("printer", working))
        else:
            self.column.addLayout(self.announcement("saved", self.sentence()))
            self.column.addWidget(text_label(working, "lead", "lead", centred=True))
        self.column.addWidget(busy_bar(self.theme.steps(1)))
        self.column.addStretch(2)


class ActDonePage(_DonePage):
    """What was done, and what became of the paper."""

    name = "act_done"

    def build(self) -> None:
        """Say what to keep: the paper, or a photo of this screen."""
        returning, done = returning_of(self), self.done()
        is_out = returning.paper is PrintState.CONFIRMED
        self.column.addStretch(1)
        is_said = is_out or done.change is not None
        title = self.sentence() if is_said else self.say("returning", "Le papier n'est pas sorti")
        self.column.addLayout(self.announcement("saved" if is_said else "problem", title))
        frame, column = panel(self.theme, "notice", "paper")
        column.setSpacing(self.theme.steps(1))
        for contact, text in self._erased(done):
            column.addWidget(text_label(text, "lead", f"{contact}_erased"))
        column.addWidget(text_label(self._paper(), "lead", "paper_state"))
        if done.change is not None and done.act is not Act.WITHDRAWAL:
            stays = self.say("returning", "La date de votre demande ne change pas.")
            column.addWidget(text_label(stays, "lead", "date_stays"))
        self.column.addWidget(frame)
        if done.change is not None:
            self.column.addWidget(text_label(self._proof(done), "lead", "proof", centred=True))
        self.column.addStretch(2)
        self.ways_on(
            self.button("look_again", self.say("returning", "Revenir à ma demande"), returning.look_again),
            self.primary("finish", self.say("action", "Terminer"), self.journey.leave),
        )

    def _paper(self) -> str:
        if not self.services.has_printer:
            return self.say("returning", "Cette borne n'imprime pas. Faites une photo de cet écran.")
        match returning_of(self).paper, self.done().change:
            case PrintState.CONFIRMED, _:
                return self.say("returning", "Prenez votre papier et gardez-le.")
            case PrintState.UNCONFIRMED, None:
                return self.say("returning", "L'imprimante n'a pas confirmé. Si le papier est sorti, gardez-le.")
            case _, None:
                return self.say("returning", "L'imprimante ne marche pas. Un agent peut vous aider.")
            case _:
                return self.say("returning", "Le papier n'est peut-être pas sorti. Faites une photo de cet écran.")

    def _erased(self, done: Done) -> Iterator[tuple[Contact, str]]:
        """Yield what is not in the request any more."""
        texts = {
            Contact.PHONE: self.say("returning", "Votre téléphone est effacé."),
            Contact.EMAIL: self.say("returning", "Votre courriel est effacé."),
        }
        for removed in done.change.added.removed if done.change is not None else ():
            yield removed.contact, texts[removed.contact]

    def _proof(self, done: Done) -> str:
        """Return what the paper would prove: reference, number of the entry, day and time."""
        if done.change is None:
            raise ValueError("only what was recorded is proved")
        changed = done.change.changed
        return self.say("returning", "{reference}, écriture n° {number}, le {day} à {time}").format(
            reference=self.texts.isolated(done.yours.request.reference),
            number=self.texts.isolated(str(done.change.journal_seq)),
            day=day_in_words(changed.civil_date, self.texts),
            time=self.texts.isolated(changed.local.strftime("%H:%M")),
        )
