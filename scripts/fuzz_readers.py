"""Spoilt files of every format: each ends in a parsed text or in one plain error, in time and in bounds.

python -m scripts.fuzz_readers [--count 10000] [--formats pdf docx] [--seed 1] [--keep FOLDER]

`--count` files of each format; exit code 1 when a file ends otherwise.
"""

from __future__ import annotations

import argparse
import gzip
import io
import multiprocessing
import resource
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import NamedTuple

from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from codes.text.nodes import TextError  # noqa: E402  the path to the project is set above
from codes.text.parse import parse_file  # noqa: E402
from tests.text.files import W, paragraph, pdf_file, word_file  # noqa: E402

TEXTS = ROOT / "demo" / "texts"
DATA = ROOT / "tests" / "text" / "data"
FORMATS = ("txt", "html", "docx", "pdf", "xml", "outline")
SECONDS, MEGABYTES = 5, 500  # of the processor, and of memory, for one file
_PATIENCE = 12  # times as long on the clock: other work may have the processor
_LONGEST = 60_000  # bytes of a seed: many small files find more than few large ones
_SNIPPETS = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b\x07", b"9" * 400, b"(" * 3000, b"\r\n" * 300, b" " * 5000),
    *(
        b"<div>" * 800,
        b"</p>",
        b"<![CDATA[",
        b"&#x110000;",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"%PDF-1.7",
        b"PK\x03\x04",
    ),
    *(b"Article 1er - ", b"1. " * 500, b"1) a) i) (a) (i) - "),
    *(
        text.encode()
        for text in ("Статья 1. ", "Статья 99999999999999999999. ", "Сноска. " * 50, "ё\u0301\u200b\u00ad", "1-бап. ")
    ),
)


@dataclass
class Result:
    counts: Counter[tuple[str, str]] = field(
        default_factory=Counter
    )  # (format, parsed | refused | crash | hang | memory)
    failures: list[str] = field(default_factory=list)
    peaks: dict[str, float] = field(default_factory=dict)  # format → megabytes
    slowest: dict[str, float] = field(default_factory=dict)  # format → seconds

    @property
    def peak(self) -> float:
        return max(self.peaks.values(), default=0.0)


class Read(NamedTuple):
    """How the reading of one file ended: parsed, refused, crash, hang or memory.

    The memory is the process's peak, the time that of the processor.
    """

    outcome: str
    said: str
    megabytes: float
    seconds: float


def seeds(folder: Path) -> dict[str, list[bytes]]:
    """Format → whole small files of it, real law where there is one."""
    russian = (TEXTS / "kazakhstan/criminal-code-2014_ch16-excerpt_ru_2020-05.txt").read_bytes()
    kazakh = (TEXTS / "kazakhstan/criminal-code-2014_ch16-excerpt_kk_2015-11.txt").read_bytes()
    french = (TEXTS / "france/transparence-2013/04_1erelecture_senat_commission.txt").read_bytes()[:_LONGEST]
    english = (TEXTS / "kazakhstan/constitution_en.txt").read_bytes()[:_LONGEST]
    text = russian.decode()
    numbered = paragraph("Цель", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    levels = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Статья %1."/></w:lvl>'
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    lines = "".join(paragraph(line.replace("&", "&amp;").replace("<", "&lt;")) for line in text.splitlines() if line)
    row = f"<w:tr><w:tc>{paragraph('1. Текст')}</w:tc><w:tc>{paragraph('2. Текст')}</w:tc></w:tr>"
    marks = '<w:p><w:r><w:t>Слово</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    styled = paragraph("Предмет", '<w:pStyle w:val="Article"/>')
    body = f"{numbered * 3}{styled}{lines}<w:tbl>{row * 3}</w:tbl>{marks}"
    body += "<w:p><w:ins><w:r><w:t>новое</w:t></w:r></w:ins></w:p>"
    style = '<w:style w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    parts = {
        "word/numbering.xml": numbering,
        "word/styles.xml": f"<w:styles {W}>{style}</w:styles>",
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="1">{paragraph("Слова")}</w:footnote></w:footnotes>',
    }
    printed = english.decode()[:6000].encode("ascii", "replace").decode().splitlines()
    pages = [[(60.0, 780.0 - 14 * n, line[:90]) for n, line in enumerate(printed[at : at + 50])] for at in (0, 50)]
    page = f"<html><body><p>{'</p><p>'.join(text.splitlines())}</p></body></html>".encode()
    others = [path.read_bytes() for path in sorted((DATA / "languages").glob("*.txt"))]
    encoded = [text.encode(code, "replace") for code in ("cp1251", "koi8-r", "utf-16")]
    return {
        "txt": [russian, kazakh, french, english, *encoded, *others],
        "html": [(DATA / "criminal-code-rf_excerpt.html").read_bytes(), page],
        "docx": [word_file(folder / "seed.docx", body, parts).read_bytes()],
        "pdf": [pdf_file(folder / "seed.pdf", pages).read_bytes()],
        "xml": [_head("hr1500-eh.xml.gz"), _head("tanzania-constitution-1977_swahili_akn.xml.gz")],
        "outline": [_head("tanzania-evidence-act-cap6_bluebell.txt.gz")[:_LONGEST]],
    }  # fmt: skip


def _head(name: str) -> bytes:
    return gzip.decompress((DATA / name).read_bytes())


def spoilt(seed: bytes, random: Random, kind: str) -> bytes:
    """A copy with one to six changes; in a package, of the bytes of the whole or of a part inside."""
    if kind == "docx" and random.random() < 0.8:
        return _spoilt_package(seed, random)
    if kind == "xml" and random.random() < 0.6:
        return _spoilt_tree(seed, random)
    data = bytearray(seed)
    for _ in range(random.randrange(1, 7)):
        random.choice(_CHANGES)(data, random)
    return bytes(data)


def _spoilt_package(seed: bytes, random: Random) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = random.choice(package.namelist())
        for name in package.namelist():
            data = package.read(name)
            new.writestr(name, spoilt(data, random, "xml") if name == chosen else data)
    return target.getvalue()


def _spoilt_tree(data: bytes, random: Random) -> bytes:
    """Well-formed XML whose elements are lost, doubled, moved, nested, or say something else."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True))
    for _ in range(random.randrange(1, 9)):
        elements = [element for element in root.iter() if element is not root]
        if not elements:
            break
        chosen, other = random.choice(elements), random.choice(elements)
        random.choice(_TREE_CHANGES)(chosen, other, random)
    return etree.tostring(root)


def _lose(chosen: etree._Element, _other: etree._Element, _random: Random) -> None:
    parent = chosen.getparent()
    if parent is not None:
        parent.remove(chosen)


def _double(chosen: etree._Element, _other: etree._Element, random: Random) -> None:
    size = sum(1 for _ in chosen.iter())
    for _ in range(min(random.randrange(1, 300), 3000 // size)):
        chosen.addnext(deepcopy(chosen))


def _put(chosen: etree._Element, other: etree._Element, _random: Random) -> None:
    other.append(deepcopy(chosen))


def _nest(chosen: etree._Element, _other: etree._Element, random: Random) -> None:
    inner = chosen
    for _ in range(random.choice([2, 9, 120, 300])):
        inner = etree.SubElement(inner, chosen.tag)
    inner.text = chosen.text


def _say(chosen: etree._Element, other: etree._Element, random: Random) -> None:
    said = (
        "",
        "-1",
        "0",
        "9" * 12,
        "1e9",
        "%1%2%9",
        "²",
        "x" * 3000,
        "Статья 1. ",
        "1) а) (i) " * 99,
        other.text or "",
    )
    if chosen.attrib and random.random() < 0.7:
        chosen.set(random.choice(list(chosen.attrib)), random.choice(said))
    else:
        chosen.text = random.choice(said)


_TREE_CHANGES = (_lose, _double, _put, _nest, _say, _say)


def _flip(data: bytearray, random: Random) -> None:
    for _ in range(random.randrange(1, 40)):
        if data:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _cut(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data) + 1)
    del data[start : start + random.randrange(1, 1 + len(data) // 2 + 1)]


def _repeat(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data) + 1)
    block = data[start : start + random.randrange(1, 400)]
    data[start:start] = block * random.randrange(2, 60)


def _insert(data: bytearray, random: Random) -> None:
    place = random.randrange(len(data) + 1)
    data[place:place] = random.choice(_SNIPPETS)


def _move(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data) + 1)
    block = data[start : start + random.randrange(1, 3000)]
    del data[start : start + len(block)]
    place = random.randrange(len(data) + 1)
    data[place:place] = block


_CHANGES: tuple[Callable[[bytearray, Random], None], ...] = (_flip, _cut, _repeat, _insert, _insert, _move)


def large() -> Iterator[tuple[str, bytes]]:
    """Whole files that ask for much time: one endless line, hundreds of thousands of short ones, deep brackets."""
    yield "txt", b"Article 1 " + b"word " * 1_000_000
    yield "txt", b"1.\n" * 200_000
    yield "txt", "Статья 1. Цель\n".encode() * 30_000
    yield "txt", b"Article 1. Aim\n" + b"(" * 100_000 + b")" * 100_000
    yield "txt", ("Статья 1\n" + "1) а) " * 100_000).encode()
    yield "txt", b"I" * 300_000 + b"\n" + b"a-" * 200_000
    yield "html", b"<div>" * 50_000 + b"Article 1 - x"
    yield "html", b"<p>" + b"x " * 2_000_000
    yield "xml", b"<akomaNtoso>" + b"<p>" * 20_000


def _work(inbox: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (3 * 1024**3, 3 * 1024**3))
    while True:
        path = inbox.recv()
        began = time.process_time()
        try:
            parse_file(path)
            said = "parsed", ""
        except TextError as error:
            said = ("refused", "") if "\n" not in str(error) else ("crash", f"an error of several lines: {error}")
        except BaseException:  # whatever it is: the parent tells of it
            said = "crash", traceback.format_exc()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        inbox.send((*said, peak, time.process_time() - began))


class _Worker:
    """A process that reads file after file; it is started anew after a hang, or when it has grown."""

    def __init__(self) -> None:
        self.context = multiprocessing.get_context("fork")
        self.start()

    def start(self) -> None:
        self.connection, theirs = self.context.Pipe()
        self.process = self.context.Process(target=_work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def read(self, path: Path) -> Read:
        self.connection.send(path)
        try:
            if self.connection.poll(_PATIENCE * SECONDS):
                read = Read(*self.connection.recv())
                if read.seconds > SECONDS:
                    return read._replace(outcome="hang", said=f"{read.seconds:.1f} s")
                if read.megabytes > MEGABYTES:
                    self.stop()
                    return read._replace(outcome="memory", said=f"{read.megabytes:.0f} MB")
                return read
        except EOFError:
            self.stop()
            return Read("crash", "the process died", 0.0, 0.0)
        self.stop()
        return Read("hang", f"over {_PATIENCE * SECONDS} s", 0.0, _PATIENCE * SECONDS)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.start()


def run(count: int, seed: int, formats: Sequence[str] = (), keep: Path | None = None) -> Result:
    """Read `count` spoilt files of each format, or of those named, and the large ones; each format in new processes."""
    result = Result()
    with tempfile.TemporaryDirectory() as folder:
        sources = seeds(Path(folder))
        for kind in formats or sources:
            random, worker = Random(f"{seed} {kind}"), _Worker()
            wholes = (data for of, data in large() if of == kind)
            cases = chain((spoilt(random.choice(sources[kind]), random, kind) for _ in range(count)), wholes)
            for number, data in enumerate(cases):
                path = Path(folder) / f"case.{kind}"
                path.write_bytes(data)
                _count(result, kind, f"{seed}-{number}", worker.read(path))
                if keep is not None and result.failures and result.failures[-1].startswith(f"{kind} {seed}-{number}:"):
                    (keep / f"{seed}-{number}.{kind}").write_bytes(data)
            worker.process.kill()
    return result


def _count(result: Result, kind: str, name: str, read: Read) -> None:
    result.counts[kind, read.outcome] += 1
    result.peaks[kind] = max(result.peaks.get(kind, 0.0), read.megabytes)
    result.slowest[kind] = max(result.slowest.get(kind, 0.0), read.seconds)
    if read.outcome not in {"parsed", "refused"}:
        result.failures.append(f"{kind} {name}: {read.outcome}: {read.said.strip()}")


def main() -> int:
    parser = argparse.ArgumentParser(description="Read spoilt files of every format.")
    parser.add_argument("--count", type=int, default=10_000, help="files of each format")
    parser.add_argument("--formats", nargs="*", choices=FORMATS, default=(), help="only these")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the files that failed")
    options = parser.parse_args()
    failed = False
    for kind in options.formats or FORMATS:
        result = run(options.count, options.seed, [kind], options.keep)
        counts = {outcome: n for (_, outcome), n in result.counts.items()}
        print(f"{kind} {counts}, slowest {result.slowest[kind]:.2f} s, peak memory {result.peak:.0f} MB", flush=True)
        print("\n".join(result.failures[:20]), flush=True)
        failed = failed or bool(result.failures)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
