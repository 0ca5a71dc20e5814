"""What is said or asked over the page: an agent comes, is anybody still there, larger letters, another language."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from kiosk.translation import TextDomain, Translator, languages
from ui.applicant.comfort_panel import comfort_questions
from ui.applicant.form_state import FormState
from ui.applicant.journey import Journey
from ui.applicant.overlay import Overlay
from ui.applicant.services import ApplicantServices
from ui.applicant.wording import agent_words, form_words
from ui.kit.comfort import Comfort


class Messages:
    """Says and asks in the language of the visit."""

    def __init__(
        self,
        services: ApplicantServices,
        journey: Journey,
        overlay: Callable[[], Overlay],
        tell_control: Callable[[QWidget], None],
    ) -> None:
        """Take what it works with.

        Args:
            services: of the screens.
            journey: takes the answers.
            overlay: where messages appear, as it is now.
            tell_control: says in the headset where the keyboard is.
        """
        self._services, self._journey = services, journey
        self._overlay, self._tell_control = overlay, tell_control

    @property
    def _tr(self) -> Translator:
        return Translator.of(self._journey.draft.language, TextDomain.SCREENS)

    def _say(self, name: str, title: str, text: str) -> None:
        self._overlay().show_message(name, title, text, self._tr.text("action", "Continuer"))

    def show_agent_called(self) -> None:
        """Say that somebody comes, unless the counters are closed."""
        tr = self._tr
        is_closed = self._services.are_counters_closed()
        paper = ("prefer_paper", tr.text("action", "Je préfère le papier"), self._journey.prefer_paper)
        self._overlay().show_message(
            "agent_called",
            *agent_words(tr, is_closed=is_closed),
            tr.text("action", "Continuer"),
            beside=paper if self._journey.has_filed_nothing else None,
        )

    def show_agent_not_called(self) -> None:
        """Say that the call reached nobody, and where somebody is."""
        tr = self._tr
        elsewhere = tr.text("agent", "Allez à l'accueil : un agent vous aide.")
        if self._services.are_counters_closed():
            elsewhere = tr.text("display", "Les guichets sont fermés.")
        self._say("agent_not_called", tr.text("agent", "La borne ne peut pas prévenir un agent."), elsewhere)

    def show_form(self, state: FormState) -> None:
        """Say what became of the blank form; it may come up on any page."""
        self._say("blank_form", *form_words(state, self._tr, is_closed=self._services.are_counters_closed()))

    def show_unreadable_scan(self) -> None:
        """Say that this was no document, and that writing is as good."""
        tr = self._tr
        self._say(
            "unreadable_scan",
            tr.text("scan", "Je n'ai pas pu lire ce document."),
            tr.text("scan", "Essayez encore une fois, ou écrivez vous-même."),
        )

    def show_not_able(self) -> None:
        """Tell whoever is in the middle of it that nothing can be saved, before they have typed everything."""
        tr = self._tr
        self._say(
            "not_able",
            tr.text("hall", "La borne ne peut pas enregistrer en ce moment."),
            tr.text("hall", "Allez à l'accueil, ou attendez un peu : vos réponses restent ici."),
        )

    def show_voice_failed(self) -> None:
        """Say that nothing can be heard, with the way to a person under the middle key."""
        tr = self._tr
        self._overlay().show_choices(
            "voice_failed",
            tr.text("speech", "La voix ne marche pas. Appelez un agent."),
            {"call_agent_voice": (tr.text("action", "Appeler un agent"), self._journey.ask_agent)},
            tr.text("action", "Continuer"),
            first="call_agent_voice",
        )

    def ask_still_there(self) -> None:
        """Ask whether anybody is still there; any touch answers."""
        tr = self._tr
        self._overlay().show_message(
            "still_there",
            tr.text("inactivity", "Êtes-vous toujours là ?"),
            tr.text("inactivity", "Sans réponse, tout est effacé. Touchez l'écran pour continuer."),
            tr.text("action", "Je suis là"),
        )

    def ask_language(self) -> None:
        """Ask for another language."""
        tr = self._tr
        choices = {
            f"language_{code}": (languages()[code].own_name, partial(self._journey.choose_language, code))
            for code in self._services.settings.languages
        }
        title = tr.text("language", "Changer de langue")
        self._overlay().show_choices("languages", title, choices, tr.text("action", "Retour"))

    def ask_comfort(self, at: str = "") -> None:
        """Ask how the screens shall be; the answer named by `at` has the keyboard."""
        tr = self._tr
        has_voice = self._services.speech is not None
        questions = comfort_questions(tr, self._journey.comfort, self._take_comfort, has_voice=has_voice)
        self._overlay().show_questions(
            "comfort_panel", tr.text("comfort", "Confort"), questions, tr.text("action", "Continuer"), first=at
        )

    def _take_comfort(self, comfort: Comfort) -> None:
        """Show the page in the new way, and the panel again above it: most people try more than one."""
        chosen = QApplication.focusWidget()
        self._journey.choose_comfort(comfort)
        self.ask_comfort(chosen.objectName() if chosen is not None else "")
        focused = QApplication.focusWidget()
        if focused is not None:
            self._tell_control(focused)  # instead of page and panel, which are known
