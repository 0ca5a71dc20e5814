"""Bundles as they are made, and as they should not be."""

import zipfile
from pathlib import Path

from kiosk.journal.chain import EntrySigner
from kiosk.ports.signer import Signer
from sync.central.carried.take_bundle import TakeBundle, TakenBundle
from sync.central.context import CentreContext
from sync.central.receiver import receiver
from sync.client.carry_out import CarriedOut, CarryOut
from sync.protocol.carried import BundleWriter, CarriedPart, part_content
from sync.protocol.envelopes import sealed
from tests.fakes.clocks import a_signer
from tests.fakes.kiosks import AKiosk

CLERK = "Mme Faure"


def carried_out(
    kiosk: AKiosk, centre: CentreContext, folder: Path, *, from_seq: int | None = None, signer: Signer | None = None
) -> CarriedOut:
    """Write what a kiosk did not send into a bundle for a centre."""
    carry = CarryOut(
        units=kiosk.store.units,
        reading=kiosk.store.reading,
        clock=kiosk.clock,
        entropy=kiosk.entropy,
        site=kiosk.site,
        signer=signer or a_signer(),
    )
    made = carry(folder, centre.opening_keys.current().public_key(), from_seq=from_seq)
    assert made is not None
    return made


def taken(centre: CentreContext, file: Path) -> TakenBundle:
    """Take a bundle at a centre."""
    return TakeBundle(centre, receiver(centre))(file, by=CLERK)


def resealed(
    path: Path, parts: list[CarriedPart], centre: CentreContext, *, origin: str, signer: EntrySigner | None = None
) -> Path:
    """Write a bundle of given parts, sealed by whomever."""
    with path.open("wb") as file:
        writer = BundleWriter(file, "")
        for part in parts:
            recipient = centre.opening_keys.current().public_key()
            writer.add(sealed(part_content(part), origin=origin, signer=signer or a_signer(), recipient=recipient))
        writer.close()
    return path


def rezipped(path: Path, contents: dict[str, bytes]) -> Path:
    """Write a ZIP file of given names and contents."""
    with zipfile.ZipFile(path, "w") as bundle:
        for name, content in contents.items():
            bundle.writestr(name, content)
    return path


def unzipped(path: Path) -> dict[str, bytes]:
    """Return what a ZIP file holds."""
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}
