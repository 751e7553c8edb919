"""What a reader may set: by environment (`WORLDTAKE_...`), by `settings.toml` in the home folder, by command-line option; later ones win."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """All settings, checked; an unknown key or a wrong value is an error that names it."""

    model_config = SettingsConfigDict(env_prefix="WORLDTAKE_", extra="forbid", frozen=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("worldtake", appauthor=False),
        description="Folder of the store, the search index and settings.toml.",
    )
    store: str | None = Field(
        default=None, description="Database address; a SQLite file in the home folder if not set."
    )
    host: str = Field(default="127.0.0.1", description="Address the site listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port the site listens on.")
    sample_port: int = Field(
        default=8020,
        ge=0,
        le=65535,
        description="Port of the sample press; its addresses, and so its articles, hang on it.",
    )
    language: str = Field(default="en", description="The reader's language, BCP 47.")
    home_country: str = Field(
        default="US", min_length=2, max_length=2, description="Country whose gaps are shown first."
    )
    workers: int = Field(
        default=2, ge=0, le=64, description="Worker processes; 0 works in the main process."
    )
    contact: str | None = Field(
        default=None,
        description="Address or e-mail that hosts are told, so that they can reach who runs this worldtake.",
    )
    allow_hosts: tuple[str, ...] = Field(
        default=(),
        description="Hosts that may be called though their addresses are not public; *.x names all under x.",
    )
    pace_seconds: float = Field(
        default=5.0, ge=0, description="Least time between two calls to one host, in seconds."
    )
    domain_pace_seconds: float = Field(
        default=1.0,
        ge=0,
        description="Least time between two calls to hosts of one registered domain, in seconds.",
    )
    retry_seconds: float = Field(
        default=30.0,
        ge=0,
        description="Pause before the second try of a failed call, in seconds; later ones are longer.",
    )
    calls: int = Field(default=64, ge=1, le=2048, description="Calls in hand at one time.")
    call_seconds: float = Field(
        default=60.0, gt=0, description="Longest time of one call, in seconds."
    )
    poll_minutes: float = Field(
        default=10.0, gt=0, description="Least pause between two calls of one feed, in minutes."
    )
    max_poll_hours: float = Field(
        default=24.0, gt=0, description="Longest pause between two calls of one feed, in hours."
    )
    archive: bool = Field(
        default=True, description="Whether fetched pages are archived as WARC, a folder a day."
    )
    archive_folder: Path | None = Field(
        default=None, description="Folder of the archive; `archive` in the home folder if not set."
    )
    archive_days: float = Field(
        default=30.0, gt=0, description="Days after which archive files are deleted."
    )
    page_days: float = Field(
        default=3.0,
        ge=0,
        description="Days that the bytes of a page stay in the store once the archive has them.",
    )
    revisit: bool = Field(
        default=False,
        description="Whether articles are looked at again 1, 6 and 24 hours after they appeared; else only where their feed announces a change.",
    )
    image_proxy: bool = Field(
        default=False,
        description="Whether the site fetches images of articles; else it only keeps their addresses.",
    )
    image_bytes: int = Field(
        default=2_000_000, gt=0, description="Largest image that the proxy hands on, in bytes."
    )
    public_url: str | None = Field(
        default=None,
        description="Address under which others reach this site; hubs (WebSub) are only asked where it is set.",
    )
    cluster_wait_seconds: float = Field(
        default=3.0,
        ge=0,
        description="How long grouping waits for articles that are still being read.",
    )
    retries: int = Field(default=3, ge=1, description="Tries of an item before quarantine.")
    window_days: float = Field(default=7.0, gt=0, description="Days over which stories grow.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read options first, then the environment, then the file."""
        del dotenv_settings, file_secret_settings
        toml = settings_cls.model_config.get("toml_file")
        sources = (init_settings, env_settings)
        return (*sources, TomlConfigSettingsSource(settings_cls)) if toml else sources


def read_settings(home: Path | None = None, **options: object) -> Settings:
    """Return the settings of the home folder, with `options` (None means not given) on top.

    Raises:
        pydantic.ValidationError: if a key is unknown or a value is out of range.
    """
    given = {name: value for name, value in options.items() if value is not None}
    if home is not None:
        given["home"] = home
    folder = Path(str(given["home"])) if "home" in given else Settings().home

    class FiledSettings(Settings):
        model_config = SettingsConfigDict(toml_file=folder / "settings.toml")

    found = FiledSettings(**given)  # type: ignore[arg-type]
    return Settings.model_construct(**dict(found))
