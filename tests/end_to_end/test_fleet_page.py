"""The administrators' page in a real browser: signing in by keyboard, what it shows, and to whom."""

from collections.abc import Iterator

import httpx
import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

from sync.central.desk.accounts import Account, AccountRole
from sync.central.fleet.alarms import alarms_of
from sync.central.fleet.kiosks import kiosks_of
from sync.central.serve import RunningCentre
from tests.fakes.accessible_pages import accessibility_faults
from tests.fakes.browsers import PHONE, a_browser, addresses_asked_by, console_of, press, see
from tests.fakes.desks import A_PASSWORD, a_client, an_account
from tests.fakes.fleets import HEALTHY, NOW, a_fleet

OFFICE = (1280, 1024)
WIDE = (1920, 1080)
ZOOMED = (640, 512)  # 1280 x 1024 at 200 %
EVERYTHING = Account("chef", AccountRole.ADMINISTRATOR, ())


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    """A centre with a fleet, two administrators and an agent."""
    with a_fleet(tmp_path_factory.mktemp("centre")) as found:
        an_account(found, "chef", AccountRole.ADMINISTRATOR, [])
        an_account(found, "isere", AccountRole.ADMINISTRATOR, ["38"])
        an_account(found, "guichet", AccountRole.AGENT, ["38"])
        yield found


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for the module."""
    with a_browser(tmp_path_factory.mktemp("profile"), size=OFFICE) as found:
        yield found


@pytest.fixture
def page(browser: Chrome, centre: RunningCentre) -> Iterator[Chrome]:
    """A browser that nobody is signed in at; its console must stay silent."""
    browser.get(f"{centre.url}/fleet/connexion")
    browser.delete_all_cookies()
    browser.get(f"{centre.url}/fleet")
    see(browser, *OFFICE)
    console_of(browser)
    yield browser

    assert console_of(browser) == []


def send(page: Chrome, *keys: str) -> None:
    """Press keys of which the last leads to another page, and wait for that page."""
    before = page.find_element(By.TAG_NAME, "main")
    press(page, *keys)
    # While the page changes the driver may have no answer at all, instead of saying that the old one is gone.
    WebDriverWait(page, 15, ignored_exceptions=[WebDriverException]).until(staleness_of(before))
    WebDriverWait(page, 15).until(lambda browser: browser.execute_script("return document.readyState") == "complete")


def signed_in(page: Chrome, name: str) -> Chrome:
    """Sign in as a person does who uses no mouse."""
    send(page, name, Keys.TAB, A_PASSWORD, Keys.ENTER)
    assert page.current_url.endswith("/fleet")
    return page


def text_of(page: Chrome, selector: str) -> list[str]:
    return [element.text for element in page.find_elements(By.CSS_SELECTOR, selector)]


def test_signing_in_needs_a_keyboard_only(page: Chrome) -> None:
    """The first field has the focus; a mistake is said beside it; after the sign-out nothing is left."""
    assert page.current_url.endswith("/fleet/connexion")
    send(page, "chef", Keys.TAB, "faux", Keys.ENTER)
    assert text_of(page, "[role=alert]") == ["Nom ou mot de passe incorrect."]
    assert page.switch_to.active_element.get_attribute("id") == "password"
    send(page, A_PASSWORD, Keys.ENTER)
    assert text_of(page, "h1") == ["Parc des bornes"]
    press(page, Keys.TAB)
    assert page.switch_to.active_element.text == "Aller au contenu"
    send(page, Keys.TAB, Keys.TAB, Keys.ENTER)

    assert text_of(page, "h1") == ["Connexion"]
    page.get(page.current_url.replace("/connexion", ""))
    assert text_of(page, "h1") == ["Connexion"]
    console_of(page)  # Chromium itself writes a line for the 401


def test_every_kiosk_is_there_with_what_is_known_of_it(page: Chrome) -> None:
    """Last contact, backlog, printer, clock, chain, segments, forks, set aside, version."""
    signed_in(page, "chef")
    rows = {row.split()[0]: row.replace("\n", " ") for row in text_of(page, "table.kiosks tbody tr")}

    assert len(rows) == 15
    assert rows["38-A1"] == "38-A1 à l'instant 0 prête environ 140 tickets à l'heure entière il y a 11 h 1 0 0 0.1.0"
    assert rows["2A-A1"].startswith("2A-A1 il y a 5 h 214 ")
    assert "plus de papier" in rows["38-C1"]
    assert "− 52 min" in rows["38-C2"]
    assert "rompue à 412" in rows["69-C1"]
    assert rows["75-C1"].endswith("2 2 3 0.1.0")
    assert rows["976-A1"] == "976-A1 il y a 3 jours – inconnu inconnue non vérifiée 1 0 0 –"


def test_alarms_say_what_is_wrong_and_what_to_do(page: Chrome, centre: RunningCentre) -> None:
    """The most urgent first; each leads to its kiosk."""
    signed_in(page, "chef")
    with centre.context.engine.connect() as connection:
        expected = [alarm.kind for alarm in alarms_of(kiosks_of(connection, EVERYTHING), NOW)]
    shown = [item.get_attribute("data-kind") for item in page.find_elements(By.CSS_SELECTOR, ".alarms li")]

    assert shown == expected
    assert set(shown) == {
        "printer",
        "clock_off",
        "chain_broken",
        "conflict",
        "duplicate_reference",
        "silent",
        "backlog",
        "paper_near_end",
        "bad_entry",
        "segments",
    }
    assert "38-C1 plus de papier urgent\nPrévenir l'accueil" in text_of(page, ".alarms li")[0]


def test_figures_are_a_picture_and_the_table_behind_it(page: Chrome) -> None:
    """The sums agree."""
    signed_in(page, "chef")
    bars = [int(text) for text in text_of(page, "svg.bars text:not(.day)")]
    totals = text_of(page, "table.figures tfoot td")
    by_procedure = [int(text) for text in text_of(page, "table.figures tbody td.total")]

    assert bars == [int(text) for text in totals[:-1]]
    assert sum(bars) == sum(by_procedure) == int(totals[-1].replace("\u202f", "")) > 0
    assert "Renouveler : étudiant" in text_of(page, "table.figures tbody th")


def test_an_administrator_of_a_departement_sees_that_departement(page: Chrome) -> None:
    """Kiosks, alarms and figures; the page of another kiosk does not exist."""
    signed_in(page, "isere")

    assert text_of(page, "table.kiosks tbody th") == ["38-A1", "38-A2", "38-B1", "38-C1", "38-C2"]
    assert {text.split()[0] for text in text_of(page, ".alarms li")} == {"38-C1", "38-C2"}
    page.get(page.current_url + "/bornes/75-C1")
    assert text_of(page, "h1") == ["Borne inconnue"]
    console_of(page)  # the 404


def test_the_page_of_a_kiosk_shows_the_evidence(page: Chrome) -> None:
    """What was set aside and why, the piece on request; never what may be personal."""
    signed_in(page, "chef")
    page.find_element(By.LINK_TEXT, "75-C1").click()
    assert text_of(page, "h1") == ["75-C1"]
    assert len(text_of(page, "table.evidence tbody tr")) == 3
    assert "une autre écriture porte déjà ce numéro" in text_of(page, "table.evidence tbody tr")[0]
    page.find_element(By.CSS_SELECTOR, "summary").send_keys(Keys.ENTER)

    assert '"seq":641' in text_of(page, "pre")[0]
    assert "SECRET" not in page.page_source
    assert text_of(page, ".level") == ["urgent", "urgent", "à voir aujourd'hui", "pour information"]


@pytest.mark.parametrize("size", [OFFICE, WIDE, ZOOMED, PHONE], ids=str)
def test_everybody_can_read_it(page: Chrome, size: tuple[int, int]) -> None:
    """Contrast 7:1, labels, headers, landmarks, no sideways scrolling, in every size; no script, no foreign address."""
    see(page, *size)
    faults = {"connexion": accessibility_faults(page)}
    signed_in(page, "chef")
    addresses_asked_by(page)
    for address in ("/fleet", "/fleet/bornes/75-C1", "/fleet/bornes/38-A1"):
        page.get(page.current_url.partition("/fleet")[0] + address)
        faults[address] = accessibility_faults(page)
        assert page.execute_script("return document.scripts.length") == 0

    assert faults == {address: [] for address in faults}
    assert all(address.startswith(page.current_url.partition("/fleet")[0]) for address in addresses_asked_by(page))


def test_the_measure_finds_what_is_wrong(page: Chrome) -> None:
    """A page with faults on purpose."""
    bad = '<h1>A</h1><h3>B</h3><p>C</p><input><table><tr><th>D</table><a href="#"></a>'
    page.execute_script("document.querySelector('main').innerHTML = arguments[0]", bad)
    page.execute_script("document.documentElement.lang = ''")
    page.execute_script("document.querySelector('main p').style.color = '#777'")
    found = " ".join(accessibility_faults(page))

    for fault in ("no language", "skips a level", "contrast 4", "without a label", "no scope", "without headers"):
        assert fault in found
    assert "without a name" in found


def test_an_agent_is_told_that_the_page_is_not_for_them(centre: RunningCentre) -> None:
    """403; without a session the sign-in page."""
    with a_client(centre, "guichet") as client:
        assert client.get("/fleet").status_code == 403
        assert client.get("/fleet/bornes/38-A1").status_code == 403
    with a_client(centre) as client:
        answer = client.get("/fleet/bornes/38-A1")
        assert (answer.status_code, answer.headers["location"]) == (303, "/fleet/connexion")


def test_another_site_can_neither_sign_somebody_in_nor_out(centre: RunningCentre) -> None:
    """The form carries a token that only our page knows; browsers say where a form comes from."""
    form = {"name": "chef", "password": A_PASSWORD}
    with a_client(centre) as client:
        assert client.post("/fleet/connexion", data=form).status_code == 403
        token = form_token(client.get("/fleet/connexion"))
        foreign = {"sec-fetch-site": "cross-site"}
        assert client.post("/fleet/connexion", data=form | {"form_token": token}, headers=foreign).status_code == 403
        assert client.post("/fleet/connexion", data=form | {"form_token": "x" * 32}).status_code == 403
        assert client.post("/fleet/connexion", data=form | {"form_token": token}).status_code == 303
        assert client.get("/fleet").status_code == 200
        client.post("/fleet/deconnexion", data={"form_token": token})
        assert "no-store" in client.get("/fleet").headers["cache-control"]
    with a_client(centre, "chef") as client:
        held = dict(client.cookies)
        client.post("/fleet/deconnexion", data={"form_token": "made up"})
        client.cookies.update(held)
        assert client.get("/fleet").status_code == 200


def test_a_fleet_that_is_well_has_nothing_to_say(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No alarm, no red."""
    with a_fleet(tmp_path_factory.mktemp("well"), troubled=False) as centre:
        an_account(centre, "chef", AccountRole.ADMINISTRATOR, [])
        with a_client(centre, "chef") as client:
            page = client.get("/fleet").text

    assert "Rien à signaler." in page
    assert all(origin in page for origin in HEALTHY)
    assert "has-alarms" not in page


def form_token(answer: httpx.Response) -> str:
    """Return the token of the form in a page."""
    return answer.text.partition('name="form_token" value="')[2].partition('"')[0]


def test_the_page_says_whose_hours_it_shows(page: Chrome) -> None:
    """A kiosk of Mayotte or of Cayenne lives by others; its tickets have its own."""
    main = signed_in(page, "chef").find_element(By.TAG_NAME, "main")

    assert "Heures et jours de Paris, où que soit la borne." in main.text
