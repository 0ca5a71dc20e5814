"""Every setting once: type, unit, default, range, one sentence.

Read at start from TOML and the environment (``BORNE_`` prefix, ``__`` between levels), then frozen and handed down
section by section. Secrets are files; no setting holds one.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import (
    BaseSettings,
    SettingsConfigDict,
)


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SiteSettings(_Section):
    """Where the kiosk stands and in whose name it speaks; printed on the ticket."""

    departement: str = Field("38", description="Code of the département (departements.csv).")
    kiosk_id: Annotated[str, Field(pattern=r"^[A-Z0-9]{2}$")] = Field(
        "A2", description="Two letters or digits, unique in the département."
    )
    kiosk_place: str = Field("Hall d'accueil", description="Where in the building, in French.")
    prefecture_name: str = Field("Préfecture de l'Isère", description="As printed on the ticket.")
    service_name: str = Field("Service de l'immigration et de l'intégration", description="Service in charge.")
    service_address: tuple[str, ...] = Field(
        ("12 place de Verdun", "38000 Grenoble"), description="Postal address, line by line."
    )
    service_phone: str = Field("04 76 60 34 00", description="Telephone of the service.")
    service_email: str = Field("etrangers@isere.example", description="E-mail of the service, may be empty.")
    data_protection_contact: str = Field("dpo@isere.example", description="Contact of the data protection officer.")


class StoreSettings(_Section):
    """The local database."""

    encrypted: bool = Field(True, description="Encrypt with SQLCipher.")
    key_file: Path | None = Field(None, description="Raw key, mode 0600; default: in the keys directory.")
    busy_timeout_s: float = Field(10.0, gt=0, le=60, description="How long to wait for another writer.")


class SigningSettings(_Section):
    """The kiosk's signing key."""

    key_file: Path | None = Field(None, description="PEM private key, mode 0600; default: in the keys directory.")


class PrinterSettings(_Section):
    """The ticket printer."""

    url: str = Field("none:", description="tcp://HOST:PORT, serial://, usb://, file://, emulator:///DIR or none:")
    width_dots: Literal[384, 512, 576] = Field(576, description="Printable width in dots.")
    dots_per_inch: Literal[180, 203] = Field(203, description="Resolution of the print head.")
    confirmation: Literal["process_id", "status_after_data"] = Field(
        "status_after_data",
        description="How the printer says that the slip left: GS ( H or GS r 1 after the data.",
    )
    cutter: bool = Field(True, description="Whether the printer cuts the paper itself.")
    deadline_s: float = Field(20.0, gt=1, le=120, description="Total time for one ticket, confirmation included.")
    status_timeout_s: float = Field(0.5, gt=0, le=1, description="Time for one answer about the state.")


class CentreSettings(_Section):
    """The link to the central system."""

    url: str = Field("", description="Base URL of the centre or hub; empty: no link.")
    public_key_file: Path | None = Field(None, description="PEM public key that signs acknowledgements.")
    deadline_s: float = Field(20.0, gt=0, le=300, description="Total time for one call, however slow the server.")
    batch_entries: int = Field(500, ge=1, le=5000, description="Entries in one batch at most.")
    idle_poll_s: float = Field(30.0, gt=0, le=3600, description="Pause between two looks at the journal.")
    backoff_first_s: float = Field(1.0, gt=0, le=60, description="First pause after a failure.")
    backoff_max_s: float = Field(300.0, gt=0, le=3600, description="Longest pause after failures.")


class ScreenSettings(_Section):
    """The applicant's screens."""

    languages: tuple[str, ...] = Field(("fr", "ar", "en"), description="Languages offered, in button order.")
    full_screen: bool = Field(True, description="Cover the whole screen.")
    inactivity_s: int = Field(60, ge=20, le=600, description="Time without a touch before the warning.")
    warning_s: int = Field(20, ge=20, le=120, description="Time of the warning before everything is erased.")
    double_tap_ms: int = Field(500, ge=0, le=2000, description="A second tap on the same target is ignored.")
    end_screen_s: int = Field(30, ge=5, le=300, description="How long the last screen stays.")


class SealSettings(_Section):
    """The signed code on the ticket."""

    verify_url: str = Field("", description="Page that checks a seal; put before # in the code; empty: none.")
    module_dots: int = Field(6, ge=5, le=8, description="Dots per module of the QR code.")


class Settings(BaseSettings):
    """All settings of one machine."""

    model_config = SettingsConfigDict(
        env_prefix="BORNE_",
        env_nested_delimiter="__",
        frozen=True,
        extra="forbid",
        nested_model_default_partial_update=True,
    )

    site: SiteSettings = SiteSettings()
    store: StoreSettings = StoreSettings()
    signing: SigningSettings = SigningSettings()
    printer: PrinterSettings = PrinterSettings()
    central: CentreSettings = CentreSettings()
    screen: ScreenSettings = ScreenSettings()
    seal: SealSettings = SealSettings()
    procedures_file: Path | None = Field(None, description="Site overrides of procedures.toml.")
    holidays_file: Path | None = Field(None, description="Site overrides of holidays.toml.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level logged.")
