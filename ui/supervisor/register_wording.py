"""The words of the day's end and of the next morning's check: what is good, what is open, what to do."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.domain.moment import ClockQuality
from kiosk.domain.paper_roll import PaperRoll
from kiosk.journal.closure import Closure, ClosureKind
from kiosk.ports.register import DayHolds, MorningCheck, RecordedClosure
from kiosk.ports.ticket_printer import PrinterCondition
from kiosk.services.close_period import BY_KIOSK
from kiosk.translation import Translator
from kiosk.workflows.print_job import PrintState
from ui.supervisor.counted import counted, number_said
from ui.supervisor.figures_wording import day_said
from ui.supervisor.wording import Said, Tone, printer_said, roll_said

_FEW_TICKETS: Final = 60  # a morning in a small hall
_HEAD_SHOWN: Final = 8
_UNSURE: Final = (PrintState.UNCONFIRMED, PrintState.FAILED)
_UNSETTLED: Final = (PrintState.SAVED, PrintState.SENDING)


class RegisterWording:
    """Says what the register shows, in French and in legal time."""

    def __init__(self, tr: Translator, zone: str, *, has_centre: bool) -> None:
        """Take the words.

        Args:
            tr: of the staff screen.
            zone: legal time.
            has_centre: whether entries go to a centre.
        """
        self._tr, self._zone, self._has_centre = tr, ZoneInfo(zone), has_centre

    def facts(self, holds: DayHolds) -> list[tuple[str, str]]:
        """Return what the day holds: what, and how much."""
        say = self._say
        filings, one = say("{count}, dont {requests}"), say("{count} demande nouvelle")
        requests = counted(holds.requests, one, say("{count} demandes nouvelles"))
        hall = say("{waiting} en attente · {at_counter} au guichet · {aside} mis de côté")
        return [
            (say("Dépôts"), filings.format(count=number_said(holds.filings), requests=requests)),
            (say("Tickets"), " · ".join(self._tickets(holds))),
            (say("Hall"), hall.format(waiting=holds.waiting, at_counter=holds.at_counter, aside=holds.aside)),
            (say("Centre"), self._centre(holds)),
            (say("Papier"), self._paper(holds.roll)),
            (say("Clôture"), self._closures(holds)),
        ]

    def _tickets(self, holds: DayHolds) -> Iterator[str]:
        """Yield how many are in each state; what is rare only where there is one."""
        say, tickets = self._say, holds.tickets
        yield counted(tickets.get(PrintState.CONFIRMED, 0), say("{count} imprimé"), say("{count} imprimés"))
        unconfirmed = tickets.get(PrintState.UNCONFIRMED, 0)
        yield counted(unconfirmed, say("{count} non confirmé"), say("{count} non confirmés"))
        yield counted(tickets.get(PrintState.FAILED, 0), say("{count} non imprimé"), say("{count} non imprimés"))
        if unsettled := sum(tickets.get(state, 0) for state in _UNSETTLED):
            yield say("{count} en cours").format(count=unsettled)
        if expired := tickets.get(PrintState.EXPIRED, 0):
            yield counted(expired, say("{count} expiré"), say("{count} expirés"))

    def warnings(self, holds: DayHolds) -> Iterator[str]:
        """Yield what is open, and what becomes of it when the day is closed."""
        say = self._say
        unsure = sum(holds.tickets.get(state, 0) for state in _UNSURE)
        unsettled = sum(holds.tickets.get(state, 0) for state in _UNSETTLED)
        if holds.filed_since and holds.closures:
            text = say(
                "Dépôts après la clôture n° {number} : {count}. Ils sont enregistrés et datés ; une clôture "
                "complémentaire les prend, sinon la borne le fait cette nuit."
            )
            yield text.format(number=holds.closures[-1].closure.number, count=holds.filed_since)
        if holds.at_counter:
            yield say("Encore au guichet : {count}. Notez d'abord la fin du passage.").format(count=holds.at_counter)
        if holds.waiting or holds.aside:
            text = say("Sans fin notée dans le hall : {count}. Au registre ces dépôts restent sans suite.")
            yield text.format(count=holds.waiting + holds.aside)
        if unsure:
            yield say("Tickets à revoir : {count}. Un duplicata se fait depuis le dossier.").format(count=unsure)
        if unsettled:
            yield say("Tickets encore en cours : {count}.").format(count=unsettled)
        if self._has_centre and holds.backlog.pending:
            one = say("Pas encore au centre : {count} entrée. L'envoi continue après la clôture, rien n'est perdu.")
            many = say("Pas encore au centre : {count} entrées. L'envoi continue après la clôture, rien n'est perdu.")
            yield counted(holds.backlog.pending, one, many)
        if holds.roll is not None and holds.roll.tickets_left(is_near_end=False) < _FEW_TICKETS:
            yield say("Bientôt plus de papier : changez le rouleau ce soir.")

    def state(self, holds: DayHolds) -> str:
        """Return what becomes of who comes after the closing; empty for a day that is open, or to be closed again."""
        if not holds.closures or holds.filed_since:
            return ""
        return self._say(
            "Journée close. Un dépôt qui vient encore est enregistré et daté comme les autres ; une clôture "
            "complémentaire le prend, cette nuit au plus tard."
        )

    def question(self, holds: DayHolds) -> str:
        """Return what is asked before a day is closed."""
        text = self._say(
            "Clore le {day} ? Une clôture ne s'efface pas. On peut encore déposer ensuite : "
            "ces dépôts iront dans une clôture complémentaire."
        )
        return text.format(day=day_said(holds.day))

    def check(self, check: MorningCheck) -> Iterator[Said]:
        """Yield what was checked, what must be done first."""
        yield self._closed(check)
        if check.last is not None or check.missing_number is not None:
            yield self._numbered(check.missing_number)
        if check.last is not None or check.chain_break is not None:  # before the first closure nothing was verified
            yield self._chained(check)
        yield self._clock(check.clock)
        yield self._printer(check)

    def row(self, recorded: RecordedClosure) -> tuple[str, ...]:
        """Return a closure as a line of the list."""
        closure = recorded.closure
        return (
            str(closure.number),
            self.period(recorded),
            f"{self._local(recorded.entry.recorded_at):%d/%m/%Y %H:%M}",
            self._who(closure),
            number_said(closure.filings),
            number_said(closure.perpetual_total),
            closure.head[:_HEAD_SHOWN],
            self._synced(recorded),
        )

    def period(self, recorded: RecordedClosure) -> str:
        """Return « jour 20/11/2026 », « mois 11/2026 », « année 2026 »."""
        closure = recorded.closure
        match closure.kind:
            case ClosureKind.DAY:
                return self._say("jour {day}").format(day=f"{date.fromisoformat(closure.period):%d/%m/%Y}")
            case ClosureKind.MONTH:
                return self._say("mois {month}").format(month="/".join(reversed(closure.period.split("-"))))
            case ClosureKind.YEAR:
                return self._say("année {year}").format(year=closure.period)

    def _synced(self, recorded: RecordedClosure) -> str:
        if not self._has_centre:
            return "–"
        return "✔ " + self._say("reçue") if recorded.is_synced else "… " + self._say("à envoyer")

    def _centre(self, holds: DayHolds) -> str:
        if not self._has_centre:
            return self._say("pas de centre")
        if not holds.backlog.pending:
            return self._say("à jour")
        one, many = self._say("{count} entrée à envoyer"), self._say("{count} entrées à envoyer")
        return counted(holds.backlog.pending, one, many)

    def _paper(self, roll: PaperRoll | None) -> str:
        if roll is None:
            return self._say("rouleau non compté")
        one, many = self._say("pour {count} ticket environ"), self._say("pour {count} tickets environ")
        return counted(roll.tickets_left(is_near_end=False), one, many)

    def _closures(self, holds: DayHolds) -> str:
        if not holds.closures:
            return self._say("journée ouverte")
        return " · ".join(self._made(recorded) for recorded in holds.closures)

    def _made(self, recorded: RecordedClosure) -> str:
        text = self._say("n° {number} à {time} par {name}")
        time = f"{self._local(recorded.entry.recorded_at):%H:%M}"
        return text.format(number=recorded.closure.number, time=time, name=self._who(recorded.closure))

    def _who(self, closure: Closure) -> str:
        return self._say("la borne") if closure.closed_by == BY_KIOSK else closure.closed_by

    def _closed(self, check: MorningCheck) -> Said:
        say = self._say
        if check.open_since is not None:
            text = say("Pas clos : {day}. La borne était arrêtée cette nuit. Clôturez les jours passés.")
            return Said("✖ " + text.format(day=day_said(check.open_since)), Tone.BAD)
        if check.last is None:
            return Said("– " + say("Premier jour : rien avant lui."), Tone.QUIET)
        closure, closed_at = check.last.closure, self._local(check.last.entry.recorded_at)
        text = say("{day} : clos par {name} le {instant} (n° {number}).").format(
            day=day_said(date.fromisoformat(closure.period)).capitalize(),
            name=self._who(closure),
            instant=f"{closed_at:%d/%m à %H:%M}",
            number=closure.number,
        )
        return Said(f"✔ {text}", Tone.GOOD)

    def _numbered(self, missing: int | None) -> Said:
        if missing is None:
            return Said("✔ " + self._say("Clôtures numérotées sans trou."), Tone.GOOD)
        text = self._say("Il manque la clôture n° {number}. Prévenez l'administrateur : base restaurée ou modifiée ?")
        return Said("✖ " + text.format(number=missing), Tone.BAD)

    def _chained(self, check: MorningCheck) -> Said:
        found = check.chain_break
        if found is None:
            one = self._say("Journal vérifié depuis la clôture d'avant : {count} entrée, intacte.")
            many = self._say("Journal vérifié depuis la clôture d'avant : {count} entrées, toutes intactes.")
            return Said("✔ " + counted(check.entries, one, many), Tone.GOOD)
        text = self._say(
            "Journal rompu à l'entrée {seq}. Les dépôts continuent. Ne supprimez rien, prévenez l'administrateur."
        )
        return Said("✖ " + text.format(seq=found.seq), Tone.BAD)

    def _clock(self, clock: ClockQuality) -> Said:
        say = self._say
        match clock:
            case ClockQuality.SYNCED | ClockQuality.AGENT_CONFIRMED:
                return Said("✔ " + say("Horloge réglée."), Tone.GOOD)
            case ClockQuality.HOLDOVER:
                return Said("! " + say("Horloge hors réseau : comparez l'heure en haut avec une montre."), Tone.WARNING)
            case ClockQuality.SUSPECT:
                text = say("Horloge douteuse : les tickets le disent. Faites régler l'heure de la machine.")
                return Said("✖ " + text, Tone.BAD)

    def _printer(self, check: MorningCheck) -> Said:
        if check.printer is None:
            return Said("? " + self._say("Borne arrêtée : démarrez-la avant l'ouverture."), Tone.WARNING)
        said, paper = printer_said(self._tr, check.printer), roll_said(self._tr, check.roll, check.printer)
        near_end = check.printer is PrinterCondition.PAPER_NEAR_END
        is_low = check.roll is not None and check.roll.tickets_left(is_near_end=near_end) < _FEW_TICKETS
        text = self._say("Imprimante : {state}").format(state=said.text.partition(" ")[2])
        sign = "!" if is_low and said.tone is Tone.GOOD else said.text.partition(" ")[0]
        tone = Tone.WARNING if is_low and said.tone is Tone.GOOD else said.tone
        low = self._say("changez le rouleau avant l'ouverture") if is_low else ""
        return Said(f"{sign} " + " · ".join(filter(None, [text, paper, low])), tone)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone)

    def _say(self, french: str) -> str:
        return self._tr.text("register", french)
