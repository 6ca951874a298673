"""The programs behind `make check` and `make setup` find what they are there to find."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.local.places import CHECKOUT

BREACHES = [
    '<p style="color: red">',
    "<p\n  class=\"a\"\n  style='x'>",
    "<style>p {}</style>",
    '<button onclick="go()">',
    '<a href="javascript:go()">',
    "<form hx-on:click='go()'>",
    "<div hx-vals='js:{a: 1}'>",
    "<script>go()</script>",
    "{{ note|safe }}",
    "{{ notes | safeseq }}",
    "{% autoescape off %}",
    '<script src="https://cdn.example/x.js"></script>',
    '<img src="//tracker.example/pixel">',
]
HARMLESS = [
    "<script src=\"{% static 'js/site.js' %}\" defer></script>",
    '<a href="https://www.example.org/law" rel="noopener">the source</a>',
    "<p>Chapter on style = manner</p>",
    '<p class="on-change" data-once="1">{{ note|linebreaks }}</p>',
    '<link rel="stylesheet" href="{% static \'css/site.css\' %}">',
]


@pytest.fixture
def scripts(monkeypatch):
    monkeypatch.syspath_prepend(str(CHECKOUT / "scripts"))
    return importlib.import_module


@pytest.mark.parametrize("source", BREACHES)
def test_inline_code_styles_unescaped_text_and_foreign_files_are_found_in_templates(scripts, source):
    assert list(scripts("check_templates").complaints(source))


@pytest.mark.parametrize("source", HARMLESS)
def test_ordinary_templates_pass(scripts, source):
    assert list(scripts("check_templates").complaints(source)) == []


@pytest.fixture
def copied(open_folder: Path) -> Path:
    """The requirements and scripts in a folder of their own, where they can be spoilt."""
    for name in ("requirements", "scripts"):
        shutil.copytree(CHECKOUT / name, open_folder / name)
    return open_folder


def run(checkout: Path, *command: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=checkout, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}
    )


def check_locks(checkout: Path) -> subprocess.CompletedProcess[str]:
    return run(checkout, sys.executable, "scripts/lock.py", "--check")


def test_the_locks_as_they_are_pass(copied):
    assert check_locks(copied).stdout.strip() == ""


def test_a_changed_requirement_makes_its_lock_and_those_it_constrains_stale(copied):
    with (copied / "requirements/base.in").open("a") as file:
        file.write("another-package\n")
    done = check_locks(copied)
    assert (done.returncode, done.stdout) == (1, "requirements/base.txt is stale. Run make lock.\n")


def test_a_changed_lock_makes_those_it_constrains_stale(copied):
    with (copied / "requirements/base.txt").open("a") as file:
        file.write("# another line\n")
    said = check_locks(copied).stdout
    assert "requirements/dev.txt is stale" in said
    assert "requirements/embedded.txt is stale" in said


def test_an_address_a_missing_hash_and_a_foreign_lock_are_found(copied):
    lock = copied / "requirements/embedded.txt"
    lock.write_text(lock.read_text() + "# from https://packages.example\nunhashed==1.0\n")
    (copied / "uv.lock").write_text("")
    said = check_locks(copied).stdout
    for words in ("embedded.txt holds an address", "unhashed==1.0 has no hash", "uv.lock does not belong here"):
        assert words in said


PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

#, python-format
msgid "%(count)s articles"
msgstr "{translation}"
"""


def compile_messages(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(checkout, sys.executable, "scripts/compile_messages.py", *arguments)


@pytest.fixture
def catalogue(copied: Path) -> Path:
    folder = copied / "locale/ru/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO.replace("{translation}", "%(count)s статей"))
    return folder / "django.po"


def test_a_missing_or_old_translation_fails_the_check_until_it_is_compiled(copied, catalogue):
    assert "is stale" in compile_messages(copied, "--check").stderr
    assert compile_messages(copied).returncode == 0
    assert compile_messages(copied, "--check").returncode == 0
    catalogue.write_text(PO.replace("{translation}", "статей: %(count)s"))
    assert compile_messages(copied, "--check").returncode == 1
    assert compile_messages(copied).returncode == 0
    assert compile_messages(copied, "--check").returncode == 0


def test_a_translation_that_lost_its_placeholder_is_refused(copied, catalogue):
    catalogue.write_text(PO.replace("{translation}", "статей"))
    assert compile_messages(copied).returncode == 1


def test_a_machine_without_a_new_python_is_told_so_in_one_sentence(copied):
    tools = copied / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "cksum", "rm"):
        (tools / name).symlink_to(shutil.which(name))
    old = tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = run(copied, "sh", "scripts/setup.sh", path=str(tools))
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed")
    assert done.stderr.count("\n") == 1


def test_help_names_every_target():
    makefile = (CHECKOUT / "Makefile").read_text()
    targets = makefile.split(".PHONY:")[1].splitlines()[0].split()
    said = run(CHECKOUT, "make", "--no-print-directory").stdout
    assert [line.split()[1] for line in said.splitlines()] == targets
