"""A list of requests leaves the machine as a file: for supervisors, recorded, and never half a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from kiosk.domain.place import Site
from kiosk.domain.staff import Permission
from kiosk.journal.canonical import JsonValue
from kiosk.journal.entry import EntryType
from kiosk.ports.clock import Clock
from kiosk.ports.desk_units import StaffUnits
from kiosk.ports.entropy import Entropy
from kiosk.ports.finding import FoundRequest, RequestFilter
from kiosk.ports.request_search import ListExport, ListFormat, ListTarget
from kiosk.services.find_requests import FindRequests
from kiosk.services.list_requests import ListRequests
from kiosk.services.recording import EntryWriter
from kiosk.services.staff import Actor, require


class ExportList:
    """Writes a list page by page, each read for itself: a million lines are never in memory, and no writer waits."""

    def __init__(
        self,
        find: FindRequests,
        list_all: ListRequests,
        *,
        units: StaffUnits,
        clock: Clock,
        entropy: Entropy,
        site: Site,
    ) -> None:
        self._find, self._list = find, list_all
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(
        self, actor: Actor, export: ListExport, target: ListTarget, goes_on: Callable[[int], bool]
    ) -> int | None:
        """Write a list and return how many lines it has; None when it was not to go on.

        The entry is there before the file has its name. An export that was given up or failed is an entry as well:
        somebody saw the list being written.

        Args:
            actor: who exports.
            export: which list.
            target: the file.
            goes_on: is told the count of lines after each page, and says whether to go on.

        Raises:
            NotSignedInError, NotAllowedError: the account may not.
            OSError: the file cannot be written.
            StoreError: the list cannot be read, or the export not be recorded.
        """
        with self._units() as unit:
            require(unit, actor.name, Permission.EXPORT_LIST)
        return write_list(
            self._pages(export),
            target,
            goes_on,
            lambda count, is_whole: self._record(actor, export, count, is_whole=is_whole),
        )

    def _pages(self, export: ListExport) -> Iterator[Sequence[FoundRequest]]:
        if export.text:
            yield self._find(export.text, export.wanted)
            return
        beyond = None
        while True:
            page = self._list(export.wanted, export.order, beyond)
            yield page.requests
            beyond = page.beyond
            if beyond is None:
                return

    def _record(self, actor: Actor, export: ListExport, count: int, *, is_whole: bool) -> None:
        facts: dict[str, JsonValue] = {"account": actor.name, "counter": actor.counter}
        with self._units() as unit:
            require(unit, actor.name, Permission.EXPORT_LIST)
            facts |= list_facts(export.format, export.wanted, count, is_searched=bool(export.text))
            unit.journal.append(self._entries.draft(EntryType.LIST_EXPORTED, facts | {"is_whole": is_whole}))
            unit.commit()


def write_list(
    pages: Iterable[Sequence[FoundRequest]],
    target: ListTarget,
    goes_on: Callable[[int], bool],
    record: Callable[[int, bool], None],
) -> int | None:
    """Write the pages of a list into a file, which has its name at the end or is gone.

    Args:
        pages: in order; read one after the other, here or at a hub.
        target: the file.
        goes_on: is told the count of lines after each page, and says whether to go on.
        record: is told the count, and whether the list is whole, before the file has its name.

    Returns:
        How many lines were written; None when it was not to go on.

    Raises:
        OSError: the file cannot be written.
    """
    count = 0
    is_whole = False
    try:
        for requests in pages:
            target.write(requests)
            count += len(requests)
            if not goes_on(count):
                break
        else:
            target.finish()
            is_whole = goes_on(count)
        record(count, is_whole)
        if is_whole:
            target.keep()
    except OSError:
        record(count, False)
        raise
    finally:
        target.discard()
    return count if is_whole else None


class NoteFindings:
    """Records that findings were shown where no account is signed in: at the command line."""

    def __init__(self, *, units: StaffUnits, clock: Clock, entropy: Entropy, site: Site) -> None:
        self._units = units
        self._entries = EntryWriter(clock=clock, entropy=entropy, site=site)

    def __call__(self, count: int, *, by: str) -> None:
        """Record it.

        Args:
            count: how many requests are shown.
            by: who asked, as said at the command line.

        Raises:
            StoreError: it could not be recorded; nothing is to be shown.
        """
        facts = list_facts(ListFormat.TERMINAL, RequestFilter(), count, is_searched=True)
        with self._units() as unit:
            unit.journal.append(self._entries.draft(EntryType.LIST_EXPORTED, {"by": by} | facts | {"is_whole": True}))
            unit.commit()


def list_facts(kind: ListFormat, wanted: RequestFilter, count: int, *, is_searched: bool) -> dict[str, JsonValue]:
    """Return what the journal keeps of a list: which one, never what was typed, for that may be a name."""
    chosen = {
        "procedure": wanted.procedure,
        "service": wanted.service,
        "first": wanted.first.isoformat() if wanted.first else "",
        "last": wanted.last.isoformat() if wanted.last else "",
        "state": wanted.state.value if wanted.state else "",
        "window": wanted.window.value if wanted.window else "",
        "ticket": wanted.ticket.value if wanted.ticket else "",
        "language": wanted.language,
    }
    return {
        "format": kind.value,
        "filter": {name: value for name, value in chosen.items() if value},
        "is_searched": is_searched,
        "rows": count,
    }
