"""The page that checks seals, left to itself: without a network, among strangers, and with nothing to tell anybody."""

import base64
import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from selenium.webdriver import Chrome
from structlog.testing import LogCapture

from kiosk.domain.moment import instant_text
from kiosk.journal.canonical import JsonValue, canonical_bytes
from sync.central.trust.centre_key import CENTRE_KEY_NAME, load_or_create_centre_key
from sync.central.verify_page import FILES
from tests.fakes.browsers import a_browser, addresses_asked_by, console_of
from tests.fakes.centres import ALink, a_link, drained
from tests.fakes.programs import free_port
from tests.fakes.recording_proxy import a_recording_proxy
from tests.fakes.seal_vectors import a_seal, rows_of
from tests.fakes.verification import a_verifying_centre, origins_of, revoke
from tests.fakes.verification_page import VerificationPage

WORDS: dict[str, str] = json.loads((FILES / "messages.json").read_text(encoding="utf-8"))["fr"]
VALID = a_seal()
REVOKED = next(str(row["text"]) for row in rows_of("seals") if row["verdict"] == "revoked_key")
ANOTHER_CENTRE = 20_250_101


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chrome]:
    """A browser that never saw the page."""
    with a_browser(tmp_path / "profile") as found:
        yield found


def page_of(browser: Chrome, url: str) -> VerificationPage:
    """Return the page of a centre; only on localhost browsers trust plain HTTP."""
    return VerificationPage(browser, url.replace("127.0.0.1", "localhost") + "/verify")


def test_a_ticket_filed_at_a_kiosk_is_authentic_for_anybody(tmp_path: Path, browser: Chrome) -> None:
    """The whole way: filed, sealed, synced; its key published; its person known by name and date."""
    with a_link(tmp_path, f"sqlite:///{tmp_path / 'centre.db'}", filings=1) as link:
        link.kiosk.file()
        seal, name, born = newest_seal(link)
        drained(link.drain())
        page = page_of(browser, link.centre.url).open(seal)

        assert page.verdict() in ("authentic", "from_the_future")  # the sample morning may lie ahead
        assert page.text("fact-kiosk") == "38-A2 · Isère"
        assert page.compare(name, born) == "matches"
        assert page.compare(f"{name}X", born) == "differs"


def newest_seal(link: ALink) -> tuple[str, str, str]:
    """Return the seal that the kiosk prints for its last request, with the name and date of its person."""
    outcome = link.kiosk.file(dataclasses.replace(link.kiosk.file().request.content, phone="0699999999"))
    identity = outcome.request.content.identity
    return (
        link.kiosk.issue(outcome.request, outcome.filing).seal,
        identity.birth_name,
        str(identity.birth_date),
    )


# Without a network -----------------------------------------------------------------------------------------------


def test_once_loaded_the_page_works_without_any_network(tmp_path: Path, browser: Chrome) -> None:
    """The centre is gone; the page opens, in both spellings, and judges as before."""
    with a_verifying_centre(tmp_path / "centre") as centre:
        page = page_of(browser, centre.url).open()
        page.kept_for_later()
    console_of(browser)

    assert page.open(VALID).verdict() == "authentic"
    assert page.compare("Diallo", "1990-04-12") == "matches"
    assert page.open(REVOKED).verdict() == "revoked_key"
    upper = VerificationPage(browser, page.address.replace("/verify", "/VERIFY"))
    assert upper.open(VALID).verdict() == "authentic"
    page.choose("ar")
    assert page.open(VALID).text("verdict-title") != WORDS["authentic"]
    assert all("/keys" in line for line in console_of(browser))  # the one thing that it looks for and may miss


def test_without_a_list_of_keys_the_page_gives_no_verdict(tmp_path: Path, browser: Chrome) -> None:
    """It says what is missing, and judges as soon as it has it."""
    port = free_port()
    with a_verifying_centre(tmp_path / "centre", port=port) as centre:
        page = page_of(browser, centre.url).open()
        page.kept_for_later()
    page.script("localStorage.clear()")
    page.open(VALID)

    assert page.text("problem") == WORDS["no_keys"]
    assert not page.element("result").is_displayed()
    with a_verifying_centre(tmp_path / "centre", port=port):
        assert page.open(VALID).verdict() == "authentic"
        assert page.text("problem") == ""


def test_a_page_that_was_mended_replaces_the_kept_one(tmp_path: Path, browser: Chrome) -> None:
    """The kept page names its bytes; another name and the browser keeps the new one, and only that."""
    with a_verifying_centre(tmp_path / "centre") as centre:
        page = page_of(browser, centre.url).open()
        page.kept_for_later()
        version = page.awaited("return (await caches.keys()).join();")
        page.awaited("await caches.open('borne-verify-older'); await caches.open('another-matter');")
        page.awaited("for (const found of await navigator.serviceWorker.getRegistrations()) await found.unregister();")
        page.open()
        page.until(lambda: "older" not in page.awaited("return (await caches.keys()).join();"))

        assert page.awaited("return (await caches.keys()).sort().join();") == f"another-matter,{version}"


# Among strangers -------------------------------------------------------------------------------------------------


def test_the_first_centre_is_the_one_that_is_believed(tmp_path: Path, browser: Chrome) -> None:
    """Another signer at the same address is refused, and said; the kept keys serve on."""
    port = free_port()
    with a_verifying_centre(tmp_path / "centre", port=port) as centre:
        page = page_of(browser, centre.url).open(VALID)
    with a_verifying_centre(tmp_path / "stranger", port=port, centre_number=ANOTHER_CENTRE):
        page.open(VALID)
        page.until(lambda: page.text("problem") == WORDS["keys_refused"])

        assert page.verdict() == "authentic"


def test_a_list_that_is_older_or_altered_is_not_believed(tmp_path: Path, browser: Chrome) -> None:
    """An older one may hide a revocation; what lies in the browser's store is checked again each time."""
    with a_verifying_centre(tmp_path / "centre") as centre:
        page = page_of(browser, centre.url).open(REVOKED)
        kept = json.loads(page.script("return localStorage['borne.keys']"))
        page.script("localStorage['borne.keys'] = arguments[0]", json.dumps(kept | {"issued_at": "2999-01-01"}))
        assert page.open(REVOKED).verdict() == "revoked_key"

        judged = page.awaited(AGAINST, newer_than(tmp_path, kept), centre.url.replace("127.0.0.1", "localhost"))

    assert judged == {"isRefused": True, "issued_at": "2999-12-31T00:00:00.000Z"}


# Ask the page's own module for the keys, with a store that holds a newer list than the centre gives.
AGAINST = """
const { currentKeys } = await import("./verify/key_list.js");
const held = new Map([["borne.keys", arguments_[0]], ["borne.centre", JSON.parse(arguments_[0]).centre.public_key]]);
const { list, isRefused } = await currentKeys({ get: (name) => held.get(name) ?? null, set: () => {} });
return { isRefused, issued_at: list.issued_at };
"""


def newer_than(folder: Path, kept: dict[str, JsonValue]) -> str:
    """Return the same list, signed by the same centre in the far future."""
    key = load_or_create_centre_key(folder / "centre" / CENTRE_KEY_NAME)
    newer = {name: value for name, value in kept.items() if name != "signature"}
    newer["issued_at"] = instant_text(datetime(2999, 12, 31, tzinfo=UTC))
    return json.dumps(newer | {"signature": base64.b64encode(key.sign(canonical_bytes(newer))).decode()})


def test_a_revocation_reaches_a_page_that_was_open_before(tmp_path: Path, browser: Chrome) -> None:
    """The kept list answers at once, and the centre's new one corrects it a moment later."""
    with a_verifying_centre(tmp_path / "centre") as centre:
        page = page_of(browser, centre.url).open(VALID)
        assert page.verdict() == "authentic"
        with origins_of(f"sqlite:///{tmp_path / 'centre' / 'centre.db'}") as connection:
            revoke(connection, "38-A2", datetime(2024, 12, 24, tzinfo=UTC))
        page.open(VALID)
        page.until(lambda: page.verdict() == "revoked_key")

        assert "24 décembre 2024" in page.text("verdict-more")


def test_over_plain_http_the_page_says_what_it_needs(tmp_path: Path) -> None:
    """Browsers lend their cryptography to https only: better no verdict than a guess."""
    with (
        a_verifying_centre(tmp_path / "centre") as centre,
        a_browser(tmp_path / "profile", "--host-resolver-rules=MAP verif.example 127.0.0.1") as browser,
    ):
        page = VerificationPage(browser, centre.url.replace("127.0.0.1", "verif.example") + "/verify").open(VALID)

        assert page.text("problem") == WORDS["needs_https"]
        assert not page.element("result").is_displayed()


# Nothing to tell -------------------------------------------------------------------------------------------------


def test_neither_the_seal_nor_the_name_ever_leaves_the_browser(tmp_path: Path, log: LogCapture) -> None:
    """Every request of the whole browser goes through a recorder; none holds any of it, and one host alone is asked."""
    with a_verifying_centre(tmp_path / "centre") as centre:
        host = centre.url.replace("127.0.0.1", "localhost").removeprefix("http://")
        with (
            a_recording_proxy(host) as recorded,
            a_browser(
                tmp_path / "profile", f"--proxy-server={recorded.url}", "--proxy-bypass-list=<-loopback>"
            ) as browser,
        ):
            page = VerificationPage(browser, f"http://{host}/verify").open(VALID)
            page.compare("Diallo-Secret", "1990-04-12")
            page.kept_for_later()
            page.paste(REVOKED)
            page.paste(VALID)
            page.compare("Diallo", "1990-04-12")
            page.browser.refresh()
            asked = {address for address in addresses_asked_by(browser) if address.startswith(("http", "ws"))}

    said = "\n".join(recorded.requests).upper()
    body, signature = VALID.split(".")[1:]
    for secret in ("PREFTKT", body, body[:12], signature[:12], "DIALLO", "1990", "SECRET", "241120"):
        assert secret not in said
    assert asked != set()
    assert all(address.startswith(f"http://{host}/") for address in asked)
    ours = {line.partition("\n")[0] for line in recorded.requests if host in line}
    assert all(line.startswith("GET ") for line in ours)
    assert {"verify", "keys"} <= {line.rpartition("/")[2] for line in ours}
    assert "DIALLO" not in str(log.entries).upper()
    assert "PREFTKT" not in str(log.entries).upper()


def test_the_policy_lets_not_even_a_page_gone_wrong_send_anything(tmp_path: Path, browser: Chrome) -> None:
    """No other host, no form, no script in the markup: the browser itself refuses."""
    with a_verifying_centre(tmp_path / "centre") as centre, a_verifying_centre(tmp_path / "elsewhere") as elsewhere:
        page = page_of(browser, centre.url).open(VALID)
        assert console_of(browser) == []
        sent = page.awaited("return fetch(arguments_[0]).then(() => 'sent');", f"{elsewhere.url}/keys")
        page.script("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
        page.script("document.getElementById('paste').submit()")

        assert "Failed to fetch" in sent
        assert page.script("return window.ran") is None
        refusals = console_of(browser)
        for directive in ("connect-src", "script-src", "form-action"):
            assert any("Content Security Policy" in line and directive in line for line in refusals), refusals
        assert page.script("return [...document.querySelectorAll('[style], [onclick], script:not([src])')].length") == 1
        markup = httpx.get(f"{centre.url}/verify", trust_env=False).text
        assert markup.count("<script") == 1
        assert "http" not in markup.replace("https</", "")


# The camera ------------------------------------------------------------------------------------------------------

# Debian's Chromium has a camera to imitate and no reader of codes; this one reads what a test tells it.
A_READER = """
globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect(video) {
    if (!(video instanceof HTMLVideoElement) || video.videoWidth === 0) return [];
    return (globalThis.seen ?? []).map((rawValue) => ({ rawValue }));
  }
};
"""


def test_the_camera_reads_a_ticket_and_goes_off(tmp_path: Path) -> None:
    """One tap, one code; it can be stopped; afterwards the camera is dark."""
    flags = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    with a_verifying_centre(tmp_path / "centre") as centre, a_browser(tmp_path / "profile", *flags) as browser:
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": A_READER})
        page = page_of(browser, centre.url).open()
        page.tap("scan")
        page.until(lambda: page.script("return document.getElementById('video').videoWidth") > 0)
        page.tap("stop")
        page.until(lambda: page.element("scan").is_displayed())
        page.tap("scan")
        page.script("globalThis.seen = ['4006381333931', arguments[0]]", VALID)

        assert page.verdict() == "authentic"
        assert page.script("return document.getElementById('video').srcObject") is None
        assert page.focused() == "verdict-title"


def test_without_a_camera_the_page_asks_for_the_text(tmp_path: Path, browser: Chrome) -> None:
    """No device or no leave: said, and the form is ready."""
    with a_verifying_centre(tmp_path / "centre") as centre:
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": A_READER})
        page = page_of(browser, centre.url).open()
        page.tap("scan")
        page.until(lambda: page.text("camera-problem") == WORDS["no_camera"])

        assert page.focused() == "code"
        assert page.paste(VALID) == "authentic"
