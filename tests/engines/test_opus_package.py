from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from worldtake.engines.opus_licences import forbids_money, licence_of
from worldtake.engines.opus_package import look_into
from worldtake.errors import UnreadableInputError

if TYPE_CHECKING:
    from pathlib import Path


def a_release(folder: Path, *, readme: str = "", vocabulary: str = '"</s>": 0\n') -> Path:
    """Write a release in Marian's form: names and texts alone, no weights."""
    folder.mkdir(parents=True)
    files = {
        "decoder.yml": "models: [m.npz]\nvocabs: [a.vocab.yml, a.vocab.yml]\n",
        "m.npz": "",
        "a.vocab.yml": vocabulary,
        "source.spm": "",
        "target.spm": "",
        "README.md": readme,
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_readme_lists_the_languages(tmp_path: Path) -> None:
    readme = "# opus-2020-07-27.zip\n\n* source language(s): bel bos_Latn hrv slv\n* target language(s): eng\n"
    package = look_into(a_release(tmp_path / "sla-eng", readme=readme))
    assert ("OPUS-MT sla-eng", ["be", "bs", "hr", "sl"], {"en": ""}, "2020-07-27") == (
        package.name,
        [*package.sources],
        package.targets,
        package.released,
    )


def test_a_card_lists_the_languages_with_commas(tmp_path: Path) -> None:
    readme = "### x\n* source languages: da,no,sv\n* target languages: fi\n"
    package = look_into(a_release(tmp_path / "download", readme=readme))
    assert ("OPUS-MT da+no+sv-fi", ["da", "no", "sv"]) == (package.name, [*package.sources])


def test_a_model_of_very_many_languages_has_a_short_name(tmp_path: Path) -> None:
    readme = "* source languages: da,no,sv,is,fo,de\n* target languages: fi\n"
    package = look_into(a_release(tmp_path / "download", readme=readme))
    assert ("OPUS-MT da+5-fi", 6) == (package.name, len(package.sources))


def test_a_folder_whose_name_means_something_else_is_not_believed(tmp_path: Path) -> None:
    readme = "* source languages: sl\n* target languages: en\n"
    package = look_into(a_release(tmp_path / "it-is", readme=readme))
    assert "OPUS-MT sl-en" == package.name


def test_a_link_of_the_readme_tells_the_pair(tmp_path: Path) -> None:
    readme = "* download: [opus-2019-12-05.zip](https://models.example/sl-en/opus-2019-12-05.zip)\n"
    package = look_into(a_release(tmp_path / "download", readme=readme))
    assert ("OPUS-MT sl-en", "2019-12-05") == (package.name, package.released)


def test_the_vocabulary_tells_which_targets_a_model_can_be_asked_for(tmp_path: Path) -> None:
    vocabulary = '"</s>": 0\n">>srp_Latn<<": 1\n>>srp_Cyrl<<: 2\n">>hrv<<": 3\n">>tpi<<": 4\n'
    package = look_into(a_release(tmp_path / "en-zls", vocabulary=vocabulary))
    assert {
        "hr": ">>hrv<<",
        "sr": ">>srp_Cyrl<<",
        "sr-Cyrl": ">>srp_Cyrl<<",
        "sr-Latn": ">>srp_Latn<<",
    } == package.targets


def test_several_targets_that_cannot_be_asked_for_are_asked_about(tmp_path: Path) -> None:
    release = a_release(tmp_path / "en-zls")
    with pytest.raises(UnreadableInputError, match="--to"):
        look_into(release)
    assert {"hr": ""} == look_into(release, targets=["hrv"]).targets


def test_what_is_given_counts_more_than_what_is_told(tmp_path: Path) -> None:
    release = a_release(tmp_path / "sl-en", readme="* source languages: sl\n")
    package = look_into(release, sources=["hr"])
    assert ("OPUS-MT hr-en", ["hr"]) == (package.name, [*package.sources])


def test_a_release_without_its_pieces_is_no_model(tmp_path: Path) -> None:
    release = a_release(tmp_path / "sl-en")
    (release / "target.spm").unlink()
    with pytest.raises(UnreadableInputError, match=r"no target\.spm"):
        look_into(release)


def test_a_converted_model_needs_its_config_and_its_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "model.bin").touch()
    with pytest.raises(UnreadableInputError, match=r"no config\.json"):
        look_into(tmp_path)
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(UnreadableInputError, match="no vocabulary"):
        look_into(tmp_path)


def test_a_converted_model_of_nllb_has_its_licence_and_all_its_languages(tmp_path: Path) -> None:
    folder = tmp_path / "nllb-200-distilled-600M-int8"
    folder.mkdir()
    for name in ("model.bin", "sentencepiece.bpe.model"):
        (folder / name).touch()
    (folder / "config.json").write_text("{}")
    tokens = ["<s>", "</s>", "▁a", "slv_Latn", "eng_Latn", "zho_Hant", "zho_Hans"]
    (folder / "shared_vocabulary.json").write_text(json.dumps(tokens))
    package = look_into(folder)
    assert (folder.name, "nllb", "CC-BY-NC-4.0", True) == (
        package.name,
        package.kind,
        package.licence,
        package.non_commercial,
    )
    assert ("slv_Latn", "zho_Hans") == (package.sources["sl"], package.targets["zh"])


LICENCES = {
    "---\nlanguage:\n- sl\n- en\nlicense: cc-by-4.0\n---\n# x": "CC-BY-4.0",
    "---\nlicense:\n- cc-by-nc-4.0\n---\n": "CC-BY-NC-4.0",
    "---\nlicense: apache-2.0\n---\n": "Apache-2.0",
    "---\nlicense: openrail\n---\n": "openrail",
    "The models are licensed under CC BY-NC-SA 4.0.": "CC-BY-NC-SA-4.0",
    "Data: CC-BY-NC. Nothing else is said.": "not stated",
    "": "not stated",
}


@pytest.mark.parametrize("readme", LICENCES)
def test_a_card_tells_the_licence(tmp_path: Path, readme: str) -> None:
    (tmp_path / "README.md").write_text(readme, "utf-8")
    assert LICENCES[readme] == licence_of(tmp_path)


TEXTS = {
    "Attribution 4.0 International\n\nCreative Commons Corporation is not a law firm": "CC-BY-4.0",
    "Attribution-NonCommercial 4.0 International": "CC-BY-NC-4.0",
    "Attribution-NonCommercial-ShareAlike 4.0 International": "CC-BY-NC-SA-4.0",
    "MIT License\n\nPermission is": "MIT",
    "Apache License\nVersion 2.0, January 2004": "Apache-2.0",
}


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_of_a_licence_tells_which_it_is(tmp_path: Path, text: str) -> None:
    (tmp_path / "LICENSE").write_text(text, "utf-8")
    found = licence_of(tmp_path)
    assert (TEXTS[text], "NC" in TEXTS[text]) == (found, forbids_money(found))
