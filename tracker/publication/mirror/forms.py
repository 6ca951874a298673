"""A form asks a server; in a copy each of its choices is a link to the page that the server would have answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlencode


@dataclass
class Choice:
    """One control: its label and (words, value, chosen) for each thing to choose."""

    name: str
    label: str = ""
    options: list[tuple[str, str, bool]] = field(default_factory=list)


class FormReader(HTMLParser):
    """Selects, radio buttons and checkboxes of one form, and the links that stand inside it as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, Choice] = {}
        self.links: list[str] = []
        self._words = ""
        self._label = ""
        self._open: tuple[str, str, bool] | None = None  # name, value, chosen of what is being read
        self._select = ""
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"label", "legend", "option", "a"}:
            self._words = ""
        if tag == "a":
            self._link = self.get_starttag_text() or ""
        elif tag == "select":
            self._select = given.get("name") or ""
            self.choices[self._select] = Choice(self._select, self._label)
        elif tag == "option":
            self._open = (self._select, given.get("value") or "", "selected" in given)
        elif tag == "input" and given.get("type") in {"radio", "checkbox"} and "disabled" not in given:
            self._open = (given.get("name") or "", given.get("value") or "", "checked" in given)

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        words = self._words.strip()
        if tag == "a" and self._link:
            self.links.append(f"{self._link}{escape(words)}</a>")
            self._link = ""
        elif tag in {"label", "option"} and self._open is not None:
            name, value, chosen = self._open
            self.choices.setdefault(name, Choice(name, self._label)).options.append((words, value, chosen))
            self._open = None
        elif tag in {"label", "legend"}:
            self._label = words
        elif tag == "fieldset":
            self._label = ""


def as_links(form: str) -> str:
    """The HTML that takes the place of a form: one list for each control, each choice a link `?name=value`.

    Links carry `data-choice`: one that leads to nothing in the copy is taken out afterwards, words and all.
    """
    reader = FormReader()
    reader.feed(form)
    lists = []
    for choice in reader.choices.values():
        label = f"<b>{escape(choice.label)}</b> " if choice.label else ""
        items = "".join(_item(choice.name, *option) for option in choice.options)
        lists.append(f'<div class="small">{label}<ul class="choice">{items}</ul></div>')
    lists += [f'<p class="small">{link}</p>' for link in reader.links]
    return f'<div class="choices no-print">{"".join(lists)}</div>'


def _item(name: str, words: str, value: str, chosen: bool) -> str:
    if chosen:
        return f'<li aria-current="true">{escape(words)}</li>'
    query = f"?{urlencode({name: value})}" if value else ""
    return f'<li><a data-choice href="./{escape(query)}">{escape(words)}</a></li>'
