"""`worldtake outlets`: look at the catalogue of outlets, extend it, check it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worldtake.cli.console import say, say_error

if TYPE_CHECKING:
    from worldtake.cli.outlet_lines import CheckProgress
    from worldtake.model import Outlet
    from worldtake.newsroom.outlets import Shelf
    from worldtake.settings import Settings

#: Exit code after Ctrl-C.
INTERRUPTED = 130
STANDARD_OUTPUT = "-"

outlets_app = typer.Typer(
    help="The outlets of the world: list, add, check.", no_args_is_help=True, rich_markup_mode=None
)

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder of the store.", show_default="the user's data folder"),
]
Catalogue = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        metavar="FOLDER",
        help="Read and write this folder of outlet files alone.",
        show_default="the shipped one, and `catalogue` in the home folder",
    ),
]
Country = Annotated[
    str | None, typer.Option("--country", metavar="CC", help="Only of this country.")
]
Language = Annotated[
    str | None, typer.Option("--language", metavar="XX", help="Only in this language.")
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", help="newspaper, broadcaster, agency, portal, magazine or unknown."),
]
State = Annotated[
    str | None, typer.Option("--state", help="controlled, captured or funded by a state, or none.")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines.")]


@outlets_app.command("list")
def list_outlets(
    *,
    country: Country = None,
    language: Language = None,
    kind: Kind = None,
    state: State = None,
    as_json: AsJson = False,
    home: Home = None,
    catalogue: Catalogue = None,
) -> None:
    """List outlets, one a line."""
    from worldtake.cli.outlet_lines import outlet_json, outlet_line
    from worldtake.newsroom.outlets import chosen

    known = _known(home, catalogue)
    found = chosen(known, country=country, language=language, kind=kind, state=state)
    for outlet in found:
        typer.echo(outlet_json(outlet) if as_json else outlet_line(outlet))
    if not as_json:
        say(f"{len(found):,} of {len(known):,} outlets")


@outlets_app.command()
def show(
    words: Annotated[list[str], typer.Argument(metavar="ID|DOMAIN|NAME")],
    *,
    home: Home = None,
    catalogue: Catalogue = None,
) -> None:
    """Show an outlet as its file says it."""
    from worldtake.newsroom.outlets import named

    name = " ".join(words)
    shelf = _shelf(_settings(home), catalogue)
    found = named(_known(home, catalogue), name)
    if not found:
        say_error(f"no outlet goes by {name}; see worldtake outlets list")
        raise typer.Exit(1)
    typer.echo("\n".join(shelf.text(outlet) for outlet in found), nl=False)


@outlets_app.command()
def lint(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", show_default="the shipped catalogue")
    ] = None,
) -> None:
    """Find what is wrong with outlet files."""
    from worldtake.catalog import lint as problems_of
    from worldtake.catalog import outlet_files, shipped_catalogue

    chosen_folder = folder or shipped_catalogue()
    problems = problems_of(chosen_folder)
    for each in problems:
        typer.echo(f"{'warning' if each.warning else 'wrong'}: {each.kind}: {each.message}")
    wrong = sum(not each.warning for each in problems)
    say(
        f"{len(outlet_files(chosen_folder)):,} files, {wrong} wrong, {len(problems) - wrong} warnings"
    )
    if wrong:
        raise typer.Exit(1)


@outlets_app.command("export")
def export_outlets(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="- is standard output.")] = "-",
    *,
    opml: Annotated[
        bool, typer.Option("--opml", help="As OPML, the only form there is so far.")
    ] = True,
    country: Country = None,
    language: Language = None,
    kind: Kind = None,
    state: State = None,
    home: Home = None,
    catalogue: Catalogue = None,
) -> None:
    """Write outlets and their feeds as OPML, with country, language and owner."""
    from worldtake.catalog import write_opml
    from worldtake.newsroom.outlets import chosen

    del opml
    shelf = _shelf(_settings(home), catalogue)
    known = _known(home, catalogue)
    found = chosen(known, country=country, language=language, kind=kind, state=state)
    owned = {each.id: shelf.sources(each.id).get("owner", "") for each in found if each.owner}
    content = write_opml(found, owner_sources=owned)
    if file == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        return
    Path(file).write_bytes(content)
    say(f"{file}: {len(found):,} outlets, {sum(len(each.feeds) for each in found):,} feeds")


@outlets_app.command("import")
def import_outlets(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml")],
    *,
    home: Home = None,
    catalogue: Catalogue = None,
) -> None:
    """Bring the outlets of an OPML list into your own catalogue."""
    from worldtake.cli.outlet_lines import merge_line
    from worldtake.newsroom.outlets import import_list

    settings = _settings(home)
    merges = import_list(_shelf(settings, catalogue), file)
    for each in merges:
        typer.echo(merge_line(each))
    counts = {
        name: sum(each.decision == name for each in merges)
        for name in ("new", "merged", "known", "refused")
    }
    say(", ".join(f"{count} {name}" for name, count in counts.items()))
    if catalogue is None:
        _keep(settings)
    if counts["refused"]:
        raise typer.Exit(1)


@outlets_app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The outlet's site, or a feed of it.")],
    *,
    home: Home = None,
    catalogue: Catalogue = None,
) -> None:
    """Find an outlet's feeds, name, language and country at its site, and write its file."""
    from worldtake.newsroom.finding import find_outlet

    settings = _settings(home)
    shelf = _shelf(settings, catalogue)
    address = url if url.startswith(("http://", "https://")) else f"https://{url}"
    found = find_outlet(address, settings, shelf.outlets(), now=datetime.now(UTC))
    for what, where in found.places:
        say(f"{what}: from {where}")
    for what in found.missing:
        say(f"not found out: {what}")
    if found.known == found.outlet:
        say(f"known already as {found.known.id}, nothing new; see worldtake outlets show")
        return
    path = shelf.keep(found.outlet)
    say(f"{'added to' if found.known else 'new:'} {found.outlet.id}, in {path}")
    typer.echo(path.read_text(encoding="utf-8"), nl=False)
    if catalogue is None:
        _keep(settings)


@outlets_app.command()
def check(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID...]")] = None,
    *,
    country: Country = None,
    every: Annotated[bool, typer.Option("--all", help="Every outlet.")] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write what was seen into the outlet files.")
    ] = False,
    as_json: AsJson = False,
    home: Home = None,
    catalogue: Catalogue = None,
) -> None:
    """Call feeds: alive, stale, moved, blocked, empty, gone, failing, not a feed."""
    from worldtake.cli.outlet_lines import CheckProgress

    settings = _settings(home)
    shelf = _shelf(settings, catalogue)
    asked = _asked(shelf.outlets(), ids or [], country, every=every)
    progress = CheckProgress(total=sum(len(each.feeds) for each in asked), as_json=as_json)
    interrupted = _checked(asked, settings, progress)
    progress.show()
    if write:
        _write(shelf, asked, progress)
    if interrupted:
        say_error("interrupted; this is what is known so far")
        raise typer.Exit(INTERRUPTED)


def _checked(asked: tuple[Outlet, ...], settings: Settings, progress: CheckProgress) -> bool:
    """Call the feeds and return whether that was interrupted."""
    from worldtake.newsroom.checking import check_feeds

    try:
        with progress:
            check_feeds(asked, settings, progress, now=datetime.now(UTC))
    except KeyboardInterrupt:
        return True
    return False


def _write(shelf: Shelf, asked: tuple[Outlet, ...], progress: CheckProgress) -> None:
    from worldtake.newsroom.checking import write_reports

    files = write_reports(shelf, asked, progress.reports, f"{datetime.now(UTC):%F}")
    say(f"{len(files):,} files written in {shelf.own}")


def _asked(
    outlets: tuple[Outlet, ...], ids: list[str], country: str | None, *, every: bool
) -> tuple[Outlet, ...]:
    from worldtake.newsroom.outlets import chosen, named

    if not (ids or country or every):
        say_error("name outlets, a --country, or --all")
        raise typer.Exit(2)
    if not ids:
        return chosen(outlets, country=country)
    found = {name: named(outlets, name) for name in ids}
    for name in (name for name, some in found.items() if not some):
        say_error(f"no outlet goes by {name}; see worldtake outlets list")
        raise typer.Exit(1)
    return tuple({each.id: each for some in found.values() for each in some}.values())


def _settings(home: Path | None) -> Settings:
    from worldtake.settings import read_settings

    return read_settings(home)


def _shelf(settings: Settings, catalogue: Path | None) -> Shelf:
    from worldtake.newsroom.outlets import Shelf

    return Shelf.of(settings, catalogue)


def _known(home: Path | None, catalogue: Path | None) -> tuple[Outlet, ...]:
    """Return the outlets of a named folder, else all that the newsroom knows."""
    settings = _settings(home)
    if catalogue is not None:
        return _shelf(settings, catalogue).outlets()
    return _keep(settings)


def _keep(settings: Settings) -> tuple[Outlet, ...]:
    """Let the store know what the files say by now, and return what it knows."""
    from worldtake.newsroom import open_newsroom

    with open_newsroom(settings) as newsroom:
        return newsroom.outlets()
