"""Take story files into the shipped sample: `python -m worldtake.testing.adopt_stories FOLDER`.

Nothing is copied unless every file can be built and all that is planted stands in its article word for word.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from worldtake.testing.sample_files import (
    read_outlets,
    read_stories,
    read_words,
    sample_folder,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.testing.sample_nouns import SampleArticle


def adopt(source: Path, target: Path) -> tuple[str, ...]:
    """Copy the story files of `source` to `target`; return what is wrong, and then copy nothing.

    Raises:
        UnreadableInputError: if a recipe or an outlet does not fit.
    """
    shipped = sample_folder()
    with tempfile.TemporaryDirectory() as trial:
        stories = Path(trial) / "stories"
        shutil.copytree(source, stories, ignore=_no_stories)
        _, articles = read_stories(Path(trial), read_outlets(shipped), read_words(shipped))
    wrong = tuple(f"{a.id}: not in its text: {words}" for a in articles for words in lost_words(a))
    if not wrong:
        for path in sorted(source.glob("*.yaml")):
            shutil.copyfile(path, target / path.name)
    return wrong


def lost_words(article: SampleArticle) -> tuple[str, ...]:
    """Return what is planted in `article` and does not stand in it."""
    shown = _shown_words(article)
    return tuple(words for words in _planted_words(article) if words not in shown)


def _planted_words(article: SampleArticle) -> Iterator[str]:
    yield from (credit.text for credit in article.credits)
    yield from (figure.text for figure in article.figures)
    for quote in article.quotes:
        yield from quote.content
        if quote.speaker:
            yield quote.speaker


def _shown_words(article: SampleArticle) -> str:
    image = article.image
    parts = [article.title.source, article.text()]
    parts += [article.standfirst.source] if article.standfirst else []
    parts += [image.caption.source, image.credit] if image else []
    return "\n".join(parts)


def _no_stories(folder: str, names: list[str]) -> list[str]:
    del folder
    return [name for name in names if not name.endswith(".yaml")]


def main(folder: str) -> int:
    """Adopt the stories of `folder`; return 1 where something is wrong."""
    wrong = adopt(Path(folder), Path(str(sample_folder() / "stories")))
    sys.stdout.write("".join(f"{line}\n" for line in wrong) or "adopted\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
