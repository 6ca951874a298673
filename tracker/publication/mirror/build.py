"""Building the copy: every page in every language, then data, search, manifest and archives.

A page is made anew only when something it asked of the record would be answered otherwise now, or when the code, the
templates or the translations are others. What a build gives depends on the record and the code alone, not on builds
before it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tracker.publication.mirror import data, pages, places
from tracker.publication.mirror.archives import Archives
from tracker.publication.mirror.files import MANIFEST, SIGNATURES, VERIFIER, Tree, manifest
from tracker.publication.mirror.parts import asset_content, code_stamp, first_page, languages, verifier
from tracker.publication.mirror.search import WORDS, words_file
from tracker.publication.mirror.shown import Question, Shown
from tracker.publication.mirror.signing import signatures
from tracker.publication.record import ALIAS
from tracker.publication.services.verify import one_view

Tell = Callable[[int, int, str], None]  # pages so far, how many are known of, the address of the last one


@dataclass
class Kept:
    """What is remembered of a page between two builds."""

    sha256: str
    asked: list[Question]
    answers: str
    pages: list[str]
    assets: list[str]
    dead: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What a build did, in numbers."""

    release: int
    pages: int
    made: int
    files: int
    size: int


class Nothing(Exception):
    """There is no release to copy."""


class Busy(Exception):
    """Another process builds into the same folder."""


class Build:
    """One build into a folder."""

    def __init__(self, out: Path, tell: Tell | None = None) -> None:
        self.out = out
        self.tell = tell or (lambda _count, _known, _address: None)
        self.tree = Tree(out / "site", out / "site.next")
        self.code = code_stamp()
        self.before: dict[str, Kept] = {}
        self.pages: dict[str, Kept] = {}
        self.missing: set[str] = set()
        self.made = 0

    def run(self) -> Outcome:
        """Build, put the copy in place, pack it. Raises `Nothing` before the first release, `Busy`."""
        self.out.mkdir(parents=True, exist_ok=True)
        with self._alone(), one_view(ALIAS):
            self.before = self._remembered()
            self.shown = Shown()
            if not self.shown.newest_number:
                raise Nothing("Nothing was released yet: there is nothing to copy.")
            self.tree.begin()
            self._walk()
            self._unlink_dead()
            self._beside_pages()
            self._record()
            self._seal()
            archives = Archives(self.shown, self.tree.new, self.tree.listed, self.out)
            archives.laws()
            self.tree.swap()
            archives.whole(self.tree.old)
            self._remember()
        size = sum(size for _, size in self.tree.listed.values())
        return Outcome(self.shown.newest_number, len(self.pages), self.made, len(self.tree.listed), size)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One build at a time into a folder: a command and a job, or a worker that lost its lease and the next one."""
        with (self.out / "build.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy("Another process builds the copy in this folder now.") from None
            yield

    def _remembered(self) -> dict[str, Kept]:
        """The pages of the last build, if the same code made them."""
        file = self.out / "state.json"
        if not file.is_file():
            return {}
        state = json.loads(file.read_text(encoding="utf-8"))
        if state["code"] != self.code:
            return {}
        return {
            address: Kept(**{**kept, "asked": [tuple(question) for question in kept["asked"]]})
            for address, kept in state["pages"].items()
        }

    def _remember(self) -> None:
        state = {"code": self.code, "pages": {address: asdict(kept) for address, kept in self.pages.items()}}
        beside = self.out / "state.json.part"
        beside.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
        beside.replace(self.out / "state.json")

    def _walk(self) -> None:
        """Every page that a document has, and every one that a page leads to; one page in all languages together."""
        waiting = deque(["", *filter(None, map(places.page_of, self.shown.entries))])
        seen = set(waiting)
        while waiting:
            rest = waiting.popleft()
            for language in languages():
                address = pages.in_language(language, rest)
                kept = self._page(address)
                if kept is None:
                    self.missing.add(address)
                    continue
                self.pages[address] = kept
                self.tell(len(self.pages), len(seen) * len(languages()), address)
                for found in map(pages.rest_of, kept.pages):
                    if found not in seen:
                        seen.add(found)
                        waiting.append(found)

    def _page(self, address: str) -> Kept | None:
        before, name = self.before.get(address), places.file_of(address)
        same = before is not None and self.shown.answers(before.asked) == before.answers
        if before is not None and same and self.tree.keep(name, before.sha256):
            return before
        return self._made(address, before.dead if before is not None and same else ())

    def _made(self, address: str, dead: Iterable[str] = ()) -> Kept | None:
        made = pages.make(self.shown, address)
        if made is None:
            return None
        self.made += 1
        name = places.file_of(address)
        gone = {places.file_of(each) for each in dead}
        content = pages.without(made.content, name, lambda file: file not in gone) if gone else made.content
        digest = self.tree.write(name, content)
        questions = made.questions
        targets = sorted(set(made.pages))
        return Kept(digest, questions, self.shown.answers(questions), targets, sorted(set(made.assets)), sorted(dead))

    def _unlink_dead(self) -> None:
        """Where a page leads to one that does not exist, its words stay without a link."""
        for address, kept in list(self.pages.items()):
            dead = sorted(self.missing.intersection(kept.pages))
            if dead != kept.dead:
                made = self._made(address, dead)
                assert made is not None  # it was made a moment ago, from the same record
                self.pages[address] = made

    def _beside_pages(self) -> None:
        """Static files, the words of the search, the first page."""
        for asset in sorted({asset for kept in self.pages.values() for asset in kept.assets}):
            self.tree.write(asset[1:], asset_content(asset))
        self.tree.write(WORDS, words_file(self.shown)[0])
        self.tree.write("index.html", first_page(self.shown))

    def _record(self) -> None:
        """The data. What a release added stays the same file but for erasures, so it is compared, not trusted."""
        self.tree.write(data.CHAIN, data.chain_file())
        for number in self.shown.releases:
            self.tree.write(data.release_name(number), data.release_file(number))

    def _seal(self) -> None:
        self.tree.write(VERIFIER, verifier())
        header = self.shown.releases[self.shown.newest_number].hash
        content = manifest(self.tree.listed, self.shown.newest_number, header)
        self.tree.write(MANIFEST, content)
        self.tree.write(SIGNATURES, signatures(content))
