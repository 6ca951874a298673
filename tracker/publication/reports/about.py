"""What a report was made from and what was asked for, as names and values."""

from __future__ import annotations

from django.utils.translation import get_language_info, gettext

from tracker.publication.pages import words
from tracker.publication.pages.reading import BASES
from tracker.publication.reports.content import DataValue, Options, Origin
from tracker.publication.reports.material import Material
from tracker.publication.reports.presets import status


def facts(material: Material, options: Options, origin: Origin) -> tuple[tuple[str, DataValue], ...]:
    law, text = material.overview["law"], material.text
    found: list[tuple[str, DataValue]] = [
        (gettext("Law"), words.say(law["names"])),
        (gettext("Headline"), " ".join(status.sentences(material, options.base))),
        (gettext("Organisation"), origin.organisation),
        (gettext("Release"), origin.release or None),
        (gettext("Date"), origin.day),
        (gettext("Frozen address"), origin.address),
        (gettext("Hash of the release"), origin.hash),
        (gettext("Text"), words.text_name(text)),
        *_options(material, options),
    ]
    return tuple((name, value) for name, value in found if value not in {"", None})


def _options(material: Material, options: Options) -> list[tuple[str, DataValue]]:
    topics = {topic["slug"]: words.say(topic["names"]) for topic in material.overview["topics"]}
    texts = [words.text_name(each) for each in material.overview["texts"] if each["slug"] in options.texts]
    every = gettext("all")
    return [
        (gettext("Language"), get_language_info(options.language)["name_local"]),
        (gettext("Base of the verdicts"), str(BASES[options.base])),
        (gettext("Topics"), ", ".join(topics.get(slug, slug) for slug in options.topics) or every),
        (gettext("Texts in the history"), ", ".join(texts) or every),
        (gettext("Verdicts listed"), ", ".join(str(words.VERDICTS[each]) for each in options.verdicts) or every),
        (gettext("Words of the law"), gettext("yes") if options.quotes else gettext("no")),
        (gettext("Changes after"), options.since),
    ]
