"""Files of a copy: written once, linked again while they are the same, listed, signed and packed."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tracker.publication import chain
from tracker.publication.mirror.data import dumped

MANIFEST, SIGNATURES, VERIFIER = "manifest.json", "manifest.signatures.json", "verify.py"


@dataclass
class Tree:
    """A copy that is being made in `new`, while readers still use `old`. A file is (SHA-256, bytes)."""

    old: Path
    new: Path
    listed: dict[str, tuple[str, int]] = field(default_factory=dict)

    def begin(self) -> None:
        shutil.rmtree(self.new, ignore_errors=True)
        self.new.mkdir(parents=True)

    def write(self, name: str, content: bytes) -> str:
        """Write a file; its SHA-256."""
        target = self.new / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # it may be a link to the file that readers use
        target.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        self.listed[name] = (digest, len(content))
        return digest

    def keep(self, name: str, digest: str) -> bool:
        """Take a file over from the copy before, if it is there and still what it was."""
        source, target = self.old / name, self.new / name
        if not source.is_file():
            return False
        content = source.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            os.link(source, target)
        self.listed[name] = (digest, len(content))
        return True

    def swap(self) -> None:
        """Put the new copy in the place of the old one."""
        before = self.old.with_name(self.old.name + ".before")
        shutil.rmtree(before, ignore_errors=True)
        if self.old.exists():
            self.old.rename(before)
        self.new.rename(self.old)
        shutil.rmtree(before, ignore_errors=True)


def manifest(listed: Mapping[str, tuple[str, int]], release: int, header: str) -> bytes:
    """What the copy holds, in the order of names."""
    files = [{"path": name, "sha256": digest, "size": size} for name, (digest, size) in sorted(listed.items())]
    return dumped({"format": chain.FORMAT, "release": release, "header": header, "files": files})


def manifest_message(content: bytes) -> bytes:
    """What the signature of a manifest is over."""
    return f"draft-law-monitor/{chain.FORMAT}/manifest\n{hashlib.sha256(content).hexdigest()}".encode()


def packed(target: Path, files: Iterable[tuple[str, bytes]], time: datetime, folder: str) -> str:
    """Write a ZIP whose bytes depend on the files alone: their order, and the release's time for each. Its SHA-256."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(target.name + ".part")
    stamp = (time.year, time.month, time.day, time.hour, time.minute, time.second // 2 * 2)
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(f"{folder}/{name}", stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, content)
    beside.replace(target)
    with target.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_of(root: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for name in sorted(names):
        yield name, (root / name).read_bytes()
