"""DOCX: real styles, headings, header rows, a contents field, languages; changes by underline and strike-through.

The parts that do not depend on the report stand in `word_parts.py`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import singledispatchmethod
from html import escape

import segno

from tracker.publication.documents import Value
from tracker.publication.reports import charts
from tracker.publication.reports.content import (
    Cell,
    Difference,
    Facts,
    Paragraph,
    Penalties,
    Points,
    QrCode,
    Quote,
    ReportContent,
    Run,
    Runs,
    Section,
    StagesChart,
    Table,
    TermsChart,
    UnitChart,
)
from tracker.publication.reports.render import word_parts
from tracker.publication.reports.render.boxed import box_pictures
from tracker.publication.reports.render.frame import WEB, WHOLE_ROW, draft_mark
from tracker.publication.reports.render.look import DIRECTIONS, PAINTS, SIGNS

# Lengths in twentieths of a point; A4.
SHORT, LONG, MARGIN, HEAD_ROOM = 11906, 16838, 1020, 510
EMU_PER_CM, EMU_PER_PIXEL = 360_000, 9_525
QR_CM = 2.6
CHARTS_FROM = 100  # numbers of drawings: codes come before
STYLES = {"added": "Added", "deleted": "Deleted", "moved_here": "MovedHere", "moved_away": "MovedAway",
          "strong": "Strong", "muted": "Muted"}  # fmt: skip
ROLES = {"text": "", "lead": "Lead", "note": "Note", "caution": "Caution"}
# Half points: the longest verdict, in Kazakh, fits its column in one line.
SMALL = 14


def render(content: ReportContent) -> bytes:
    writer = _Writer(content)
    document = writer.document()
    fixed = [
        ("styles", "styles", "styles.xml"),
        ("numbering", "numbering", "numbering.xml"),
        ("settings", "settings", "settings.xml"),
        ("header", "header", "header1.xml"),
        ("footer", "footer", "footer1.xml"),
    ]
    return word_parts.package(
        {
            "[Content_Types].xml": word_parts.content_types(),
            "_rels/.rels": word_parts.package_relations(),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": word_parts.relations(fixed + writer.relations),
            "word/styles.xml": word_parts.styles(content.options.language),
            "word/numbering.xml": word_parts.numbering(),
            "word/settings.xml": word_parts.settings(),
            "word/header1.xml": _header(content),
            "word/footer1.xml": _footer(content),
            "docProps/core.xml": word_parts.core(content),
            "docProps/app.xml": word_parts.app(content),
            **writer.media,
            **writer.drawings(),
        }
    )


# ---- words ----


def text(words: str) -> str:
    """Text of a run; a line end becomes a break. What XML cannot hold is left out."""
    lines = "".join(each for each in words if each >= " " or each in "\t\n").split("\n")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in lines)


def run(words: str, look: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{text(words)}</w:r>" if words else ""


def paragraph(inside: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p>{f'<w:pPr>{named}{more}</w:pPr>' if named or more else ''}{inside}</w:p>"


def tag(value: Value, words: str, size: int = 0) -> str:
    """A verdict: sign, word and colour, with an edge that a photocopy keeps. `size` in half points, 0 as around it."""
    paint = PAINTS[value]
    kind = "dashed" if value == "not_assessed" else "single"
    sized = f'<w:sz w:val="{size}"/>' if size else ""
    look = (
        f'<w:color w:val="{paint.text}"/>{sized}'
        f'<w:bdr w:val="{kind}" w:sz="4" w:space="0" w:color="{paint.edge}"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{paint.fill}"/>'
    )
    face = '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:cs="Segoe UI Symbol"/>'
    # A run of its own for the sign: LibreOffice measures words wrongly beside a sign from another face.
    return run(f"\u00a0{SIGNS[value]}", face + look) + run(f"\u00a0{words}\u00a0", look)


@dataclass
class _Writer:
    """Writes the body; collects the addresses and pictures that it names."""

    content: ReportContent
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    media: dict[str, bytes | str] = field(default_factory=dict)
    drawn: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return (LONG if self.content.landscape else SHORT) - 2 * MARGIN

    def document(self) -> str:
        content = self.content
        head = [
            paragraph(run(content.law_name), "Subtitle"),
            paragraph(run(content.title), "Title"),
            paragraph(run(f"{content.text_name} · {content.labels.as_of}"), "Note"),
        ]
        if content.origin.draft:
            head.append(paragraph(run(draft_mark(content)), "Caution"))
        head += [paragraph(run(line)) for line in content.cover]
        if content.contents:
            head.append(self._contents())
        body = [self._section(order, section) for order, section in enumerate(content.sections)]
        key = paragraph(run(content.labels.key), "Note")
        return (
            f"{word_parts.DECLARATION}<w:document {word_parts.NAMESPACES}><w:body>{''.join([*head, *body])}{key}"
            f"{self._page()}</w:body></w:document>"
        )

    def _page(self) -> str:
        size = (
            f'<w:pgSz w:w="{LONG}" w:h="{SHORT}" w:orient="landscape"/>'
            if self.content.landscape
            else f'<w:pgSz w:w="{SHORT}" w:h="{LONG}"/>'
        )
        return (
            '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default"'
            f' r:id="footer"/>{size}<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}"'
            f' w:header="{HEAD_ROOM}" w:footer="{HEAD_ROOM}" w:gutter="0"/></w:sectPr>'
        )

    def _contents(self) -> str:
        """A contents field with its entries in place: links to the headings, right without being updated."""
        shown = [(order, section) for order, section in enumerate(self.content.sections) if section.level < 3]
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        begin += r' TOC \o "1-2" \h \n </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        lines = []
        for place, (order, section) in enumerate(shown):
            link = f'<w:hyperlink w:anchor="s{order}" w:history="1">{run(section.title)}</w:hyperlink>'
            inside = (begin if place == 0 else "") + link + (end if place == len(shown) - 1 else "")
            lines.append(paragraph(inside, f"TOC{section.level}"))
        return paragraph(run(self.content.labels.contents), "TOCHeading") + "".join(lines)

    def _section(self, order: int, section: Section) -> str:
        mark = f'<w:bookmarkStart w:id="{order}" w:name="s{order}"/>', f'<w:bookmarkEnd w:id="{order}"/>'
        heading = paragraph(
            f"{mark[0]}{run(section.title, _language(section.language))}{mark[1]}", f"Heading{section.level}"
        )
        return heading + "".join(self.draw(block) for block in section.blocks)

    def runs(self, runs: Runs, tags: int = 0) -> str:
        return "".join(self._run(each, tags) for each in runs)

    def _run(self, each: Run, tags: int) -> str:
        if each.verdict:
            return tag(each.verdict, each.text, tags)
        style = STYLES.get(each.look, "Law" if each.law else "")
        look = f'<w:rStyle w:val="{style}"/>' if style else ""
        if each.law:  # a run has one character style: the face of the law's words is said beside it
            serif = word_parts.SERIF
            look += f'<w:rFonts w:ascii="{serif}" w:hAnsi="{serif}" w:eastAsia="{serif}" w:cs="{serif}"/>'
        look += _language(each.language)
        if each.address.startswith(WEB):
            return self._link(each.address, each.text)
        return run(each.text, look)

    def _link(self, address: str, words: str) -> str:
        name = f"link{len(self.relations)}"
        self.relations.append((name, "hyperlink", address))
        return f'<w:hyperlink r:id="{name}" w:history="1">{run(words, _STYLE_OF_LINKS)}</w:hyperlink>'

    # ---- blocks ----

    @singledispatchmethod
    def draw(self, block: object) -> str:
        raise TypeError(f"DOCX does not know a block of the kind {type(block).__name__}.")

    @draw.register
    def _(self, block: Paragraph) -> str:
        law = bool(block.runs) and all(each.law for each in block.runs)
        return paragraph(self.runs(block.runs), "LawText" if law else ROLES[block.role])

    @draw.register
    def _(self, block: Points) -> str:
        return "".join(paragraph(self.runs(item), "ListBullet") for item in block.items)

    @draw.register
    def _(self, block: Facts) -> str:
        return "".join(
            paragraph(run(f"{name}: ", '<w:rStyle w:val="Strong"/>') + self.runs(runs), "Fact")
            for name, runs in block.pairs
        )

    @draw.register
    def _(self, block: Table) -> str:
        heads = [column.title for column in block.columns]
        rows = [[self._cell(cell) for cell in row] for row in block.rows]
        sizes = [sum(len(each.text) for cell in row for runs in cell for each in runs) for row in block.rows]
        return self._table(block.caption, heads, [column.width for column in block.columns], rows, sizes)

    @draw.register
    def _(self, block: Penalties) -> str:
        rows = []
        for row in block.rows:
            changes = "\n".join(f"{DIRECTIONS[way]} {words}".strip() for words, way in row.changes)
            rows.append([_table_text(run(words)) for words in (row.name, row.before, row.after, changes)])
        caption = " ".join(block.sentences)
        return self._table(caption, list(block.columns), [300, 240, 240, 220], rows, [0] * len(rows))

    @draw.register
    def _(self, block: Quote) -> str:
        return paragraph(run(f"“{block.text}”", _language(block.language)), "Quote", "<w:keepNext/>") + paragraph(
            run(block.place), "QuoteSource"
        )

    @draw.register
    def _(self, block: Difference) -> str:
        title = run(f"{block.title}. ", '<w:rStyle w:val="Strong"/>') + run(f"{block.old} → {block.new}")
        found = [paragraph(title, "Caption")]
        for row in block.rows:
            label = " · ".join(each for each in (row.place, row.was) if each)
            if label:
                found.append(paragraph(run(label), "Place"))
            found.append(paragraph(self.runs(row.runs), "LawText"))
        return "".join(found)

    @draw.register
    def _(self, block: UnitChart) -> str:
        tally = run("  ").join(tag(value, words) for value, words in block.tally)
        return self._chart(block) + paragraph(tally)

    @draw.register
    def _(self, block: StagesChart) -> str:
        return self._chart(block) + "".join(paragraph(run(words), "Note") for words in block.said)

    @draw.register
    def _(self, block: TermsChart) -> str:
        return self._chart(block) + "".join(paragraph(run(f"{row.name}: {row.said}"), "Note") for row in block.rows)

    def _chart(self, block: charts.Chart) -> str:
        """A drawing of lines, with a picture for programs that show none."""
        found = charts.drawn(block)
        self.drawn.append(found.svg)
        name = f"chart{len(self.drawn)}"
        for ending in ("svg", "png"):
            self.relations.append((f"{name}{ending}", "image", f"media/{name}.{ending}"))
        size = found.width * EMU_PER_PIXEL, found.height * EMU_PER_PIXEL
        drawing = word_parts.picture(f"{name}png", CHARTS_FROM + len(self.drawn), found.alt, size, f"{name}svg")
        return paragraph(run(found.caption), "Caption") + paragraph(f"<w:r>{drawing}</w:r>")

    def drawings(self) -> dict[str, bytes | str]:
        """The charts of the document as files; their pictures are drawn in the box, all at once."""
        if not self.drawn:
            return {}
        pngs = box_pictures(self.drawn, self.content)
        found: dict[str, bytes | str] = {}
        for order, (svg, png) in enumerate(zip(self.drawn, pngs, strict=True), 1):
            found |= {f"word/media/chart{order}.svg": svg, f"word/media/chart{order}.png": png}
        return found

    @draw.register
    def _(self, block: QrCode) -> str:
        words = paragraph(run(block.words), "", "<w:keepNext/>")
        if not block.address.startswith(WEB):  # the address at home is not set: nothing that a phone could open
            return words + paragraph(run(block.address))
        file = io.BytesIO()
        segno.make(block.address, error="m").save(file, kind="png", scale=8, border=2)
        name = f"qr{len(self.media) + 1}"
        self.media[f"word/media/{name}.png"] = file.getvalue()
        self.relations.append((name, "image", f"media/{name}.png"))
        link = paragraph(self._link(block.address, block.address), "", "<w:keepNext/>")
        side = int(QR_CM * EMU_PER_CM)
        code = word_parts.picture(name, len(self.media), block.address, (side, side))
        return words + link + paragraph(f"<w:r>{code}</w:r>")

    def _cell(self, cell: Cell) -> str:
        return "".join(_table_text(self.runs(runs, SMALL)) for runs in cell) or _table_text("")

    def _table(
        self,
        caption: str,
        titles: list[str],
        widths: list[int],
        rows: list[list[str]],
        sizes: list[int],
        *,
        heads: bool = True,
    ) -> str:
        """`widths` in permille. `sizes`: characters of each row. `heads`: the first row is a header, said on each
        page.
        """
        lengths = [self.width * width // 1000 for width in widths]
        grid = "".join(f'<w:gridCol w:w="{length}"/>' for length in lengths)
        first = _row(
            [_table_text(run(title), "TableHead") for title in titles], lengths, "<w:cantSplit/><w:tblHeader/>"
        )
        body = "".join(
            _row(row, lengths, "<w:cantSplit/>" if size < WHOLE_ROW else "")
            for row, size in zip(rows, sizes, strict=True)
        )
        look = (
            f'<w:tblLook w:val="{"0620" if heads else "0600"}" w:firstRow="{int(heads)}" w:lastRow="0"'
            ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        )
        return (
            f'{paragraph(run(caption), "Caption")}<w:tbl><w:tblPr><w:tblStyle w:val="Report"/>'
            f'<w:tblW w:w="{sum(lengths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
            f'<w:tblCaption w:val="{escape(caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{first if heads else ''}{body}</w:tbl>{paragraph('', 'Note')}"
        )


_STYLE_OF_LINKS = '<w:rStyle w:val="Hyperlink"/>'


def _language(language: str) -> str:
    return f'<w:lang w:val="{word_parts.locale(language)}"/>' if language else ""


def _table_text(inside: str, style: str = "TableText") -> str:
    return paragraph(inside, style)


def _row(cells: list[str], lengths: list[int], properties: str) -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{length}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, length in zip(cells, lengths, strict=True)
    )
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inside}</w:tr>"


# ---- every page ----


def _header(content: ReportContent) -> str:
    lines = paragraph(run(f"{content.law_name} · {content.title}"), "Header")
    if content.origin.draft:
        lines = paragraph(run(draft_mark(content), "<w:b/>"), "Header") + lines
    return f"{word_parts.DECLARATION}<w:hdr {word_parts.NAMESPACES}>{lines}</w:hdr>"


def _footer(content: ReportContent) -> str:
    """The day, the frozen address and the page: what a single sheet needs to be checked by."""
    labels, origin = content.labels, content.origin
    before, rest = labels.page.split("{page}")
    between, after = rest.split("{pages}")
    pages = f"{run(before)}{_field('PAGE')}{run(between)}{_field('NUMPAGES')}{run(after)}"
    by = " · ".join(each for each in (labels.product, origin.organisation, labels.as_of) if each)
    return (
        f"{word_parts.DECLARATION}<w:ftr {word_parts.NAMESPACES}>{paragraph(run(origin.address), 'Footer')}"
        f"{paragraph(run(f'{by} · ') + pages, 'Footer')}</w:ftr>"
    )


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
