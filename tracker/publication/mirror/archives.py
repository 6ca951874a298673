"""The copy as archives: all of it, and each law alone. The same release gives the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from tracker.publication.mirror import data, pages
from tracker.publication.mirror.files import MANIFEST, SIGNATURES, VERIFIER, content_of, manifest, packed
from tracker.publication.mirror.parts import first_page, verifier
from tracker.publication.mirror.search import WORDS, words_file
from tracker.publication.mirror.shown import Shown
from tracker.publication.mirror.signing import signatures


class Archives:
    """Packs the copy that stands in `root`; `listed` are its files."""

    def __init__(self, shown: Shown, root: Path, listed: Mapping[str, tuple[str, int]], out: Path) -> None:
        self.shown, self.root, self.listed, self.out = shown, root, listed, out
        self.release = shown.releases[shown.newest_number]

    def whole(self, root: Path) -> None:
        """`mirror.zip` and its checksum."""
        target = self.out / "mirror.zip"
        digest = packed(target, content_of(root, self.listed), self.release.time, "draft-law-monitor")
        (self.out / "mirror.zip.sha256").write_text(f"{digest}  mirror.zip\n", encoding="ascii")

    def laws(self) -> None:
        """`laws/{law}.zip` for each law of the catalogue; archives of laws that are gone are taken away."""
        folder = self.out / "laws"
        folder.mkdir(exist_ok=True)
        found = self.shown.texts([self.shown.entries["laws"][0]]) if "laws" in self.shown.entries else {}
        slugs = [card["law"]["slug"] for body, _ in found.values() for card in body["laws"]]
        for slug in slugs:
            files = self._law(slug)
            packed(folder / f"{slug}.zip", sorted(files.items()), self.release.time, slug)
        for file in folder.glob("*.zip"):
            if file.stem not in slugs:
                file.unlink()

    def _law(self, slug: str) -> dict[str, bytes]:
        """The files of a law's archive: its pages and data, and the pages around it as if there were no other law."""
        files = {}
        for name in self.listed:
            if self._belongs(name, slug):
                files[name] = (self.root / name).read_bytes()
        for name in [name for name in self.listed if name.endswith(".html") and _around(name)]:
            language, _, rest = name.removesuffix("index.html").partition("/")
            made = pages.make(self.shown, pages.in_language(language, rest), only=slug)
            if made is not None:
                files[name] = made.content
        files[WORDS] = words_file(self.shown, slug)[0]
        files["index.html"] = first_page(self.shown, f"laws/{slug}/")
        for name in [name for name in files if name.endswith(".html")]:
            files[name] = pages.without(files[name], name, files.__contains__)
        files[data.CHAIN] = (self.root / data.CHAIN).read_bytes()
        files[data.LAW] = data.law_file(self.shown, slug)
        files[VERIFIER] = verifier()
        listed = {name: (hashlib.sha256(content).hexdigest(), len(content)) for name, content in files.items()}
        files[MANIFEST] = manifest(listed, self.release.number, self.release.hash)
        files[SIGNATURES] = signatures(files[MANIFEST])
        return files

    @staticmethod
    def _belongs(name: str, slug: str) -> bool:
        return name.startswith("static/") or name.partition("/")[2].startswith(f"laws/{slug}/")


def _around(name: str) -> bool:
    """A page about no single law, without a query: "en/laws/index.html" is one."""
    rest = name.partition("/")[2]
    return (
        name.count("/") > 0
        and name.endswith("/index.html")
        and (not rest.startswith("laws/") or rest == "laws/index.html")
    )
