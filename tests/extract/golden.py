"""Golden pages: `tests/pages/<case>/source.html` or `source.txt`, and `expected.json` as the extract command writes it.

`python tests/extract/golden.py` writes every `expected.json` anew; read the difference before keeping it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from worldtake.extract import ExtractArticle, to_json
from worldtake.model import Article, Page

PAGES = Path(__file__).resolve().parents[1] / "pages"
FETCHED = datetime(2025, 6, 1, 12, tzinfo=UTC)


def cases() -> list[Path]:
    return sorted(path for path in PAGES.iterdir() if list(path.glob("source.*")))


def page_of(folder: Path) -> Page:
    source = next(folder.glob("source.*"))
    is_html = source.suffix == ".html"
    return Page(
        url=f"https://www.{folder.name}.example/news/page" if is_html else f"file:{source.name}",
        body=source.read_bytes(),
        fetched=FETCHED,
        media_type="text/html" if is_html else "text/plain",
        file=source.name,
    )


def read(folder: Path) -> dict[str, Any]:
    article = ExtractArticle()(page_of(folder))
    assert isinstance(article, Article), folder
    return to_json(article)


def expected(folder: Path) -> Any:
    return json.loads((folder / "expected.json").read_text("utf-8"))


def main() -> None:
    for folder in cases():
        text = json.dumps(read(folder), ensure_ascii=False, indent=1)
        (folder / "expected.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
