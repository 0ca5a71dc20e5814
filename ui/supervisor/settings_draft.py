"""What an administrator typed and did not save yet, above what stands."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from kiosk.journal.canonical import JsonValue
from kiosk.ports.configuration import ValueSource
from kiosk.services.configure_site import StandingConfiguration

_NOTHING = StandingConfiguration(0, {})


class SettingsDraft(QObject):
    """The values of the forms; ``changed`` says that something is to be painted anew."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing = _NOTHING
        self._values: dict[str, JsonValue] = {}
        self._problems: frozenset[str] = frozenset()

    @property
    def version(self) -> int:
        """The version that the forms show."""
        return self._standing.version

    @property
    def is_read(self) -> bool:
        """Whether anything was ever read."""
        return bool(self._standing.values)

    @property
    def keys(self) -> tuple[str, ...]:
        """All that can be changed."""
        return tuple(self._standing.values)

    @property
    def changes(self) -> Mapping[str, JsonValue]:
        """What was typed and is not what stands."""
        return dict(self._values)

    @property
    def problems(self) -> frozenset[str]:
        """The keys whose values were refused and not typed anew since."""
        return self._problems

    def stand_on(self, standing: StandingConfiguration) -> None:
        """Lay what was typed over what stands now; what somebody decided elsewhere meanwhile is dropped."""
        self._standing = standing
        typed, self._values = self._values, {}
        for key, value in typed.items():
            if key in standing.values and not self.source(key).is_fixed and value != standing.values[key].value:
                self._values[key] = value
        self._problems &= self._values.keys()
        self.changed.emit()

    def value(self, key: str) -> JsonValue:
        """Return what a form shows."""
        return self._values[key] if key in self._values else self.stands(key)

    def stands(self, key: str) -> JsonValue:
        """Return what a form showed before anything was typed."""
        standing = self._standing.values.get(key)
        return None if standing is None else standing.value

    def source(self, key: str) -> ValueSource:
        """Return who decided what stands."""
        return self._standing.values[key].source

    def set(self, key: str, value: JsonValue) -> None:
        """Take what was typed."""
        if value == self.stands(key):
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._problems -= {key}
        self.changed.emit()

    def refuse(self, keys: frozenset[str]) -> None:
        """Mark what was refused."""
        self._problems = keys
        self.changed.emit()

    def drop(self) -> None:
        """Forget what was typed."""
        self._values, self._problems = {}, frozenset()
        self.changed.emit()
