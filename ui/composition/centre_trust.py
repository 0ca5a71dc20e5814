"""What a machine knows of its centre: where it is, whose keys it has, and which seals its list vouches for."""

# ruff: noqa: PLC0415  # the link is loaded by the commands that use it

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.journal.seal_verdict import KnownKey
from kiosk.settings import CentreSettings
from kiosk.store.key_files import keys_directory_of
from ui.composition.site_data import keys_of

if TYPE_CHECKING:
    from sync.client.centre_pin import CentrePin
    from sync.client.key_list import KeptKeyList
    from ui.composition.machine import Machine

# The centre's public key as the first contact showed it, beside our own keys.
CENTRE_PIN_NAME: Final = "centre.pem"
CENTRE_AUTHORITY_NAME: Final = "centre-authority.pem"


@dataclass(frozen=True)
class CentreTrust:
    """Whom a machine believes.

    Attributes:
        machine: the one that believes.
    """

    machine: "Machine"

    @property
    def pin_file(self) -> Path:
        """Where the centre's public key is kept, once it was shown."""
        return keys_directory_of(self.machine.data_dir) / CENTRE_PIN_NAME

    @property
    def authority_file(self) -> Path:
        """Where an enrolment keeps the authority that signs the centre's certificate."""
        return keys_directory_of(self.machine.data_dir) / CENTRE_AUTHORITY_NAME

    @property
    def settings(self) -> CentreSettings:
        """The settings of the link, with what an enrolment brought."""
        central = self.machine.settings.central
        if central.authority_file is None and self.authority_file.exists():
            return central.model_copy(update={"authority_file": self.authority_file})
        return central

    @cached_property
    def pin(self) -> "CentrePin":
        """The centre's keys, as this machine knows them."""
        from sync.client.centre_pin import CentrePin

        return CentrePin(self.settings, self.pin_file)

    @cached_property
    def key_list(self) -> "KeptKeyList | None":
        """The centre's list of public keys, kept here; None when no centre is configured."""
        if not self.machine.settings.central.url:
            return None
        from sync.client.key_list import KEY_LIST_NAME, KeptKeyList

        return KeptKeyList(self.settings, self.pin, keys_directory_of(self.machine.data_dir) / KEY_LIST_NAME)

    def keys_of_seals(self) -> list[KnownKey]:
        """The keys that seals are checked with here: the centre's list, which knows what was revoked, and ours."""
        own = keys_of(self.machine.settings, self.machine.data_dir)
        listed = self.key_list.keys() if self.key_list is not None else ()
        return [*listed, *(KnownKey(key, self.machine.site.origin) for key in (*own.retired, own.signer.public_key))]
