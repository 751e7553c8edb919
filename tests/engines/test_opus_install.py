from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest

from worldtake.engines.opus import OpusTranslator
from worldtake.engines.opus_install import install_model
from worldtake.engines.opus_models import UNFINISHED, list_models, remove_model
from worldtake.engines.translators import Translated
from worldtake.errors import EngineError, EngineRefusedError, UnknownItemError, UnreadableInputError
from worldtake.testing.toy_model import ToyModel, write_toy_model

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def toy_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a release; not to be changed."""
    return write_toy_model(tmp_path_factory.mktemp("unpacked") / "sl-en")


@pytest.fixture
def release(toy_release: Path, tmp_path: Path) -> Path:
    """A copy of them to be changed."""
    shutil.copytree(toy_release, tmp_path / "sl-en")
    return tmp_path / "sl-en"


def rezip(source: Path, target: Path, add: dict[str, bytes]) -> Path:
    """Return a copy of a zip with further files."""
    shutil.copy(source, target)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as opened:
        for name, body in add.items():
            opened.writestr(name, body)
    return target


def translated(models: Path, segment: str = "Dober dan.") -> str:
    (answer,) = OpusTranslator(models=models, threads=1).translate([segment], "sl", "en")
    assert isinstance(answer, Translated)
    return answer.text


def test_a_zip_is_installed_with_all_that_is_known_of_it(toy_zip: Path, tmp_path: Path) -> None:
    model = install_model(tmp_path / "models", str(toy_zip), now=NOON)
    assert (model,) == list_models(tmp_path / "models")
    expected = ("OPUS-MT sl-en", "opus-mt-sl-en", {"sl": ""}, {"en": ""}, "CC-BY-4.0", False)
    assert expected == (
        model.name,
        model.id,
        model.sources,
        model.targets,
        model.licence,
        model.non_commercial,
    )
    assert (str(toy_zip), "2020-01-16", NOON, "int8") == (
        model.origin,
        model.released,
        model.installed,
        model.quantization,
    )
    sums = {
        each: hashlib.sha256((model.folder / each).read_bytes()).hexdigest() for each in model.files
    }
    assert sums == model.files
    files = ["config.json", "model.bin", "shared_vocabulary.json", "source.spm", "target.spm"]
    assert files == sorted(model.files)


def test_a_folder_is_installed_as_its_zip_is(
    toy_release: Path, toy_zip: Path, tmp_path: Path
) -> None:
    one = install_model(tmp_path / "one", str(toy_release), now=NOON)
    other = install_model(tmp_path / "other", str(toy_zip), now=NOON)
    assert one.revision == other.revision
    assert "Good day." == translated(tmp_path / "one")


def test_a_converted_model_is_taken_as_it_is(toy_models: Path, tmp_path: Path) -> None:
    (model,) = list_models(toy_models)
    archive = tmp_path / "opus-mt-sl-en-ct2.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        for name in model.files:
            opened.write(model.folder / name, f"opus-mt-sl-en-ct2/{name}")
    again = install_model(tmp_path / "models", str(archive), now=NOON)
    assert ("OPUS-MT sl-en", "as converted", "not stated") == (
        again.name,
        again.quantization,
        again.licence,
    )
    assert "Good day." == translated(tmp_path / "models")


def test_an_address_is_fetched_by_whom_the_caller_names(toy_zip: Path, tmp_path: Path) -> None:
    address = "https://models.example/sl-en/opus-2021-02-18.zip?x=1"
    asked = []

    def download(url: str, path: Path) -> None:
        asked.append(url)
        shutil.copy(toy_zip, path)

    model = install_model(tmp_path / "models", address, now=NOON, download=download)
    assert ([address], address, "2021-02-18") == (asked, model.origin, model.released)
    with pytest.raises(EngineRefusedError, match="fetch it yourself"):
        install_model(tmp_path / "models", address, now=NOON)


def test_a_password_in_an_address_is_not_kept(toy_zip: Path, tmp_path: Path) -> None:
    address = "https://ana:secret@models.example/sl-en/opus-2021-02-18.zip"
    model = install_model(
        tmp_path, address, now=NOON, download=lambda _, path: shutil.copy(toy_zip, path)
    )
    assert "https://models.example/sl-en/opus-2021-02-18.zip" == model.origin
    assert "secret" not in "".join(each.read_text("utf-8") for each in model.folder.glob("*.json"))


def test_a_folder_that_cannot_be_written_is_named(toy_zip: Path, tmp_path: Path) -> None:
    (tmp_path / "models").touch()
    with pytest.raises(EngineError, match=r"cannot be installed into .*/models"):
        install_model(tmp_path / "models", str(toy_zip), now=NOON)


def test_a_checksum_must_fit(toy_zip: Path, toy_release: Path, tmp_path: Path) -> None:
    models, sum_of_it = tmp_path / "models", hashlib.sha256(toy_zip.read_bytes()).hexdigest()
    install_model(models, str(toy_zip), now=NOON, sha256=sum_of_it.upper())
    with pytest.raises(UnreadableInputError, match=f"has the checksum {sum_of_it}, not 00ff"):
        install_model(models, str(toy_zip), now=NOON, sha256="00ff")
    with pytest.raises(UnreadableInputError, match="is a folder"):
        install_model(models, str(toy_release), now=NOON, sha256=sum_of_it)


def test_a_model_takes_the_place_of_an_older_one(
    toy_zip: Path, release: Path, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    older = install_model(models, str(toy_zip), now=NOON)
    opus = OpusTranslator(models=models, threads=1)
    opus.translate(["Dober dan."], "sl", "en")
    ToyModel(words={"dober": "fine", "dan": "weather"}).write(release)
    newer = install_model(models, str(release), now=NOON)
    assert (older.folder, True) == (newer.folder, older.revision != newer.revision)
    assert "Fine weather." == translated(models)
    support = opus.supports("sl", "en")
    assert support is not None
    assert newer.revision == support.revision
    assert [newer.id] == [each.name for each in models.iterdir()]


@pytest.mark.parametrize(
    "licence",
    [
        "CC-BY-NC-4.0",
        "CC BY-NC-SA 4.0",
        "Creative Commons Attribution-NonCommercial 4.0 International",
    ],
)
def test_a_licence_against_use_for_money_must_be_accepted(
    release: Path, tmp_path: Path, licence: str
) -> None:
    (release / "LICENSE").write_text(f"{licence} Public License\n")
    models = tmp_path / "models"
    with pytest.raises(EngineRefusedError, match=r"under CC-BY-NC\S*, .*--accept-noncommercial"):
        install_model(models, str(release), now=NOON)
    assert () == list_models(models)
    model = install_model(models, str(release), now=NOON, accept_noncommercial=True)
    assert model.non_commercial


def test_a_model_that_does_not_tell_its_languages_asks_for_them(
    release: Path, tmp_path: Path
) -> None:
    (release / "README.md").unlink()
    nameless = release.rename(tmp_path / "download")
    with pytest.raises(UnreadableInputError, match="give --from and --to"):
        install_model(tmp_path / "models", str(nameless), now=NOON)
    model = install_model(
        tmp_path / "models", str(nameless), now=NOON, sources=["slv"], targets=["eng"]
    )
    assert ("OPUS-MT slv-eng", {"sl": ""}, {"en": ""}) == (model.name, model.sources, model.targets)


def test_the_name_of_the_folder_tells_the_pair_where_nothing_else_does(
    release: Path, tmp_path: Path
) -> None:
    (release / "README.md").unlink()
    model = install_model(tmp_path / "models", str(release), now=NOON)
    assert ("OPUS-MT sl-en", {"sl": ""}) == (model.name, model.sources)


HARMFUL = {
    "../evil.spm": "leads out of its folder",
    "/etc/evil.spm": "leads out of its folder",
    "a/../../evil.spm": "leads out of its folder",
    "..\\evil.spm": "leads out of its folder",
    "C:\\evil.spm": "leads out of its folder",
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_zip_that_leads_out_of_its_folder_is_refused(
    toy_zip: Path, tmp_path: Path, name: str
) -> None:
    bad = rezip(toy_zip, tmp_path / "bad.zip", {name: b"x"})
    with pytest.raises(UnreadableInputError, match=HARMFUL[name]):
        install_model(tmp_path / "models", str(bad), now=NOON)
    assert [] == [*(tmp_path / "models").iterdir()]
    assert [] == [*tmp_path.rglob("evil*")]


def test_a_zip_with_a_link_in_it_is_refused(toy_zip: Path, tmp_path: Path) -> None:
    bad = rezip(toy_zip, tmp_path / "bad.zip", {})
    link = zipfile.ZipInfo("vocab.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(bad, "a") as opened:
        opened.writestr(link, "/etc/passwd")
    with pytest.raises(UnreadableInputError, match="holds a link"):
        install_model(tmp_path / "models", str(bad), now=NOON)


def test_a_zip_that_swells_is_refused(toy_zip: Path, tmp_path: Path) -> None:
    bad = rezip(toy_zip, tmp_path / "bad.zip", {"huge.txt": bytes(20_000_000)})
    with pytest.raises(UnreadableInputError, match="swells"):
        install_model(tmp_path / "models", str(bad), now=NOON)


def test_a_zip_of_very_many_files_is_refused(toy_zip: Path, tmp_path: Path) -> None:
    many = {f"{number}.txt": b"" for number in range(1_001)}
    bad = rezip(toy_zip, tmp_path / "bad.zip", many)
    with pytest.raises(UnreadableInputError, match="files"):
        install_model(tmp_path / "models", str(bad), now=NOON)


def test_a_zip_whose_contents_are_damaged_is_refused(toy_zip: Path, tmp_path: Path) -> None:
    for number, at in enumerate((0.3, 0.6, 0.97)):
        body = bytearray(toy_zip.read_bytes())
        start = int(at * len(body))
        body[start : start + 200] = bytes(200)
        bad = tmp_path / f"bad-{number}.zip"
        bad.write_bytes(body)
        with pytest.raises(UnreadableInputError):
            install_model(tmp_path / "models", str(bad), now=NOON)
    assert [] == [*(tmp_path / "models").iterdir()]


def test_programs_of_a_release_are_left_behind_and_its_licence_is_not(
    toy_zip: Path, tmp_path: Path
) -> None:
    scripts = {"preprocess.sh": b"#!/bin/sh\n", "postprocess.sh": b"#!/bin/sh\n"}
    archive = rezip(toy_zip, tmp_path / "sl-en.zip", scripts)
    model = install_model(tmp_path / "models", str(archive), now=NOON)
    assert [] == [*model.folder.glob("*.sh")]
    assert ["LICENSE", "README.md"] == sorted(
        each.name for each in model.folder.iterdir() if each.stem.isupper()
    )


@pytest.mark.parametrize(
    ("body", "said"), [(b"no zip", "cannot be read as a zip"), (b"", "cannot be read as a zip")]
)
def test_what_is_no_zip_is_refused(tmp_path: Path, body: bytes, said: str) -> None:
    (tmp_path / "sl-en.zip").write_bytes(body)
    with pytest.raises(UnreadableInputError, match=said):
        install_model(tmp_path / "models", str(tmp_path / "sl-en.zip"), now=NOON)


def test_a_zip_or_folder_without_a_model_says_what_is_wanted(tmp_path: Path) -> None:
    empty = tmp_path / "sl-en"
    empty.mkdir()
    with zipfile.ZipFile(tmp_path / "sl-en.zip", "w") as opened:
        opened.writestr("README.md", "nothing")
    for origin, said in ((empty, "holds no model"), (tmp_path / "sl-en.zip", "decoder.yml")):
        with pytest.raises(UnreadableInputError, match=said):
            install_model(tmp_path / "models", str(origin), now=NOON)
    (empty / "pytorch_model.bin").touch()
    with pytest.raises(UnreadableInputError, match="a model for torch"):
        install_model(tmp_path / "models", str(empty), now=NOON)
    with pytest.raises(UnreadableInputError, match="no folder and no zip"):
        install_model(tmp_path / "models", str(tmp_path / "nowhere"), now=NOON)


def test_paths_in_decoder_yml_lead_nowhere_else(release: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.vocab.yml"
    secret.write_text("x: 0\n")
    decoder = {"models": [f"../{secret.name}"], "vocabs": [str(secret), str(secret)]}
    (release / "decoder.yml").write_text(json.dumps(decoder))
    install_model(tmp_path / "models", str(release), now=NOON)
    assert "Good day." == translated(tmp_path / "models")


#: A list that would fill the memory if it were written out: what it says is left out.
HARMLESS = (
    b"a: &a [x, x]\n"
    + b"".join(
        b"%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c]\n" % (at, at, *([at - 1] * 7))
        for at in range(ord("b"), ord("m"))
    )
    + b"models: [*l]\nvocabs: [*l]\n"
)
DAMAGES = {
    "*.npz": [b"", b"PK", b"\x80\x04pickle"],
    "*.vocab.yml": [b"", b'"a": x\n', b'"</s>": 0\n'],
    "source.spm": [b"", b"\xff" * 40],
    "decoder.yml": [b"models: {", HARMLESS],
}


@pytest.mark.parametrize(
    ("name", "body"), [(name, body) for name, bodies in DAMAGES.items() for body in bodies]
)
def test_a_damaged_release_is_refused_or_does_no_harm(
    release: Path, tmp_path: Path, name: str, body: bytes
) -> None:
    next(release.glob(name)).write_bytes(body)
    models = tmp_path / "models"
    if body is HARMLESS:
        install_model(models, str(release), now=NOON)
        return
    with pytest.raises(UnreadableInputError):
        install_model(models, str(release), now=NOON)
    assert [] == [*models.iterdir()]


def test_weights_that_swell_are_refused(release: Path, tmp_path: Path) -> None:
    path = next(release.glob("*.npz"))
    with path.open("wb") as file:
        np.savez_compressed(file, Wemb=np.zeros((2_000, 2_000), np.float32))
    with pytest.raises(UnreadableInputError, match="swells"):
        install_model(tmp_path / "models", str(release), now=NOON)


@pytest.mark.parametrize("step", ["unpack", "convert", "try"])
def test_an_interrupted_installation_leaves_nothing(
    toy_zip: Path, tmp_path: Path, step: str
) -> None:
    def interrupt(now: str, share: float) -> None:
        if now == step and share in {0.0, 1.0}:
            raise KeyboardInterrupt

    models = tmp_path / "models"
    with pytest.raises(KeyboardInterrupt):
        install_model(models, str(toy_zip), now=NOON, progress=interrupt)
    assert [] == [*models.iterdir()]


INSTALLER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
sys.modules["torch"] = sys.modules["transformers"] = None
from worldtake.engines.opus_install import install_model
from worldtake.engines.opus import OpusTranslator

def wait(step, share):
    print(step, flush=True)
    if step == sys.argv[3]:
        sys.stdin.read()

models = Path(sys.argv[1])
install_model(models, sys.argv[2], now=datetime.now(UTC), progress=wait)
print(OpusTranslator(models=models).translate(["Dober dan."], "sl", "en")[0].text)
"""


def installer(models: Path, origin: Path, stop: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", INSTALLER, models, origin, stop],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_all_of_it_works_without_torch(toy_zip: Path, tmp_path: Path) -> None:
    said, _ = installer(tmp_path / "models", toy_zip, "").communicate(timeout=60)
    assert "Good day." == said.splitlines()[-1]


def test_ctrl_c_leaves_nothing_and_a_kill_nothing_that_counts(
    toy_zip: Path, tmp_path: Path
) -> None:
    models = tmp_path / "models"
    for number, left in ((signal.SIGINT, 0), (signal.SIGKILL, 1)):
        with installer(models, toy_zip, "convert") as process:
            assert process.stdout is not None
            assert "convert" in iter(lambda: (process.stdout or sys.stdin).readline().strip(), "")
            process.send_signal(number)
            process.wait(timeout=60)
        assert (left, ()) == (len([*models.iterdir()]), list_models(models))
    (rest,) = models.iterdir()
    old = time.time() - 100_000
    os.utime(rest, (old, old))
    install_model(models, str(toy_zip), now=NOON)
    assert [] == [*models.glob(f"{UNFINISHED}*")]


def test_without_the_extra_nothing_is_installed_and_the_remedy_is_told(
    toy_zip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentencepiece", None)
    with pytest.raises(EngineRefusedError, match=re.escape("pip install 'worldtake[opus]'")):
        install_model(tmp_path / "models", str(toy_zip), now=NOON)


@pytest.mark.parametrize("name", ["OPUS-MT sl-en", "opus-mt-sl-en"])
def test_a_model_is_removed_by_its_name_or_its_id(own_models: Path, name: str) -> None:
    removed = remove_model(own_models, name)
    assert removed is not None
    assert ("OPUS-MT sl-en", []) == (removed.name, [*own_models.iterdir()])


def test_a_model_that_is_not_there_cannot_be_removed(own_models: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownItemError, match=r"no model 'x'.*there is: opus-mt-sl-en"):
        remove_model(own_models, "x")
    with pytest.raises(UnknownItemError, match="there is: no model"):
        remove_model(tmp_path / "none", "x")
