"""What a person's file says, line by line: what was said as it was typed, every coded answer in French."""

from datetime import date
from zoneinfo import ZoneInfo

from kiosk.domain.attempt_weeks import distinct_weeks
from kiosk.domain.identity import PartialDate
from kiosk.domain.request import (
    Attempt,
    AttemptOutcome,
    Evidence,
    Guardian,
    GuardianTie,
    HelpChannel,
    HelpContact,
    RequestContent,
)
from kiosk.domain.request_change import ChangeKind, Completion, Contact, RequestChange, withdrawal_in
from kiosk.domain.ticket import Deadlines, WindowPosition
from kiosk.ports.desk import PersonFile
from kiosk.translation import Translator
from ui.supervisor.counted import counted
from ui.supervisor.file_wording import acts_said, change_said, day_said, person_said
from ui.supervisor.hall_wording import country_said, moment_said
from ui.supervisor.language_wording import language_with_own_name
from ui.supervisor.typed_birth_date import birth_date_said


class FileFacts:
    """Makes the lines of a file: caption, and what stands beside it."""

    def __init__(self, tr: Translator, zone: ZoneInfo) -> None:
        self._tr, self._zone = tr, zone

    def of(self, file: PersonFile) -> list[tuple[str, str]]:
        """Return the lines from the top; whoever shows them leaves out those that say nothing."""
        tr = self._tr
        asked = self._asked(file)
        if file.is_erased:
            return [*asked, (tr.text("supervisor", "Personne"), tr.text("supervisor", "données effacées"))]
        done = acts_said(tr, self._zone, file.acts, file.papers)
        return [
            *self._standing(file),
            *self._person(file.content),
            (tr.text("supervisor", "Identité"), done.get("identity", "")),
            (tr.text("supervisor", "Notes"), done.get("notes", "")),
            *asked,
            *self._dates(file),
            *self._competent(file),
            *self._changes(file),
            *self._rest(file.content, file.document_labels),
            (tr.text("supervisor", "Pièces vues par un agent"), done.get("seen", "")),
            (tr.text("supervisor", "Pièces manquantes"), done.get("asked", "")),
            (tr.text("supervisor", "Message à la borne"), done.get("message", "")),
            *self._elsewhere(file),
            (tr.text("supervisor", "Impossibilité constatée"), done.get("impossibility", "")),
        ]

    def _asked(self, file: PersonFile) -> list[tuple[str, str]]:
        tr = self._tr
        return [
            (tr.text("supervisor", "Reçue le"), moment_said(file.request.received.local, with_day=True)),
            (tr.text("supervisor", "Démarche"), file.procedure_label),
            (tr.text("supervisor", "Rendez-vous pour"), file.target_label),
            (tr.text("supervisor", "Passages"), self._visits(file)),
            (tr.text("supervisor", "Demandes réunies"), self._merged(file)),
        ]

    def _merged(self, file: PersonFile) -> str:
        """Return the later requests that this one stands for, with what was typed there."""
        lines = []
        for each in file.merged:
            day = moment_said(each.received.local, with_day=True)
            said = (each.reference, day, person_said(each.content.identity), each.content.phone)
            lines.append(" · ".join(filter(None, said)))
        return "\n".join(lines)

    def _standing(self, file: PersonFile) -> list[tuple[str, str]]:
        """Return what must be seen before everything else."""
        tr = self._tr
        gone = withdrawal_in(file.changes)
        wanted = "\n".join(change_said(tr, each) for each in file.wanted)
        away = "" if gone is None else self._marked(tr.text("supervisor", "par la personne"), gone)
        return [
            (tr.text("supervisor", "Demande retirée"), away),
            (tr.text("supervisor", "Correction demandée"), wanted),
        ]

    def _competent(self, file: PersonFile) -> list[tuple[str, str]]:
        """Return who decides: what was filed here is dated here, and sent on (CRPA L. 114-2, L. 114-3)."""
        tr, site, home = self._tr, file.site, file.residence
        said = f"{home.name} ({home.code})" if file.content.departement else ""
        if home.code == site.departement.code:
            lines = [site.prefecture_name, *site.service_address]
        else:
            where = tr.text("supervisor", "{name} ({code}) : {authority}, {town}")
            sent_on = tr.text("supervisor", "à transmettre ; la date de dépôt ici reste la bonne")
            authority = home.authority.capitalize()
            town = home.prefecture_town
            lines = [where.format(name=home.name, code=home.code, authority=authority, town=town), sent_on]
        return [
            (tr.text("supervisor", "Département"), said),
            (tr.text("supervisor", "Préfecture compétente"), "\n".join(lines)),
        ]

    def _dates(self, file: PersonFile) -> list[tuple[str, str]]:
        """Return what runs out when; « indicatif » is what a court alone can say (domain dossier 2)."""
        tr, until, dates = self._tr, file.content.permit_expires_on, file.deadlines
        lines = [(tr.text("supervisor", "Fin du titre"), self._permit(until, file) if until else "")]
        if dates is None:
            return lines
        if dates.window is not WindowPosition.OPEN:
            lines.append((tr.text("supervisor", "Dépôt"), self._window(dates)))
        if dates.implicit_rejection_on is None:
            return lines
        silence = tr.text("supervisor", "refus implicite le {day}, si le dossier est complet")
        appeal = tr.text("supervisor", "jusqu'au {safe} (jour sûr) ; dernier jour {legal} (indicatif)")
        return [
            *lines,
            (tr.text("supervisor", "Sans réponse"), silence.format(day=day_said(dates.implicit_rejection_on))),
            (
                tr.text("supervisor", "Recours"),
                appeal.format(safe=day_said(dates.appeal_safe_day), legal=day_said(dates.appeal_legal_last_day)),
            ),
        ]

    def _permit(self, until: date, file: PersonFile) -> str:
        days = (until - file.timeline[-1].at.astimezone(self._zone).date()).days
        tr = self._tr
        left = counted(days, tr.text("supervisor", "encore 1 jour"), tr.text("supervisor", "encore {count} jours"))
        if days < 0:
            since = tr.text("supervisor", "fini depuis 1 jour"), tr.text("supervisor", "fini depuis {count} jours")
            left = counted(-days, *since)
        elif days == 0:
            left = tr.text("supervisor", "finit aujourd'hui")
        return f"{day_said(until)} · {left}"

    def _window(self, dates: Deadlines) -> str:
        tr = self._tr
        words = {
            WindowPosition.EARLY: tr.text("supervisor", "avant le délai"),
            WindowPosition.IN_TIME: tr.text("supervisor", "dans le délai"),
            WindowPosition.LATE: tr.text("supervisor", "hors délai"),
            WindowPosition.UNKNOWN: tr.text("supervisor", "délai non calculable"),
            WindowPosition.OPEN: "",
        }
        opens, closes = day_said(dates.window_opens_on), day_said(dates.window_closes_on)
        return " · ".join(filter(None, [words[dates.window], " – ".join(filter(None, [opens, closes]))]))

    def _changes(self, file: PersonFile) -> list[tuple[str, str]]:
        """Return what was added and put right after the filing, the newest first, with the old values."""
        tr = self._tr
        righted, added = [], []
        for change in reversed(file.changes):
            if change.kind is ChangeKind.CORRECTED:
                values = [change_said(tr, each) for each in change.corrections]
                righted += [*values, self._marked(change.reason, change)]
            elif change.kind is ChangeKind.COMPLETED:
                added += [
                    *self._added(change.added, file),
                    self._marked(tr.text("supervisor", "par la personne"), change),
                ]
        return [
            (tr.text("supervisor", "Corrigé"), "\n".join(righted)),
            (tr.text("supervisor", "Complété"), "\n".join(added)),
        ]

    def _added(self, added: Completion, file: PersonFile) -> list[str]:
        tr = self._tr
        # A number that was taken out later is not shown here either: only the journal keeps it.
        known = (file.content.phone, file.content.email)
        contacts = [
            value if value in known else words
            for value, words in (
                (added.phone, tr.text("supervisor", "téléphone")),
                (added.email, tr.text("supervisor", "courriel")),
            )
            if value
        ]
        erased = {
            Contact.PHONE: tr.text("supervisor", "téléphone effacé"),
            Contact.EMAIL: tr.text("supervisor", "courriel effacé"),
        }
        papers = [file.papers.get(code, code) for code in added.documents]
        tried = [*map(self._attempt, added.attempts), *map(self._helped, added.help_contacts)]
        shown = [", ".join(map(self._evidence, added.evidence))] if added.evidence else []
        return [*papers, *contacts, *(erased[each.contact] for each in added.removed), *tried, *shown]

    def _marked(self, words: str, change: RequestChange) -> str:
        """Return when and by whom something was changed; the words stand for the person when no agent did it."""
        when = moment_said(change.changed.local, with_day=True)
        if change.kind is ChangeKind.CORRECTED:
            return " · ".join(filter(None, [when, change.by, words]))
        return " · ".join(filter(None, [when, change.by or words, change.reason]))

    def _visits(self, file: PersonFile) -> str:
        return "\n".join(
            f"{moment_said(filing.filed.local, with_day=True)}  {filing.call_number}" for filing in file.request.filings
        )

    def _person(self, content: RequestContent) -> list[tuple[str, str]]:
        tr, who = self._tr, content.identity
        return [
            (tr.text("supervisor", "Nom de naissance"), who.birth_name),
            (tr.text("supervisor", "Prénoms"), " ".join(who.given_names)),
            (tr.text("supervisor", "Nom d'usage"), who.usage_name or ""),
            (tr.text("supervisor", "Né(e) le"), birth_date_said(who.birth_date)),
            (tr.text("supervisor", "Nationalité"), country_said(who.nationality)),
            (tr.text("supervisor", "Langue"), language_with_own_name(tr, content.language)),
            (tr.text("supervisor", "Numéro étranger"), content.foreigner_number or ""),
        ]

    def _rest(self, content: RequestContent, documents: tuple[str, ...]) -> list[tuple[str, str]]:
        tr = self._tr
        helper = content.helper
        alone = tr.text("supervisor", "non")
        helped = tr.text("supervisor", "oui") if helper == "" else helper
        return [
            (tr.text("supervisor", "Téléphone"), content.phone or ""),
            (tr.text("supervisor", "Courriel"), content.email or ""),
            (tr.text("supervisor", "Pièces déclarées, non vérifiées"), "\n".join(documents)),
            (tr.text("supervisor", "Accompagné"), alone if helper is None else helped or ""),
            (tr.text("supervisor", "Adulte présent"), self._guardian(content.guardian)),
        ]

    def _guardian(self, guardian: Guardian | None) -> str:
        if guardian is None:
            return ""
        words = {
            GuardianTie.PARENT: self._tr.text("supervisor", "parent"),
            GuardianTie.GUARDIAN: self._tr.text("supervisor", "tuteur"),
            GuardianTie.SOCIAL_WORKER: self._tr.text("supervisor", "éducateur"),
            GuardianTie.OTHER: self._tr.text("supervisor", "autre"),
        }
        said = [guardian.name, words[guardian.tie] if guardian.tie else ""]
        return " · ".join(filter(None, said)) or self._tr.text("supervisor", "oui")

    def _weeks(self, file: PersonFile) -> str:
        """Return in how many weeks the person surely tried or came (domain dossier 3.5, point 5)."""
        passages = (filing.filed.civil_date for filing in file.request.filings)
        weeks = distinct_weeks(file.content.attempts, passages)
        return self._tr.text("supervisor", "sur {count} semaines différentes").format(count=weeks) if weeks > 1 else ""

    def _elsewhere(self, file: PersonFile) -> list[tuple[str, str]]:
        """Return what was tried elsewhere, as declared: it may show that the online way was impossible."""
        tr, content = self._tr, file.content
        return [
            (tr.text("supervisor", "Essais ailleurs"), "\n".join(map(self._attempt, content.attempts))),
            (tr.text("supervisor", "Essais et passages"), self._weeks(file)),
            (tr.text("supervisor", "Aide demandée"), "\n".join(map(self._helped, content.help_contacts))),
            (tr.text("supervisor", "Peut montrer"), ", ".join(map(self._evidence, content.evidence))),
        ]

    def _helped(self, contact: HelpContact) -> str:
        channels = {
            HelpChannel.CONTACT_CENTRE: self._tr.text("supervisor", "centre de contact citoyens"),
            HelpChannel.HELP_POINT: self._tr.text("supervisor", "point d'accueil numérique"),
        }
        said = [when_said(contact.on, contact.around), channels[contact.channel], contact.reference or ""]
        return " · ".join(filter(None, said))

    def _evidence(self, evidence: Evidence) -> str:
        words = {
            Evidence.SCREENSHOT: self._tr.text("supervisor", "capture d'écran"),
            Evidence.EMAIL: self._tr.text("supervisor", "courriel"),
            Evidence.SMS: self._tr.text("supervisor", "SMS"),
        }
        return words[evidence]

    def _attempt(self, attempt: Attempt) -> str:
        tr = self._tr
        words = {
            AttemptOutcome.ERROR_PAGE: tr.text("supervisor", "page d'erreur"),
            AttemptOutcome.BLOCKED_ACCOUNT: tr.text("supervisor", "compte bloqué"),
            AttemptOutcome.MISSING_CATEGORY: tr.text("supervisor", "catégorie absente"),
            AttemptOutcome.REFUSED_DOCUMENT: tr.text("supervisor", "pièce refusée"),
            AttemptOutcome.NO_SLOT: tr.text("supervisor", "plus de créneau"),
            AttemptOutcome.NO_INTERNET: tr.text("supervisor", "pas d'internet"),
            AttemptOutcome.CANNOT_READ: tr.text("supervisor", "ne sait pas lire"),
            AttemptOutcome.OTHER: tr.text("supervisor", "autre"),
        }
        return " · ".join(
            filter(None, [when_said(attempt.on, attempt.around), words[attempt.outcome], attempt.contact or ""])
        )


def when_said(day: date | None, around: PartialDate | None) -> str:
    """Return a day, or what is known of one."""
    return day_said(day) or birth_date_said(around)
