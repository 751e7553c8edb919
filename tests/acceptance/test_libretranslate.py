"""The real LibreTranslate server on loopback, with a toy model: what it takes and answers is what the engine sends and reads.

It runs where WORLDTAKE_LIBRETRANSLATE names the Python, or the `libretranslate` command, of an environment that holds it: the
server is AGPL and pins old libraries, so it has one of its own (`python -m venv lt && lt/bin/pip install libretranslate`).
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from worldtake.engines import Translated, Untranslated
from worldtake.engines.remote import open_remote
from worldtake.errors import EngineRefusedError
from worldtake.pipeline.wires import DoorWire
from worldtake.settings import TranslatorSettings
from worldtake.testing.toy_model import TOY_WORDS, ToyModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worldtake.engines import Translator

NAMED = os.environ.get("WORLDTAKE_LIBRETRANSLATE", "")
TOYS = (
    ToyModel(source="sl", target="en"),
    ToyModel(source="en", target="sl", words={"day": "dan", "good": "dober"}),
)
#: Limits that the server is started with.
BATCH, CHARACTERS = 3, 60

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        not NAMED,
        reason="WORLDTAKE_LIBRETRANSLATE names no Python with LibreTranslate; make one by "
        "`python -m venv lt && lt/bin/pip install libretranslate`, and name lt/bin/python",
    ),
]


def python() -> Path:
    """Return the Python of the environment that is named."""
    named = Path(NAMED).absolute()
    return named if "python" in named.name else named.with_name("python")


def field(number: int, value: bytes | int) -> bytes:
    """Return a field of a protocol buffer, below 128 bytes a count."""
    if isinstance(value, int):
        return bytes([number << 3]) + bytes([value])
    length, head = len(value), b""
    while length > 127:
        head += bytes([length & 127 | 128])
        length >>= 7
    return bytes([number << 3 | 2]) + head + bytes([length]) + value


def one_sentence_model() -> bytes:
    """Return an ONNX model that finds no sentence's end but the last: it hands its features on."""

    def tensor(name: bytes, kind: int) -> bytes:
        sizes = b"".join(
            field(1, field(2, size)) for size in (b"b", b"n", b"f")[: 3 if kind == 1 else 2]
        )
        shape = field(1, field(1, kind) + field(2, sizes))
        return field(1, name) + field(2, shape)

    node = field(1, b"features") + field(2, b"ends") + field(4, b"Identity")
    graph = field(1, node) + field(2, b"toy")
    graph += field(11, tensor(b"units", 7)) + field(11, tensor(b"features", 1))
    graph += field(12, tensor(b"ends", 1))
    known = {"_unit2id": {"<PAD>": 0, "<UNK>": 1}, "_id2unit": ["<PAD>", "<UNK>"], "lang": "xx"}
    notes = {"config": {"feat_funcs": ["numeric"]}, "vocab": known, "lang_code": "xx"}
    model = field(1, 8) + field(7, graph) + field(8, field(2, 13))
    for name, value in notes.items():
        text = value if isinstance(value, str) else json.dumps(value)
        model += bytes([14 << 3 | 2]) + _sized(field(1, name.encode()) + field(2, text.encode()))
    return model


def _sized(body: bytes) -> bytes:
    return field(1, body)[1:]


def write_package(folder: Path, release: Path, toy: ToyModel) -> None:
    """Write a toy as the server keeps its models."""
    folder.mkdir(parents=True)
    about = {
        "package_version": "1.0",
        "argos_version": "1.10",
        "from_code": toy.source,
        "from_name": toy.source,
        "to_code": toy.target,
        "to_name": toy.target,
    }
    (folder / "metadata.json").write_text(json.dumps(about), "utf-8")
    (folder / "sentencepiece.model").write_bytes((release / "source.spm").read_bytes())
    (folder / "minisbd").mkdir()
    (folder / "minisbd" / "toy.onnx").write_bytes(one_sentence_model())
    convert = (
        "import sys; from ctranslate2.converters import OpusMTConverter; "
        "OpusMTConverter(sys.argv[1]).convert(sys.argv[2])"
    )
    subprocess.run(
        [python(), "-c", convert, release, folder / "model"],
        check=True,
        capture_output=True,
        timeout=120,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + 120
    while time.monotonic() < ends and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 our own loopback
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"the server did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server that knows the toys."""
    home = tmp_path_factory.mktemp("libretranslate")
    packages = home / "packages"
    for toy in TOYS:
        name = f"{toy.source}_{toy.target}"
        write_package(packages / name, toy.write(home / f"release_{name}"), toy)
    port, log = free_port(), home / "log.txt"
    options = f"--host 127.0.0.1 --port {port} --disable-web-ui --api-keys --threads 2"
    limits = f"--batch-limit {BATCH} --char-limit {CHARACTERS}"
    start = "from libretranslate.main import main; main()"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [python(), "-c", start, *options.split(), *limits.split()],
            cwd=home,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ
            | {"HOME": str(home), "XDG_DATA_HOME": str(home), "ARGOS_PACKAGES_DIR": str(packages)}
            | {"XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)},
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/languages", server, log)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="module")
def wire() -> Iterator[DoorWire]:
    with DoorWire(allow_hosts=("localhost",)) as made:
        yield made


def opened(url: str, wire: DoorWire, **more: Any) -> Translator:
    return open_remote(TranslatorSettings(engine="libretranslate", url=url, **more), wire)


def test_the_real_server_translates_in_order(url: str, wire: DoorWire) -> None:
    segments = ["Vlada je odprla predor.", "Most je zaprt.", "Danes je dober dan."]
    answers = opened(url, wire).translate(segments, "sl", "en")
    assert [TOYS[0].translation(text) for text in segments] == [
        isinstance(each, Translated) and each.text for each in answers
    ]


def test_the_real_server_says_what_it_knows(url: str, wire: DoorWire) -> None:
    translator = opened(url, wire)
    pairs = [("sl", "en"), ("en", "sl"), ("sl-SI", "en-GB"), ("sl", "de"), ("de", "en")]
    assert [True, True, True, False, False] == [
        translator.supports(*pair) is not None for pair in pairs
    ]


def test_limits_of_the_real_server_are_kept(url: str, wire: DoorWire) -> None:
    segments = [f"{word} {number}" for number, word in enumerate(TOY_WORDS)]
    segments[4] = "most " * 20
    answers = opened(url, wire).translate(segments, "sl", "en")
    expected = [Translated(text=TOYS[0].translation(text)) for text in segments]
    reason = f"longer than the server takes ({CHARACTERS} characters)"
    assert [*expected[:4], Untranslated(reason=reason), *expected[5:]] == list(answers)


def test_the_real_server_refuses_a_wrong_key(url: str, wire: DoorWire) -> None:
    with pytest.raises(EngineRefusedError, match="Invalid API key"):
        opened(url, wire, key="wrong").translate(("Most.",), "sl", "en")


def test_the_real_server_gives_back_as_many_as_it_is_given(url: str, wire: DoorWire) -> None:
    segments = ["", "?!", "12", "[ ] ^ $ * \\ < >", "👩‍👩‍👧‍👦", "هذا خبر", "Da.\nNe.", "&amp; <b>"]
    answers = opened(url, wire).translate(segments, "sl", "en")
    assert len(segments) == len(answers)
