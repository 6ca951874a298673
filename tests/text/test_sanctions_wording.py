"""Ways of writing a penalty that other codes use: what is read from each, in sentences made for the test."""

from __future__ import annotations

import pytest

from codes.text.nodes import Article, Paragraph, Sanction
from codes.text.sanctions import extract

Read = tuple[str, int | None, int | None, str]


def read(text: str, language: str) -> list[Sanction]:
    return extract(Article("1", "", "", (Paragraph("", "art_1__text", text),)), language)


def listed(language: str, lead: str, *items: str) -> list[Sanction]:
    """The rows of a part whose first line is followed by items."""
    lines = [Paragraph("1", "e", lead, "part", "1")]
    lines += [Paragraph(item[1], f"e{n}", item, "item", "1") for n, item in enumerate(items)]
    return extract(Article("1", "", "", tuple(lines)), language)


def short(rows: list[Sanction]) -> list[Read]:
    return [(s.kind, s.minimum, s.maximum, s.unit) for s in rows]


RUSSIAN: list[tuple[str, list[Read]]] = [
    ("влечет штраф на физических лиц в размере пяти, на частных нотариусов – в размере семи "
     "месячных расчетных показателей",
     [("fine", 5, 5, "mci"), ("fine", 7, 7, "mci")]),
    ("влечет штраф на граждан в размере от ста до двухсот рублей; на юридических лиц - от трехсот до пятисот рублей",
     [("fine", 100, 200, "rub"), ("fine", 300, 500, "rub")]),
    ("влечет штраф на должностных лиц, субъектов малого предпринимательства в размере двух, на юридических лиц – "
     "в размере трех процентов от суммы сделки", [("fine", 2, 2, "percent"), ("fine", 3, 3, "percent")]),
    ("влечет административный арест на десять суток и лишение права управления судном сроком на два года",
     [("arrest", 10, 10, "days"), ("deprivation_of_post", 2, 2, "years")]),
    ("влечет штраф в размере ста рублей или дисквалификацию на срок до одного года",
     [("fine", 100, 100, "rub"), ("deprivation_of_post", None, 1, "years")]),
    ("наказывается лишением свободы на срок до трех лет со штрафом в размере ста рублей или без штрафа",
     [("imprisonment", None, 3, "years"), ("fine", 100, 100, "rub")]),
    ("влечет взыскание неуплаченного штрафа", []),
]  # fmt: skip
KAZAKH: list[tuple[str, list[Read]]] = [
    ("ескерту жасауға немесе бес айлық есептік көрсеткіш мөлшерінде айыппұл салуға әкеп соғады",
     [("warning", None, None, ""), ("fine", 5, 5, "mci")]),
    ("жеке тұлғаларға – бес, лауазымды адамдарға – он бес, ұйымдарға жүз айлық есептік көрсеткіш мөлшерінде "
     "айыппұл салуға алып келеді", [("fine", 5, 5, "mci"), ("fine", 15, 15, "mci"), ("fine", 100, 100, "mci")]),
    ("лицензиядан айыра отырып не онсыз, кіріс сомасының он пайызы мөлшерінде айыппұл салуға әкеп соғады",
     [("licence_suspension", None, None, ""), ("fine", 10, 10, "percent")]),
    ("он тәулікке әкімшілік қамаққа алуға және екі жыл мерзімге кемені басқару құқығынан айыруға алып келеді",
     [("arrest", 10, 10, "days"), ("deprivation_of_post", 2, 2, "years")]),
    ("Айыппұл айлық есептік көрсеткіштің жиырмадан бес жүзге дейінгі шегінде белгіленеді.", []),
]  # fmt: skip
FRENCH: list[tuple[str, list[Read]]] = [
    ("est puni d'un emprisonnement de six mois à deux ans et d'une amende de 100 à 500 francs",
     [("imprisonment", 6, 24, "months"), ("fine", 100, 500, "frf")]),
    ("La peine d'emprisonnement prévue à l'article L. 2-1 est portée à sept ans.",
     [("imprisonment", None, 7, "years")]),
    ("est puni de 7,5 millions d'euros d'amende", [("fine", None, 7500000, "eur")]),
    ("est puni de l'amende prévue pour les contraventions de la 5e classe", [("fine", None, None, "")]),
    ("Est puni d'un an d'emprisonnement le fait de cacher la confiscation d'une arme.",
     [("imprisonment", None, 1, "years")]),
    ("soit pour un délit lié à une entreprise secrète ou puni de dix ans d'emprisonnement, et sa présence", []),
]  # fmt: skip
ENGLISH: list[tuple[str, list[Read]]] = [
    ("is punishable by imprisonment in a prison for two, three or four years", [("imprisonment", 2, 3, "years")]),
    ("nor shall he be liable to be disqualified for holding a licence", []),
    ("A court may punish such a person by a fine in its discretion or by imprisonment for not more than two years.",
     [("fine", None, None, ""), ("imprisonment", None, 2, "years")]),
    ("Whenever any person is sentenced to imprisonment for a term of more than six months, a warning is given.", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "rows"),
    [
        (language, text, rows)
        for language, cases in (("ru", RUSSIAN), ("kk", KAZAKH), ("fr", FRENCH), ("en", ENGLISH))
        for text, rows in cases
    ],
)
def test_wordings_of_other_codes(language: str, text: str, rows: list[Read]) -> None:
    assert short(read(text, language)) == rows


def test_a_list_of_maxima_the_sentence_cannot_order_is_unsure() -> None:
    assert not read("is punishable by imprisonment for two, three or four years", "en")[0].sure


def test_a_fine_in_a_currency_without_a_unit_is_its_number() -> None:
    for text in ("is liable to a fine of five thousand shillings", "is liable to a fine not exceeding $5,000"):
        assert [(s.maximum, s.unit, s.sure) for s in read(text, "en")] == [(5000, "", True)]


def test_a_further_addressee_begins_the_alternatives_anew_and_the_first_does_not() -> None:
    rows = read(
        "влечет предупреждение или штраф на физических лиц в размере двух, на юридических лиц – в размере трех "
        "месячных "
        "расчетных показателей либо приостановление деятельности",
        "ru",
    )
    assert [(s.kind, s.alternative) for s in rows] == [
        ("warning", 1),
        ("fine", 2),
        ("fine", 1),
        ("licence_suspension", 2),
    ]


def test_the_addressee_stays_in_the_quote() -> None:
    rows = read(
        "жеке тұлғаларға – бес, ұйымдарға жүз айлық есептік көрсеткіш мөлшерінде айыппұл салуға әкеп соғады", "kk"
    )
    assert [s.quote for s in rows] == [
        "жеке тұлғаларға – бес",
        "ұйымдарға жүз айлық есептік көрсеткіш мөлшерінде айыппұл салуға",
    ]


def test_items_after_liable_carry_their_own_penalties() -> None:
    rows = listed(
        "en",
        "(1) A person who takes a boat is guilty of a crime and is liable —",
        "(a) if it was a lifeboat, to imprisonment for 7 years; or",
        "(b) in any other case, to imprisonment for 5 years.",
    )
    assert [(s.part, *row) for s, row in zip(rows, short(rows), strict=True)] == [
        ("1(a)", "imprisonment", 7, 7, "years"),
        ("1(b)", "imprisonment", 5, 5, "years"),
    ]


def test_items_after_puni_may_name_their_condition_first() -> None:
    rows = listed("fr", "Le fait de voler est puni :", "1° En temps de guerre, de dix ans d'emprisonnement ;")
    assert short(rows) == [("imprisonment", None, 10, "years")]


def test_the_penalties_that_a_code_knows_are_not_those_of_an_offence() -> None:
    lead = "Les peines criminelles encourues par les personnes physiques sont :"
    assert listed("fr", lead, "1° La réclusion criminelle de trente ans au plus ;") == []
