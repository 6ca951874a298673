"""The command line is a contract: other programs call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codes.text.nodes import Link, LinkKind
from codes.text.parse import parse_file
from codes.text.plain_text import without_places
from codes.text.printing import groups
from tests.text.laws import KAZAKHSTAN, ROOT

OLD = KAZAKHSTAN / "criminal-code-1997_ch14-excerpt-b_ru_after-2011-01.txt"
NEW = KAZAKHSTAN / "criminal-code-2014_ch16-excerpt-b_ru_2020-05.txt"
LIBEL = KAZAKHSTAN / "criminal-code-1997_ch1-excerpt_ru.txt"


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a bare environment: no settings, no locale, no encoding."""
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONUTF8": "0", **environment}
    command = [sys.executable, "-m", "codes.text", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd="/", env=bare, check=False)


def output(*arguments: object) -> str:
    done = run(*arguments)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


def rows(*arguments: object) -> list[list[str]]:
    return [line.split("\t") for line in output(*arguments).splitlines()]


def test_parse_prints_title_divisions_articles_and_problems() -> None:
    law: dict[str, Any] = json.loads(output("parse", LIBEL))
    assert law["title"] == "УГОЛОВНЫЙ КОДЕКС РЕСПУБЛИКИ КАЗАХСТАН"
    assert [(d["kind"], d["number"]) for d in law["divisions"]] == [("part", "ОСОБЕННАЯ"), ("chapter", "1")]
    libel = law["articles"][0]
    assert (libel["number"], libel["heading"], libel["path"]) == ("129", "Клевета", "part_ОСОБЕННАЯ/chp_1")
    assert libel["line"] > 0
    assert libel["paragraphs"][0]["eid"] == "art_129__para_1"
    assert {"marker", "eid", "text"} <= libel["paragraphs"][0].keys()
    assert law["problems"] == []


def test_parse_takes_grammar_and_language() -> None:
    law = json.loads(output("parse", LIBEL, "--grammar", "kz-ru", "--language", "kk"))
    assert (law["grammar"], law["language"]) == ("kz-ru", "kk")


def test_parse_fills_what_a_step_calls_not_modified(tmp_path: Path) -> None:
    before, step = tmp_path / "before.txt", tmp_path / "step.txt"
    before.write_text("Projet de loi\n\nArticle 1er\nLe texte est lu dans la loi.\n", encoding="utf-8")
    step.write_text("Projet de loi\n\nArticle 1er\n(Non modifié)\n", encoding="utf-8")
    (first,) = json.loads(output("parse", step, "--before", before))["articles"]
    assert [p["text"] for p in first["paragraphs"] if p["role"] == "body"] == ["Le texte est lu dans la loi."]


def test_align_prints_six_columns_and_a_dash_for_a_missing_side() -> None:
    table = rows("align", OLD, NEW)
    assert {len(row) for row in table} == {6}
    found = {(row[0], row[1]): row for row in table}
    assert {("334", "400"), ("336", "403"), ("337", "404"), ("-", "402")} <= found.keys()
    assert {row[4] for row in table} <= {"certain", "ask"}


def test_diff_prints_operations_whose_offsets_cut_both_texts() -> None:
    pairs = json.loads(output("diff", OLD, NEW))["pairs"]
    assert any(pair["old"] == ["334"] and pair["new"] == ["400"] for pair in pairs)
    for row in (row for pair in pairs for row in pair["rows"]):
        assert {op["kind"] for op in row["ops"]} <= {"equal", "delete", "insert", "move"}
        assert "".join(row["old_text"][slice(*op["old"])] for op in row["ops"]) == row["old_text"]
        assert "".join(row["new_text"][slice(*op["new"])] for op in row["ops"]) == row["new_text"]


def test_diff_compares_exactly_the_articles_it_is_told() -> None:
    (pair,) = json.loads(output("diff", OLD, NEW, "--old-article", "334", "--new-article", "402"))["pairs"]
    assert (pair["old"], pair["new"]) == (["334"], ["402"])
    (pair,) = json.loads(output("diff", OLD, NEW, "--old-article", "336"))["pairs"]
    assert pair["new"] == ["403"]


def test_sanctions_prints_a_header_and_exact_quotes() -> None:
    header, *table = rows("sanctions", LIBEL)
    assert header == ["article", "part", "alternative", "kind", "min", "max", "unit", "quote"]
    source = LIBEL.read_text(encoding="utf-8")
    assert table
    assert all(row[7] in source for row in table)


def test_anchor_finds_a_quote_in_the_renumbered_article() -> None:
    quote = "Организация деятельности общественного или религиозного объединения либо иной организации"
    place = json.loads(output("anchor", OLD, NEW, "--article", "337-1", "--quote", quote))
    assert (place["outcome"], place["article"], place["quote"]) == ("identical", "405", quote)
    assert place["end"] - place["start"] == len(quote)


def test_anchor_refuses_words_that_the_article_does_not_hold() -> None:
    done = run("anchor", OLD, NEW, "--article", "336", "--quote", "слова другого закона")
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize(("form", "name"), [("akn", "law.xml"), ("txt", "law.txt")])
def test_convert_writes_what_parses_back_to_the_same_tree(form: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(output("convert", OLD, "--to", form), encoding="utf-8")
    assert without_places(parse_file(path)) == without_places(parse_file(OLD))


def test_convert_to_json_prints_what_parse_prints() -> None:
    assert output("convert", OLD, "--to", "json") == output("parse", OLD)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["parse", "none.txt"], "There is no file none.txt."),
        (["parse"], "required"),
        (["guess", LIBEL], "invalid choice"),
        (["parse", LIBEL, "--grammar", "latin"], "There is no grammar"),
        (["diff", OLD, NEW, "--old-article", "9999"], "There is no Article 9999"),
        (["convert", LIBEL, "--to", "doc"], "invalid choice"),
        (["parse", KAZAKHSTAN], "There is no file"),
    ],
)
def test_a_refusal_is_one_plain_line_and_exit_code_2(arguments: list[object], said: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    message = done.stderr.decode("utf-8")
    assert message.count("\n") == 1
    assert said in message


def test_a_reader_that_stops_early_is_no_error() -> None:
    command = f'"{sys.executable}" -m codes.text parse "{KAZAKHSTAN / "constitution_en.txt"}" | head -c 10'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, cwd=ROOT, check=False)
    assert done.stderr == b""
    assert done.returncode == 0


def test_a_split_and_a_merge_are_one_comparison() -> None:
    def link(old: str | None, new: str | None) -> Link:
        return Link(old, new, LinkKind.SAME, 900, True, "")

    found = groups([link("1", "5"), link("2", "6"), link("3", None), link("2", "5"), link(None, "9")])
    assert [(group.old, group.new) for group in found] == [(["1", "2"], ["5", "6"]), (["3"], []), ([], ["9"])]
