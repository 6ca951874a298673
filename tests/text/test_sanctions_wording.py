"""Ways of writing a penalty that other codes use: what is read from each, in sentences made for the test."""

from __future__ import annotations

from time import process_time

import pytest

from codes.text.nodes import Article, Outcome, Paragraph, Sanction
from codes.text.sanctions import compare, extract

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
    ("влечет штраф в размере от двух до пяти базовых величин, или общественные работы на срок до ста часов",
     [("fine", 2, 5, ""), ("community_service", None, 100, "hours")]),
    ("влекут штраф на граждан от трех до четырех, а на должностных лиц - от шести до девяти базовых расчетных величин",
     [("fine", 3, 4, ""), ("fine", 6, 9, "")]),
    ("влечет штраф на физических лиц в размере 30 расчетных показателей, юридических лиц - 90 расчетных показателей",
     [("fine", 30, 30, ""), ("fine", 90, 90, "")]),
    ("влечет штраф на граждан в размере ста рублей; на должностных лиц - дисквалификацию на срок до двух лет",
     [("fine", 100, 100, "rub"), ("deprivation_of_post", None, 2, "years")]),
    ("наказывается ограничением свободы на срок до двух лет. (В редакции закона от 27.12.2009 № 7)",
     [("restriction_of_liberty", None, 2, "years")]),
    ("наказывается содержанием в дисциплинарной воинской части на срок до двух лет со штрафом до ста тысяч рублей",
     [("other", None, 2, "years"), ("fine", None, 100000, "rub")]),
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
    ("encourt une amende maximale de 5 000 $ et un emprisonnement maximal de six mois, ou l'une de ces peines",
     [("fine", None, 5000, ""), ("imprisonment", None, 6, "months")]),
    ("encourt une amende maximale de vingt mille dollars et minimale de mille dollars", [("fine", 1000, 20000, "")]),
    ("est passible d'une amende d'au moins 15 000 $ et d'au plus 90 000 $", [("fine", 15000, 90000, "")]),
    ("est puni d'une amende de 500.000 à 5.000.000 de francs CFA", [("fine", 500000, 5000000, "")]),
    ("est puni d'une amende d'un million (1 000 000) de francs CFA", [("fine", None, 1000000, "")]),
    ("est puni d'une amende de 10 000 francs suisses au plus", [("fine", None, 10000, "")]),
    ("est puni d'une peine privative de liberté de trois ans au plus ou d'une peine pécuniaire",
     [("imprisonment", None, 3, "years"), ("fine", None, None, "")]),
    ("est puni de la réclusion de cinq à dix ans", [("imprisonment", 5, 10, "years")]),
    ("est passible d'une amende administrative dont le montant ne peut excéder 3 000 euros pour une personne physique "
     "et 15 000 euros pour une personne morale", [("fine", None, 3000, "eur"), ("fine", None, 15000, "eur")]),
    ("encourt une amende de cent dollars et, à défaut de paiement, un emprisonnement d'un mois",
     [("fine", None, 100, "")]),
    ("soit pour un délit lié à une entreprise secrète ou puni de dix ans d'emprisonnement, et sa présence", []),
]  # fmt: skip
ENGLISH: list[tuple[str, list[Read]]] = [
    ("is punishable by imprisonment in a prison for two, three or four years", [("imprisonment", 2, 3, "years")]),
    ("is liable to a fine not exceeding ten pounds or, at the discretion of the court, to imprisonment for two months",
     [("fine", None, 10, ""), ("imprisonment", 2, 2, "months")]),
    ("is liable to a fine not exceeding £50 for any day on which the default goes on", [("fine", None, 50, "")]),
    ("is liable to a fine not exceeding €2 million", [("fine", None, 2000000, "eur")]),
    ("is liable to a fine not exceeding 4 per cent of the turnover", [("fine", None, 4, "percent")]),
    ("is liable to a fine of not less than $500 and not more than $9,000 or to imprisonment for life",
     [("fine", 500, 9000, ""), ("life_imprisonment", None, None, "")]),
    ("shall incur a fine not exceeding two hundred dollars for the first offence and five hundred dollars for each "
     "subsequent offence", [("fine", None, 200, ""), ("fine", 500, 500, "")]),
    ("is liable to a class C fine or imprisonment for a term not exceeding 3 months",
     [("fine", None, None, ""), ("imprisonment", None, 3, "months")]),
    ("is liable to a fine not exceeding level 5 on the standard scale", [("fine", None, 5, "")]),
    ("Maximum penalty—100 penalty units or 1 year's imprisonment.",
     [("fine", 100, 100, ""), ("imprisonment", 1, 1, "years")]),
    ("shall be punished with rigorous imprisonment for a term which shall not be less than ten years but which may "
     "extend to imprisonment for life", [("imprisonment", 10, None, "years"), ("life_imprisonment", None, None, "")]),
    ("is liable to imprisonment for a term of not more than five years and to a minimum punishment of imprisonment "
     "for a term of one year", [("imprisonment", 1, 5, "years")]),
    ("shall be punished with imprisonment for life or for a term which may extend to 20 years",
     [("life_imprisonment", None, None, ""), ("imprisonment", None, 20, "years")]),
    ("shall be punished with imprisonment for a term which may extend to 2 years, in addition to any term of "
     "imprisonment to which he is liable otherwise", [("imprisonment", None, 2, "years")]),
    ("establishing offences punishable on summary conviction and setting fines or imprisonment for them", []),
    ("may be retained until the fine imposed on conviction is paid, or sold in satisfaction of the fine", []),
    ("a case where upon conviction he is not liable to a term of imprisonment", []),
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


def test_a_fine_in_two_currencies_or_of_the_greater_of_two_sums_is_unsure() -> None:
    for text in ("is liable to a fine of $5,000 or £300", "is liable to a fine of $5,000 or twice the gain"):
        assert not read(text, "en")[0].sure


def test_fines_in_different_money_are_not_compared() -> None:
    shillings = read("is liable to a fine not exceeding five thousand shillings", "en")
    more = read("is liable to a fine not exceeding nine thousand shillings", "en")
    units = read("is liable to a fine not exceeding ten currency points", "en")
    assert [fact.fact for fact in compare(shillings, more).facts] == ["max_up"]
    assert compare(shillings, units).outcome is Outcome.UNCERTAIN
    assert compare(read("is liable to a class B fine", "en"), read("is liable to a class A fine", "en")).facts


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "imprisonment for a term "),
        ("en", "five hundred dollars "),
        ("fr", "d'au moins 15 000 $ et d'au plus "),
        ("ru", "юридических лиц - "),
        ("kk", "жеке тұлғаларға – "),
    ],
)
def test_a_repeated_phrase_is_read_in_linear_time(language: str, phrase: str) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        read(f"is liable to {phrase * times} puni наказывается жазаланады", language)
        return process_time() - start

    assert seconds(8_000) < 8 * max(seconds(2_000), 0.01)


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
