"""What stands in the folder of the copy: for the page that shows it, for downloads, and to know when it is old."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from tracker.publication.mirror.files import MANIFEST, SIGNATURES


@dataclass(frozen=True, slots=True)
class Standing:
    """The copy that readers use now."""

    folder: Path
    release: int
    built_at: datetime
    files: int
    size: int  # bytes, unpacked
    archive: int  # bytes of mirror.zip
    sha256: str  # of mirror.zip
    keys: tuple[str, ...]  # that signed it, in hex; none: it is not signed


def folder() -> Path | None:
    """The folder of the settings; None: this site makes no copy."""
    return Path(settings.MIRROR_FOLDER) if settings.MIRROR_FOLDER else None


def archive(law: str = "") -> Path | None:
    """The archive of the whole copy or of one law, if it was made."""
    place = folder()
    found = place and (place / "laws" / f"{law}.zip" if law else place / "mirror.zip")
    return found if found and found.is_file() else None


def checksum() -> str:
    """The SHA-256 of mirror.zip; "" when there is none."""
    found = archive()
    listed = found and found.with_name("mirror.zip.sha256")
    return listed.read_text(encoding="ascii").split()[0] if listed and listed.is_file() else ""


def standing() -> Standing | None:
    """None when no copy was built yet, or the last build was broken off before it was packed."""
    place, packed, sha256 = folder(), archive(), checksum()
    listing = place and place / "site" / MANIFEST
    if place is None or packed is None or not sha256 or not listing or not listing.is_file():
        return None
    manifest = json.loads(listing.read_text(encoding="utf-8"))
    signed = json.loads(listing.with_name(SIGNATURES).read_text(encoding="utf-8"))
    return Standing(
        folder=place,
        release=manifest["release"],
        built_at=datetime.fromtimestamp(listing.stat().st_mtime, UTC),
        files=len(manifest["files"]),
        size=sum(file["size"] for file in manifest["files"]),
        archive=packed.stat().st_size,
        sha256=sha256,
        keys=tuple(each["key"] for each in signed),
    )
