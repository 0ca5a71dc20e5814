"""What the staff screen says of machines; always a word beside a sign, colour alone says nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from kiosk.domain.alarm import BACKLOG_AFTER, CLOCK_TOLERANCE, FEW_TICKETS, LEAST_FREE_BYTES
from kiosk.domain.moment import ClockQuality
from kiosk.ports.desk import SyncBacklog
from kiosk.ports.machines import MachineFacts
from kiosk.ports.readiness import StoreCondition
from kiosk.ports.speech import VoiceCondition
from kiosk.services.close_period import BY_KIOSK
from kiosk.services.machine_alarms import SCREEN_STUCK_AFTER
from kiosk.translation import Translator
from ui.supervisor.counted import counted
from ui.supervisor.wording import Said, Tone, instant_said, link_said, printer_said

_GIGABYTE: Final = 1_000_000_000
_MEGABYTE: Final = 1_000_000
# What may have changed since a machine was last heard.
_CHANGING: Final = frozenset(
    {
        "kioskScreen", "printerState", "paperState", "linkState", "backlogState", "clockState", "diskState",
        "voiceState", "scannerState",
    }
)  # fmt: skip
# What machines of an earlier version do not tell a hub.
_TOLD_LATER: Final = frozenset(
    {
        "kioskScreen", "paperState", "clockState", "diskState", "chainState", "closureState", "voiceState",
        "scannerState",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactSaid:
    """One fact in words.

    Attributes:
        name: of its widgets.
        caption: what it is about.
        said: how it is.
        detail: since when, or what else is known; may be empty.
    """

    name: str
    caption: str
    said: Said
    detail: str = ""


def facts_said(tr: Translator, facts: MachineFacts, zone: tzinfo, *, is_current: bool = True) -> tuple[FactSaid, ...]:
    """Return everything that is known of a machine, in the order in which staff look for it.

    Args:
        tr: of the staff screen.
        facts: as they were last read.
        zone: of the legal time.
        is_current: whether they are read now; without the link to a hub they are those of then.
    """
    return tuple(_FactWords(tr, facts, zone, is_current=is_current).all())


class _FactWords:
    """The words for one machine at one look."""

    def __init__(self, tr: Translator, facts: MachineFacts, zone: tzinfo, *, is_current: bool) -> None:
        self._tr, self._facts, self._zone, self._is_current = tr, facts, zone, is_current
        self._unknown = Said("? " + tr.text("supervisor", "Inconnu"), Tone.QUIET)
        self._report = facts.report if facts.is_running else None

    def all(self) -> Iterator[FactSaid]:
        """Say every fact; of a machine that is not heard, what may have changed since is unknown, with what it was."""
        for fact in self._each():
            is_doubtful = not self._facts.is_known or not self._is_current
            if is_doubtful and (fact.name in _CHANGING or (fact.name == "process" and not self._is_current)):
                yield replace(fact, said=self._unknown, detail=self._last(fact.said))
            elif self._is_earlier and fact.name in _TOLD_LATER:
                yield replace(fact, said=self._unknown, detail=self._not_told())
            else:
                yield fact

    @property
    def _is_earlier(self) -> bool:
        """Whether a hub hears it, and it says less than this version."""
        return self._facts.heard is not None and self._facts.usual_tickets is None

    def _not_told(self) -> str:
        return self._tr.text("supervisor", "pas dit par sa version") if self._facts.version else ""

    def _last(self, said: Said) -> str:
        heard = self._facts.heard
        word = said.text.partition(" ")[2]
        if heard is None or heard.at is None or said == self._unknown:
            return ""
        text = self._tr.text("supervisor", "à {time} : {state}")
        return text.format(time=self._hour(heard.at), state=word[:1].lower() + word[1:])

    def _hour(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        is_today = local.date() == self._facts.seen_at.astimezone(self._zone).date()
        return f"{local:%H:%M}" if is_today else f"{local:%d/%m %H:%M}"

    def _each(self) -> Iterator[FactSaid]:
        tr = self._tr
        yield FactSaid("process", tr.text("supervisor", "Borne"), *self._process())
        yield FactSaid("kioskScreen", tr.text("supervisor", "Écran"), *self._screen())
        yield FactSaid("printerState", tr.text("supervisor", "Imprimante"), *self._printer())
        yield FactSaid("paperState", tr.text("supervisor", "Papier"), *self._paper())
        yield FactSaid("linkState", tr.text("supervisor", "Liaison"), *self._link())
        yield FactSaid("backlogState", self._backlog_caption(), *self._backlog())
        yield FactSaid("clockState", tr.text("supervisor", "Horloge"), *self._clock())
        yield FactSaid("diskState", tr.text("supervisor", "Disque"), *self._disk())
        yield FactSaid("chainState", tr.text("supervisor", "Journal"), *self._chain())
        yield FactSaid("closureState", tr.text("supervisor", "Dernière clôture"), *self._closure())
        yield FactSaid("voiceState", tr.text("supervisor", "Voix du casque"), *self._voice())
        yield FactSaid("scannerState", tr.text("supervisor", "Lecteur de documents"), *self._scanner())
        yield FactSaid("versionState", tr.text("supervisor", "Version"), *self._version())

    def _since(self, at: datetime | None) -> str:
        return instant_said(self._tr, at, self._facts.seen_at, self._zone) if at is not None else ""

    def _instant(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%d/%m à %H:%M}"

    def _good(self, text: str) -> Said:
        return Said(f"✔ {text}", Tone.GOOD)

    def _none(self, text: str) -> Said:
        return Said(f"– {text}", Tone.QUIET)

    def _process(self) -> tuple[Said, str]:
        tr, report, heard = self._tr, self._facts.report, self._facts.heard
        if heard is not None and heard.is_late:
            text = tr.text("supervisor", "Ne répond plus") if heard.at else tr.text("supervisor", "Jamais entendue")
            return Said(f"✖ {text}", Tone.BAD), self._since(heard.at)
        if not self._facts.is_running:
            return Said("✖ " + tr.text("supervisor", "Borne arrêtée"), Tone.BAD), self._since(
                report.at if report else None
            )
        return self._good(tr.text("supervisor", "En service")), self._since(report.started_at if report else None)

    def _screen(self) -> tuple[Said, str]:
        tr, report = self._tr, self._report
        if report is None:
            return self._unknown, ""
        if report.screen_at is None:
            return self._none(tr.text("supervisor", "Sans écran")), ""
        if self._facts.seen_at - report.screen_at > SCREEN_STUCK_AFTER:
            return Said("✖ " + tr.text("supervisor", "Figé"), Tone.BAD), self._since(report.screen_at)
        return self._good(tr.text("supervisor", "Répond")), ""

    def _printer(self) -> tuple[Said, str]:
        printer = self._facts.printer
        if printer is None:
            return self._unknown, ""
        return printer_said(self._tr, printer.value), self._since(printer.since)

    def _paper(self) -> tuple[Said, str]:
        tr, paper, left = self._tr, self._facts.paper, self._facts.tickets_left
        if paper is None or left is None:
            return Said("? " + tr.text("supervisor", "Pas compté"), Tone.QUIET), tr.text(
                "supervisor", "à dire au prochain rouleau"
            )
        put_in = tr.text("supervisor", "rouleau mis le {instant}").format(instant=self._instant(paper.changed_at))
        if left == 0:
            return Said("✖ " + tr.text("supervisor", "Rouleau fini"), Tone.BAD), put_in
        one = tr.text("supervisor", "{count} ticket environ")
        text = counted(left, one, tr.text("supervisor", "{count} tickets environ"))
        return (Said(f"! {text}", Tone.WARNING) if left < FEW_TICKETS else self._good(text)), put_in

    def _link(self) -> tuple[Said, str]:
        tr, link, heard = self._tr, self._facts.link, self._facts.heard
        if not self._facts.has_centre:
            return self._none(tr.text("supervisor", "Pas de centre")), ""
        if heard is not None and heard.at is not None:
            said = link_said(tr, link) if link is not None else None
            heard_at = tr.text("supervisor", "entendue à {time}").format(
                time=f"{heard.at.astimezone(self._zone):%H:%M:%S}"
            )
            return said or self._good(tr.text("supervisor", "Établie")), heard_at
        if link is None:
            return self._unknown, ""
        return link_said(tr, link) or self._good(tr.text("supervisor", "Établie")), self._since(link.since)

    def _backlog_caption(self) -> str:
        if self._facts.heard is not None:
            return self._tr.text("supervisor", "À transmettre")
        return self._tr.text("supervisor", "À transmettre au centre")

    def _backlog(self) -> tuple[Said, str]:
        tr, backlog, oldest = self._tr, self._facts.backlog, self._facts.oldest_unsent_at
        if backlog is None:
            return Said("✖ " + tr.text("supervisor", "Base illisible"), Tone.BAD), ""
        if not self._facts.has_centre:
            return self._none(tr.text("supervisor", "Pas de centre")), ""
        if oldest is None:
            return self._good(tr.text("supervisor", "Rien")), self._contact(backlog)
        few, many = tr.text("supervisor", "{count} écriture"), tr.text("supervisor", "{count} écritures")
        text = counted(backlog.pending, few, many)
        is_late = self._facts.seen_at - oldest > BACKLOG_AFTER
        said = Said(f"! {text}", Tone.WARNING) if is_late else Said(f"… {text}", Tone.BUSY)
        if self._facts.heard is not None:
            return said, self._since(oldest)
        return said, tr.text("supervisor", "la plus ancienne : {instant}").format(instant=self._instant(oldest))

    def _contact(self, backlog: SyncBacklog) -> str:
        at = backlog.last_contact
        if at is None:
            return ""
        return self._tr.text("supervisor", "dernier contact le {instant}").format(instant=self._instant(at))

    def _clock(self) -> tuple[Said, str]:
        tr, report, ahead = self._tr, self._report, self._facts.clock_ahead
        if report is None:
            return self._unknown, ""
        if ahead is not None and abs(ahead) > CLOCK_TOLERANCE:
            said = Said(f"! {clock_off_said(tr, ahead)}", Tone.WARNING)
            return said, tr.text("supervisor", "par rapport au serveur")
        words = {
            ClockQuality.SYNCED: self._good(tr.text("supervisor", "À l'heure")),
            ClockQuality.AGENT_CONFIRMED: self._good(tr.text("supervisor", "Confirmée par un agent")),
            ClockQuality.HOLDOVER: Said("… " + tr.text("supervisor", "Pas vérifiée par le réseau"), Tone.BUSY),
            ClockQuality.SUSPECT: Said("! " + tr.text("supervisor", "Douteuse"), Tone.WARNING),
        }
        return words[report.clock.value], self._since(report.clock.since)

    def _disk(self) -> tuple[Said, str]:
        tr, report, free = self._tr, self._report, self._facts.free_bytes
        room = room_said(tr, free) if free is not None else ""
        if report is not None and report.store.value is not StoreCondition.WRITABLE:
            is_full = report.store.value is StoreCondition.FULL
            text = tr.text("supervisor", "Plein") if is_full else tr.text("supervisor", "Protégé")
            return Said(f"✖ {text}", Tone.BAD), self._since(report.store.since)
        if free is None:
            return self._unknown, ""
        if free < LEAST_FREE_BYTES:
            return Said(f"! {room}", Tone.WARNING), self._since(report.is_disk_low.since if report else None)
        return self._good(room), ""

    def _chain(self) -> tuple[Said, str]:
        tr, chain = self._tr, self._facts.chain
        if chain is None:
            return Said("… " + tr.text("supervisor", "Pas encore vérifié"), Tone.BUSY), ""
        at = tr.text("supervisor", "le {instant}").format(instant=self._instant(chain.at))
        if chain.broken_at is not None:
            text = tr.text("supervisor", "Altéré à l'écriture {number}").format(number=chain.broken_at)
            return Said(f"✖ {text}", Tone.BAD), at
        text = tr.text("supervisor", "Vérifié jusqu'au n° {number}").format(number=chain.entries)
        return self._good(text), at

    def _closure(self) -> tuple[Said, str]:
        tr, closure = self._tr, self._facts.closure
        if closure is None:
            return self._none(tr.text("supervisor", "Aucune")), ""
        year, month, day = closure.period.split("-")
        by = tr.text("supervisor", "la borne") if closure.closed_by == BY_KIOSK else closure.closed_by
        text = tr.text("supervisor", "faite le {instant} par {name}")
        said = self._good(tr.text("supervisor", "Jour du {day}").format(day=f"{day}/{month}/{year}"))
        return said, text.format(instant=self._instant(closure.closed_at), name=by)

    def _voice(self) -> tuple[Said, str]:
        tr, voice = self._tr, self._facts.voice
        if not self._facts.has_voice:
            return self._none(tr.text("supervisor", "Pas de casque")), ""
        if voice is None:
            return self._none(tr.text("supervisor", "N'a pas encore parlé")), ""
        if voice.condition is VoiceCondition.WORKING:
            return self._good(tr.text("supervisor", "Parle")), self._since(voice.since)
        return Said("! " + tr.text("supervisor", "En panne"), Tone.WARNING), self._since(voice.since)

    def _scanner(self) -> tuple[Said, str]:
        tr, report = self._tr, self._report
        scanner = report.scanner if report else None
        if scanner is not None and scanner.value:
            return self._good(tr.text("supervisor", "Branché")), ""
        if scanner is not None:
            return Said("! " + tr.text("supervisor", "Débranché"), Tone.WARNING), self._since(scanner.since)
        if self._facts.has_keyboard_scanner:
            said = self._none(tr.text("supervisor", "Comme un clavier"))
            return said, tr.text("supervisor", "on ne voit pas s'il est branché")
        if not self._facts.is_running:
            return self._unknown, ""
        return self._none(tr.text("supervisor", "Pas de lecteur")), ""

    def _version(self) -> tuple[Said, str]:
        tr, facts, report = self._tr, self._facts, self._report
        if not facts.version:
            return self._unknown, ""
        if report is None or report.version == facts.version:
            return Said(facts.version, Tone.BUSY), ""
        other = tr.text("supervisor", "cet écran : {version} ; redémarrez la borne").format(version=facts.version)
        return Said(f"! {report.version}", Tone.WARNING), other


def clock_off_said(tr: Translator, ahead: timedelta) -> str:
    """Return by how much a clock is wrong."""
    text = (
        tr.text("supervisor", "Avance de {count} min")
        if ahead > timedelta(0)
        else tr.text("supervisor", "Retard de {count} min")
    )
    return text.format(count=abs(ahead) // timedelta(minutes=1))


def room_said(tr: Translator, free: int) -> str:
    """Return how much room there is."""
    if free >= _GIGABYTE:
        words = tr.text("supervisor", "{count} Go libre"), tr.text("supervisor", "{count} Go libres")
        return counted(free // _GIGABYTE, *words)
    words = tr.text("supervisor", "{count} Mo libre"), tr.text("supervisor", "{count} Mo libres")
    return counted(free // _MEGABYTE, *words)
