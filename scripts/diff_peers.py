"""How other libraries mark the changed words of pairs of texts: python scripts/diff_peers.py NAME < pairs > marks.

Reads a JSON list of [old text, new text], prints for each a list of [mark, text], the mark one of "=", "-", "+".
Runs in .venv-bench, where the libraries are. All compare whole words, the way each one's documentation tells to.
"""

# mypy: ignore-errors
# ruff: noqa: PLC0415

from __future__ import annotations

import json
import re
import sys

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")


def difflib(old: str, new: str) -> list[tuple[str, str]]:
    from difflib import SequenceMatcher

    olds, news = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, [word.strip() for word in olds], [word.strip() for word in news])
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("=", "".join(news[c:d])))
        else:
            found += [("-", "".join(olds[a:b])), ("+", "".join(news[c:d]))]
    return found


def dmp(old: str, new: str) -> list[tuple[str, str]]:
    """Words as single characters, then the library's semantic cleanup of the words."""
    from diff_match_patch import diff_match_patch

    chars: dict[str, str] = {}
    one, two = (
        "".join(chars.setdefault(word, chr(0xE000 + len(chars))) for word in _WORDS.findall(text))
        for text in (old, new)
    )
    words = {char: word for word, char in chars.items()}
    library = diff_match_patch()
    found = [(mark, "".join(map(words.get, text))) for mark, text in library.diff_main(one, two, False)]
    library.diff_cleanupSemantic(found)
    return [({-1: "-", 0: "=", 1: "+"}[mark], text) for mark, text in found]


def redlines(old: str, new: str) -> list[tuple[str, str]]:
    """What its Markdown marks with del and ins. It shows a paragraph's end as an empty line."""
    from redlines import Redlines

    shown = Redlines(old, new, markdown_style="none").output_markdown.replace("\n\n", "\n")
    found = []
    for piece in re.split(r"(<(?:del|ins)>.*?</(?:del|ins)>)", shown, flags=re.DOTALL):
        tagged = re.fullmatch(r"<(del|ins)>(.*)</(?:del|ins)>", piece, flags=re.DOTALL)
        found.append(({"del": "-", "ins": "+"}[tagged[1]], tagged[2]) if tagged else ("=", piece))
    return found


if __name__ == "__main__":
    mark = globals()[sys.argv[1]]
    json.dump([mark(old, new) for old, new in json.load(sys.stdin)], sys.stdout)
