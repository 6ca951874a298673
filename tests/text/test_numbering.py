"""Printed numbers stand in the order in which laws print them."""

from __future__ import annotations

import pytest

from codes.text.numbering import integer, roman_value, sort_key


@pytest.mark.parametrize(
    "numbers",
    [
        ["130", "130-1", "130-2", "131"],
        ["104", "104.1", "105"],
        ["129", "129~2", "129-1", "130"],
        ["34", "34A", "34B", "35"],
        ["1er A", "1er", "2 bis A", "2 bis", "2 ter A", "2 ter", "3"],
        ["L. 121-3", "L. 121-3-1", "L. 122-1", "R. 1"],
        ["222-33-2", "222-33-2-1", "222-34"],
        ["I", "II", "IV", "IX", "X", "XL"],
        ["7", "7-1", "8", "10"],
    ],
)
def test_numbers_are_ordered_as_printed(numbers: list[str]) -> None:
    shuffled = numbers[1::2] + numbers[::2]
    assert sorted(shuffled, key=sort_key) == numbers


def test_leading_number_and_numerals_have_values() -> None:
    assert [integer(number) for number in ("174", "174-1", "L. 121-3")] == [174, 174, None]
    assert [roman_value(numeral) for numeral in ("IV", "XIX", "XC", "CC")] == [4, 19, 90, 200]
