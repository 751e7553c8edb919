"""What a reader may set: by environment (`WORLDTAKE_...`), by `settings.toml` in the home folder, by command-line option; later ones win."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeAlias

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

#: Kinds of translators that can be set up.
EngineKind: TypeAlias = Literal["apertium", "opus", "libretranslate", "deepl", "llm"]


class TranslatorSettings(BaseModel):
    """One translator of the list `translators`: a table `[[translators]]` in settings.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: EngineKind = Field(description="Kind of translator.")
    name: str = Field(
        default="",
        pattern=r"^[a-z0-9][a-z0-9._-]*$|^$",
        description="Name under which it is counted and remembered; the kind if not set.",
    )
    url: str = Field(
        default="",
        description="Address of the server, for libretranslate and llm; for deepl another than its own.",
    )
    key: SecretStr | None = Field(
        default=None,
        description="Key that the server asks for; $NAME reads it from the environment.",
    )
    model: str = Field(default="", description="Name of the model, for llm.")
    sources: tuple[str, ...] = Field(
        default=(),
        description="Languages it is asked to translate from, BCP 47; all it knows if empty.",
    )
    tier: Literal["good", "gist", "match"] | None = Field(
        default=None, description="How far it may be trusted, where that is not to be its own word."
    )
    seconds: float = Field(default=60.0, gt=0, description="Longest time of one call, in seconds.")
    daily_characters: int | None = Field(
        default=None,
        ge=0,
        description="Characters that may be sent in a day (UTC); no limit if not set.",
    )
    price: float = Field(
        default=0.0,
        ge=0,
        description="What a million characters cost, in whatever money you count in.",
    )
    daily_money: float | None = Field(
        default=None, ge=0, description="What may be spent in a day (UTC); no limit if not set."
    )

    @property
    def id(self) -> str:
        """Return the name, or the kind where it has none."""
        return self.name or self.engine


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
    reads: tuple[str, ...] = Field(
        default=(),
        description="Languages you read beside that one, BCP 47: articles in them stay as they were printed.",
    )
    translators: Literal["auto", "none"] | tuple[TranslatorSettings, ...] = Field(
        default="auto",
        description="Translators in the order of your trust: a list of tables; auto takes the installed models, then Apertium where it is installed; none translates nothing.",
    )
    models: Path | None = Field(
        default=None,
        description="Folder of installed translation models; `models` in the home folder if not set.",
    )
    glossary: Path | None = Field(
        default=None,
        description="File of words with their fixed translations: source language, word, target language, translation, separated by tabs.",
    )
    read_outlets: int = Field(
        default=3,
        ge=1,
        description="Outlets of a story from which on its articles are translated to their ends; others when somebody opens them.",
    )
    translation_memory_mb: float = Field(
        default=500.0,
        gt=0,
        description="Size up to which translated sentences are remembered, in megabytes; the least lately used go first.",
    )
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
