"""Checks a copy of the public record. Needs Python 3.9 or newer and nothing else: python3 verify.py

It recomputes every checksum: of the files, of each document, sealed part, law, release and of the chain; and it checks
the signatures. The first thing that does not fit is named, and the program ends with 1.

    --key HEX       the public key that you had from somewhere else; without it the copy is only true to itself
    --state FILE    remember the newest release seen, so that a copy that was set back or rewritten is found next time
    FOLDER          another copy than the one beside this program
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

FORMAT = 1
NONE = "0" * 64
MANIFEST, SIGNATURES = "manifest.json", "manifest.signatures.json"
CHAIN, LAW, RELEASE = "record/chain.json", "record/law.json", "record/releases/%06d.json"
SEALED = re.compile(r'\{"sealed":"([0-9a-f]{64})"\}')
MARK = re.compile(r'<meta name="release" content="(\d+) ([0-9a-f]{64})">')


class Broken(Exception):
    """What does not fit, as one sentence."""


# ---- Ed25519 (RFC 8032, section 5.1), checking only ----

Point = tuple[int, int, int, int]  # X, Y, Z, T of extended coordinates
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _x_of(y: int, odd: int) -> int | None:
    """The x of a point from its y and the parity of x; None where there is no such point."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if odd else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return x if x % 2 == odd else P - x


def _point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y = number % 2**255
    x = _x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _add(total, point)
        point = _add(point, point)
        number >>= 1
    return total


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = _x_of(BASE_Y, 0) or 0
BASE: Point = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """True when `signature` (64 bytes) over `message` is by the public key (32 bytes)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = _point(key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = _times(s, BASE), _add(r, _times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ---- the hashes of the record ----


def framed(context: str, *parts: bytes) -> str:
    digest = hashlib.sha256(f"draft-law-monitor/{FORMAT}/{context}\n".encode())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def root_of(context: str, pairs: dict[str, str]) -> str:
    """Over sorted pairs: path and document, or law and root."""
    return framed(context, *(part.encode() for pair in sorted(pairs.items()) for part in pair))


def header_hash(h: Any) -> str:
    parts = (str(FORMAT), str(h["number"]), h["time"], h["root"], h["previous"], h["key_document"], h["tombstones"])
    return framed("header", *(part.encode() for part in parts))


def message(kind: str, digest: str) -> bytes:
    return f"draft-law-monitor/{FORMAT}/{kind}\n{digest}".encode()


# ---- the copy ----


def read(folder: str, name: str) -> bytes:
    try:
        with open(os.path.join(folder, *name.split("/")), "rb") as file:
            return file.read()
    except OSError:
        raise Broken(f"{name} is missing.") from None


def value(folder: str, name: str) -> Any:
    """A data file. It is written in one way only, so that no byte of it can be another."""
    content = read(folder, name)
    try:
        found = json.loads(content)
    except ValueError:
        raise Broken(f"{name} was changed: it cannot be read.") from None
    again = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    if again.encode("utf-8", "replace") != content:
        raise Broken(f"{name} was changed: it is not written as it should be.")
    return found


@contextmanager
def of_its_shape(name: str) -> Iterator[None]:
    """What a data file does not hold as it must is named with the file."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise Broken(f"{name} was changed: it does not hold what it must ({error}).") from None


def check_files(folder: str, manifest: Any) -> None:
    listed = [file["path"] for file in manifest["files"]]
    if listed != sorted(set(listed)):
        raise Broken(f"{MANIFEST} was changed: it does not list each file once, in order.")
    there: set[str] = set()
    for above, _, names in os.walk(folder):
        there.update(os.path.relpath(os.path.join(above, name), folder).replace(os.sep, "/") for name in names)
    for name in sorted(there - set(listed) - {MANIFEST, SIGNATURES}):
        raise Broken(f"{name} is not part of the copy: {MANIFEST} does not list it.")
    for file in manifest["files"]:
        content = read(folder, file["path"])
        if len(content) != file["size"] or hashlib.sha256(content).hexdigest() != file["sha256"]:
            raise Broken(f"{file['path']} was changed: {MANIFEST} lists another checksum.")


def check_chain(chain: Any) -> None:
    """The headers, each on the one before, and the tombstones that they cover."""
    if chain["format"] != FORMAT:
        raise Broken(f"The record has the format {chain['format']}, which this program does not know.")
    for t in chain["tombstones"]:
        parts = (t["target"], t["reason"], t["time"], str(t["after"]))
        if framed("tombstone", *(part.encode() for part in parts)) != t["hash"]:
            raise Broken(f"The tombstone of {t['target'][:16]} was changed.")
    number, previous, time = 0, NONE, ""
    for h in chain["headers"]:
        number += 1
        if h["number"] != number:
            raise Broken(f"Release {number} is missing, or stands in another place.")
        if h["previous"] != previous:
            raise Broken(f"The header of release {number} does not follow the one before it.")
        if header_hash(h) != h["hash"]:
            raise Broken(f"The header of release {number} was changed.")
        if h["time"] <= time:
            raise Broken(f"The time of release {number} is not later than that of the one before.")
        covered = sorted(t["hash"] for t in chain["tombstones"] if t["after"] < number)
        if framed("tombstones", *(one.encode() for one in covered)) != h["tombstones"]:
            raise Broken(f"The tombstones set before release {number} are not those that its header covers.")
        previous, time = h["hash"], h["time"]
    if not number:
        raise Broken(f"{CHAIN} holds no release.")


def may_sign(keys: Any, kind: str, key: str, number: int) -> bool:
    for k in keys:
        if (
            k["key"] == key
            and k["kind"] == kind
            and k["first"] <= number
            and (k["last"] is None or number <= k["last"])
        ):
            return k["revoked_from"] is None or number < k["revoked_from"]
    return False


def check_signatures(chain: Any) -> tuple[Any, set[int]]:
    """Every signature, every key document; the keys in force and the releases that are signed."""
    places = {NONE: -1}
    for place, document in enumerate(chain["key_documents"]):
        if framed("keys", document["text"].encode()) != document["hash"]:
            raise Broken(f"Key document {document['hash'][:16]} was changed.")
        places[document["hash"]] = place
    newest = -1
    for h in chain["headers"]:
        if places.get(h["key_document"], -2) < newest:
            raise Broken(f"The header of release {h['number']} does not name the keys that were in force.")
        newest = places[h["key_document"]]
    keys = json.loads(chain["key_documents"][-1]["text"])["keys"] if chain["key_documents"] else []
    headers = {h["number"]: h["hash"] for h in chain["headers"]}
    found: set[int] = set()
    for row in chain["signatures"]:
        number, name = row["release"], f"The {row['kind']} signature of release {row['release']}"
        if not may_sign(keys, row["kind"], row["key"], number):
            raise Broken(f"{name} is by {row['key'][:16]}, which may not sign it.")
        if not signed(unhex(row["key"]), message("signature", headers.get(number, "")), unhex(row["signature"])):
            raise Broken(f"{name} does not fit its header.")
        if row["kind"] == "publisher":
            found.add(number)
    for number in headers:
        named = any(may_sign(keys, "publisher", k["key"], number) for k in keys)
        if named and number not in found and number < max(found, default=0):
            raise Broken(f"Release {number} is not signed, although a later one is.")
    return keys, found


def unhex(text: str) -> bytes:
    try:
        return bytes.fromhex(text) if text == text.lower() else b""
    except ValueError:
        return b""


def check_documents(documents: Any, sealed: Any, gone: set[str]) -> None:
    """Documents by hash, and the sealed parts that they hold. What is missing must have a tombstone."""
    expected: dict[str, str] = {}
    for digest, text in documents.items():
        if text is None:
            if digest not in gone:
                raise Broken(f"The text of document {digest[:16]} is gone and no tombstone says so.")
        elif digest in gone:
            raise Broken(f"The text of document {digest[:16]} should have been erased: its tombstone says so.")
        elif framed("document", text.encode()) != digest:
            raise Broken(f"Document {digest[:16]} does not have the content that its hash names.")
        else:
            expected.update(dict.fromkeys(SEALED.findall(text), digest))
    for commitment, row in sealed.items():
        if commitment not in expected:
            raise Broken(f"Sealed part {commitment[:16]} belongs to no document.")
        if commitment in gone:
            raise Broken(f"Sealed part {commitment[:16]} should have been erased: its tombstone says so.")
        if framed("sealed", unhex(row["salt"]), row["part"].encode()) != commitment:
            raise Broken(f"Sealed part {commitment[:16]} does not have the content that it was committed to.")
    for commitment, digest in expected.items():
        if commitment not in sealed and commitment not in gone:
            raise Broken(f"Sealed part {commitment[:16]} of document {digest[:16]} is gone and no tombstone says so.")


def check_whole(folder: str, chain: Any, gone: set[str]) -> int:
    """Walk all releases, carrying on what each law shows. The number of documents."""
    shown: dict[str, dict[str, str]] = {}
    roots: dict[str, str] = {}
    known: set[str] = set()
    for h in chain["headers"]:
        name = RELEASE % h["number"]
        added = value(folder, name)
        with of_its_shape(name):
            if added["release"] != h["number"]:
                raise Broken(f"{name} is that of another release.")
            check_documents(added["documents"], added["sealed"], gone)
            known.update(added["documents"])
            carry_on(h["number"], added, known, shown)
            check_roots(h, added, shown, roots)
    return len(known)


def carry_on(number: int, added: Any, known: set[str], shown: dict[str, dict[str, str]]) -> None:
    """Bring what the laws show up to a release."""
    for law, path, digest in added["entries"]:
        if digest is not None and digest not in known:
            raise Broken(f"Release {number}: the document at {path} is missing.")
        shown.setdefault(law, {})[path] = digest
    used = {entry[2] for entry in added["entries"]}
    for digest in added["documents"]:
        if digest not in used:
            raise Broken(f"Document {digest[:16]} belongs to no entry of release {number}.")


def check_roots(h: Any, added: Any, shown: dict[str, dict[str, str]], roots: dict[str, str]) -> None:
    for law in sorted({entry[0] for entry in added["entries"]} | set(added["roots"])):
        roots[law] = root_of("law", {path: digest for path, digest in shown.get(law, {}).items() if digest})
        if added["roots"].get(law) != roots[law]:
            raise Broken(f"Release {h['number']}: the entries of {law} do not give the root that was published.")
    if root_of("release", roots) != h["root"]:
        raise Broken(f"The roots of the laws do not give the root of release {h['number']}.")


def check_law(folder: str, chain: Any, gone: set[str]) -> int:
    """One law alone: what it shows at the newest release. The number of documents."""
    data = value(folder, LAW)
    newest = chain["headers"][-1]
    if data["release"] != newest["number"]:
        raise Broken(f"{LAW} is that of another release.")
    check_documents(data["documents"], data["sealed"], gone)
    if set(data["documents"]) != set(data["entries"].values()):
        raise Broken(f"The documents of {data['law']} are not those that its entries name.")
    if data["roots"].get(data["law"]) != root_of("law", data["entries"]):
        raise Broken(f"The entries of {data['law']} do not give the root that was published.")
    if root_of("release", data["roots"]) != newest["root"]:
        raise Broken(f"The roots of the laws do not give the root of release {newest['number']}.")
    return len(data["documents"])


def check_pages(folder: str, manifest: Any, chain: Any) -> None:
    """Every page names a release of this chain."""
    headers = {h["number"]: h["hash"] for h in chain["headers"]}
    for file in manifest["files"]:
        if file["path"].endswith(".html"):
            mark = MARK.search(read(folder, file["path"]).decode("utf-8", "replace"))
            if mark is None or headers.get(int(mark[1])) != mark[2]:
                raise Broken(f"{file['path']} names no release of this record.")


def check_manifest_signatures(folder: str, keys: Any, number: int) -> list[str]:
    """The keys that signed this copy."""
    digest = hashlib.sha256(read(folder, MANIFEST)).hexdigest()
    rows = value(folder, SIGNATURES)
    for row in rows:
        if not may_sign(keys, "publisher", row["key"], number):
            raise Broken(f"{SIGNATURES} holds a signature by {row['key'][:16]}, which may not sign.")
        if not signed(unhex(row["key"]), message("manifest", digest), unhex(row["signature"])):
            raise Broken(f"{SIGNATURES} does not fit {MANIFEST}.")
    return [row["key"] for row in rows]


def check_remembered(file: str, chain: Any) -> None:
    """Against what was seen before: the record may only have grown. Nothing is stored here."""
    if not os.path.exists(file):
        return
    with open(file, encoding="utf-8") as opened:
        seen = json.load(opened)
    headers = {h["number"]: h["hash"] for h in chain["headers"]}
    if seen["number"] not in headers:
        raise Broken(
            f"The record ends before release {seen['number']}, which was there at the last check: it was rolled back."
        )
    if headers[seen["number"]] != seen["hash"]:
        raise Broken(f"Release {seen['number']} is another one than at the last check: the record was rewritten.")


def verify(folder: str, key: str = "", state: str = "") -> list[str]:
    """Check a copy; what was found, as lines. Raises `Broken`."""
    manifest = value(folder, MANIFEST)
    with of_its_shape(MANIFEST):
        check_files(folder, manifest)
    chain = value(folder, CHAIN)
    with of_its_shape(CHAIN):
        check_chain(chain)
        newest = chain["headers"][-1]
        keys, releases = check_signatures(chain)
    with of_its_shape(MANIFEST):
        if (manifest["format"], manifest["release"], manifest["header"]) != (FORMAT, newest["number"], newest["hash"]):
            raise Broken(f"{MANIFEST} names another release than the newest one.")
    with of_its_shape(SIGNATURES):
        signers = check_manifest_signatures(folder, keys, newest["number"])
    gone = {t["target"] for t in chain["tombstones"]}
    if any(file["path"] == LAW for file in manifest["files"]):
        with of_its_shape(LAW):
            documents = check_law(folder, chain, gone)
    else:
        documents = check_whole(folder, chain, gone)
    check_pages(folder, manifest, chain)
    if key and key.lower() not in signers:
        raise Broken(f"The copy is not signed by the key {key[:16]} that you named.")
    if key and newest["number"] not in releases:
        raise Broken(f"The newest release, {newest['number']}, is not signed.")
    if state:
        check_remembered(state, chain)
        with open(state, "w", encoding="utf-8") as file:
            json.dump({"number": newest["number"], "hash": newest["hash"]}, file)
    published = datetime.fromisoformat(newest["time"])
    age = datetime.now(published.tzinfo) - published
    return [
        f"{len(manifest['files'])} files, {documents} documents, {len(chain['headers'])} releases: everything fits.",
        f"The newest release is {newest['number']}, {newest['time']}, {age.days} days old.",
        f"Its checksum: {newest['hash']}",
        f"Signed by {', '.join(signers)}." if signers else "This copy is not signed.",
        "" if key else "Compare the key with one that you had from somewhere else, or name it with --key.",
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Check a copy of the public record.")
    parser.add_argument("folder", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--key", default="")
    parser.add_argument("--state", default="")
    options = parser.parse_args()
    try:
        lines = verify(options.folder, options.key, options.state)
    except Broken as error:
        print(f"BROKEN: {error}")
        return 1
    print("\n".join(filter(None, lines)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
