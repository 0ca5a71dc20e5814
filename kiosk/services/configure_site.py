"""What an administrator changes at the staff screen: checked as a start would, numbered, signed, and written down."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.domain.place import Site
from kiosk.domain.site_texts import text_problems
from kiosk.domain.staff import Permission
from kiosk.errors import InputError, SettingsRefusedError, VersionMovedError
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.entry import EntryType
from kiosk.journal.site_configuration import (
    NO_VERSION,
    Change,
    SiteConfiguration,
    configuration_of,
    document_hash,
    is_genuine,
    signed_document,
)
from kiosk.log_events import LogEvent
from kiosk.ports.clock import Clock
from kiosk.ports.configuration import ConfigurationFiles, ConfigurationVersion, StandingValue
from kiosk.ports.desk import StaffSession
from kiosk.ports.entropy import Entropy
from kiosk.ports.signer import Signer
from kiosk.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import require
from kiosk.services.staff_sessions import StaffSessions

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class StandingConfiguration:
    """What is in force, or will be as soon as the screens take it over.

    Attributes:
        version: the newest; 0 when nothing was ever chosen here.
        values: by dotted key.
    """

    version: int
    values: Mapping[str, StandingValue]


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """A version in the list of all.

    Attributes:
        version: its number.
        made_at: UTC instant; None for the values before the first version.
        made_by: account; empty when it was forgotten, or nobody made it.
        changes: what it changed.
        returns_to: the version whose values it has again.
    """

    version: int
    made_at: datetime | None
    made_by: str = ""
    changes: tuple[Change, ...] = ()
    returns_to: int | None = None


class ConfigureSite:
    """Shows, changes and takes back what administrators choose at the staff screen of this machine."""

    def __init__(
        self,
        *,
        units: UnitOfWorkFactory,
        reading: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        site: Site,
        signer: Signer,
        keys: Callable[[], Iterable[EllipticCurvePublicKey]],
        sessions: StaffSessions,
        files: ConfigurationFiles,
    ) -> None:
        """Take what it works with.

        Args:
            units: one transaction holds a version and its entry.
            reading: sees one state of the store and never waits.
            clock: dates the versions.
            entropy: for the entries.
            site: of this machine.
            signer: signs the versions.
            keys: this machine's public keys, the retired ones too.
            sessions: say who acts.
            files: what the machine's files say, and where a version waits for the next start.
        """
        self._units, self._reading = units, reading
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)
        self._origin, self._signer, self._keys = site.origin, signer, keys
        self._sessions, self._files = sessions, files

    def standing(self, session: StaffSession) -> StandingConfiguration:
        """Return what can be changed, as it stands.

        Raises:
            StaffError: nobody is signed in, or the role does not allow it.
            SettingsRefusedError: the machine's own files are wrong.
        """
        with self._allowed(session, self._reading) as unit:
            latest = self._latest(unit)
        return StandingConfiguration(latest.version, self._files.standing(latest.values))

    def review(self, session: StaffSession, seen: int, changes: Mapping[str, JsonValue]) -> tuple[Change, ...]:
        """Return what would change; nothing is kept.

        Args:
            session: of an administrator.
            seen: the version that the screen showed.
            changes: new values by dotted key.

        Raises:
            SettingsRefusedError: names everything that is wrong.
            VersionMovedError: there is a newer version.
        """
        with self._allowed(session, self._reading) as unit:
            return self._next(unit, seen, changes).changes

    def with_changes(self, session: StaffSession, changes: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
        """Return all that would be chosen with some changes, unchecked: for a look at what would come out."""
        with self._allowed(session, self._reading) as unit:
            return {**self._latest(unit).values, **changes}

    def change(self, session: StaffSession, seen: int, changes: Mapping[str, JsonValue]) -> int:
        """Make another version and return its number; the arguments and errors are those of :meth:`review`.

        Raises:
            InputError: nothing would change.
            StoreError: nothing was changed.
        """
        with self._allowed(session, self._units) as unit:
            return self._made(unit, session, self._next(unit, seen, changes))

    def review_return(self, session: StaffSession, version: int) -> tuple[Change, ...]:
        """Return what going back to a version would change.

        Raises:
            InputError: there is no such version, or it is not what this machine signed.
            SettingsRefusedError: this version of Borne does not take its values any more.
        """
        with self._allowed(session, self._reading) as unit:
            return self._returned(unit, version).changes

    def return_to(self, session: StaffSession, version: int) -> int:
        """Make another version with the values of an earlier one; errors as in :meth:`review_return`."""
        with self._allowed(session, self._units) as unit:
            return self._made(unit, session, self._returned(unit, version))

    def history(self, session: StaffSession) -> Sequence[VersionSeen]:
        """Return all versions, the newest first, and at last what was before the first."""
        with self._allowed(session, self._reading) as unit:
            found = unit.configurations.all()
        return [*map(_seen, found), VersionSeen(NO_VERSION, None)]

    @contextmanager
    def _allowed(self, session: StaffSession, units: UnitOfWorkFactory) -> Iterator[UnitOfWork]:
        with units() as unit:
            require(unit, self._sessions.actor(session).name, Permission.CONFIGURE)
            yield unit

    def _latest(self, unit: UnitOfWork) -> SiteConfiguration:
        stored = unit.configurations.latest()
        if stored is None:
            return SiteConfiguration(self._origin, NO_VERSION, self._entries.now()[1].utc, {})
        return configuration_of(stored.document)

    def _next(self, unit: UnitOfWork, seen: int, changes: Mapping[str, JsonValue]) -> SiteConfiguration:
        latest = self._latest(unit)
        if latest.version != seen:
            raise VersionMovedError(f"version {latest.version} was made meanwhile")
        standing = self._files.standing(latest.values)
        fixed = [key for key in changes if key not in standing or standing[key].source.is_fixed]
        if fixed:
            raise SettingsRefusedError(dict.fromkeys(fixed, "a value that the staff screen decides"))
        problems = text_problems(changes)
        try:
            made = self._successor(latest, {**latest.values, **changes})
        except SettingsRefusedError as error:
            raise SettingsRefusedError({**problems, **error.problems}) from error
        if problems:
            raise SettingsRefusedError(problems)
        return made

    def _returned(self, unit: UnitOfWork, version: int) -> SiteConfiguration:
        values: Mapping[str, JsonValue] = {}
        if version != NO_VERSION:
            stored = unit.configurations.get(version)
            if stored is None or not is_genuine(stored.document, self._origin, self._keys()):
                raise InputError("version", "one that this machine made and signed")
            values = configuration_of(stored.document).values
        return replace(self._successor(self._latest(unit), values), returns_to=version)

    def _successor(self, latest: SiteConfiguration, values: Mapping[str, JsonValue]) -> SiteConfiguration:
        before, after = self._files.standing(latest.values), self._files.standing(values)
        keys = [*before, *(key for key in after if key not in before)]
        changes = tuple(
            Change(key, _value(before, key), _value(after, key))
            for key in keys
            if _value(before, key) != _value(after, key)
        )
        return SiteConfiguration(latest.origin, latest.version + 1, self._entries.now()[1].utc, dict(values), changes)

    def _made(self, unit: UnitOfWork, session: StaffSession, made: SiteConfiguration) -> int:
        if not made.changes:
            raise InputError("changes", "something else than what stands already")
        by = self._sessions.actor(session).name
        signature = self._signer.sign(canonical_bytes(made.body()))
        document = signed_document(made, self._signer.key_id, signature)
        unit.configurations.add(ConfigurationVersion(made.version, made.made_at, by, document))
        unit.journal.append(self._entries.draft(EntryType.CONFIGURATION_CHANGED, _facts(made, by, document)))
        unit.commit()
        try:
            self._files.keep(document)
        except OSError as error:
            # The store has it: whoever opens the machine next writes the file again.
            log.warning(LogEvent.UNEXPECTED_ERROR, error=type(error).__name__)
        return made.version


def _facts(made: SiteConfiguration, by: str, document: bytes) -> dict[str, JsonValue]:
    facts: dict[str, JsonValue] = {
        "account": by,
        "version": made.version,
        "document": document_hash(document),
        "changes": made.body()["changes"],
    }
    if made.returns_to is not None:
        facts["returns_to"] = made.returns_to
    return facts


def _seen(stored: ConfigurationVersion) -> VersionSeen:
    made = configuration_of(stored.document)
    return VersionSeen(stored.version, stored.made_at, stored.made_by, made.changes, made.returns_to)


def _value(values: Mapping[str, StandingValue], key: str) -> JsonValue:
    standing = values.get(key)
    return None if standing is None else standing.value
