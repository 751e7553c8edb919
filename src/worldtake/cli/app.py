"""The commands, as typer sees them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import worldtake
from worldtake.cli.console import say_error, show_quarantine, show_status
from worldtake.cli.outlets import outlets_app
from worldtake.cli.translating import translate_app
from worldtake.errors import WorldtakeError

if TYPE_CHECKING:
    from worldtake.newsroom import Newsroom

#: Exit code of what is not built yet, and of wrong use.
NOT_BUILT = 2
#: Exit code after Ctrl-C.
INTERRUPTED = 130

app = typer.Typer(
    name="worldtake",
    help="The world's view of a story, with receipts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
quarantine_app = typer.Typer(
    help="What could not be processed, and waits.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(quarantine_app, name="quarantine")
app.add_typer(outlets_app, name="outlets")
app.add_typer(translate_app, name="translate")

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder of the store.", show_default="the user's data folder"),
]
StoreAddress = Annotated[
    str | None,
    typer.Option(
        "--store", help="Database address.", show_default="a SQLite file in the home folder"
    ),
]
Input = Annotated[str, typer.Argument(metavar="IN", help="JSON Lines; - is standard input.")]


def main() -> None:
    """Run the command line; an error of ours is one line and exit code 1."""
    try:
        app()
    except WorldtakeError as error:
        say_error(str(error))
        sys.exit(1)
    except ValueError as error:
        say_error(_settings(error))
        sys.exit(1)
    except KeyboardInterrupt:
        say_error("interrupted; what was done is kept, run it again to go on")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


def _settings(error: ValueError) -> str:
    """Return what is wrong with the settings; any other ValueError is a fault of ours and stays one."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        raise error
    return "; ".join(_setting(each["loc"], each["msg"]) for each in error.errors())


def _setting(place: tuple[int | str, ...], problem: str) -> str:
    name = ".".join(str(part) for part in place)
    return f"setting {name}: {problem}; see docs/reference/settings.md"


@app.callback()
def _every(
    *,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log more.")] = False,
) -> None:
    from worldtake.log import set_up_logs

    set_up_logs(verbose=verbose)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(worldtake.__version__)


@app.command()
def up(
    *,
    home: Home = None,
    store: StoreAddress = None,
    port: Annotated[int | None, typer.Option(help="Port of the site.", show_default="8000")] = None,
    host: Annotated[
        str | None, typer.Option(help="Address of the site.", show_default="127.0.0.1")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="Allow another address than loopback.")
    ] = False,
    sample: Annotated[
        bool, typer.Option("--sample", help="Show the invented sample press.")
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="End when nothing is due, without the site.")
    ] = False,
) -> None:
    """Read the press and serve the site."""
    from worldtake.cli.site import UpOptions, run_site
    from worldtake.settings import read_settings

    settings = read_settings(home, store=store, port=port, host=host)
    run_site(settings, UpOptions(public=public, sample=sample, once=once))


@app.command()
def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL|OPML|WARC...", help="Pages, folders, feeds, lists of feeds, archives."
        ),
    ],
    *,
    home: Home = None,
    store: StoreAddress = None,
) -> None:
    """Add pages (html, html.gz, txt), folders of them, web addresses, feeds, OPML lists or web archives (warc.gz)."""
    from worldtake.cli.adding import add_sources

    with _open(home, store) as newsroom:
        failed = add_sources(newsroom, sources)
    if failed:
        raise typer.Exit(1)


@app.command()
def status(
    *,
    home: Home = None,
    store: StoreAddress = None,
    outlets: Annotated[
        bool, typer.Option("--outlets", help="Say of every outlet how it stands.")
    ] = False,
) -> None:
    """Show what is there and what is due, stage by stage, and which outlets are not heard."""
    with _open(home, store) as newsroom:
        show_status(newsroom.status(), outlets=outlets)


@app.command()
def tidy(*, home: Home = None, store: StoreAddress = None) -> None:
    """Delete archive files and bytes of pages that the settings keep no longer."""
    with _open(home, store) as newsroom:
        done = newsroom.tidy()
    typer.echo(
        f"{done.files:,} archive files deleted ({done.freed_bytes / 1e6:,.1f} MB), "
        f"bytes of {done.pages:,} pages dropped from the store"
    )


@quarantine_app.command("list")
def quarantine_list(*, home: Home = None, store: StoreAddress = None) -> None:
    """List what could not be processed."""
    with _open(home, store) as newsroom:
        show_quarantine(newsroom.quarantine())


@quarantine_app.command("show")
def quarantine_show(
    number: Annotated[int, typer.Argument(metavar="ID")],
    *,
    home: Home = None,
    store: StoreAddress = None,
) -> None:
    """Show one of them with its traceback."""
    with _open(home, store) as newsroom:
        found = [each for each in newsroom.quarantine() if each.id == number]
    if not found:
        say_error(f"nothing in quarantine has the id {number}; see worldtake quarantine list")
        raise typer.Exit(1)
    show_quarantine(tuple(found), details=True)


@quarantine_app.command("retry")
def quarantine_retry(
    numbers: Annotated[list[int] | None, typer.Argument(metavar="[ID...]")] = None,
    *,
    home: Home = None,
    store: StoreAddress = None,
) -> None:
    """Try them again, all without IDs."""
    with _open(home, store) as newsroom:
        count = newsroom.retry(numbers or [])
        typer.echo(f"{count} due again")
        newsroom.run()
        left = newsroom.quarantine()
    if left:
        show_quarantine(left)
        raise typer.Exit(1)


def _open(home: Path | None, store: str | None) -> Newsroom:
    from worldtake.newsroom import open_newsroom
    from worldtake.settings import read_settings

    return open_newsroom(read_settings(home, store=store))


@app.command()
def extract(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="html, html.gz, txt, folders; - is standard input."),
    ],
    *,
    fast: Annotated[
        bool,
        typer.Option("--fast", help="For backfill: four times as fast, less exact, no authors."),
    ] = False,
) -> None:
    """Read articles out of pages, as JSON Lines."""
    from worldtake.cli import lines

    _end(lines.extract(paths, fast=fast))


@app.command()
def explain(
    source: Annotated[
        str,
        typer.Argument(metavar="URL|FILE", help="A web address, a page, or - for standard input."),
    ],
    *,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="OUT.html", help="Write a page to open in a browser."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    home: Home = None,
) -> None:
    """Say why a page is read as it is: each block with its role or why it is left out, each value with its place."""
    from worldtake.cli import explaining
    from worldtake.settings import read_settings

    found = explaining.explain_source(source, read_settings(home))
    if html is not None:
        explaining.write_page(found, html)
    if as_json:
        explaining.print_json(found)
    elif html is None:
        explaining.show_explanation(found)
    _end(int(found.article is None))


@app.command()
def detect(source: Input) -> None:
    """Add `language` and `language_confidence`."""
    from worldtake.cli import lines

    _end(lines.detect(source))


@app.command()
def trace(source: Input) -> None:
    """Add `quotes`, `credits`, `figures`, `times`."""
    from worldtake.cli import lines

    _end(lines.trace(source))


@app.command()
def cluster(source: Input) -> None:
    """Add `story` to articles in time order."""
    from worldtake.cli import lines

    _end(lines.cluster(source))


@app.command()
def copies(source: Input) -> None:
    """Find passages that articles share; a line a pair."""
    from worldtake.cli import lines

    _end(lines.copies(source))


@app.command()
def analyse(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Pages of one or more stories.")
    ],
) -> None:
    """Run the whole pipeline over files and print one JSON analysis."""
    from worldtake.cli import lines

    _end(lines.analyse(paths))


@app.command()
def locate(source: Input) -> None:
    """Add `places` and `focus_country` (not built yet)."""
    _not_built(f"locate {source}")


def _not_built(what: str) -> None:
    say_error(f"worldtake {what}: not built yet; see CHANGELOG.md for what is planned")
    raise typer.Exit(NOT_BUILT)


def _end(failures: int) -> None:
    if failures:
        raise typer.Exit(1)
