from __future__ import annotations

import json
import pickle
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from worldtake.engines.opus import OpusTranslator
from worldtake.engines.opus_install import install_model
from worldtake.engines.opus_loaded import load_model
from worldtake.engines.opus_models import MANIFEST, list_models
from worldtake.engines.translators import Answer, Translated, Untranslated
from worldtake.errors import EngineRefusedError
from worldtake.testing.toy_model import TOY_ALPHABET, TOY_WORDS, ToyModel

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOY = ToyModel()
SEGMENTS = (
    "Vlada danes odprla nov predor.",
    "Dober dan, Zagorje!",
    "Star most zaprt 14. 5. 2026; 1.234 ljudi.",
    "Jutri vlak.",
)


@pytest.fixture(scope="session")
def opus(toy_models: Path) -> OpusTranslator:
    return OpusTranslator(models=toy_models, threads=1)


@pytest.fixture(scope="session")
def greedy(toy_models: Path) -> OpusTranslator:
    return OpusTranslator(models=toy_models, threads=1, beam=1)


def texts(answers: tuple[Answer, ...]) -> list[str | None]:
    return [each.text if isinstance(each, Translated) else None for each in answers]


def test_a_release_is_installed_and_translates(opus: OpusTranslator) -> None:
    expected = [
        "The government today opened new the tunnel.",
        "Good day, Zagorje!",
        "Old the bridge closed 14. 5. 2026; 1.234 people.",
        "Tomorrow the train.",
    ]
    assert expected == texts(opus.translate(SEGMENTS, "sl", "en"))


def test_greedy_search_is_another_version(opus: OpusTranslator, greedy: OpusTranslator) -> None:
    assert ("1-beam4", "1-greedy") == (opus.version, greedy.version)
    assert texts(opus.translate(SEGMENTS, "sl", "en")) == texts(
        greedy.translate(SEGMENTS, "sl", "en")
    )


def test_a_translator_tells_what_it_can(opus: OpusTranslator) -> None:
    support = opus.supports("sl", "en")
    assert support is not None
    assert ("good", "OPUS-MT sl-en") == (support.tier, support.model)
    (model,) = list_models(opus.models)
    assert model.revision == support.revision
    others = [("de", "en"), ("sl", "de"), ("sl", "sl"), ("und", "en"), ("", "en"), ("sl", "")]
    assert [None] * len(others) == [opus.supports(*pair) for pair in others]


def test_a_language_is_meant_whatever_its_script_or_region(opus: OpusTranslator) -> None:
    assert opus.supports("sl", "en") == opus.supports("sl-Latn-SI", "en-GB")
    assert ["Good day."] == texts(opus.translate(["Dober dan."], "sl-SI", "en-GB"))


def test_a_pair_without_a_model_is_refused_with_the_remedy(opus: OpusTranslator) -> None:
    with pytest.raises(EngineRefusedError, match=r"no model from de to en.*translate install"):
        opus.translate(["Guten Tag."], "de", "en")


def test_a_score_is_the_mean_log_probability_of_a_token(opus: OpusTranslator) -> None:
    (model,) = list_models(opus.models)
    loaded = load_model(model, threads=1)
    source = [loaded.source_pieces.encode(each, out_type=str) for each in SEGMENTS]
    answers = opus.translate(SEGMENTS, "sl", "en")
    made = [loaded.target_pieces.encode(each, out_type=str) for each in texts(answers)]
    scored = loaded.translator.score_batch(source, made)
    expected = [sum(each.log_probs) / len(each.log_probs) for each in scored]
    found = [each.score for each in answers if isinstance(each, Translated)]
    assert pytest.approx(expected, rel=1e-3, abs=1e-7) == found


def test_a_segment_without_letters_stays_as_it_is(opus: OpusTranslator) -> None:
    wordless = ("", "   ", "\n\t", "…", "* * *", "12.345,6", "🙂🙂", "—", "[ ] ^ $ * \\ <")
    expected = tuple(Translated(text=each) for each in wordless)
    assert expected == opus.translate(wordless, "sl", "en")


def test_what_a_model_cannot_spell_harms_no_neighbour(opus: OpusTranslator) -> None:
    odd = (
        "Dober dan 🙂🙂",
        "שלום לכולם",
        "你好世界。",
        "a\x00b\ud800",
        "\u202bdan\u202c",
        "<unk> </s> <s>",
    )
    answers = opus.translate([*odd, "Dober dan."], "sl", "en")
    assert (len(odd) + 1, "Good day.") == (len(answers), texts(answers)[-1])
    assert "Good day ?" == texts(answers)[0]


def test_marks_that_a_model_has_never_seen_go_in_plain(opus: OpusTranslator) -> None:
    segments = ["„Nov“ predor…", '"Nov" predor...']
    fancy, plain = texts(opus.translate(segments, "sl", "en"))
    assert (TOY.translation(segments[1]), plain) == (plain, fancy)


def test_a_segment_over_the_models_length_is_cut_and_joined(greedy: OpusTranslator) -> None:
    sentence = "Dober dan, nov predor v Zagorju. "
    long = (sentence * 100).strip()
    longer = "Dober" * 2000
    answers = texts(greedy.translate([long, "Jutri vlak.", longer], "sl", "en"))
    assert TOY.translation(long) == answers[0]
    assert "Tomorrow the train." == answers[1]
    assert (answers[2] or "").replace(" ", "").startswith("GoodDober")


def test_a_long_segment_keeps_its_score(greedy: OpusTranslator) -> None:
    (answer,) = greedy.translate(["Dober dan. " * 200], "sl", "en")
    assert isinstance(answer, Translated)
    assert pytest.approx(0, abs=0.01) == answer.score


def test_the_end_is_added_where_the_model_does_not_add_it_itself(
    own_models: Path, opus: OpusTranslator
) -> None:
    (model,) = list_models(own_models)
    release = own_models / "converted" / "sl-en"
    shutil.copytree(model.folder, release)
    config = json.loads((release / "config.json").read_text())
    assert (True, False) == (config["add_source_eos"], model.needs_end)
    (release / "config.json").write_text(json.dumps(config | {"add_source_eos": False}))
    again = install_model(own_models / "second", str(release), now=NOON)
    assert again.needs_end
    second = OpusTranslator(models=own_models / "second", threads=1)
    assert opus.translate(SEGMENTS, "sl", "en") == second.translate(SEGMENTS, "sl", "en")


def test_a_model_that_comes_to_no_end_gives_no_translation(own_models: Path) -> None:
    # Neither the model nor we add the end, so it goes round in circles.
    (model,) = list_models(own_models)
    config = json.loads((model.folder / "config.json").read_text())
    (model.folder / "config.json").write_text(json.dumps(config | {"add_source_eos": False}))
    again = install_model(own_models / "second", str(model.folder), now=NOON)
    told = json.loads((again.folder / MANIFEST).read_text())
    (again.folder / MANIFEST).write_text(json.dumps(told | {"needs_end": False}))
    translator = OpusTranslator(models=own_models / "second", threads=1, beam=1)
    assert (Untranslated(reason="the model came to no end"),) == translator.translate(
        ["Dober dan."], "sl", "en"
    )


def test_a_model_of_several_targets_is_told_which(tmp_path: Path) -> None:
    toy = ToyModel(source="eng", target="slv hrv", target_tokens=(">>slv<<", ">>hrv<<"))
    toy.write(tmp_path / "eng-zls")
    model = install_model(tmp_path / "models", str(tmp_path / "eng-zls"), now=NOON)
    assert ("OPUS-MT eng-zls", ["hr", "sl"]) == (model.name, sorted(model.targets))
    opus = OpusTranslator(models=tmp_path / "models", threads=1)
    found = [texts(opus.translate(["Dober dan."], "en", each)) for each in ("sl", "hr")]
    assert [["[slv] Good day."], ["[hrv] Good day."]] == found
    assert opus.supports("en", "mk") is None


def test_a_model_of_a_group_reads_all_its_languages(toy_zip: Path, tmp_path: Path) -> None:
    install_model(tmp_path / "models", str(toy_zip), now=NOON, sources=["zls"])
    opus = OpusTranslator(models=tmp_path / "models", threads=1)
    asked = ("sl", "hr", "bs", "sr-Cyrl", "mk", "bg", "ru")
    assert [True] * 6 + [False] == [bool(opus.supports(each, "en")) for each in asked]


def test_a_model_for_one_language_comes_before_one_for_many(toy_zip: Path, tmp_path: Path) -> None:
    for code in ("sla", "zls", "slv"):
        install_model(tmp_path / "models", str(toy_zip), now=NOON, sources=[code])
    opus = OpusTranslator(models=tmp_path / "models")
    found = [opus.supports(each, "en") for each in ("sl", "hr", "pl")]
    expected = ["OPUS-MT slv-en", "OPUS-MT zls-en", "OPUS-MT sla-en"]
    assert expected == [each and each.model for each in found]


def test_a_model_of_nllb_is_told_both_languages(tmp_path: Path) -> None:
    release = nllb_like(tmp_path)
    model = install_model(tmp_path / "models", str(release), now=NOON, accept_noncommercial=True)
    assert ("nllb", "CC-BY-NC-4.0", True) == (model.kind, model.licence, model.non_commercial)
    assert ("slv_Latn", "srp_Cyrl", "srp_Latn") == tuple(
        model.source_token(each) for each in ("sl", "sr", "sr-Latn")
    )
    opus = OpusTranslator(models=tmp_path / "models", threads=1)
    answers = opus.translate(["Dober dan.", "Jutri vlak."], "sl", "en")
    assert ["Good day.", "Tomorrow the train."] == texts(answers)
    # The target's token, which the model was told and would never have chosen, does not count.
    scores = [each.score for each in answers if isinstance(each, Translated)]
    assert pytest.approx([0, 0], abs=0.01) == scores


def nllb_like(folder: Path) -> Path:
    """Return a converted toy in the layout of NLLB's conversions: one piece model, languages as tokens, no end added."""
    codes = ("slv_Latn", "eng_Latn", "srp_Cyrl", "srp_Latn")
    toy = ToyModel(more_tokens=codes).write(folder / "sl-en")
    made = install_model(folder / "made", str(toy), now=NOON).folder
    release = folder / "nllb-toy"
    release.mkdir()
    for path in (*made.glob("*vocabulary.json"), made / "model.bin"):
        shutil.copy(path, release)
    # NLLB has one piece model for both sides; the toy's source cuts, and what it does not know comes out as it is.
    shutil.copy(made / "source.spm", release / "sentencepiece.bpe.model")
    config = json.loads((made / "config.json").read_text()) | {"add_source_eos": False}
    (release / "config.json").write_text(json.dumps(config))
    return release


def test_a_few_models_are_kept_in_memory_and_the_oldest_goes(toy_zip: Path, tmp_path: Path) -> None:
    for source in ("sl", "hr", "mk"):
        install_model(tmp_path / "models", str(toy_zip), now=NOON, sources=[source])
    opus = OpusTranslator(models=tmp_path / "models", threads=1, keep=2)
    for source in ("sl", "hr", "sl", "mk"):
        opus.translate(["Dober dan."], source, "en")
    assert ("OPUS-MT sl-en", "OPUS-MT mk-en") == opus.loaded()
    opus.close()
    assert () == opus.loaded()


def test_a_batch_is_faster_than_single_calls(greedy: OpusTranslator) -> None:
    segments = [f"Vlada danes odprla nov predor {number}." for number in range(64)]
    greedy.translate(segments, "sl", "en")
    begun = time.process_time()
    greedy.translate(segments, "sl", "en")
    batched = time.process_time() - begun
    for each in segments:
        greedy.translate([each], "sl", "en")
    # Measured at 7 to 12 times.
    assert 1.5 * batched < time.process_time() - begun - batched


def test_several_threads_get_their_own_answers(greedy: OpusTranslator) -> None:
    calls = [[f"Dober dan {number}.", f"Vlak {number}"] for number in range(24)]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda call: texts(greedy.translate(call, "sl", "en")), calls))
    assert [[TOY.translation(each) for each in call] for call in calls] == found


def test_a_model_that_is_installed_or_removed_is_noticed(own_models: Path) -> None:
    opus = OpusTranslator(models=own_models)
    (model,) = list_models(own_models)
    assert opus.supports("sl", "en") is not None
    model.folder.rename(own_models.parent / "away")
    assert opus.supports("sl", "en") is None
    (own_models.parent / "away").rename(model.folder)
    assert opus.supports("sl", "en") is not None


@pytest.mark.parametrize("name", ["model.bin", "source.spm", "shared_vocabulary.json"])
def test_a_damaged_file_is_refused_with_the_remedy(own_models: Path, name: str) -> None:
    (model,) = list_models(own_models)
    path = model.folder / name
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(EngineRefusedError, match=rf"OPUS-MT sl-en.*{name}.*translate install"):
        OpusTranslator(models=own_models).translate(["Dober dan."], "sl", "en")


def test_a_file_that_is_gone_is_refused_with_the_remedy(own_models: Path) -> None:
    (model,) = list_models(own_models)
    (model.folder / "target.spm").unlink()
    with pytest.raises(EngineRefusedError, match=r"target\.spm is missing.*translate install"):
        OpusTranslator(models=own_models).translate(["Dober dan."], "sl", "en")


def test_a_manifest_that_cannot_be_read_is_a_problem_that_is_told(own_models: Path) -> None:
    (own_models / "opus-mt-sl-en" / MANIFEST).write_text("{")
    (own_models / "stray").mkdir()
    opus = OpusTranslator(models=own_models)
    assert opus.supports("sl", "en") is None
    assert (
        "cannot be read as a model's manifest" in opus.trouble,
        "stray" in opus.trouble,
    ) == (
        True,
        True,
    )


def test_without_the_extra_models_rest_and_the_remedy_is_told(
    toy_models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opus = OpusTranslator(models=toy_models)
    assert "" == opus.trouble
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    assert opus.supports("sl", "en") is None
    assert "ctranslate2 missing: pip install 'worldtake[opus]'" in opus.trouble
    with pytest.raises(EngineRefusedError, match=r"worldtake\[opus\]"):
        opus.translate(["Dober dan."], "sl", "en")


def test_a_folder_that_is_not_there_has_no_models(tmp_path: Path) -> None:
    opus = OpusTranslator(models=tmp_path / "none")
    assert (None, "") == (opus.supports("sl", "en"), opus.trouble)


def test_a_translator_can_be_sent_to_another_process(opus: OpusTranslator) -> None:
    opus.translate(["Dober dan."], "sl", "en")
    sent = pickle.loads(pickle.dumps(opus))  # noqa: S301 our own bytes
    assert (opus, ()) == (sent, sent.loaded())


WORDS = st.sampled_from([*TOY_WORDS, "Zagorje", "1.234", "B-52", "(in)", "ž"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(segments=st.lists(SENTENCES, max_size=12))
def test_every_segment_gets_its_own_translation(opus: OpusTranslator, segments: list[str]) -> None:
    expected = [TOY.translation(each) if any(map(str.isalpha, each)) else each for each in segments]
    assert expected == texts(opus.translate(segments, "sl", "en"))


ANYTHING = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=TOY_ALPHABET + " \n", max_size=300),
    st.text(alphabet="[]^$*\\<>_▁/s", max_size=20),
    st.just("Dober dan. " * 60),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(segments=st.lists(ANYTHING, max_size=6))
def test_whatever_comes_in_as_many_answers_come_out(
    greedy: OpusTranslator, segments: list[str]
) -> None:
    answers = greedy.translate([*segments, "Jutri vlak."], "sl", "en")
    assert (len(segments) + 1, Translated) == (len(answers), type(answers[-1]))
    assert "Tomorrow the train." == texts(answers)[-1]


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(segments=st.lists(ANYTHING, min_size=1, max_size=4))
def test_a_segment_comes_out_the_same_whatever_its_neighbours(
    greedy: OpusTranslator, segments: list[str]
) -> None:
    together = texts(greedy.translate(segments, "sl", "en"))
    alone = [texts(greedy.translate([each], "sl", "en"))[0] for each in segments]
    assert alone == together
