"""The page that checks seals, in a real browser: every published vector, every language, every way to use it."""

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome, Keys

from kiosk.domain.identity import folded_name
from kiosk.journal.canonical import JsonValue
from kiosk.journal.seal_verdict import Verdict
from sync.central.verify_page import FILES
from tests.fakes.browsers import DESKTOP, PHONE, a_browser, console_of, press, see
from tests.fakes.seal_vectors import rows_of
from tests.fakes.verification import a_verifying_centre
from tests.fakes.verification_page import VerificationPage

MESSAGES: dict[str, dict[str, str]] = json.loads((FILES / "messages.json").read_text(encoding="utf-8"))
LANGUAGES = ["fr", "en", "ar", "es", "pt", "tr", "zh-Hans", "fa", "ps", "bn", "ta", "ru", "uk", "ht"]
SEALS = rows_of("seals")
SEAL_OF = {row["verdict"]: "".join(str(row["text"]).split()) for row in reversed(SEALS)}
VALID = SEAL_OF["authentic"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of a centre that knows the kiosks of the vectors."""
    with a_verifying_centre(tmp_path_factory.mktemp("centre")) as centre:
        yield centre.url.replace("127.0.0.1", "localhost") + "/verify"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for the module."""
    with a_browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture
def page(browser: Chrome, address: str) -> Iterator[VerificationPage]:
    """The page, opened for the first time by a French reader on a telephone; its console must stay silent."""
    see(browser, *PHONE)
    console_of(browser)
    yield (opened := VerificationPage(browser, address)).open()
    said = console_of(browser)
    opened.script("localStorage.removeItem('borne.language')")

    assert said == []


# Verdicts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", SEALS, ids=lambda row: str(row["name"]))
def test_the_page_gives_every_published_vector_its_verdict(page: VerificationPage, row: dict[str, JsonValue]) -> None:
    """The same as the command; what a seal says is shown only where its signature fits."""
    assert page.paste(str(row["text"])) == row["verdict"]
    assert page.text("verdict-title") == MESSAGES["fr"][str(row["verdict"])]
    assert page.text("fact-reference") == row.get("reference", "")
    assert page.script("return document.querySelector('footer').innerText") == "Ne vaut pas titre de séjour"
    if "received_at" in row:
        assert page.element("fact-received").get_attribute("data-minute") == row["received_at"]
        assert page.text("fact-kiosk").startswith(str(row["kiosk"]))
        assert page.text("fact-code") == row["procedure"]


def test_the_page_matches_every_published_person_or_not(page: VerificationPage) -> None:
    """Any script, one letter, partial dates: as the kiosk sealed them; on one ticket one after another."""
    of_seal: dict[str, list[dict[str, JsonValue]]] = {}
    for row in rows_of("identities"):
        of_seal.setdefault(str(row["seal"]), []).append(row)
    assert len(of_seal) > 10
    for seal, rows in of_seal.items():
        assert page.paste(seal) in {Verdict.AUTHENTIC, Verdict.FROM_THE_FUTURE}
        said = [page.compare(str(row["birth_name"]), str(row["birth_date"])) for row in rows]
        assert said == ["matches" if row["matches"] else "differs" for row in rows]


def test_the_page_folds_every_character_as_the_kiosk_does(page: VerificationPage) -> None:
    """All of Unicode that this Python knows, between letters, but one sign of a script that nobody's papers are in."""
    codes = set(range(sys.maxunicode + 1)) - {0x1171E}  # AHOM CONSONANT SIGN MEDIAL RA: its category changed in 15.1
    known = [chr(code) for code in sorted(codes) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    expected = "|".join(folded_name(f"a{character}b") for character in known)
    ranges = _ranges([ord(character) for character in known])
    found = page.awaited(
        """
        const { foldedName } = await import("./verify/identity.js");
        const folded = [];
        for (const [first, last] of arguments_[0]) {
          for (let code = first; code <= last; code += 1) folded.push(foldedName(`a${String.fromCodePoint(code)}b`));
        }
        const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(folded.join("|")));
        return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        """,
        ranges,
    )

    assert found == hashlib.sha256(expected.encode()).hexdigest()


def test_the_receipt_is_told_in_the_legal_time_of_its_place(page: VerificationPage) -> None:
    """Paris by default, and the time of La Réunion for a kiosk there; the procedure by its French name."""
    page.open(VALID)
    in_paris, procedure = page.text("fact-received"), page.text("fact-procedure")
    overseas = next(str(row["text"]) for row in SEALS if row.get("kiosk") == "974-R1")
    page.open(overseas)

    assert in_paris == "mercredi 20 novembre 2024 à 09:03 (heure de Paris)"
    assert procedure.startswith("Renouveler")
    assert page.text("fact-received") == "jeudi 1 août 2024 à 02:30 (heure légale du lieu)"
    assert page.text("fact-kiosk") == "974-R1 · La Réunion"


def test_a_revoked_key_is_told_with_its_day(page: VerificationPage) -> None:
    """And the person is not compared: the code proves nothing any more."""
    page.open(SEAL_OF["revoked_key"])

    assert "15 janvier 2025" in page.text("verdict-more")
    assert not page.element("person").is_displayed()


def test_a_seal_behind_the_address_is_checked_at_once_and_another_one_too(page: VerificationPage) -> None:
    """As a phone's camera opens it; the printed address is in upper case."""
    upper = VerificationPage(page.browser, page.address.replace("/verify", "/VERIFY"))

    assert upper.open(VALID).verdict() == "authentic"
    page.script("location.hash = arguments[0]", SEAL_OF["altered"])
    page.until(lambda: page.element("verdict").get_attribute("data-verdict") == "altered")


def test_dates_that_do_not_exist_are_said_and_nothing_typed_too(page: VerificationPage) -> None:
    """A day needs its month, and 31 February is no day."""
    page.open(VALID)
    wrong = ["1990-02-31", "1990-00-12", "0990-01-01", "1990-13-01", "1849-12-31"]

    assert {page.compare("DIALLO", date) for date in wrong} == {"wrong_date"}
    assert page.element("year").get_attribute("aria-invalid") == "true"
    assert page.compare("  ", "") == "nothing_typed"
    assert page.compare("diallo", "1990-04-12") == "matches"


def test_a_name_typed_for_one_ticket_is_gone_with_the_next(page: VerificationPage) -> None:
    """Nobody reads who was compared before."""
    page.open(VALID).compare("DIALLO", "1990-04-12")
    page.paste(SEAL_OF["from_the_future"])

    assert page.element("birth-name").get_property("value") == ""
    assert page.text("comparison") == ""
    assert page.script("return location.hash") == ""


# Languages and layout --------------------------------------------------------------------------------------------


def test_every_language_says_every_message() -> None:
    """The same messages with the same blanks, none empty, none left in French by mistake."""
    names = set(MESSAGES["fr"])
    may_be_equal = {"direction", "paris_time", "locale", "own_name"}

    assert list(MESSAGES) == LANGUAGES
    for language, words in MESSAGES.items():
        assert set(words) == names
        assert all(words[name].count("{date}") == MESSAGES["fr"][name].count("{date}") for name in names)
        equal = {name for name in names - may_be_equal if language != "fr" and words[name] == MESSAGES["fr"][name]}
        assert equal <= {"reference"}, language
        assert words["direction"] == ("rtl" if language in ("ar", "fa", "ps") else "ltr")
    assert {verdict.value for verdict in Verdict} <= names
    assert {f"{verdict.value}_more" for verdict in Verdict} <= names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_shows_every_verdict_on_a_narrow_telephone(page: VerificationPage, language: str) -> None:
    """With the French words beside it, in its own direction, without scrolling sideways (WCAG 1.4.10)."""
    see(page.browser, 320, 640)
    page.choose(language)
    words = MESSAGES[language]

    assert not page.is_wider_than_its_window()
    for verdict in Verdict:
        assert page.paste(SEAL_OF[verdict.value]) == verdict.value
        assert page.text("verdict-title") == words[verdict.value]
        assert page.text("verdict-source") == ("" if language == "fr" else MESSAGES["fr"][verdict.value])
        assert words["not_a_permit"] in page.script("return document.querySelector('footer').innerText")
        assert not page.is_wider_than_its_window()
    assert page.script("return [document.documentElement.lang, document.dir]") == [language, words["direction"]]


def test_a_chosen_language_is_kept(page: VerificationPage) -> None:
    """The next visit opens in it."""
    page.choose("ar")
    page.open(VALID)

    assert page.text("verdict-title") == MESSAGES["ar"]["authentic"]
    assert page.browser.title == MESSAGES["ar"]["title"]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_letters_twice_as_large_lose_nothing(page: VerificationPage, size: tuple[int, int]) -> None:
    """WCAG 1.4.4: 200 %, nothing cut off, no scrolling sideways."""
    see(page.browser, *size)
    page.open(VALID)
    page.script("document.documentElement.style.fontSize = '225%'")

    assert not page.is_wider_than_its_window()
    assert page.script("return [...document.querySelectorAll('h1, dd, label, button')].filter(cut)" + CUT) == []


CUT = """.map((element) => element.textContent);
function cut(element) { return element.offsetParent !== null && element.scrollWidth > element.clientWidth + 1; }"""


def test_every_text_stands_out_from_its_ground(page: VerificationPage) -> None:
    """7:1 or more, as on the kiosk's own screens (EN 301 549, 11.1.4.3 asks for 4.5:1)."""
    for verdict in Verdict:
        page.paste(SEAL_OF[verdict.value])
        assert page.script(CONTRAST) == [], verdict


CONTRAST = """
const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
const part = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
const ground = (element) => {
  for (let place = element; place; place = place.parentElement) {
    const colour = numbers(getComputedStyle(place).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
};
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const faint = [];
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (texts.currentNode.data.trim() === "" || !element.checkVisibility()) continue;
  const pair = [light(numbers(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
  if ((pair[0] + 0.05) / (pair[1] + 0.05) < 7) faint.push(texts.currentNode.data.trim());
}
return faint;
"""


# Hands and ears --------------------------------------------------------------------------------------------------


def test_the_whole_page_works_with_the_keyboard_alone(page: VerificationPage) -> None:
    """Tab, type, Enter; the focus is seen, lands on the verdict, and never gets lost."""
    page.script("document.body.focus()")
    reached = []
    for _ in range(3):
        press(page.browser, Keys.TAB)
        reached.append(page.focused())
        assert page.script("return getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.element("code").send_keys(VALID)
    press(page.browser, Keys.TAB, Keys.ENTER)
    page.until(lambda: page.focused() == "verdict-title")
    press(page.browser, Keys.TAB, "diallo", Keys.TAB, "12", Keys.TAB, "4", Keys.TAB, "1990", Keys.ENTER)
    page.until(lambda: page.text("comparison") == MESSAGES["fr"]["matches"])
    press(page.browser, Keys.TAB, Keys.TAB, Keys.ENTER)
    page.until(lambda: page.focused() == "title")

    assert reached == ["language", "code", "check"]


def test_every_control_has_a_name_and_a_verdict_is_read_out(page: VerificationPage) -> None:
    """For whoever cannot see the page: roles, names, a live region that ends as everything ends."""
    words = MESSAGES["fr"]
    page.open(VALID)
    names = {
        name: page.element(name).accessible_name
        for name in ("language", "birth-name", "day", "month", "year", "person")
    }

    assert names == {
        "language": words["language"],
        "birth-name": words["birth_name"],
        "day": words["day"],
        "month": words["month"],
        "year": words["year"],
        "person": words["person"],
    }
    assert page.element("spoken").aria_role == "status"
    spoken = str(page.element("spoken").get_property("textContent"))
    assert spoken.startswith(words["authentic"])
    assert spoken.endswith(words["not_a_permit"])
    page.tap("another")
    assert (page.element("code").accessible_name, page.element("check").accessible_name) == (
        words["code"],
        words["check"],
    )


def _ranges(codes: list[int]) -> list[list[int]]:
    """Return ascending numbers as first and last of each run."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return runs
