"""Codes, laws and bills of France."""

from __future__ import annotations

from codes.text.grammars.shape import HEADING, Grammar, Pattern, exact, pattern

_ORDINALS = (
    "bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies|undecies|duodecies|terdecies|quaterdecies|quindecies|"
    "sexdecies|septdecies|octodecies|novodecies|vicies"
)
# "2 bis A", "224-1 A", "226-16-1-A"; a single letter or two, never a word.
_SUFFIX = rf"(?:[ -](?:{_ORDINALS}|[A-Z]{{1,2}})\b(?!['’]))*"
_NUMBER = (
    rf"(?P<number>(?:[LRDA]O?\.? ?\*?)?(?:\d{{1,5}}(?:er)?|[IVXLC]+(?:er)?|[A-Z])\b(?:-\d+)*{_SUFFIX}(?:-\d+)*|"
    r"unique|liminaire|préliminaire)"
)
_DIVISION_NUMBER = rf"(?P<number>(?:[IVXLC]+(?:er)?|\d{{1,3}}(?:er)?|préliminaire|unique|[A-Z])\b{_SUFFIX})"
_DIVISION = rf"(?:\s+{_DIVISION_NUMBER})?\s*(?:[:.—–-]\s*{HEADING}|$)"
# Status in brackets on the heading's own line: "(nouveau)", "(Supprimé)", "(Conforme)".
_STATUS = r"(?P<status>\([^()]{1,60}\))"


def _division(word: str) -> Pattern:
    return pattern(rf"{word}{_DIVISION}")


FRENCH = Grammar(
    name="fr",
    languages=("fr",),
    divisions=(
        ("part", pattern(rf"Partie\s+(?P<number>législative|réglementaire)\s*[:.—–-]?\s*{HEADING}$")),
        (
            "annex",
            exact(
                r"A(?:rticle\s+A)?(?:NNEXE|nnexe)(?:\s+(?P<number>[IVXLC]+|\d{1,3}|[A-Z])\b)?\s*"
                rf"(?:[:.—–-]\s*|(?=(?:à|au|aux|de)\s)|$){HEADING}$"
            ),
        ),
        ("book", _division("Livre")),
        ("title", _division("Titre")),
        ("subtitle", _division("Sous-titre")),
        ("chapter", _division("Chapitre")),
        ("section", _division("Section")),
        ("subsection", _division("Sous-section")),
        ("paragraph", _division("Paragraphe")),
    ),
    article=pattern(rf"Article\s+{_NUMBER}\s*{_STATUS}?\s*(?:[.:–—-]\s*{HEADING})?$"),
    printed_article="Article {number}",
    printed_divisions=(
        ("part", "Partie {number}"),
        ("annex", "ANNEXE {number}"),
        ("book", "Livre {number} :"),
        ("title", "Titre {number} :"),
        ("subtitle", "Sous-titre {number} :"),
        ("chapter", "Chapitre {number} :"),
        ("section", "Section {number} :"),
        ("subsection", "Sous-section {number} :"),
        ("paragraph", "Paragraphe {number} :"),
    ),
    parts=(exact(rf"(?P<marker>[IVXLC]+(?:\s(?:{_ORDINALS}|[A-Z])\b)*)\s?(?:\.\s?[–—-]|[–—-]|\.(?=\s\D))"),),
    items=(
        exact(rf"(?P<marker>\d{{1,3}}°(?:\s(?:{_ORDINALS}|[A-Z])\b(?!['’]))*)"),
        exact(rf"(?P<marker>[A-Z](?:\s(?:{_ORDINALS})\b)?)\s?(?:\.\s?[–—-]|[–—-])"),
    ),
    subitems=(exact(rf"(?P<marker>[a-z](?:\s(?:{_ORDINALS})\b)?)\)"),),
    footnote=pattern(r"\((?:nouve(?:au|lle)s?|pour coordination)\)$"),
    repealed=pattern(r"\(?\s*abrogée?s?\s*\)?\.?$"),
    suppressed=pattern(r"\(?\s*supprimée?s?\s*\)?\.?$"),
    unchanged=pattern(r"\(?\s*(?:non modifiée?s?|conformes?)\s*\)?\.?$"),
    closing=pattern(r"(?:Fait à|Délibéré en séance)\b"),
    printed_separator=" - ",
    counts_paragraphs=True,
    headings=False,
)
