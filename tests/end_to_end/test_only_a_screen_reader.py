"""From the welcome to the ticket, and at the counter, by somebody who has only what the accessibility bus tells.

The real programs on a display and a bus of their own; the other end of the bus is a client as Orca is one. Words are
those of the catalogues; nothing else of the program is known to the visitor.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.domain.procedure import Procedure
from kiosk.store.catalogue_file import load_catalogue
from kiosk.store.places_file import load_places
from kiosk.translation import TextDomain, Translator, languages
from tests.fakes.accessible_desktop import Heard, ScreenReader, Told, a_desktop, programs_of
from tests.fakes.programs import QUIET, Running, asked, emulator_on_tcp, filed, types_shown
from tests.fakes.staff import A_PASSWORD, CHIEF
from ui.applicant.wording import country_name, procedure_label
from ui.kit.keyboard_layouts import keyboard_layout
from ui.kit.letter_names import letter_name
from ui.supervisor.wording import staff_translator

PROCEDURE, GROUP = "REN-VPF", "renouveler"
IMPATIENT = {"BORNE_SCREEN__DOUBLE_TAP_MS": "0", "BORNE_SCREEN__FADE_MS": "0"}  # a program presses faster than a finger
SILENT = {**QUIET, "QT_LOGGING_RULES": "qt.accessibility.*=false"}  # nobody reads what they say
ANNOUNCED = "object:announcement"


@dataclass
class Visitor:
    """Somebody before the kiosk who does not see it.

    Attributes:
        reader: all that they have.
        tr: the words that they understand.
        faults: what was wrong on the pages that they met.
    """

    reader: ScreenReader
    tr: Translator
    faults: list[str] = field(default_factory=list)

    def say(self, context: str, french: str) -> str:
        """Return a word of the screens in the visitor's language."""
        return self.tr.text(context, french)

    def meet(self, title: str, *, announced: bool = True) -> list[Told]:
        """Come to a page; note what is wrong with it."""
        if announced:
            self.hear(title)
        screen = self.reader.until(lambda told: title in names_of(told, "heading"))
        self.faults += [f"{title}: {fault}" for fault in faults_of(screen)]
        return screen

    def hear(self, text: str, *, of: str = "") -> Heard:
        """Wait until something is announced that begins so, or until it is told of a field that this came into it."""
        if of:
            return self.reader.until_heard(lambda event: (event.name, event.said) == (of, text))
        return self.reader.until_heard(lambda event: event.kind == ANNOUNCED and event.said.startswith(text))

    def press(self, context: str, french: str) -> None:
        """Press a button by its word; what was heard before does not count any more."""
        self.press_named(self.say(context, french))

    def press_named(self, name: str) -> None:
        """Press a button by its name."""
        self.reader.forget()
        self.reader.press(name)

    def spell(self, field_name: str, text: str, layout: str) -> None:
        """Write with the keys on the screen, found by what each letter is called; each is told when it is there."""
        self.reader.focus(field_name)
        for letter in text:
            self.press_named(letter_name(letter, keyboard_layout(layout), self.tr))
            self.hear(letter, of=field_name)


def ended(program: Running) -> int:
    """End a program in order while somebody listens; return how it ended."""
    program.process.terminate()
    return program.process.wait(20)


def names_of(screen: list[Told], role: str) -> list[str]:
    """Return what the things of a role are called, in their order."""
    return [each.name for each in screen if each.role == role]


def faults_of(screen: list[Told]) -> Iterator[str]:
    """Tell what is wrong with a page: buttons without a name or a deed, no title, a focus that is nowhere."""
    for each in screen:
        if each.is_button and each.enabled and not ({"Press", "Toggle"} & set(each.actions) and each.name.strip()):
            yield f"{each} cannot be pressed"
        if each.role == "text" and not each.name:
            yield f"{each} has no name"
    texts = [each for each in screen if each.role in {"heading", "label"} and each.name]
    pages = [rank for rank, each in enumerate(screen) if each.role == "panel" and each.name]
    in_page = [each for each in screen[pages[0] :] if each in texts] if pages else []
    if not in_page or in_page[0].role != "heading" or sum(each.role == "heading" for each in texts) != 1:
        yield f"no page that begins with its one title: {[(each.role, each.name) for each in texts]}"
    focused = [each for each in screen if each.focused]
    if len(focused) != 1 or not (focused[0].role == "text" or focused == [screen[pages[0]]]):
        yield f"the focus is at {focused}"


@dataclass(frozen=True)
class AKiosk:
    """A kiosk that runs.

    Attributes:
        reader: at its screen.
        data_dir: its store.
    """

    reader: ScreenReader
    data_dir: Path


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AKiosk]:
    """The program with the shipped emulator, and nobody before it yet."""
    folder = tmp_path_factory.mktemp("kiosk")
    emulator, url = emulator_on_tcp(folder / "slips")
    with emulator, a_desktop((1080, 1920)) as desktop, ScreenReader(desktop) as reader:
        env = {**desktop.variables, **SILENT, **IMPATIENT, "BORNE_PRINTER__URL": url}
        with Running("kiosk", "--data-dir", folder / "data", env=env) as program:
            yield AKiosk(reader, folder / "data")
            assert ended(program) == 0


NAMES: Mapping[str, tuple[str, str]] = {
    "fr": ("N'Guessan-Kouamé", "Marie Aya"),
    "ar": ("عليوي", "سليم"),
    "ta": ("முருகன்", "அருள்"),
}
SPELT = "ar"  # by the keys on the screen


@pytest.mark.parametrize("language", list(NAMES))
def test_from_the_welcome_to_the_ticket_without_help(kiosk: AKiosk, language: str) -> None:
    """Every page tells its title, its buttons and its errors; one confirmed request, with the number that was read."""
    visitor = Visitor(kiosk.reader, Translator.of(language, TextDomain.SCREENS))
    visitor.reader.until(lambda told: languages()[language].own_name in names_of(told, "push button"))
    before = len(types_shown(kiosk.data_dir))
    visitor.press_named(languages()[language].own_name)

    choose(visitor, load_catalogue().procedures[PROCEDURE])
    write_names(visitor, *NAMES[language])
    answer(visitor)
    call_number, reference = take_ticket(visitor)

    visitor.press("action", "Terminer")
    visitor.reader.until(lambda told: "Choisissez votre langue" in names_of(told, "panel"))
    assert visitor.faults == []
    assert types_shown(kiosk.data_dir)[before:] == [
        "agent_called",
        "request_filed",
        "ticket_sending",
        "ticket_confirmed",
    ]
    found = json.loads(asked("find", reference, "--json", "--data-dir", kiosk.data_dir).out)["found"]
    assert [(each["call_number"], each["applicant"], each["place"]) for each in found] == [
        (call_number, " ".join(NAMES[language]), "waiting")
    ]


def choose(visitor: Visitor, procedure: Procedure) -> None:
    """Take notice, a group and a procedure."""
    visitor.meet(visitor.say("notice", "Vos données"))
    call_agent(visitor)
    visitor.press("action", "J'ai compris, continuer")
    visitor.meet(visitor.say("groups", "Pourquoi venez-vous ?"))
    visitor.press("group", next(each.label_fr for each in load_catalogue().groups if each.code == GROUP))
    visitor.meet(visitor.say("procedures", "Quelle est votre demande ?"))
    visitor.press_named(procedure_label(procedure, visitor.tr))
    visitor.meet(procedure_label(procedure, visitor.tr))
    visitor.press("action", "Faire cette demande")


def call_agent(visitor: Visitor) -> None:
    """Have a person called; hear it, and come back to the page."""
    title, go_on = visitor.say("agent", "Un agent est prévenu."), visitor.say("action", "Continuer")
    visitor.press("action", "Je veux parler à un agent")
    visitor.hear(title)
    screen = visitor.reader.until(
        lambda told: title in names_of(told, "dialog") and [each.name for each in told if each.focused] == [go_on]
    )
    assert [each.name for each in screen if each.modal] == [title]
    visitor.press("action", "Continuer")
    visitor.reader.until(lambda told: not names_of(told, "dialog"))
    visitor.meet(visitor.say("notice", "Vos données"), announced=False)


def write_names(visitor: Visitor, birth_name: str, given_names: str) -> None:
    """Forget the name first, and hear of it."""
    title = visitor.say("names", "Comment vous appelez-vous ?")
    first, second = (
        visitor.say("names", "Nom de naissance"),
        visitor.say("names", "Prénoms (une virgule entre deux prénoms)"),
    )
    visitor.meet(title)
    visitor.press("action", "Continuer")
    visitor.hear(visitor.say("names", "Écrivez votre nom. Une seule lettre suffit."))
    visitor.meet(title, announced=False)
    if visitor.tr.language.code == SPELT:
        visitor.spell(first, birth_name, "arabic")
        visitor.spell(second, given_names, "arabic")
    else:
        visitor.reader.write(first, birth_name)
        visitor.reader.write(second, given_names)
    written = [each.text for each in visitor.meet(title, announced=False) if each.role == "text"]
    assert written == [birth_name, given_names]
    visitor.press("action", "Continuer")


def answer(visitor: Visitor) -> None:
    """Tell a birth date and a country; the rest is not known."""
    visitor.meet(visitor.say("birth_date", "Quand êtes-vous né ou née ?"))
    for part, value in {"Jour": "12", "Mois": "04", "Année": "1990"}.items():
        visitor.reader.write(visitor.say("date", part), value)
    visitor.press("action", "Continuer")
    visitor.meet(visitor.say("nationality", "Quelle est votre nationalité ?"))
    visitor.press_named(country_name(load_places().countries["DZ"], visitor.tr))
    for context, title in (
        ("permit", "Quand finit votre titre de séjour ?"),
        ("number", "Votre numéro étranger"),
        ("contact", "Comment vous joindre ?"),
    ):
        visitor.meet(visitor.say(context, title))
        visitor.press("action", "Je ne sais pas")


def take_ticket(visitor: Visitor) -> tuple[str, str]:
    """Confirm; hear that it is saved and that the ticket is out; return call number and reference as they are told."""
    visitor.meet(visitor.say("review", "Vérifiez votre demande"))
    visitor.press("action", "Déposer ma demande")
    screen = visitor.meet(visitor.say("ticket_out", "Prenez votre ticket"))
    said = [event.said for event in visitor.reader.heard() if event.kind == ANNOUNCED]
    saved, out = (
        visitor.say("outcome", "Votre demande est enregistrée."),
        visitor.say("ticket_out", "Prenez votre ticket"),
    )
    assert [text.startswith((saved, out)) for text in said[-2:]] == [True, True], said
    labels = [each.name for each in screen if each.role == "label"]
    captions = ("Votre numéro dans la salle", "Référence de votre demande")
    call_number, reference = (labels[labels.index(visitor.say("outcome", caption)) + 1] for caption in captions)
    assert call_number in said[-1]
    assert reference in said[-1]
    return call_number, reference


# The counter ---------------------------------------------------------------------------------------------------------


def test_the_counter_is_used_without_seeing_it(tmp_path: Path) -> None:
    """The first account, a slip that is heard, a sign-in, a call, and every tab."""
    filed(tmp_path / "data")
    with (
        a_desktop((1366, 768)) as desktop,
        ScreenReader(desktop) as reader,
        Running("supervisor", "--data-dir", tmp_path / "data", env={**desktop.variables, **SILENT}) as program,
    ):
        agent = Visitor(reader, staff_translator())
        begin(agent)
        call_next(agent)
        read_file(agent)
        make_account(agent)
        for tab in names_of(reader.read(), "check box"):
            look_at_tab(agent, tab)
        save_a_setting(agent)
        silence_alarm(agent)
        assert ended(program) == 0


def begin(agent: Visitor) -> None:
    """Make the first account, with a slip of the finger first, and sign in."""
    reader, again = agent.reader, agent.say("supervisor", "Encore une fois")
    until_asked(reader, agent.say("supervisor", "Premier démarrage"), agent.say("supervisor", "Nom"))
    reader.write(agent.say("supervisor", "Nom"), CHIEF)
    reader.write(agent.say("supervisor", "Nouveau mot de passe"), A_PASSWORD)
    reader.write(again, A_PASSWORD[:-1])
    agent.press("supervisor", "Créer")
    agent.hear(agent.say("supervisor", "Les deux mots de passe ne sont pas les mêmes."))
    reader.until(lambda told: not any(each.text for each in told if each.role == "password text"))
    for name in (agent.say("supervisor", "Nouveau mot de passe"), again):
        reader.write(name, A_PASSWORD)
    agent.press("supervisor", "Créer")
    until_asked(reader, agent.say("supervisor", "Se connecter"), agent.say("supervisor", "Nom"))
    reader.write(agent.say("supervisor", "Nom"), CHIEF)
    reader.write(agent.say("supervisor", "Mot de passe"), A_PASSWORD)
    agent.press("supervisor", "Entrer")


def until_asked(reader: ScreenReader, title: str, first: str) -> None:
    """Wait for a form, with the focus in its first line."""
    reader.until(
        lambda told: title in names_of(told, "heading") and any(each.focused and each.name == first for each in told)
    )


def call_next(agent: Visitor) -> None:
    """Call the one person who waits; hear the number."""
    called = agent.say("supervisor", "Appeler le suivant")
    screen = agent.reader.until(lambda told: "A001" in names_of(told, "table cell"))
    assert agent.say("supervisor", "En attente") in names_of(screen, "panel")
    agent.press_named(next(name for name in names_of(screen, "push button") if name.startswith(called)))
    agent.hear(f"A001 : {agent.say('supervisor', 'appelé')}")
    agent.reader.until(lambda told: any(name.startswith("Appelé") for name in names_of(told, "table cell")))


def read_file(agent: Visitor) -> None:
    """Open the file, read what it says and what happened, hear a refusal and what was done; come back."""
    opening, back = agent.say("supervisor", "Ouvrir le dossier"), agent.say("supervisor", "Retour à la liste")
    check = agent.say("supervisor", "Vérifier l'identité")
    agent.press_named(opening)
    agent.hear(agent.say("supervisor", "Dossier {reference}").format(reference="38-A2-"))
    birth_name, called = agent.say("supervisor", "Nom de naissance"), agent.say("supervisor", "Appelé")
    screen = agent.reader.until(lambda told: any(name.startswith(back) for name in names_of(told, "push button")))
    labels = names_of(screen, "label")
    assert [name for name in labels if f"{birth_name} : DIALLO" in name]
    assert [name for name in labels if f"{called} · A001" in name]
    agent.press_named(next(name for name in names_of(screen, "push button") if name.startswith(check)))
    match = agent.say("supervisor", "Pièce conforme au dossier")
    agent.reader.until(lambda told: any(each.focused and each.name == match for each in told))
    agent.press("supervisor", "Enregistrer")
    agent.hear(agent.say("supervisor", "Choisissez une réponse."))
    agent.press_named(match)
    agent.press("supervisor", "Enregistrer")
    agent.hear(agent.say("supervisor", "Contrôle d'identité enregistré."))
    agent.press_named(next(name for name in names_of(screen, "push button") if name.startswith(back)))


def make_account(agent: Visitor) -> None:
    """Hear why an account is not made; and look at the keys."""
    agent.press("supervisor", "Comptes")
    agent.reader.until(lambda told: agent.say("supervisor", "Nouveau compte") in names_of(told, "push button"))
    agent.press("supervisor", "Nouveau compte")
    field = agent.say("supervisor", "Nom, par exemple a.martin")
    agent.reader.until(lambda told: any(each.focused and each.name == field for each in told))
    agent.reader.write(field, "Le Roi")
    agent.press("supervisor", "Créer le compte")
    agent.hear(agent.say("supervisor", "Nom : 2 à 40 petites lettres sans accent, chiffres, points, tirets."))
    agent.press_named(f"{agent.say('supervisor', 'Aide')} (F1)")
    agent.hear(agent.say("supervisor", "Raccourcis"))


def look_at_tab(agent: Visitor, tab: str) -> None:
    """Choose a tab: it says that it is chosen, and nothing on it is nameless."""
    agent.press_named(tab)
    screen = agent.reader.until(lambda told: any(each.name == tab and each.checked for each in told))
    pressed = [each for each in screen if each.enabled and (each.is_button or each.role in {"text", "combo box"})]
    assert [each for each in pressed if not each.name.strip()] == [], tab


def save_a_setting(agent: Visitor) -> None:
    """In the section before the eyes, the last: a value that is refused, then one that is kept; both are heard."""
    reader = agent.reader
    reader.write(agent.say("supervisor", "Lundi"), "midi")
    agent.press("supervisor", "Enregistrer")
    agent.hear("1 à corriger")
    reader.write(agent.say("supervisor", "Lundi"), "08:30-12:00")
    agent.press("supervisor", "Enregistrer")
    reader.until(lambda told: agent.say("supervisor", "Enregistrer ces changements ?") in names_of(told, "heading"))
    agent.press("supervisor", "Enregistrer")
    agent.hear("Version 1 enregistrée.")


def silence_alarm(agent: Visitor) -> None:
    """No kiosk runs: the alarm is silenced with a reason, and that is heard."""
    machines, silence = agent.say("supervisor", "Machines"), agent.say("supervisor", "Mettre en sourdine")
    reason, hour = agent.say("supervisor", "Pourquoi ? (inscrit au journal)"), agent.say("supervisor", "Pour 1 heure")
    agent.press_named(next(name for name in names_of(agent.reader.read(), "check box") if name.startswith(machines)))
    screen = agent.reader.until(lambda told: any(n.startswith(silence) for n in names_of(told, "push button")))
    agent.press_named(next(name for name in names_of(screen, "push button") if name.startswith(silence)))
    agent.reader.until(lambda told: hour in names_of(told, "push button"))
    agent.press("supervisor", "Pour 1 heure")
    agent.hear("✖ Écrivez pourquoi")
    agent.reader.write(reason, "Technicien attendu")
    agent.press("supervisor", "Pour 1 heure")
    agent.hear("✔ Alarme mise en sourdine")


# The desktop itself --------------------------------------------------------------------------------------------------


def test_nothing_is_left_of_a_desktop() -> None:
    """Also when what was looked at went wrong: display, both buses, the register of programs, the client."""
    runtimes = []

    def go_wrong() -> None:
        with a_desktop((640, 480)) as desktop, ScreenReader(desktop) as reader:
            runtimes.append(desktop.variables["XDG_RUNTIME_DIR"])
            assert {process.name() for process in programs_of(runtimes[0])} >= {"dbus-daemon", "python3"}
            reader.press("Nobody")

    with pytest.raises(AssertionError, match="no 'Nobody'"):
        go_wrong()

    assert programs_of(runtimes[0]) == []
    assert not Path(runtimes[0]).exists()
