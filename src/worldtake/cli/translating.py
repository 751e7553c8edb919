"""`worldtake translate`: lines translated, translators looked at, models installed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from typer.core import TyperGroup

from worldtake.cli.console import StageProgress, say, say_error
from worldtake.errors import WorldtakeError
from worldtake.translate.checks import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.newsroom.translating import Examined, Translating
    from worldtake.settings import Settings

#: Lines translated together, so that translators are asked for many sentences at once.
LINES_AT_ONCE = 32
#: Sentences of each language that `doctor` tries.
SAMPLE_SENTENCES = 8
#: Shortest of them, in characters: datelines and names tell nothing.
SAMPLE_CHARS = 40
#: Exit code of wrong use.
WRONG_USE = 2
#: The command that is meant where none is named.
LINES = "lines"


class _LinesGroup(TyperGroup):
    """Takes `translate --to en IN` for `translate lines --to en IN`; a file called as a command is is written ./doctor."""

    def parse_args(self, context: Any, args: list[str]) -> list[str]:
        """Name the command where none is named."""
        if args and args[0] not in {*self.commands, "--help"}:
            args.insert(0, LINES)
        return super().parse_args(context, args)


translate_app = typer.Typer(
    help="Add `translation` to each line (worldtake translate --to en IN), and see to the translators.",
    cls=_LinesGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
)

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder of the store.", show_default="the user's data folder"),
]
Target = Annotated[
    str | None,
    typer.Option("--to", help="Target language, BCP 47.", show_default="setting `language`"),
]


def _settings(home: Path | None, to: str | None = None) -> Settings:
    from worldtake.settings import read_settings

    return read_settings(home, language=to)


def _now() -> datetime:
    return datetime.now(UTC)


@translate_app.command(LINES)
def lines(
    source: Annotated[str, typer.Argument(metavar="IN", help="JSON Lines; - is standard input.")],
    *,
    to: Target = None,
    home: Home = None,
) -> None:
    """Add `translation` to each line; this is what translate does where no other command is named."""
    from worldtake.cli.lines import Lines
    from worldtake.newsroom.translating import open_translating

    read = Lines(source)
    with (
        open_translating(_settings(home, to)) as translating,
        StageProgress() as progress,
    ):
        batch: list[dict[str, Any]] = []
        for row in read:
            batch.append(row)
            if len(batch) == LINES_AT_ONCE:
                read.failures += _translate(translating, batch, progress)
                batch = []
        read.failures += _translate(translating, batch, progress)
    raise typer.Exit(int(read.failures > 0))


def _translate(
    translating: Translating, rows: list[dict[str, Any]], progress: StageProgress
) -> int:
    """Print the rows with their translations; return how many are none that can be read."""
    from worldtake.cli.lines import print_row
    from worldtake.extract import from_json
    from worldtake.newsroom.translating import translation_field

    articles, bad = [], 0
    for row in rows:
        try:
            articles.append((row, from_json(row)))
        except WorldtakeError as error:
            say_error(str(error))
            bad += 1
    found = translating.articles([article for _, article in articles])
    for (row, _), translation in zip(articles, found, strict=True):
        print_row(row | translation_field(translation))
    if rows:
        progress("translate", len(rows))
    return bad


@translate_app.command()
def doctor(
    *,
    to: Target = None,
    languages: Annotated[
        list[str] | None, typer.Option("--from", help="Only from these languages, BCP 47.")
    ] = None,
    home: Home = None,
) -> None:
    """Try every translator with every language that it knows: tier, version, a sample, sentences a second."""
    from worldtake.newsroom.translating import examine, open_translating, troubles

    settings = _settings(home, to)
    wanted = {each.partition("-")[0].casefold() for each in languages or ()}
    samples = {
        language: sentences
        for language, sentences in _samples().items()
        if not wanted or language.partition("-")[0] in wanted
    }
    with open_translating(settings) as translating:
        found = list(_told(examine(translating.translators, samples, settings.language)))
        wrong = troubles(translating.translators)
        none = not translating.translators.engines
    _show(found)
    for trouble in wrong:
        say_error(trouble)
    if none:
        say("no translator is set up; see docs/how-to/translate.md")
        raise typer.Exit(1)
    covered = {each.source for each in found if not each.problem}
    missing = sorted(samples.keys() - covered - {settings.language.partition("-")[0]})
    if missing:
        say(f"no translator for: {', '.join(missing)} (of the {len(samples)} languages tried)")
    raise typer.Exit(int(bool(wrong) or any(each.problem for each in found)))


@translate_app.command()
def install(
    source: Annotated[
        str,
        typer.Argument(metavar="DIR|ZIP|URL", help="A release of OPUS-MT, or a converted model."),
    ],
    *,
    languages: Annotated[
        list[str] | None,
        typer.Option("--from", help="Languages it reads, where the release does not tell."),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="Languages it writes, where the release does not tell."),
    ] = None,
    sha256: Annotated[str, typer.Option(help="Checksum that the zip must have.")] = "",
    accept_noncommercial: Annotated[
        bool,
        typer.Option("--accept-noncommercial", help="Accept a licence that forbids use for money."),
    ] = False,
    home: Home = None,
) -> None:
    """Install a translation model on this machine; its licence is shown."""
    from worldtake.engines.opus_install import install_model
    from worldtake.newsroom.downloads import download
    from worldtake.newsroom.working import door_settings
    from worldtake.pipeline.translators import models_folder

    settings = _settings(home)
    door = replace(door_settings(settings), robots=False)
    with StageProgress() as progress:
        model = install_model(
            models_folder(settings),
            source,
            now=_now(),
            download=lambda url, path: download(url, path, door),
            sources=languages or (),
            targets=to or (),
            sha256=sha256,
            accept_noncommercial=accept_noncommercial,
            progress=lambda step, share: progress.show(step, f"{share:.0%}"),
        )
    typer.echo(f"installed {model.name} ({', '.join(model.sources)} to {', '.join(model.targets)})")
    terms = ", not for use for money" if model.non_commercial else ""
    typer.echo(f"licence: {model.licence}{terms}; its text is in {model.folder}")
    for name, checksum in sorted(model.files.items()):
        typer.echo(f"sha256 {checksum}  {name}")


@translate_app.command()
def models(*, home: Home = None) -> None:
    """List the installed models with their licences."""
    from worldtake.engines.opus_models import broken_models, list_models
    from worldtake.pipeline.translators import models_folder

    folder = models_folder(_settings(home))
    table = Table("id", "model", "from", "to", "MB", "licence", "installed", box=None)
    found = list_models(folder)
    for each in found:
        table.add_row(
            each.id,
            each.name,
            ", ".join(each.sources),
            ", ".join(each.targets),
            f"{each.size_bytes / 1e6:,.0f}",
            each.licence + (" (non-commercial)" if each.non_commercial else ""),
            f"{each.installed:%Y-%m-%d}",
        )
    if found:
        Console(markup=False, highlight=False).print(table)
    else:
        say(f"no model in {folder}; see docs/how-to/translate.md")
    broken = broken_models(folder)
    for problem in broken:
        say_error(problem)
    raise typer.Exit(int(bool(broken)))


@translate_app.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="ID", help="As `translate models` lists it.")],
    *,
    home: Home = None,
) -> None:
    """Remove an installed model."""
    from worldtake.engines.opus_models import remove_model
    from worldtake.pipeline.translators import models_folder

    remove_model(models_folder(_settings(home)), name)
    typer.echo(f"removed {name}")


@translate_app.command()
def setup(
    engine: Annotated[str, typer.Argument(metavar="apertium", help="What to set up.")],
    *,
    languages: Annotated[
        list[str] | None,
        typer.Option("--from", help="Languages to translate from.", show_default="all it knows"),
    ] = None,
    to: Target = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is missing; exit code 1 if anything is.")
    ] = False,
    home: Home = None,
) -> None:
    """Install the Debian packages of Apertium where we may, else say what to type."""
    from worldtake.engines import apertium_setup

    if engine != "apertium":
        say_error(f"{engine}: only apertium is set up here; see docs/how-to/translate.md")
        raise typer.Exit(WRONG_USE)
    target = _settings(home, to).language
    need = apertium_setup.needs(languages or apertium_setup.LANGUAGES, target)
    for language in need.unknown:
        say(f"{language}: Apertium has nothing for it")
    if check:
        say(need.command if need.missing else f"all {len(need.packages)} packages are there")
        raise typer.Exit(int(bool(need.missing)))
    apertium_setup.install(need, say)


def _told(found: Iterator[Examined]) -> Iterator[Examined]:
    with StageProgress() as progress:
        for each in found:
            progress(each.engine, 1)
            yield each


def _samples() -> dict[str, list[str]]:
    """Return sentences of each language of the sample press, and of English."""
    from worldtake.testing.sample_press import load_sample, phrasebook

    samples: dict[str, list[str]] = {}
    english: list[str] = []
    for (language, source), target in phrasebook(load_sample()).items():
        if len(source) >= SAMPLE_CHARS:
            samples.setdefault(language, []).append(source)
            english.append(target)
    samples["en"] = english
    return {
        language: sorted(sentences, key=len)[:SAMPLE_SENTENCES]
        for language, sentences in samples.items()
    }


def _show(found: list[Examined]) -> None:
    """Print two lines a pair: how it stands, and a sample."""
    for each in found:
        speed = f"{each.sentences_a_second:,.1f} sentences/s" if each.translated else "failed"
        pair = f"{each.source}-{each.target}"
        typer.echo(f"{pair:<12}{each.tier:<6}{each.engine}: {each.model}, {each.version}, {speed}")
        doubts = f"  [{', '.join(map(reason_of, each.flags))}]" if each.flags else ""
        typer.echo(f"            {each.sample} -> {each.problem or each.translated}{doubts}")
