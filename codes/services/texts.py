"""Bringing a text into a version: the source's bytes, its divisions, articles and words."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from codes import box
from codes.models import Article, ArticleText, Code, Division, SourceDocument, Version, VersionFile
from codes.services import search_index
from codes.text import merge, nodes, normalise
from tracker.accounts.models import User
from tracker.common.writing import record


class AlreadyHeld(Exception):
    """The same bytes are a text of this law already. The message says which."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a text whose bytes are kept: hash, size in bytes, type by content, and what its giver called it."""

    sha256: str
    size: int
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Added:
    """What `add_text` found: the parsed tree, and the articles of a parallel text that the version does not have."""

    tree: nodes.Tree
    unmatched: tuple[str, ...] = ()


def read(paths: Sequence[Path], *, language: str = "auto") -> tuple[nodes.Tree, list[SourceFile]]:
    """Parse the files of one text in the box, join them in the order of their chapters, and keep their bytes.

    Raises `TextError`.
    """
    found = [box.parse(path, language=language) for path in paths]
    files = []
    for path, one in zip(paths, found, strict=True):
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        keep_bytes(digest, data)
        files.append(SourceFile(digest, len(data), one.media_type, path.name))
    return merge.merge([one.tree for one in found]), files


@transaction.atomic
def add_text(*, version: Version, paths: Sequence[Path], by: User) -> Added:
    """Store the words of a version that has none yet, in the version's own language. Raises `TextError`,
    `AlreadyHeld`.
    """
    tree, files = read(paths, language=version.language)
    store(version=version, tree=tree, files=files, by=by)
    return Added(tree)


@transaction.atomic
def store(*, version: Version, tree: nodes.Tree, files: Sequence[SourceFile], by: User) -> None:
    """Store words that were read already. Raises `TextError` for a text without articles, `AlreadyHeld`."""
    refuse_known_bytes(version.code, files)
    if not tree.articles:
        raise nodes.TextError(f"No article was found in {files[0].name}. Check that it is the text of a law.")
    _keep_files(version, files, language=version.language)
    divisions = _add_divisions(version, tree)
    articles = Article.objects.bulk_create(
        [
            Article(
                version=version,
                division=divisions.get(article.path),
                number=article.number,
                order=order,
                status=article.status,
            )
            for order, article in enumerate(tree.articles)
        ],
        batch_size=1000,
    )
    _add_words(list(zip(articles, tree.articles, strict=True)), language=version.language)
    version.obtained = True
    record(version, by=by, reason=f"text added: {len(articles)} articles")


@transaction.atomic
def add_parallel(*, version: Version, language: str, paths: Sequence[Path], by: User) -> Added:
    """Store the same edition in another language beside the articles that the version has, matched by printed
    number.
    """
    tree, files = read(paths, language=language)
    refuse_known_bytes(version.code, files)
    _keep_files(version, files, language=language)
    held = {article.number: article for article in version.articles.all()}
    _add_words([(held[a.number], a) for a in tree.articles if a.number in held], language=language)
    record(version, by=by, reason=f"text added in parallel: {language}")
    return Added(tree, tuple(a.number for a in tree.articles if a.number not in held))


def known_bytes(law: Code, digests: Iterable[str]) -> VersionFile | None:
    """The file of a text of this law that has one of these hashes."""
    return (
        VersionFile.objects.filter(document__sha256__in=list(digests), version__code=law, version__withdrawn=False)
        .select_related("document", "version")
        .first()
    )


def refuse_known_bytes(law: Code, files: Sequence[SourceFile]) -> None:
    known = known_bytes(law, [file.sha256 for file in files])
    if known is not None:
        name = next(file.name for file in files if file.sha256 == known.document.sha256)
        raise AlreadyHeld(f"{name} is held already: it is the text of {known.version.slug}. Nothing was added.")


def _keep_files(version: Version, files: Sequence[SourceFile], *, language: str) -> None:
    for order, file in enumerate(files):
        document, _ = SourceDocument.objects.get_or_create(
            sha256=file.sha256,
            defaults={"media_type": file.media_type, "size": file.size, "original_name": file.name},
        )
        VersionFile.objects.create(version=version, document=document, language=language, order=order)


def kept(digest: str) -> Path:
    """Where the bytes of a hash lie."""
    return Path(settings.MEDIA_ROOT) / "sources" / digest[:2] / digest


def keep_bytes(digest: str, data: bytes) -> None:
    """Write bytes under their hash: temporary name, sync, rename, sync the folder, so that a row never names a lost
    file.
    """
    target = kept(digest)
    folder = target.parent
    folder.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as partial:
        partial.write(data)
        partial.flush()
        os.fsync(partial.fileno())
    Path(partial.name).rename(target)
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _add_divisions(version: Version, tree: nodes.Tree) -> dict[str, Division]:
    rows = Division.objects.bulk_create(
        [
            Division(
                version=version,
                order=order,
                kind=division.kind,
                number=division.number,
                heading=division.heading,
                path=division.path,
            )
            for order, division in enumerate(tree.divisions)
        ],
        batch_size=1000,
    )
    return {row.path: row for row in rows}


def _add_words(pairs: Sequence[tuple[Article, nodes.Article]], *, language: str) -> None:
    written = ArticleText.objects.bulk_create(
        [
            ArticleText(
                article=row,
                language=language,
                heading=article.heading,
                paragraphs=[paragraph_data(paragraph) for paragraph in article.paragraphs],
                words=sum(len(paragraph.text.split()) for paragraph in article.body),
                sha256=words_hash(article),
            )
            for row, article in pairs
        ],
        batch_size=500,
    )
    search_index.add(written)


def words_hash(article: nodes.Article) -> str:
    """Hash of the folded words of heading and body: equal for texts that differ in typography or footnotes only."""
    words = "\n".join([article.heading, *(paragraph.text for paragraph in article.body)])
    return hashlib.sha256(normalise.key(words).encode()).hexdigest()


def paragraph_data(paragraph: nodes.Paragraph) -> dict[str, str]:
    return {
        "eid": paragraph.eid,
        "marker": paragraph.marker,
        "level": paragraph.level,
        "part": paragraph.part,
        "role": paragraph.role.value,
        "text": paragraph.text,
    }
