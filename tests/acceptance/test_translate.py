"""`worldtake translate` as a reader types it, over real servers and a model that was installed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.acceptance.test_commands import rows, worldtake

from worldtake.newsroom.translating import open_translating, translation_field
from worldtake.settings import read_settings
from worldtake.testing.fake_libretranslate import FakeLibreTranslate
from worldtake.testing.misbehaving_model import MisbehavingModel
from worldtake.testing.toy_model import ToyModel

if TYPE_CHECKING:
    from pathlib import Path


SLOVENE = {
    "id": "a",
    "title": "Na morju gori",
    "text": "Trajekt gori. Vseh 214 ljudi je na varnem.",
    "language": "sl",
    "mine": {"kept": True},
}


@pytest.fixture(autouse=True)
def by_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the translators be those of settings.toml."""
    monkeypatch.delenv("WORLDTAKE_TRANSLATORS", raising=False)


def settle(home: Path, *tables: str) -> None:
    """Write the home's settings: a table a translator."""
    home.mkdir(exist_ok=True)
    told = "".join(f"[[translators]]\n{table}\n" for table in tables)
    (home / "settings.toml").write_text(told or 'translators = "none"\n', "utf-8")


def test_each_line_gains_a_translation_aligned_with_its_text(tmp_path: Path) -> None:
    with MisbehavingModel() as server:
        settle(tmp_path, f'engine = "llm"\nurl = "{server.url}"\nmodel = "toy"')
        given = "".join(
            json.dumps(row) + "\n"
            for row in (SLOVENE, SLOVENE | {"language": "en"}, SLOVENE | {"language": None})
        )
        result = worldtake("translate", "--to", "en", "-", home=tmp_path, given=given)
    first, second, third = rows(result.stdout)
    assert (0, {"kept": True}) == (result.returncode, first["mine"])
    found = first["translation"]
    assert ("en", "llm", "good", ["toy (language model)"]) == (
        found["language"],
        found["engine"],
        found["tier"],
        found["models"],
    )
    assert [[0, 13], [14, 42]] == [span[:2] for span in found["alignment"]]
    assert all(found["text"][start:end] for _, _, start, end in found["alignment"])
    assert (None, "source-equals-target") == (second["translation"], second["translation_skipped"])
    assert third["translation"]["text"] == found["text"]


def test_python_gives_what_the_command_line_gives(tmp_path: Path) -> None:
    with MisbehavingModel() as server:
        settle(tmp_path, f'engine = "llm"\nurl = "{server.url}"\nmodel = "toy"')
        typed = worldtake("translate", "-", home=tmp_path, given=json.dumps(SLOVENE) + "\n")
        with open_translating(read_settings(tmp_path)) as translating:
            found = translating.text(
                str(SLOVENE["text"]), title=str(SLOVENE["title"]), language="sl"
            )
    assert rows(typed.stdout)[0]["translation"] == translation_field(found)["translation"]


def test_the_budget_of_the_day_holds_from_one_call_to_the_next(tmp_path: Path) -> None:
    with MisbehavingModel() as server:
        table = f'engine = "llm"\nurl = "{server.url}"\nmodel = "toy"\ndaily_characters = 60'
        settle(tmp_path, table)
        for text in ("Trajekt gori na morju.", "Vseh 214 ljudi je na varnem.", "Konec je blizu."):
            given = json.dumps({"title": "", "text": text, "language": "sl"}) + "\n"
            last = worldtake("translate", "-", home=tmp_path, given=given)
        assert 2 == len(server.calls)
    assert "untranslated" in rows(last.stdout)[0]["translation"]["warnings"][0]


def test_a_model_is_installed_from_a_zip_used_listed_and_removed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "sl-en").mkdir()
    release = ToyModel().pack(tmp_path / "sl-en" / "opus-2020-01-16.zip")
    installed = worldtake("translate", "install", str(release), home=home)
    assert (0, True) == (installed.returncode, "licence: CC-BY-4.0" in installed.stdout)
    listed = worldtake("translate", "models", home=home)
    assert "OPUS-MT sl-en" in listed.stdout
    translated = worldtake("translate", "-", home=home, given=json.dumps(SLOVENE) + "\n")
    found = rows(translated.stdout)[0]["translation"]
    assert ("opus", "good") == (found["engine"], found["tier"])
    name = listed.stdout.splitlines()[1].split()[0]
    assert 0 == worldtake("translate", "remove", name, home=home).returncode
    gone = worldtake("translate", "models", home=home)
    assert "OPUS-MT" not in gone.stdout


def test_a_licence_that_forbids_use_for_money_needs_a_yes(tmp_path: Path) -> None:
    release = ToyModel(licence="CC-BY-NC-4.0").write(tmp_path / "sl-en")
    refused = worldtake("translate", "install", str(release), home=tmp_path)
    assert 1 == refused.returncode
    assert "CC-BY-NC-4.0" in refused.stderr
    assert "--accept-noncommercial" in refused.stderr
    taken = worldtake("translate", "install", "--accept-noncommercial", str(release), home=tmp_path)
    assert (0, True) == (taken.returncode, "not for use for money" in taken.stdout)


def test_doctor_tries_every_translator_and_says_what_is_wrong(tmp_path: Path) -> None:
    with FakeLibreTranslate() as server:
        settle(
            tmp_path,
            f'engine = "libretranslate"\nurl = "{server.url}"',
            'engine = "llm"\nmodel = "toy"',
        )
        found = worldtake("translate", "doctor", "--from", "sl", "--from", "tr", home=tmp_path)
    assert "sl-en       good  libretranslate" in found.stdout
    assert "sentences/s" in found.stdout
    assert "translator llm: it has no url" in found.stderr
    assert "no translator for: tr" in found.stderr


def test_doctor_of_no_translator_says_how_to_set_one_up(tmp_path: Path) -> None:
    settle(tmp_path)
    found = worldtake("translate", "doctor", home=tmp_path)
    assert 1 == found.returncode
    assert "docs/how-to/translate.md" in found.stderr


def test_setup_says_what_to_install(tmp_path: Path) -> None:
    found = worldtake("translate", "setup", "apertium", "--check", "--from", "es", home=tmp_path)
    said = "packages are there" if shutil.which("apertium") else "apertium-eng-spa"
    assert said in found.stderr or "apt-get install" in found.stderr
    other = worldtake("translate", "setup", "babelfish", home=tmp_path)
    assert 2 == other.returncode
