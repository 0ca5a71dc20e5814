"""One kiosk, joined from its settings: what its parts stand on, and the parts themselves by what they are for.

A part is made when it is first asked for, and so are the services in it.
"""

import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from kiosk.domain.place import Places, Site
from kiosk.domain.procedure import Catalogue
from kiosk.ports.clock import Clock
from kiosk.ports.entropy import Entropy
from kiosk.ports.signer import Signer
from kiosk.ports.unit_of_work import UnitOfWorkFactory
from kiosk.settings import Settings
from kiosk.store.store import Store
from ui.composition.centre_link import CentreLink
from ui.composition.centre_trust import CentreTrust
from ui.composition.evidence import Evidence
from ui.composition.keeping import Keeping
from ui.composition.paper import Paper
from ui.composition.process_files import ProcessFiles
from ui.composition.site_data import SiteData
from ui.composition.staff_services import StaffServices
from ui.composition.visitor_verbs import VisitorVerbs

if TYPE_CHECKING:
    from kiosk.services.local_desk import LocalDesk


class Parts(TypedDict):
    """Store, clock, chance and place."""

    units: UnitOfWorkFactory
    clock: Clock
    entropy: Entropy
    site: Site


@dataclass(frozen=True)
class Machine:
    """One kiosk, joined.

    Attributes:
        settings: what was decided for it.
        data_dir: where its database and its small files lie.
        data: what the files of its site say.
        clock: of its store and its screens.
        entropy: its source of chance.
        signer: signs its entries and seals.
        store: its database.
        config: the file that its settings were read from; None for the sample site.
        visitor: set while somebody is at the screen.
    """

    settings: Settings
    data_dir: Path
    data: SiteData
    clock: Clock
    entropy: Entropy
    signer: Signer
    store: Store
    config: Path | None = None
    visitor: threading.Event = field(default_factory=threading.Event)

    @property
    def site(self) -> Site:
        """Where it stands."""
        return self.data.site

    @property
    def places(self) -> Places:
        """Départements and countries."""
        return self.data.places

    @property
    def catalogue(self) -> Catalogue:
        """The procedures it offers."""
        return self.data.catalogue

    @property
    def parts(self) -> Parts:
        """What nearly every verb takes."""
        return Parts(units=self.store.units, clock=self.clock, entropy=self.entropy, site=self.site)

    @cached_property
    def files(self) -> ProcessFiles:
        """What its processes tell each other."""
        return ProcessFiles(self)

    @cached_property
    def paper(self) -> Paper:
        """What prints, and what is printed."""
        return Paper(self)

    @cached_property
    def visitors(self) -> VisitorVerbs:
        """What the public asks for."""
        return VisitorVerbs(self)

    @cached_property
    def staff(self) -> StaffServices:
        """What staff work against."""
        return StaffServices(self)

    @property
    def desk(self) -> "LocalDesk":
        """The desk of its staff: accounts, sessions and the hall."""
        return self.staff.desk

    @cached_property
    def trust(self) -> CentreTrust:
        """What it knows of its centre."""
        return CentreTrust(self)

    @cached_property
    def link(self) -> CentreLink:
        """What goes to its centre and what comes from there."""
        return CentreLink(self)

    @cached_property
    def evidence(self) -> Evidence:
        """Its journal as a proof for others."""
        return Evidence(self)

    @cached_property
    def keeping(self) -> Keeping:
        """What it holds of people, and for how long."""
        return Keeping(self)

    def close(self) -> None:
        """Close what was opened."""
        self.paper.close()
        self.store.close()
