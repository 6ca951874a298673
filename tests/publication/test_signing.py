"""Releases are signed last, by keys that the headers name; what does not fit is found and named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from tests.conftest import ROLES
from tests.publication.samples import BODIES, CHANGED, as_owner, publish, tampered
from tracker.publication import keys
from tracker.publication.models import KeyDocument, Release, Signature
from tracker.publication.services import signing
from tracker.publication.services.releases import RecordBroken
from tracker.publication.services.verify import broken_link

pytestmark = [pytest.mark.django_db(transaction=True, databases=ROLES), pytest.mark.usefixtures("emptied")]


@pytest.fixture(autouse=True)
def key(settings: LazySettings, tmp_path: Path) -> Path:
    """A key of the test's own, in a file that is not there yet."""
    settings.SIGNING_KEY_FILE = tmp_path / "key"
    return tmp_path / "key"


def signed_record() -> None:
    signing.ready()
    publish(a=BODIES)
    publish(a=CHANGED)
    signing.sign_waiting()


def test_a_release_names_the_keys_and_is_signed_after_it_was_read_back(key: Path) -> None:
    signed_record()
    assert key.stat().st_mode & 0o777 == 0o600
    assert Signature.objects.count() == 2
    assert {row.key_document for row in Release.objects.all()} == {KeyDocument.objects.get().hash}
    assert broken_link() == ""
    assert signing.sign_waiting() == 0


def test_what_does_not_recompute_is_never_signed() -> None:
    signing.ready()
    publish(a=BODIES)
    with tampered("update publication_document set text = replace(text, 'Клевета', 'Кливета')"):
        with pytest.raises(RecordBroken):
            signing.sign_waiting()
        assert not Signature.objects.exists()


def test_without_the_key_publishing_goes_on_and_releases_wait(key: Path) -> None:
    signing.ready()
    key.rename(key.with_name("away"))
    publish(a=BODIES)
    with pytest.raises(signing.KeyAway, match="no signing key"):
        signing.sign_waiting()
    assert signing.waiting() == [1]
    key.with_name("away").rename(key)
    assert signing.sign_waiting() == 1


def test_a_key_that_others_may_read_is_refused(key: Path) -> None:
    signing.ready()
    key.chmod(0o644)
    with pytest.raises(signing.KeyAway, match="chmod 600"):
        signing.private_key()


def test_a_new_key_signs_from_the_next_release_on_and_the_old_one_no_more(
    settings: LazySettings, tmp_path: Path
) -> None:
    signing.ready()
    publish(a=BODIES)
    signing.sign_waiting()
    old = signing.public_part(signing.private_key())
    settings.SIGNING_KEY_FILE = tmp_path / "second"
    signing.ready()
    publish(a=CHANGED)
    signing.sign_waiting()
    new = signing.public_part(signing.private_key())
    assert dict(Signature.objects.values_list("release_id", "key")) == {1: old, 2: new}
    assert [(each.key, each.first, each.last) for each in signing.in_force()] == [(old, 1, 1), (new, 2, None)]
    assert broken_link() == ""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("update publication_signature set signature = set_byte(signature, 0, get_byte(signature, 0) # 1) "
         "where release_id = 2", "signature of release 2 does not fit its header"),
        ("update publication_signature set key = repeat('0', 64) where release_id = 1", "may not sign it"),
        ("delete from publication_signature where release_id = 1", "Release 1 is not signed, although a later one is"),
        ("update publication_keydocument set text = replace(text, '\"first\":1', '\"first\":2')", "Key document"),
        ("delete from publication_keydocument", "does not name the keys"),
    ],
)  # fmt: skip
def test_a_changed_or_missing_signature_or_key_is_found_and_named(change: str, named: str) -> None:
    signed_record()
    with tampered(change):
        assert named in broken_link()
    assert broken_link() == ""


def test_a_verifier_that_remembers_sees_a_rollback_and_a_rewritten_record(tmp_path: Path) -> None:
    signed_record()
    file = tmp_path / "seen.json"
    call_command("verify_releases", remember=file, stdout=io.StringIO())
    for table in ("signature", "entry", "lawroot"):
        as_owner(f"delete from publication_{table} where release_id = 2")
    as_owner("delete from publication_release where number = 2")
    as_owner("delete from publication_document where hash not in (select document_id from publication_entry)")
    with pytest.raises(CommandError, match="rolled back"):
        call_command("verify_releases", remember=file, stdout=io.StringIO())
    publish(a={**BODIES, "laws/a/two": {"text": "another future"}})
    with pytest.raises(CommandError, match="rewritten"):
        call_command("verify_releases", remember=file, stdout=io.StringIO())


def test_a_signature_that_was_made_on_another_machine_is_taken_when_it_fits(key: Path) -> None:
    signing.ready()
    publish(a=BODIES)
    private = signing.private_key()
    public = signing.public_part(private)
    key.unlink()
    said = io.StringIO()
    call_command("sign_elsewhere", 1, stdout=said)
    message = bytes.fromhex(said.getvalue().strip())
    with pytest.raises(CommandError, match="not one of"):
        call_command("sign_elsewhere", 1, key=public, signature=private.sign(b"else").hex(), stdout=io.StringIO())
    call_command("sign_elsewhere", 1, key=public, signature=private.sign(message).hex(), stdout=io.StringIO())
    assert signing.waiting() == []
    assert broken_link() == ""


def test_a_revoked_key_counts_no_more_from_the_release_that_is_named() -> None:
    key = keys.Key("0" * 64, keys.PUBLISHER, first=2, last=None, revoked_from=4)
    assert [number for number in range(1, 6) if key.may_sign(number)] == [2, 3]
