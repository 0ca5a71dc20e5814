"""Names as people bear them can be written with the keys of their language, and taken back letter by letter."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTextBoundaryFinder
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from kiosk.domain.names import LONGEST_TEXT
from kiosk.resource_files import resource_path
from kiosk.translation import TextDomain, Translator, languages
from printing.render.fonts import missing_glyphs
from tests.fakes.names import NAMES
from ui.kit.keyboard import OnScreenKeyboard, letter_layouts
from ui.kit.keyboard_key import Key
from ui.kit.keyboard_layouts import keyboard_layout
from ui.kit.letter_names import letter_name
from ui.kit.text_entry import TextEntry
from ui.kit.theme import Theme

LAYOUTS = sorted(path.stem for path in resource_path("keyboards").glob("*.toml"))
LETTER_LAYOUTS = sorted({name for language in languages() for name in letter_layouts(language)})


class Writer:
    """Writes with the keys alone: those on the screen, those of a long press, and capitals by the key for them."""

    def __init__(self, language: str) -> None:
        self.window = QWidget()
        self.window.resize(1080, 800)
        column = QVBoxLayout(self.window)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the screen has the size that it has
        self.entry = TextEntry("name", "Nom")
        theme, tr = Theme.for_size(1080, 1920), Translator.of(language, TextDomain.SCREENS)
        self.keyboard = OnScreenKeyboard(theme, tr, letter_layouts(language))
        column.addWidget(self.entry)
        column.addWidget(self.keyboard)
        self.window.show()
        self.keyboard.write_for(self.entry)

    def write(self, text: str) -> None:
        """Strike the longest key that goes on with a text, until all of it is written."""
        left = unicodedata.normalize("NFC", text)
        while left:
            written = self._strike(left)
            left = left[len(written) :]

    def _strike(self, left: str) -> str:
        for _ in range(2):
            found = max(self._reachable(left), key=lambda each: len(each[1]), default=None)
            if found is not None:
                key, letter = found
                if _normal(key.letters) and letter in _normal(key.letters):
                    assert self.keyboard.offer(key)
                    (offered,) = self.keyboard.rows_of_keys()
                    key = offered[_normal(key.letters).index(letter)]
                key.click()
                return letter
            self._named("key_shift").click()
        raise AssertionError(f"no key for {left[0]!r} of {left!r}")

    def _reachable(self, left: str) -> Iterator[tuple[Key, str]]:
        for key in (key for row in self.keyboard.rows_of_keys() for key in row):
            for letter in (self._writes(key), *_normal(key.letters)):
                if letter and left.startswith(letter):
                    yield key, letter

    def _writes(self, key: Key) -> str:
        name = key.objectName().removeprefix("key_")
        if name == "space":
            return " "
        shown = keyboard_layout(self.keyboard.layout_name)
        is_capital = shown.has_capitals and shown.capital(name) == key.text() != name
        return "" if len(name) > 3 else unicodedata.normalize("NFC", shown.capital(name) if is_capital else name)

    def _named(self, name: str) -> Key:
        (key,) = [key for row in self.keyboard.rows_of_keys() for key in row if key.objectName() == name]
        return key

    def close(self) -> None:
        """Take the window away for good."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _normal(letters: tuple[str, ...]) -> list[str]:
    return [unicodedata.normalize("NFC", letter) for letter in letters]


@pytest.fixture(params=list(languages()))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def writer(fonts: tuple[str, ...], language: str) -> Iterator[Writer]:
    made = Writer(language)
    yield made
    made.close()


def test_every_name_is_written_with_the_keys_of_its_language(writer: Writer, language: str) -> None:
    """Without leaving the letters that come first."""
    for name in NAMES[language]:
        writer.entry.clear()
        writer.keyboard.write_for(writer.entry)
        writer.write(name)

        assert writer.entry.value == unicodedata.normalize("NFC", name)
    assert writer.keyboard.layout_name == letter_layouts(language)[0]


def test_backspace_takes_whole_letters_away(writer: Writer, language: str) -> None:
    """A letter goes with its vowel sign, its accent, its hamza: as many strokes as letters that are seen."""
    for name in NAMES[language]:
        writer.entry.setText(name)
        left = name
        for start in reversed(letter_starts(name)):
            writer.entry.backspace()
            left = name[:start]

            assert writer.entry.text() == left
        assert left == ""


def letter_starts(text: str) -> list[int]:
    """Return where each letter that is seen begins (Unicode UAX 29)."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    starts = []
    while 0 <= finder.position() < len(text):
        starts.append(finder.position())
        finder.toNextBoundary()
    return starts


def test_offered_letters_are_as_large_as_keys(writer: Writer, language: str) -> None:
    """A finger must hit them, in every language that offers any; 2.7 pixels are a millimetre."""
    writer.window.setStyleSheet(Theme.for_size(1080, 1920).style_sheet())
    for key in [key for row in writer.keyboard.rows_of_keys() for key in row if key.letters]:
        assert writer.keyboard.offer(key)
        (offered,) = writer.keyboard.rows_of_keys()
        assert [letter.size().width() >= 54 <= letter.size().height() for letter in offered] == [True] * len(offered)
        panel = offered[0].parentWidget()
        assert panel is not None
        assert writer.window.rect().contains(panel.geometry())


def test_one_key_leads_to_latin_letters_and_back(writer: Writer, language: str) -> None:
    """A passport is in Latin letters, whatever its holder reads."""
    layouts = letter_layouts(language)
    seen = [writer.keyboard.layout_name]
    for _ in layouts:
        for key in [key for row in writer.keyboard.rows_of_keys() for key in row if key.objectName() == "key_layout"]:
            key.click()
        seen.append(writer.keyboard.layout_name)

    assert "latin" in {keyboard_layout(name).alphabet for name in seen[:2]}
    assert seen[-1] == seen[0]


def test_a_surrogate_pair_and_a_half_space_are_one_letter(fonts: tuple[str, ...]) -> None:
    """What is one sign for a person is one stroke, however it is stored."""
    entry = TextEntry("name", "Nom")
    for text, left in (("A𠮷", "A"), ("می‌", "م"), ("e\u0301\u0323", ""), ("한국", "한")):
        entry.setText(text)
        entry.backspace()

        assert entry.text() == left


def test_backspace_of_a_plain_keyboard_does_the_same(fonts: tuple[str, ...]) -> None:
    """In the middle of a name as well."""
    entry = TextEntry("name", "Nom")
    entry.setText("কৃষ্ণ")
    entry.setCursorPosition(2)
    QTest.keyClick(entry, Qt.Key.Key_Backspace)

    assert entry.text() == "ষ্ণ"


def test_backspace_takes_what_is_marked(fonts: tuple[str, ...]) -> None:
    """And nothing more."""
    entry = TextEntry("name", "Nom")
    entry.setText("Amina")
    entry.setSelection(1, 2)
    entry.backspace()

    assert entry.text() == "Ana"


@pytest.mark.parametrize("harm", ["\u202e", "\u2066", "\u200f", "\u200b", "\u0000", "\ufeff", "\ue000", "\U000e0041"])
def test_harmful_characters_do_not_even_reach_the_line(fonts: tuple[str, ...], harm: str) -> None:
    """From a key, an input method or our own keyboard; the joiners of Persian and Bengali do."""
    entry = TextEntry("name", "Nom")
    entry.type_in(f"A{harm}B")
    QApplication.sendEvent(entry, commit(f"C{harm}D"))
    entry.type_in("ی\u200cر")

    assert entry.text() == "ABCDی\u200cر"


def commit(text: str) -> QInputMethodEvent:
    """Return what an input method sends when a word is chosen."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


@pytest.mark.parametrize("letter", ["A", "ش", "ক", "ড়", "கி", "é", "한"])
def test_two_hundred_letters_are_kept_and_no_half_of_one(fonts: tuple[str, ...], letter: str) -> None:
    """The line takes no more than a request may hold, also where a letter is stored as two."""
    entry = TextEntry("name", "Nom")
    for _ in range(LONGEST_TEXT + 5):
        entry.type_in(letter)
    whole = unicodedata.normalize("NFC", letter)

    assert entry.value == whole * (LONGEST_TEXT // len(whole))


def test_who_comes_back_to_a_line_does_not_lose_what_is_there(fonts: tuple[str, ...]) -> None:
    """Tab would mark the whole line, and the next letter replace it, which nobody hears."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    first, second = TextEntry("first", "Nom"), TextEntry("second", "Prénoms")
    for entry in (first, second):
        column.addWidget(entry)
    second.setText("Amin")
    window.show()
    window.activateWindow()
    first.setFocus()
    QApplication.processEvents()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    QTest.keyClicks(second, "a")
    text, has_focus = second.text(), second.hasFocus()
    window.close()
    window.deleteLater()

    assert (has_focus, text) == (True, "Amina")


# The data ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_key_can_be_drawn_and_stands_once(fonts: tuple[str, ...], name: str) -> None:
    """Also its capital, its label and what a long press offers."""
    layout = keyboard_layout(name)
    keys = [key for row in layout.rows for key in row]
    letters = [key for key in keys if not key.startswith("{")] + [
        each for more in layout.more.values() for each in more
    ]
    faces = "".join(map(layout.face, letters)) + "".join(map(layout.capital, letters)) + layout.label

    assert len(keys) == len(set(keys))
    assert set(layout.more) <= set(keys)
    assert set(layout.spoken) - {"ى", "ك"} <= {
        *letters,
        *keyboard_layout("pashto").spoken,
        *keyboard_layout("latin").spoken,
    }
    assert list(missing_glyphs(faces)) == []


@pytest.mark.parametrize("name", LETTER_LAYOUTS)
def test_every_layout_has_what_each_needs(name: str) -> None:
    """A space, a way back, figures and the way to the other letters."""
    keys = {key for row in keyboard_layout(name).rows for key in row}

    assert {"{space}", "{backspace}", "{digits}", "{layout}", "-"} <= keys


def test_turkish_has_two_letters_i() -> None:
    """İ is the capital of i, and I that of ı."""
    layout = keyboard_layout("turkish")

    assert [layout.capital(letter) for letter in "iıßş"] == ["İ", "I", "ẞ", "Ş"]


def test_a_sign_that_needs_a_letter_is_shown_on_a_circle() -> None:
    """It would hang on the frame of its key, and write itself without the circle."""
    assert keyboard_layout("tamil").face("ி") == "\u25ccி"
    assert keyboard_layout("tamil").face("க") == "க"


def test_every_key_has_a_name_that_differs_from_its_neighbours(language: str) -> None:
    """Signs have words, letters with marks too."""
    tr = Translator.of(language, TextDomain.SCREENS)
    for name in letter_layouts(language):
        layout = keyboard_layout(name)
        letters = [key for row in layout.rows for key in row if not key.startswith("{")]
        names = [letter_name(letter, layout, tr) for letter in letters]

        assert len(set(names)) == len(names)
        assert all(any(ch.isalpha() for ch in each) for each in names)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed; make test installs it")
def test_every_key_can_be_heard_apart(language: str) -> None:
    """In the language's own voice, by the real program: what it would say, in its own phonemes."""
    tr = Translator.of(language, TextDomain.SCREENS)
    layout = keyboard_layout(letter_layouts(language)[0])
    letters = [key for row in layout.rows for key in row if not key.startswith("{")]
    heard = phonemes([letter_name(letter, layout, tr) for letter in letters], languages()[language].voice)

    assert all(heard)
    assert len(heard) == len(set(heard)) == len(letters)


def phonemes(texts: list[str], voice: str) -> list[str]:
    """Return what espeak-ng would say of each text, which is a paragraph of its own."""
    command = ["espeak-ng", "-v", voice, "-q", "-x", "--stdin"]
    said = subprocess.run(command, input="\n\n".join(texts).encode(), check=True, capture_output=True).stdout.decode()
    return [line.strip() for line in said.strip("\n").split("\n")]
