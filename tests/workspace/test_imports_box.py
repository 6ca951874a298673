"""The box: a reader that was taken over ends in one plain error each, and the worker goes on untouched."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from codes import box, boxed, checks
from codes.text import loading
from codes.text.nodes import TextError
from codes.text.parse import parse_file
from codes.text.printing import tree_data
from tests.text.laws import KAZAKHSTAN

LAW = KAZAKHSTAN / "criminal-code-1997_ch1-excerpt_ru.txt"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "law.txt"
    path.write_text("Статья 1. Законы", encoding="utf-8")
    return path


def misdeed(name: str, file: Path, wall: float = 30) -> str:
    """What the person reads when the reader does this. Fails when it gets an answer."""
    with pytest.raises(TextError) as refused:
        box.run("tests.workspace.hostile_reader", [name], file=file, name="law.txt", wall=wall)
    return str(refused.value)


def test_a_real_law_comes_out_of_the_box_as_the_parser_reads_it() -> None:
    found = box.parse(LAW, name="Кодекс 1997.txt")
    assert found.tree == parse_file(LAW)
    assert found.media_type == "text/plain"


def test_a_reader_that_forks_leaves_nobody_behind(file: Path) -> None:
    assert misdeed("fork", file) == f"law.txt could not be read: its reader stopped. {box._AGAIN}"
    assert "hostile_reader fork" not in _processes()


def test_a_reader_reaches_no_network(file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        file.write_text(str(server.getsockname()[1]))
        assert "reader stopped" in misdeed("connect", file)
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_reader_sees_no_secret(file: Path) -> None:
    os.environ["CANARY_SECRET"] = "canary"
    try:
        seen = box.run("tests.workspace.hostile_reader", ["environment"], file=file, name="law.txt").decode()
    finally:
        del os.environ["CANARY_SECRET"]
    assert set(json.loads(seen.replace("'", '"'))) <= {"LC_CTYPE", "OPENBLAS_NUM_THREADS"}


def test_a_reader_that_eats_memory_is_ended(file: Path) -> None:
    assert misdeed("memory", file) == "Reading law.txt needs too much memory. Split it, or paste the text."


@pytest.mark.parametrize("name", ["sleep", "spin"])
def test_a_reader_that_does_not_end_is_ended(name: str, file: Path) -> None:
    began = time.monotonic()
    assert misdeed(name, file, wall=1.5) == "Reading law.txt took too long. Split it, or paste the text."
    assert time.monotonic() - began < 5


def test_a_reader_that_floods_is_stopped_at_the_limit(file: Path) -> None:
    assert misdeed("flood", file) == "law.txt holds more text than we can take. Split it."


def test_a_reader_s_words_are_one_short_line_without_control_signs(file: Path) -> None:
    said = misdeed("shout", file)
    assert said.isprintable()
    assert len(said) <= 400
    assert "second" not in said


def test_an_answer_of_another_shape_is_refused(file: Path) -> None:
    answer = box.run("tests.workspace.hostile_reader", ["lie"], file=file, name="law.txt")
    with pytest.raises(ValueError, match="was expected"):
        loading.parsed(json.loads(answer))


def test_the_child_dies_with_the_worker(file: Path, tmp_path: Path) -> None:
    """A worker that is killed leaves no reader behind."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from codes import box; from pathlib import Path;"
        "box.run('tests.workspace.hostile_reader', ['sleep'], file=Path(sys.argv[2]), name='law.txt')"
    )
    worker = subprocess.Popen([sys.executable, "-c", program, str(box.ROOT), str(file)])
    try:
        assert _within(20, lambda: "hostile_reader sleep" in _processes())
    finally:
        worker.kill()
        worker.wait()
    assert _within(5, lambda: "hostile_reader sleep" not in _processes())


def _processes() -> str:
    return subprocess.run(["ps", "axwwo", "args"], capture_output=True, text=True, check=True).stdout


def _within(seconds: float, happens: Any) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.1)
    return False


def test_the_worker_s_own_limits_and_threads_are_untouched(file: Path) -> None:
    before = [resource.getrlimit(limit) for limit, _ in boxed._LIMITS], threading.active_count()
    misdeed("memory", file)
    assert ([resource.getrlimit(limit) for limit, _ in boxed._LIMITS], threading.active_count()) == before


def test_a_file_over_the_limit_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    large = tmp_path / "law.pdf"
    with large.open("wb") as file:
        file.truncate(64 * 2**20)
    with pytest.raises(TextError, match=r"^The file is 64 MB\. The limit is 40 MB\. Remove images or split it\.$"):
        box.parse(large)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tree: tree.update(extra=1),
        lambda tree: tree.pop("title"),
        lambda tree: tree["articles"].append(tree["articles"][0]),
        lambda tree: tree["articles"][0].update(number="x" * 61),
        lambda tree: tree["articles"][0].update(line=True),
        lambda tree: tree["articles"][0].update(status="<b>"),
        lambda tree: tree["articles"][0]["paragraphs"][0].update(role="law"),
        lambda tree: tree["articles"][0]["paragraphs"][0].update(text="a\x00b"),
        lambda tree: tree["articles"][0]["paragraphs"][0].update(text="\ud800"),
        lambda tree: tree.update(divisions={}),
    ],
)
def test_the_loader_takes_the_agreed_shape_only(spoil: Any) -> None:
    data = json.loads(json.dumps(tree_data(parse_file(LAW))))
    assert loading.tree(data) == parse_file(LAW)
    spoil(data)
    with pytest.raises(ValueError, match=r"expected|number|surrogates"):
        loading.tree(data)


def test_names_of_files_cannot_leave_the_folder() -> None:
    assert box._plain_name("../../etc/passwd") == "passwd"
    assert box._plain_name("--language") == "language"
    assert box._plain_name("..") == "text"
    assert len(box._plain_name("я" * 300 + ".docx")) <= 80


def test_a_kernel_that_forbids_namespaces_is_named_by_the_deployment_check(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.the_box_has_no_network(None) == []
    monkeypatch.setattr(checks, "_TRY", "import sys; sys.exit(1)")
    assert [message.id for message in checks.the_box_has_no_network(None)] == ["codes.W001"]
