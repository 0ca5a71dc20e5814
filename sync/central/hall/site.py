"""Which site's counters work at a hub."""

from dataclasses import dataclass

from kiosk.domain.hall import Priority
from kiosk.domain.place import Site
from kiosk.domain.procedure import Catalogue
from kiosk.domain.staff import Role
from kiosk.services.person_file import ReadFile


@dataclass(frozen=True, slots=True)
class HallSite:
    """The site of a hub's hall.

    Attributes:
        site: gives the legal time, and the département whose accounts may work here.
        catalogue: gives the labels and the services.
        counters: names of the counters.
        read_file: makes the files that are opened.
        priorities: that staff may give.
        kiosks: origins that stand in this hall; empty: every kiosk of the département that sends here.
        factor_for: roles that do nothing before their account has a second factor.
    """

    site: Site
    catalogue: Catalogue
    counters: tuple[str, ...]
    read_file: ReadFile
    priorities: tuple[Priority, ...] = tuple(Priority)
    kiosks: tuple[str, ...] = ()
    factor_for: tuple[Role, ...] = ()

    @property
    def departement(self) -> str:
        """INSEE code of the site's département."""
        return self.site.departement.code

    def takes(self, origin: str) -> bool:
        """Whether the visitors of a kiosk wait in this hall."""
        return origin in self.kiosks if self.kiosks else origin.partition("-")[0] == self.departement

    def is_within(self, scopes: tuple[str, ...]) -> bool:
        """Whether somebody who may see these départements and machines may see this whole hall."""
        return self.departement in scopes or (bool(self.kiosks) and set(self.kiosks) <= set(scopes))
