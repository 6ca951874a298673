"""The engine's command line. Runs without Django, database or network: `python -m codes.text parse FILE`.

Exit code 0, or 2 with one plain line on standard error. Input and output are UTF-8 whatever the terminal says.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from codes.text.nodes import Article, Tree

_NO_BREAKS = str.maketrans("\t\n\r", "   ")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{_one_line(message)}. See {self.prog} --help.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    gc.disable()  # one command and out: nothing to collect, and looking for it takes a twentieth of the time
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    options = _arguments().parse_args(arguments)
    from codes.text.nodes import TextError  # noqa: PLC0415  the engine loads only for a command that is understood

    try:
        options.run(options)
        sys.stdout.flush()
    except TextError as error:
        return _refuse(str(error))
    except BrokenPipeError:  # a reader that stops early, such as `head`, is no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}." if error.filename else f"{error}.")
    except RecursionError:
        return _refuse("This file is nested too deeply. Save it again as DOCX or plain text.")
    return 0


def _speak_utf8(stream: IO[str]) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace", newline="\n")


def _text(argument: str) -> str:
    """Words of the command line as UTF-8, whatever the terminal says of itself."""
    return os.fsencode(argument).decode("utf-8", errors="replace")


def _refuse(message: str) -> int:
    print(_one_line(message), file=sys.stderr)
    return 2


def _one_line(message: str) -> str:
    return " ".join(message.split())


def _arguments() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m codes.text", description="Read, align and compare texts of law.")
    commands = parser.add_subparsers(required=True, metavar="command", parser_class=_Parser)
    parse = _command(
        commands, "parse", _parse, "articles, divisions and problems of one text, as JSON", files=("file",)
    )
    parse.add_argument("--grammar", default="auto", help="drafting tradition (default: found in the text)")
    parse.add_argument(
        "--language", default="auto", help="language code such as ru, kk, en, fr (default: found in the text)"
    )
    _command(commands, "align", _align, "which article became which, as tab-separated rows", files=("old", "new"))
    diff = _command(commands, "diff", _diff, "word operations of each pair of articles, as JSON", files=("old", "new"))
    diff.add_argument("--old-article", type=_text, metavar="N", help="compare only this article of the old text")
    diff.add_argument("--new-article", type=_text, metavar="N", help="… with this one of the new text")
    diff.add_argument(
        "--show",
        action="append",
        default=[],
        choices=("spaces", "quotes", "dashes", "yo", "look_alikes", "case"),
        help="show differences of this kind, which are ignored otherwise (may be repeated)",
    )
    _command(commands, "sanctions", _sanctions, "penalties of one text, as tab-separated rows", files=("file",))
    anchor = _command(
        commands, "anchor", _anchor, "where quoted words stand in another text, as JSON", files=("old", "new")
    )
    anchor.add_argument(
        "--article", type=_text, required=True, metavar="N", help="article of the old text that is quoted"
    )
    anchor.add_argument("--quote", type=_text, required=True, help="the quoted words")
    _command(commands, "table", _table, "text and amendments of a comparative table in Word, as JSON", files=("file",))
    convert = _command(commands, "convert", _convert, "the text as Akoma Ntoso, plain text or JSON", files=("file",))
    convert.add_argument("--to", required=True, choices=("akn", "txt", "json"))
    for command in (parse, convert):
        command.add_argument(
            "--before",
            type=Path,
            metavar="STEP",
            help="the step before: its words stand where this one says “not modified”",
        )
    return parser


def _command(commands: Any, name: str, run: Any, help_text: str, *, files: Iterable[str]) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    for file in files:
        command.add_argument(file, type=Path, metavar=file.upper())
    command.add_argument(
        "--tracked",
        default="accepted",
        choices=("accepted", "refused"),
        help="how to read the tracked changes of a Word file (default: accepted)",
    )
    command.set_defaults(run=run)
    return command


def _read(path: Path, options: argparse.Namespace) -> Tree:
    from codes.text.parse import parse_file  # noqa: PLC0415

    grammar, language = (getattr(options, name, "auto") for name in ("grammar", "language"))
    tree = parse_file(path, grammar=grammar, language=language, tracked=options.tracked)
    if getattr(options, "before", None) is None:
        return tree
    from codes.text.steps import carried_over  # noqa: PLC0415

    return carried_over(tree, parse_file(options.before, grammar=grammar, language=language, tracked=options.tracked))


def _parse(options: argparse.Namespace) -> None:
    _print_parsed(options.file, _read(options.file, options))


def _print_parsed(file: Path, tree: Tree) -> None:
    from codes.text.printing import tree_data  # noqa: PLC0415
    from codes.text.readers import media_type  # noqa: PLC0415

    _print_json({"media_type": media_type(file), **tree_data(tree)})


def _align(options: argparse.Namespace) -> None:
    from codes.text.align import align  # noqa: PLC0415
    from codes.text.printing import link_rows  # noqa: PLC0415

    _print_table(link_rows(align(_read(options.old, options), _read(options.new, options))))


def _diff(options: argparse.Namespace) -> None:
    from codes.text.diff import compare  # noqa: PLC0415
    from codes.text.printing import pair_data  # noqa: PLC0415

    old, new = _read(options.old, options), _read(options.new, options)
    shown = frozenset(options.show)
    old_articles, new_articles = ({a.number: a for a in tree.articles} for tree in (old, new))
    _print_list(
        "pairs",
        (
            pair_data(
                one, two, kind, compare([old_articles[n] for n in one], [new_articles[n] for n in two], shown=shown)
            )
            for one, two, kind in _pairs(old, new, options.old_article, options.new_article)
        ),
    )


def _pairs(
    old: Tree, new: Tree, wanted_old: str | None, wanted_new: str | None
) -> list[tuple[list[str], list[str], str]]:
    """The pairs to compare: all that belong together, those with one named article, or exactly the two named ones."""
    from codes.text.align import align  # noqa: PLC0415
    from codes.text.printing import groups  # noqa: PLC0415

    one = [_article(old, wanted_old).number] if wanted_old else []
    two = [_article(new, wanted_new).number] if wanted_new else []
    if one and two:
        return [(one, two, "named")]
    found = groups(align(old, new))
    return [(g.old, g.new, g.kind.value) for g in found if set(one) <= set(g.old) and set(two) <= set(g.new)]


def _article(tree: Tree, number: str) -> Article:
    from codes.text.nodes import TextError  # noqa: PLC0415
    from codes.text.normalise import key  # noqa: PLC0415

    for article in tree.articles:
        if key(article.number) == key(number):
            return article
    raise TextError(f"There is no Article {number} in this text. Run parse to see its numbers.")


def _sanctions(options: argparse.Namespace) -> None:
    from codes.text.printing import SANCTION_COLUMNS, sanction_rows  # noqa: PLC0415
    from codes.text.sanctions import extract  # noqa: PLC0415

    tree = _read(options.file, options)
    rows = (row for article in tree.articles for row in sanction_rows(article, extract(article, tree.language)))
    _print_table([SANCTION_COLUMNS, *rows])


def _anchor(options: argparse.Namespace) -> None:
    from codes.text.align import align  # noqa: PLC0415
    from codes.text.anchors import locate_among  # noqa: PLC0415
    from codes.text.nodes import TextError  # noqa: PLC0415

    old, new = _read(options.old, options), _read(options.new, options)
    article = _article(old, options.article)
    numbers = {link.new for link in align(old, new) if link.old == article.number}
    counterparts = [other for other in new.articles if other.number in numbers]
    others = [other for other in new.articles if other.number not in numbers]
    try:
        best = locate_among(article, counterparts, options.quote, others)
    except ValueError as error:
        raise TextError(str(error)) from error
    _print_json(
        {
            "outcome": best.outcome,
            "article": best.article,
            "eid": best.eid,
            "end_eid": best.end_eid,
            "start": best.start,
            "end": best.end,
            "quote": best.quote,
        }
    )


def _table(options: argparse.Namespace) -> None:
    from codes.text.printing import table_data  # noqa: PLC0415
    from codes.text.tables import read_table  # noqa: PLC0415

    _print_json(table_data(read_table(options.file)))


def _convert(options: argparse.Namespace) -> None:
    tree = _read(options.file, options)
    if options.to == "json":
        _print_parsed(options.file, tree)
        return
    from codes.text import akn_writer, plain_text  # noqa: PLC0415

    sys.stdout.write(akn_writer.write(tree) if options.to == "akn" else plain_text.write(tree))


def _print_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _print_list(name: str, items: Iterable[Any]) -> None:
    """An object with one list, an item on each line: printed as it is found, and by the quick encoder."""
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    before = f'{{"{name}": [\n'
    for item in items:
        sys.stdout.write(before + encode(item))
        before = ",\n"
    sys.stdout.write("\n]}\n" if before == ",\n" else f'{{"{name}": []}}\n')


def _print_table(rows: Iterable[Sequence[str]]) -> None:
    for row in rows:
        sys.stdout.write("\t".join(cell.translate(_NO_BREAKS) for cell in row) + "\n")


if __name__ == "__main__":
    sys.exit(main())
