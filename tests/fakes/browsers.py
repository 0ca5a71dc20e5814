"""A real browser without a window: Debian's Chromium, driven over WebDriver, with a profile of its own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from selenium.webdriver import ActionChains, Chrome, ChromeOptions, ChromeService

CHROMIUM: Final = Path("/usr/bin/chromium")
CHROMEDRIVER: Final = Path("/usr/bin/chromedriver")
PHONE: Final = (390, 844)
DESKTOP: Final = (1280, 900)
_FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=AutofillServerCommunication,Translate,OptimizationHints",
    "--force-color-profile=srgb",
)


@contextmanager
def a_browser(profile: Path, *flags: str, size: tuple[int, int] = PHONE) -> Iterator[Chrome]:
    """Run a browser with a fresh profile; everything it writes to its console is kept for :func:`console_of`.

    Args:
        profile: an empty folder.
        flags: more of them for Chromium.
        size: of what the page sees, in CSS pixels.
    """
    if not (CHROMIUM.exists() and CHROMEDRIVER.exists()):
        raise FileNotFoundError("no browser: run `make system` (Debian packages chromium and chromium-driver)")
    options = ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*_FLAGS, f"--user-data-dir={profile}", *flags):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = Chrome(options=options, service=ChromeService(str(CHROMEDRIVER)))
    try:
        browser.set_script_timeout(20)
        browser.set_page_load_timeout(20)
        see(browser, *size)
        yield browser
    finally:
        browser.quit()


def see(browser: Chrome, width: int, height: int, scale: float = 1) -> None:
    """Give the page so many CSS pixels; a scale of 2 is a reader's zoom of 200 % in half the pixels."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def console_of(browser: Chrome) -> list[str]:
    """Return what the page wrote to its console since the last look: policy violations are among it."""
    return [str(line["message"]) for line in _log(browser, "browser")]


def addresses_asked_by(browser: Chrome) -> list[str]:
    """Return the address of every request of the page since the last look."""
    events: list[dict[str, Any]] = [json.loads(line["message"])["message"] for line in _log(browser, "performance")]
    return [
        str(event["params"]["request"]["url"]) for event in events if event["method"] == "Network.requestWillBeSent"
    ]


def press(browser: Chrome, *keys: str) -> None:
    """Press keys, or type texts, where the focus is."""
    actions = ActionChains(browser)
    actions.send_keys(*keys)
    actions.perform()


def _log(browser: Chrome, kind: str) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = browser.get_log(kind)  # type: ignore[no-untyped-call]  # selenium leaves it untyped
    return lines
