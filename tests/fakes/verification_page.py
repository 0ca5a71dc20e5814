"""The verification page as a reader uses it, in a real browser: open, paste, choose, compare, look."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

_LIMIT_S = 15.0
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class VerificationPage:
    """A page that is open, or about to be.

    Attributes:
        browser: that shows it.
        address: of the page, without a seal.
    """

    browser: Chrome
    address: str

    def open(self, seal: str = "") -> "VerificationPage":
        """Load the page anew, with a seal behind ``#`` when there is one, and wait until it says something."""
        self.browser.get("about:blank")  # another seal in the same address would not load it anew
        self.browser.get(f"{self.address}#{seal}" if seal else self.address)
        return self.settled()

    def settled(self) -> "VerificationPage":
        """Wait until the page has painted what it knows."""
        self.until(lambda: self.script("return document.body !== null && 'ready' in document.body.dataset"))
        return self

    def paste(self, text: str) -> str:
        """Type a text into the form and return the verdict."""
        if not self.element("paste").is_displayed():
            self.tap("another")
        self.script("document.getElementById('code').value = arguments[0]", text)  # as pasting does: lines stay
        self.tap("check")
        return self.verdict()

    def verdict(self) -> str:
        """Return the verdict once there is one."""
        self.until(lambda: self.element("verdict").is_displayed())
        return str(self.element("verdict").get_attribute("data-verdict"))

    def compare(self, name: str, date: str) -> str:
        """Type who somebody is (``YYYY-MM-DD``, 00 or nothing for what is unknown); return what the page says of it."""
        year, month, day = date.split("-") if date else ("", "", "")
        for place, text in (("birth-name", name), ("day", day), ("month", month), ("year", year)):
            field = self.element(place)
            field.clear()
            field.send_keys("" if text == "00" else text)
        self.script("document.getElementById('comparison').dataset.outcome = 'asked'")
        self.tap("compare")
        self.until(lambda: self.element("comparison").get_attribute("data-outcome") != "asked")
        return str(self.element("comparison").get_attribute("data-outcome"))

    def choose(self, language: str) -> None:
        """Choose a language."""
        Select(self.element("language")).select_by_value(language)

    def element(self, name: str) -> WebElement:
        """Return the element of an id."""
        return self.browser.find_element(By.ID, name)

    def tap(self, name: str) -> None:
        """Tap an element, scrolled to the middle first: WebDriver would tap it where the last line covers it."""
        self.script("document.getElementById(arguments[0]).scrollIntoView({ block: 'center' })", name)
        self.element(name).click()

    def text(self, name: str) -> str:
        """Return what an element shows; nothing when it is hidden."""
        return self.element(name).text

    def focused(self) -> str:
        """Return the id of what has the focus."""
        return str(self.script("return document.activeElement.id"))

    def script(self, source: str, *arguments: object) -> Any:
        """Run a script in the page and return its answer."""
        return self.browser.execute_script(source, *arguments)

    def awaited(self, source: str, *arguments: object) -> Any:
        """Run the body of an async function in the page and return what it returns, or its error as a text."""
        whole = (
            "const [done, ...given] = [arguments[arguments.length - 1], ...arguments];"
            f"(async (...arguments_) => {{ {source} }})(...given).then(done, (error) => done(String(error)));"
        )
        return self.browser.execute_async_script(whole, *arguments)

    def kept_for_later(self) -> None:
        """Wait until the page is kept for when there is no network, and an old one is not in the way."""
        self.awaited("await navigator.serviceWorker.ready;")
        self.until(lambda: self.script("return navigator.serviceWorker.controller?.state") == "activated")

    def is_wider_than_its_window(self) -> bool:
        """Whether a reader would have to scroll sideways."""
        return bool(self.script("return document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"))

    def until(self, found: Callable[[], _Found]) -> _Found:
        """Wait for a condition, and fail with what the page shows when it does not come."""
        try:
            return WebDriverWait(self.browser, _LIMIT_S, 0.05).until(lambda _browser: found())
        except Exception as error:
            raise AssertionError(
                f"not in time; the page says: {self.script('return document.body?.innerText')}"
            ) from error
