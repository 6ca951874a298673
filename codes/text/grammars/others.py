"""Laws of further countries: the words that open their units, as data; the shape of a heading is common to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codes.text.grammars.shape import NEVER, Grammar, Pattern, Patterns, exact, pattern

_INSERTED = "bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies|undecies|duodecies|terdecies"
# 12, 12a, 12-bis, 12 bis, 12-A, 12/A, 12.1, 12^1; the sign of an ordinal (5.º, 1°) is no part of the number.
_NUMBER = (
    r"(?P<number><before>\d{1,5}[a-z]{0,2}(?:\.?º-[A-Z]\b)?"
    rf"(?:[ -]?(?:{_INSERTED})\b(?:[.-]\d{{1,3}})?|[-./^](?:\d{{1,3}}|[A-Za-z]{{1,2}})\b)*"
    r"(?:\s(?:bis|und|až|a|al|to)\s(?:§\s?)?\d{1,5}[a-z]?(?=\s*[.(]?\s*(?:\(|$)))?)"
    r"(?P<ordinal>\s?\.?[ºª°]|o\b)?"
)
# Words that follow the number of an article that is only referred to, at the beginning of a line.
_REFERENCE = r"Abs(?:atz|ätze|\.)|S(?:atz|ätze|\.)\s\d|N(?:r\.|ummer)|Buchst"
# After the number: a sign and any words, words in brackets, a heading that is no sentence; after an ordinal any words.
_TAIL = (
    r"(?:\s*[.:–—-][\s.:–—-]*(?P<heading>.*)|\s*(?=[(\[])(?P<bracketed>.*)|"
    rf"\s+(?!{_REFERENCE})(?=[^\W\d_])(?P<title>[^a-zа-я].{{0,250}})(?<![.;:,])|"
    r"(?(ordinal)\s+(?=[A-ZÀ-Ý“\"])|(?!))(?P<sentence>.*)|\s*)$"
)
_DIVISION_NUMBER = r"(?P<number>[IVXLC]+(?:-[A-Z]|bis)?|\d{1,3}[a-z]?{words})(?![^\W\d_])\.?[ºª°]?"
_DIVISION_TAIL = r"(?:\s*[.:–—-][\s.:–—-]*(?P<heading>.*)|\s+(?P<title>[^\W\d_].{0,250})(?<![.;,:])|\s*)$"
_NUMBERED = exact(r"(?P<marker>\d{1,3}[a-z]?)\.(?:\s|$)")
_BRACKETED = exact(r"\((?P<marker>\d{1,3}[a-z]{0,2})\)")
_DIGIT = exact(r"(?P<marker>\d{1,3}(?:[-.]\d)?)\)")
_DEGREE = exact(r"(?P<marker>\d{1,3})[°º](?=[\s)-])")
_LETTER = exact(r"\(?(?P<marker>[a-zà-ÿа-яєії]{1,2})(?:\)|\.(?=\s|$))")


@dataclass(frozen=True, slots=True)
class Words:
    """How one language opens its units. `articles` and the words of `divisions` are patterns of a word."""

    name: str
    language: str
    articles: str
    printed: str
    divisions: tuple[tuple[str, str, str], ...]
    """(kind, word, its print with `number`), outermost first."""
    repealed: str
    before: str = ""
    """What may stand before the number of an article and belongs to it."""
    first_words: str = r"[^\W\d_].{120,}[.;:]$"
    ordinals: str = ""
    """Numbers of divisions in words, such as "primero" or "Erster"."""
    number_first: bool = False
    """A division's number stands before its word."""
    parts: Patterns = (_NUMBERED,)
    items: Patterns = (_DIGIT, _DEGREE, _LETTER)
    footnote: Pattern = NEVER
    note: Pattern = NEVER
    link_words: str = ""
    heading_above: bool = False


def _cases(words: str) -> str:
    """Words as printed inside a sentence's case and in capitals."""
    return "|".join(dict.fromkeys(f"{word}|{word[:1].upper()}{word[1:]}|{word.upper()}" for word in words.split("|")))


def _divisions(words: Words) -> Iterator[tuple[str, Pattern]]:
    """Word and number, where a language has it so number and word as well. A number in words stands before its word."""
    number = _DIVISION_NUMBER.replace("{words}", f"|(?i:{words.ordinals})" if words.ordinals else "")
    for kind, word, _ in words.divisions:
        if words.number_first:
            yield kind, exact(rf"{number}\s+(?:{_cases(word)})(?![^\W\d_]){_DIVISION_TAIL}")
            yield kind, exact(rf"(?:{_cases(word)})\s+{_DIVISION_NUMBER.replace('{words}', '')}{_DIVISION_TAIL}")
        else:
            yield kind, exact(rf"(?:{_cases(word)})(?:\s+(?:a\s)?{number}(?:-a)?)?{_DIVISION_TAIL}")


def _grammar(words: Words) -> Grammar:
    number = _NUMBER.replace("<before>", words.before)
    return Grammar(
        name=words.name,
        languages=(words.language,),
        divisions=tuple(_divisions(words)),
        article=exact(rf"(?:{words.articles})\s*{number}{_TAIL}"),
        printed_article=words.printed,
        printed_divisions=tuple((kind, printed) for kind, _, printed in words.divisions),
        parts=words.parts,
        items=words.items,
        subitems=(exact(r"\(?(?P<marker>[ivx]{1,5}|[a-z]{2})\)"),),
        first_words=exact(words.first_words),
        footnote=words.footnote,
        note=words.note,
        repealed=pattern(rf"[(\[]?\s*(?:{words.repealed})(?![^\W\d_])"),
        link_words=frozenset(words.link_words.split()),
        ranks_by_appearance=True,
        headings=not words.heading_above,
        heading_above=words.heading_above,
    )


_GERMAN_ORDINALS = (
    r"(?:erst|zweit|dritt|viert|fünft|sechst|sieb(?:en)?t|acht|neunt|\w{0,8}zehnt|elft|zwölft|\w{4,20}igst)e[rs]?"
)
_GERMAN = Words(
    name="de-paragraphen",
    language="de",
    articles="§{1,2}",
    printed="§ {number}.",
    divisions=(
        ("annex", "Anlage|Anhang", "{number} Anlage"),
        ("book", "Buch", "{number} Buch"),
        ("part", "Teil|Hauptstück", "{number} Teil"),
        ("section", "Abschnitt", "{number} Abschnitt"),
        ("chapter", "Kapitel", "{number} Kapitel"),
        ("title", "Titel", "{number} Titel"),
        ("subtitle", "Untertitel", "{number} Untertitel"),
        ("subsection", "Unterabschnitt", "{number} Unterabschnitt"),
    ),
    ordinals=_GERMAN_ORDINALS,
    number_first=True,
    parts=(_BRACKETED,),
    items=(_NUMBERED, _LETTER),
    repealed="weggefallen|aufgehoben|gestrichen|entfällt",
    link_words="und oder der die das des von zu zur zum im in bei für",
)
_OTHERS = (
    _GERMAN,
    Words(
        name="de-artikel",
        language="de",
        articles="Art(?:ikel|\\.)?",
        printed="Art. {number}.",
        divisions=_GERMAN.divisions,
        ordinals=_GERMAN_ORDINALS,
        number_first=True,
        repealed=_GERMAN.repealed,
        parts=(_BRACKETED, exact(r"(?P<marker>\d{1,2}(?:bis|ter|quater)?)\s(?=[A-ZÄÖÜ])")),
        items=_GERMAN.items,
        link_words=_GERMAN.link_words,
    ),
    Words(
        name="es",
        language="es",
        articles=r"A(?:rt[ií]culo|RT[IÍ]CULO)|A(?:rt|RT)\.",
        printed="Artículo {number}.",
        divisions=(
            ("annex", "anexo", "ANEXO {number}"),
            ("part", "parte", "PARTE {number}."),
            ("book", "libro", "LIBRO {number}."),
            ("title", "título|titulo", "TÍTULO {number}."),
            ("chapter", "capítulo|capitulo", "CAPÍTULO {number}."),
            ("section", "sección|seccion", "SECCIÓN {number}."),
        ),
        ordinals="preliminar|único|unico|primero|primera|segundo|segunda|tercero|tercera|cuarto|cuarta|quinto|quinta|sexto|"
        "sexta|séptimo|octavo|noveno|décimo|final",
        repealed="derogad[oa]|suprimid[oa]|sin contenido|sin efecto",
        link_words="y e o u de del la el los las en con por para a al",
    ),
    Words(
        name="it",
        language="it",
        articles=r"A(?:rt|RT)\.|Articolo|ARTICOLO",
        printed="Art. {number}.",
        divisions=(
            ("annex", "allegato", "ALLEGATO {number}"),
            ("part", "parte", "PARTE {number}."),
            ("book", "libro", "LIBRO {number}."),
            ("title", "titolo", "TITOLO {number}."),
            ("chapter", "capo", "CAPO {number}."),
            ("section", "sezione", "SEZIONE {number}."),
        ),
        ordinals="preliminare|unico|unica|primo|prima|secondo|seconda|terzo|terza|quarto|quarta|quinto|sesto",
        repealed="(?:articolo )?(?:abrogat|soppress)[oa]",
        link_words="e o di del della dei delle la il in con per a al da",
    ),
    Words(
        name="pt",
        language="pt",
        articles=r"A(?:rt|RT)\.|Artigo|ARTIGO",
        printed="Artigo {number}.",
        divisions=(
            ("annex", "anexo", "ANEXO {number}"),
            ("part", "parte", "PARTE {number}."),
            ("book", "livro", "LIVRO {number}."),
            ("title", "título", "TÍTULO {number}."),
            ("chapter", "capítulo", "CAPÍTULO {number}."),
            ("section", "secção|seção", "SECÇÃO {number}."),
            ("subsection", "subsecção|subseção", "SUBSECÇÃO {number}."),
        ),
        ordinals="preliminar|única|único|primeiro|primeira|segundo|segunda|terceiro|terceira|quarto|quarta",
        parts=(
            exact(r"(?P<marker>\d{1,3})(?:\.(?=\s|$)|\s[–—-](?=\s)|\s(?=[A-ZÀ-Ý]))"),
            exact(r"§\s?(?P<marker>\d{1,2})[.ºo°]{0,2}(?=\s)"),
        ),
        items=(
            exact(r"(?P<marker>[IVXLC]{1,7})\s?[–—-]\s"),
            exact(r"(?P<marker>[a-z]{1,2})\)"),
        ),
        repealed="(?:artigo )?revogad[oa]|eliminad[oa]|suprimid[oa]",
        link_words="e ou de do da dos das em no na com por para a ao o",
    ),
    Words(
        name="ro",
        language="ro",
        articles=r"A(?:rt|RT)\.|Articolul|ARTICOLUL",
        printed="Articolul {number}.",
        divisions=(
            ("annex", "anexa", "ANEXA {number}"),
            ("part", "partea", "PARTEA {number}."),
            ("book", "cartea", "CARTEA {number}."),
            ("title", "titlul", "TITLUL {number}."),
            ("chapter", "capitolul", "CAPITOLUL {number}."),
            ("section", "secțiunea|secţiunea", "SECȚIUNEA {number}."),
        ),
        ordinals="unic|preliminar|generală|specială|preliminară",
        parts=(_BRACKETED,),
        footnote=pattern(r"\(la \d\d-\d\d-\d{4},.{1,4000}\)$"),
        repealed="abrogat[ăe]?|eliminat",
        link_words="și şi sau de la cu în pe din pentru al a ale",
    ),
    Words(
        name="pl",
        language="pl",
        articles=r"Art\.|ART\.|Artykuł",
        printed="Art. {number}.",
        divisions=(
            ("annex", "załącznik", "ZAŁĄCZNIK {number}"),
            ("part", "część", "CZĘŚĆ {number}."),
            ("book", "księga", "KSIĘGA {number}."),
            ("title", "tytuł", "TYTUŁ {number}."),
            ("section", "dział", "DZIAŁ {number}."),
            ("chapter", "rozdział", "Rozdział {number}."),
            ("subsection", "oddział", "Oddział {number}."),
        ),
        ordinals="ogólna|szczególna|wojskowa|pierwsza|druga|trzecia|czwarta",
        parts=(exact(r"§\s?(?P<marker>\d{1,3}[a-z]?)\.(?:\s|$)"), exact(r"(?P<marker>\d{1,3}[a-z]?)\.(?:\s|$)")),
        repealed="uchylon[yae]|skreślon[yae]|pominięt[yae]",
        link_words="i oraz lub albo w we z ze na o do od przez dla a",
    ),
    Words(
        name="uk",
        language="uk",
        articles="Стаття|СТАТТЯ",
        printed="Стаття {number}.",
        divisions=(
            ("annex", "додаток", "Додаток {number}"),
            ("part", "частина", "ЧАСТИНА {number}."),
            ("book", "книга", "КНИГА {number}."),
            ("section", "розділ", "Розділ {number}."),
            ("subsection", "підрозділ", "Підрозділ {number}."),
            ("chapter", "глава", "Глава {number}."),
            ("paragraph", "параграф|§", "§ {number}."),
        ),
        ordinals="загальна|особлива|перша|друга|третя|четверта|п’ята|шоста",
        footnote=pattern(r"\{.{1,4000}\}\.?$"),
        note=pattern(r"Примітк[аи]\s*\.?\s*(?:\d|$|[А-ЯЄІЇ])"),
        repealed="виключен[оа]|втратил[аи] чинність",
        link_words="і й та або чи в у на з зі до про за для від",
    ),
    Words(
        name="tr",
        language="tr",
        articles=r"M(?:adde|ADDE)\s(?=\d)|(?=(?:Ek|EK|Geçici|GEÇİCİ)\s)",
        before=r"(?:(?:Ek|EK|Geçici|GEÇİCİ)\sM(?:adde|ADDE)\s)?",
        first_words=".",
        printed="Madde {number}-",
        divisions=(
            ("annex", "ek", "{number} EK"),
            ("book", "kitap|KİTAP", "{number} KİTAP"),
            ("part", "kısım|KISIM", "{number} KISIM"),
            ("section", "bölüm", "{number} BÖLÜM"),
            ("chapter", "bap|ayırım|AYIRIM", "{number} BAP"),
        ),
        ordinals=r"(?:[^\W\d_]{2,8}\s)?[^\W\d_]{1,12}(?:[ıiuü]?nc[ıiuü]|[IİUÜ]?NC[IİUÜ])",
        number_first=True,
        footnote=pattern(r"\[\d{1,4}\]\s"),
        repealed="mülga|yürürlükten kaldırıl\\w+|iptal",
        link_words="ve veya ile için ya da",
        parts=(_BRACKETED,),
        items=(_LETTER, _DIGIT, _NUMBERED),
        heading_above=True,
    ),
    Words(
        name="cs",
        language="cs",
        articles="§",
        printed="§ {number}.",
        divisions=(
            ("annex", "příloha", "PŘÍLOHA {number}"),
            ("part", "část", "ČÁST {number}."),
            ("title", "hlava", "HLAVA {number}."),
            ("section", "díl", "Díl {number}."),
            ("subsection", "oddíl", "Oddíl {number}."),
        ),
        ordinals="první|druhá|třetí|čtvrtá|pátá|šestá|sedmá|osmá|devátá|desátá|obecná|zvláštní",
        parts=(_BRACKETED,),
        repealed="zrušen[oa]?|vypuštěn[oa]?",
        link_words="a i nebo v ve s se z ze na o k ke pro při do od",
    ),
    Words(
        name="nl",
        language="nl",
        articles=r"Artikel|ARTIKEL|Art\.",
        printed="Artikel {number}.",
        divisions=(
            ("annex", "bijlage", "BIJLAGE {number}"),
            ("book", "boek", "BOEK {number}."),
            ("part", "deel", "DEEL {number}."),
            ("title", "titel", "TITEL {number}."),
            ("chapter", "hoofdstuk", "HOOFDSTUK {number}."),
            ("section", "afdeling", "AFDELING {number}."),
            ("paragraph", "paragraaf|§", "§ {number}."),
        ),
        ordinals="eerste|tweede|derde|vierde|vijfde",
        repealed="vervallen",
        link_words="en of de het een van in op met voor door tot te",
    ),
    Words(
        name="sw",
        language="sw",
        articles="Ibara ya|Kifungu cha|IBARA YA|KIFUNGU CHA",
        printed="Ibara ya {number}.",
        divisions=(
            ("schedule", "jedwali la|jedwali", "JEDWALI LA {number}"),
            ("chapter", "sura ya", "SURA YA {number}."),
            ("part", "sehemu ya", "SEHEMU YA {number}."),
        ),
        ordinals="kwanza|pili|tatu|nne|tano|sita|saba|nane|tisa|kumi",
        parts=(_BRACKETED,),
        repealed="(?:ime)?(?:futwa|futika)",
        link_words="na ya wa za la cha kwa katika au",
    ),
)
OTHERS = tuple(_grammar(words) for words in _OTHERS)
