from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_generated_reference_is_up_to_date(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "docs/generate.py"), str(tmp_path)]
    subprocess.run(command, check=True, timeout=120)
    for page in sorted(tmp_path.iterdir()):
        kept = (ROOT / "docs/reference" / page.name).read_text("utf-8")
        assert page.read_text("utf-8") == kept, f"{page.name}: run python docs/generate.py"


def test_every_link_between_the_docs_leads_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for part in page.read_text("utf-8").split("](")[1:]:
            target = part.split(")")[0].split("#")[0]
            if target and not target.startswith(("http", "mailto")):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"
