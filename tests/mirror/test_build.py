"""A copy is complete, leads nowhere but into itself, and is brought up to date by what changed alone."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from tests.conftest import ROLES
from tests.mirror import sample
from tests.publication.samples import publish
from tracker.publication.mirror import parts, verify
from tracker.publication.models import Release, Sealed
from tracker.publication.services import signing
from tracker.publication.services.erasure import erase

pytestmark = [pytest.mark.django_db(transaction=True, databases=ROLES), pytest.mark.usefixtures("emptied")]
ARTICLE = f"{sample.BASE}/v/new/art-174/index.html"


@pytest.fixture(autouse=True)
def own_key(settings: LazySettings, tmp_path: Path) -> None:
    settings.SIGNING_KEY_FILE = tmp_path / "release.key"


def test_a_copy_holds_every_page_in_every_language_and_every_link_leads_to_a_file(tmp_path: Path) -> None:
    sample.released()
    sample.built(tmp_path)
    site = tmp_path / "site"
    rests = ["", "laws/", "standards/iccpr-19-3/", "method/", "mirrors/", "search/", f"{sample.BASE}/changes/"]
    rests += [f"{sample.BASE}/", f"{sample.BASE}/v/new/", f"{sample.BASE}/v/new/art-174/"]
    rests += [f"{sample.BASE}/p/k7f2-discord/", f"{sample.BASE}/compare/old...new/k7f2-discord/"]
    for language in parts.languages():
        assert [rest for rest in rests if not (site / language / rest / "index.html").is_file()] == []
        assert (site / language / sample.BASE / "index~base-law.html").is_file()
    assert sample.broken_links(site) == []
    for page in site.rglob("*.html"):
        html = page.read_text()
        assert not re.search(r'<form|method="post"|href="[^"]*follow/', html), page


def test_a_page_of_the_copy_says_what_the_site_says(tmp_path: Path, client: Client) -> None:
    sample.released()
    sample.built(tmp_path)
    for rest in (f"{sample.BASE}/v/new/art-174/", f"{sample.BASE}/p/k7f2-discord/"):
        online = client.get(f"/en/{rest}").content.decode()
        offline = (tmp_path / "site" / "en" / rest / "index.html").read_text()
        assert words_of(offline) == words_of(online)


def words_of(html: str) -> list[str]:
    """The words of the page without what only a server does (forms, following by mail), and its own release."""
    main = html[html.index("<main") : html.index("</main>")]
    served = r"<form.*?</form>|<div class=\"choices.*?</div>|· <a[^>]*>Follow by mail</a>|release \d+|<[^>]+>"
    return re.sub(served, " ", main, flags=re.DOTALL).split()


def test_the_verifier_finds_everything_in_order_and_knows_the_key(tmp_path: Path) -> None:
    sample.released()
    sample.built(tmp_path)
    key = signing.public_part(signing.private_key())
    lines = verify.verify(str(tmp_path / "site"), key)
    assert "2 releases: everything fits." in lines[0]
    assert lines[3] == f"Signed by {key}."
    with pytest.raises(verify.Broken, match="not signed by the key"):
        verify.verify(str(tmp_path / "site"), "0" * 64)


def test_an_unsigned_record_can_be_copied_and_the_verifier_says_so(tmp_path: Path, settings: LazySettings) -> None:
    settings.SIGNING_KEY_FILE = None
    publish(**{sample.LAW: sample.law(), "catalogue": sample.catalogue()})
    sample.built(tmp_path)
    assert "This copy is not signed." in verify.verify(str(tmp_path / "site"))


def test_only_pages_whose_documents_changed_are_made_again_and_the_bytes_are_those_of_a_full_build(
    tmp_path: Path,
) -> None:
    sample.released()
    first = sample.built(tmp_path / "one")
    assert first.made >= first.pages
    unchanged = sample.built(tmp_path / "one")
    assert (unchanged.made, unchanged.files) == (0, first.files)
    publish(**{sample.LAW: sample.law("fixed")})
    signing.sign_waiting()
    again = sample.built(tmp_path / "one")
    assert 0 < again.made < again.pages / 2
    sample.built(tmp_path / "two")
    incremental, full = sample.files_of(tmp_path / "one"), sample.files_of(tmp_path / "two")
    assert incremental.keys() == full.keys()
    assert [name for name in full if name != "state.json" and incremental[name] != full[name]] == []


def test_a_page_names_the_release_that_published_the_newest_of_it(tmp_path: Path) -> None:
    sample.released()
    sample.built(tmp_path)
    headers = dict(Release.objects.values_list("number", "hash"))
    site = tmp_path / "site" / "en"
    for page, number in ((site / ARTICLE, 2), (site / sample.BASE / "v/new/art-1/index.html", 1)):
        html = page.read_text()
        assert f'<meta name="release" content="{number} {headers[number]}">' in html
        assert f"Release {number} of the public record" in html


def test_a_page_that_was_harmed_on_the_disk_is_made_again(tmp_path: Path) -> None:
    sample.released()
    sample.built(tmp_path)
    page = tmp_path / "site" / "en" / ARTICLE
    page.write_text(page.read_text().replace("SAMPLE", "forged"))
    assert sample.built(tmp_path).made == 1
    verify.verify(str(tmp_path / "site"))


def test_one_law_alone_verifies_and_leads_nowhere_else(tmp_path: Path) -> None:
    sample.released()
    other = {"laws/other/overview": {**sample.law()[f"{sample.BASE}/overview"], "law": {"slug": "other", "names": {}}}}
    publish(other=other)
    signing.sign_waiting()
    sample.built(tmp_path)
    with zipfile.ZipFile(tmp_path / "laws" / f"{sample.LAW}.zip") as archive:
        archive.extractall(tmp_path / "alone")
    alone = tmp_path / "alone" / sample.LAW
    assert sample.broken_links(alone) == []
    assert "everything fits" in verify.verify(str(alone), signing.public_part(signing.private_key()))[0]
    assert not list(alone.glob("*/laws/other"))
    law = json.loads((alone / "record" / "law.json").read_text())
    assert set(law["roots"]) == {sample.LAW, "other", "catalogue"}
    law["entries"][f"{sample.BASE}/overview"] = law["entries"][f"{sample.BASE}/v/new"]
    (alone / "record" / "law.json").write_text(json.dumps(law))
    with pytest.raises(verify.Broken, match=r"record/law\.json was changed"):
        verify.verify(str(alone))


def test_the_archives_are_the_same_bytes_for_the_same_release(tmp_path: Path) -> None:
    sample.released()
    sample.built(tmp_path / "one")
    sample.built(tmp_path / "two")
    for name in ("mirror.zip", f"laws/{sample.LAW}.zip"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    digest = hashlib.sha256((tmp_path / "one" / "mirror.zip").read_bytes()).hexdigest()
    assert (tmp_path / "one" / "mirror.zip.sha256").read_text() == f"{digest}  mirror.zip\n"


def test_an_erased_name_is_nowhere_in_the_rebuilt_copy_and_the_chain_verifies(tmp_path: Path) -> None:
    sample.released()
    sample.built(tmp_path)
    assert holding(tmp_path, sample.NAME) != []
    erase(target=Sealed.objects.get(part=sample.NAME).commitment, reason="consent withdrawn")
    publish(**{sample.LAW: sample.law("partly_fixed", **{f"{sample.BASE}/people": {"kind": "people", "who": []}})})
    signing.sign_waiting()
    sample.built(tmp_path)
    assert holding(tmp_path, sample.NAME) == []
    verify.verify(str(tmp_path / "site"))


def holding(folder: Path, name: str) -> list[str]:
    """Files that hold a name, archives unpacked."""
    found = []
    for file in (each for each in folder.rglob("*") if each.is_file()):
        contents = [file.read_bytes()]
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as archive:
                contents = [archive.read(each) for each in archive.namelist()]
        forms = (name.encode(), json.dumps(name)[1:-1].encode())
        if any(form in content for form in forms for content in contents):
            found.append(str(file.relative_to(folder)))
    return found


def test_the_command_says_what_it_did_and_refuses_an_empty_record(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing was released yet"):
        call_command("build_mirror", str(tmp_path), stdout=io.StringIO())
    sample.released()
    said = io.StringIO()
    call_command("build_mirror", str(tmp_path), stdout=said)
    assert re.search(r"Release 2: \d+ pages, \d+ of them made anew; \d+ files, [\d.]+ MB, in", said.getvalue())
