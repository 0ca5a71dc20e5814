"""A form to be filled in by hand, for whoever prefers paper: it says nothing of anybody and files nothing."""

from dataclasses import dataclass

from kiosk.domain.place import Site


@dataclass(frozen=True, slots=True)
class BlankForm:
    """What a blank form is made of.

    Attributes:
        site: whom it is addressed to.
        language: said beside the French, code of ``languages.toml``.
    """

    site: Site
    language: str
