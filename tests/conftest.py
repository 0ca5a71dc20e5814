"""What every test stands on: no display needed, the same fonts everywhere, no setting from outside."""

import os
import sys
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings as hypothesis_settings
from PySide6.QtWidgets import QApplication
from structlog.testing import LogCapture

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Each test program would compile SQLAlchemy and all the rest anew: more than half of its time to start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

hypothesis_settings.register_profile("borne", deadline=None, print_blob=True)
hypothesis_settings.load_profile("borne")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no core is left waiting for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own ``BORNE_`` variables must not change what a test sees."""
    for name in [name for name in os.environ if name.startswith("BORNE_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """A command that configured its logs must not leave them to the next test."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def log() -> LogCapture:
    """Everything logged during the test, as data."""
    capture = LogCapture()
    structlog.reset_defaults()
    structlog.configure(processors=[capture])
    return capture


@pytest.fixture(scope="session")
def fonts(qapp: QApplication) -> tuple[str, ...]:
    """The families of the bundled fonts, in order of preference; everything is written in them, as in the kiosk."""
    from PySide6.QtGui import QFont  # noqa: PLC0415  # tests without Qt must not load it

    from printing.render.fonts import load_fonts  # noqa: PLC0415

    families = load_fonts()
    qapp.setFont(QFont(list(families)))
    return families
