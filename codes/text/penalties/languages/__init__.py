"""The words of penalties in Russian, Kazakh, English and French (docs/method.md lists them for readers)."""

from __future__ import annotations

from codes.text.penalties.languages.english import ENGLISH
from codes.text.penalties.languages.french import FRENCH
from codes.text.penalties.languages.kazakh import KAZAKH
from codes.text.penalties.languages.russian import RUSSIAN

LANGUAGES = {language.code: language for language in (RUSSIAN, KAZAKH, ENGLISH, FRENCH)}
