"""Whatever is done to a copy is found and named by the verifier that lies in it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test.utils import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROLES, plain_storages
from tests.mirror import sample
from tests.publication.samples import publish
from tracker.publication.mirror import data, verify
from tracker.publication.mirror.files import MANIFEST, SIGNATURES, manifest
from tracker.publication.services import signing

pytestmark = [pytest.mark.django_db(transaction=True, databases=ROLES)]


@pytest.fixture(scope="module")
def copies(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three signed copies: of a record, of the same one release later, and of another one by the same key."""
    folder = tmp_path_factory.mktemp("copies")
    with override_settings(STORAGES=plain_storages()), django_db_blocker.unblock():
        for name in ("ours", "theirs"):
            call_command("flush", database="owner", interactive=False, verbosity=0, inhibit_post_migrate=True)
            sample.released()
            sample.built(folder / name)
            if name == "ours":
                publish(**{sample.LAW: sample.law("fixed")})
                signing.sign_waiting()
                sample.built(folder / "later")
        call_command("flush", database="owner", interactive=False, verbosity=0, inhibit_post_migrate=True)
    return {name: folder / name / "site" for name in ("ours", "later", "theirs")}


@contextmanager
def changed(file: Path, content: bytes) -> Iterator[None]:
    """A file with another content, and afterwards as it was."""
    before = file.read_bytes()
    file.write_bytes(content)
    try:
        yield
    finally:
        file.write_bytes(before)


def broken(folder: Path, **options: str) -> str:
    """What the verifier names; fails when it finds nothing. A data file may also lack what it must have."""
    try:
        verify.verify(str(folder), **options)
    except verify.Broken as found:
        return str(found)
    raise AssertionError("the verifier found nothing")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choice=st.data())
def test_any_flipped_byte_of_any_file_is_found_and_the_file_named(copies: dict[str, Path], choice: Any) -> None:
    site = copies["ours"]
    name = choice.draw(st.sampled_from(sorted(sample.files_of(site))))
    content = bytearray((site / name).read_bytes())
    place = choice.draw(st.integers(0, len(content) - 1))
    content[place] ^= choice.draw(st.integers(1, 255))
    with changed(site / name, bytes(content)):
        assert name in broken(site)


@pytest.mark.parametrize("name", [MANIFEST, SIGNATURES, data.CHAIN])
def test_every_byte_of_the_short_files_is_guarded(copies: dict[str, Path], name: str) -> None:
    """The lists themselves, which nothing else lists: every thirtieth byte, and the last ones."""
    site = copies["ours"]
    content = (site / name).read_bytes()
    for place in [*range(0, len(content), max(1, len(content) // 30)), len(content) - 1]:
        with changed(site / name, content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]):
            assert name in broken(site)


def test_a_missing_an_added_and_a_swapped_file_are_named(copies: dict[str, Path], tmp_path: Path) -> None:
    site = sample.copy_of(copies["ours"], tmp_path / "copy")
    page, other = "en/index.html", "ru/index.html"
    (site / "en" / "extra.html").write_text("x")
    assert broken(site) == f"en/extra.html is not part of the copy: {MANIFEST} does not list it."
    (site / "en" / "extra.html").unlink()
    with changed(site / page, (site / other).read_bytes()):
        assert page in broken(site)
    (site / page).unlink()
    assert broken(site) == f"{page} is missing."


def relisted(site: Path) -> None:
    """What a forger without the key can do: write a manifest that fits the files, and leave the signature out."""
    old = json.loads((site / MANIFEST).read_bytes())
    listed = {}
    for name, content in sample.files_of(site).items():
        if name not in {MANIFEST, SIGNATURES}:
            listed[name] = (hashlib.sha256(content).hexdigest(), len(content))
    (site / MANIFEST).write_bytes(manifest(listed, old["release"], old["header"]))
    (site / SIGNATURES).write_bytes(data.dumped([]))


def edited(site: Path, name: str, change: Callable[[Any], None]) -> None:
    found: Any = json.loads((site / name).read_bytes())
    change(found)
    (site / name).write_bytes(data.dumped(found))
    relisted(site)


def first_text(release: Any) -> str:
    found: dict[str, str] = release["documents"]
    return next(digest for digest, text in sorted(found.items()) if "SAMPLE" in text)


def change_text(release: Any) -> None:
    digest = first_text(release)
    release["documents"][digest] = release["documents"][digest].replace("SAMPLE", "FORGED", 1)


def swap_texts(release: Any) -> None:
    one, two = sorted(release["documents"])[:2]
    release["documents"][one], release["documents"][two] = release["documents"][two], release["documents"][one]


def swap_entries(release: Any) -> None:
    entries = [entry for entry in release["entries"] if entry[0] == sample.LAW]
    entries[0][2], entries[1][2] = entries[1][2], entries[0][2]


def duplicate_header(chain: Any) -> None:
    chain["headers"].insert(1, chain["headers"][0])


FORGERIES: list[tuple[str, Callable[[Any], None], str]] = [
    ("record/releases/000001.json", change_text, "does not have the content that its hash names"),
    ("record/releases/000001.json", swap_texts, "does not have the content that its hash names"),
    ("record/releases/000001.json", swap_entries, "do not give the root that was published"),
    ("record/releases/000001.json", lambda r: r["entries"].pop(), "root that was published|belongs to no entry"),
    ("record/releases/000001.json", lambda r: r["roots"].update(odd="0" * 64), "entries of odd"),
    ("record/releases/000001.json", lambda r: r["sealed"].clear(), "is gone and no tombstone says so"),
    ("record/releases/000001.json", lambda r: r["documents"].update({first_text(r): None}), "no tombstone says so"),
    ("record/releases/000002.json", lambda r: r.update(release=1), "is that of another release"),
    (data.CHAIN, lambda c: c["headers"].pop(0), "Release 1 is missing"),
    (data.CHAIN, lambda c: c["headers"].reverse(), "Release 1 is missing"),
    (data.CHAIN, duplicate_header, "Release 2 is missing"),
    (
        data.CHAIN,
        lambda c: c["headers"][1].update(time="2030-01-01T00:00:00.000+00:00"),
        "header of release 2 was changed",
    ),
    (data.CHAIN, lambda c: c["headers"].pop(), "signature of release 2 does not fit its header"),
    (data.CHAIN, lambda c: c["signatures"].pop(0), "Release 1 is not signed, although a later one is"),
    (
        data.CHAIN,
        lambda c: c["signatures"].reverse() or c["signatures"][0].update(release=1),
        "does not fit its header",
    ),
    (data.CHAIN, lambda c: c["signatures"][0].update(key="0" * 64), "which may not sign it"),
    (data.CHAIN, lambda c: c["key_documents"].clear(), "does not name the keys that were in force"),
    (data.CHAIN, lambda c: c["key_documents"][0].update(text="{}"), "Key document .* was changed"),
    (data.CHAIN, lambda c: c["tombstones"].append(tombstone()), "not those that its header covers"),
]


def tombstone() -> dict[str, Any]:
    parts = ("0" * 64, "court order", "2026-01-01T00:00:00.000+00:00", "0")
    found = verify.framed("tombstone", *(part.encode() for part in parts))
    return {"target": parts[0], "reason": parts[1], "time": parts[2], "after": 0, "hash": found}


@pytest.mark.parametrize(("name", "change", "said"), FORGERIES)
def test_a_forger_who_writes_the_manifest_anew_is_found_by_the_chain(
    copies: dict[str, Path], tmp_path: Path, name: str, change: Callable[[Any], None], said: str
) -> None:
    site = sample.copy_of(copies["ours"], tmp_path / "copy")
    edited(site, name, change)
    with pytest.raises(verify.Broken, match=said):
        verify.verify(str(site))


def test_a_forged_page_needs_a_signature_over_a_new_manifest(copies: dict[str, Path], tmp_path: Path) -> None:
    """Pages are renderings: what says that they are ours is the key that signed their list."""
    site = sample.copy_of(copies["ours"], tmp_path / "copy")
    key = json.loads((site / SIGNATURES).read_bytes())[0]["key"]
    page = site / "en" / "index.html"
    page.write_text(page.read_text().replace("Draft Law Monitor", "Another"))
    relisted(site)
    assert "is not signed by the key" in broken(site, key=key)
    (site / SIGNATURES).write_bytes((copies["ours"] / SIGNATURES).read_bytes())
    assert broken(site) == f"{SIGNATURES} does not fit {MANIFEST}."


def test_a_page_that_names_no_release_is_named(copies: dict[str, Path], tmp_path: Path) -> None:
    site = sample.copy_of(copies["ours"], tmp_path / "copy")
    page = site / "en" / "index.html"
    page.write_text(page.read_text().replace('<meta name="release" content="', '<meta name="release" content="9'))
    relisted(site)
    assert broken(site) == "en/index.html names no release of this record."


def test_two_chains_cannot_be_spliced(copies: dict[str, Path], tmp_path: Path) -> None:
    """Both are whole and ours; the second release of one does not follow the first of the other."""
    site = sample.copy_of(copies["ours"], tmp_path / "copy")
    theirs = json.loads((copies["theirs"] / data.CHAIN).read_bytes())
    shutil.copy(copies["theirs"] / "record/releases/000002.json", site / "record/releases/000002.json")
    edited(site, data.CHAIN, lambda c: c["headers"].__setitem__(1, theirs["headers"][1]))
    assert broken(site) == "The header of release 2 does not follow the one before it."


def test_what_was_seen_before_cannot_be_taken_back_or_rewritten(copies: dict[str, Path], tmp_path: Path) -> None:
    state = str(tmp_path / "seen.json")
    verify.verify(str(copies["ours"]), state=state)
    verify.verify(str(copies["later"]), state=state)
    assert "it was rolled back" in broken(copies["ours"], state=state)
    assert json.loads(Path(state).read_text())["number"] == 3
    other = str(tmp_path / "other.json")
    verify.verify(str(copies["ours"]), state=other)
    assert broken(copies["theirs"], state=other) == (
        "Release 2 is another one than at the last check: the record was rewritten."
    )
