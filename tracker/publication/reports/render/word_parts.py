"""The parts of a DOCX that are the same for every report: styles, numbering, settings, properties, and the ZIP.

Written by hand rather than filled into somebody's template, so that no author, thumbnail or revision id comes along.
Elements stand in the order that the schema of WordprocessingML (ECMA-376) asks for.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from html import escape

from tracker.publication.reports.content import ReportContent
from tracker.publication.reports.render.look import ADDED, DELETED, HEAD, INK, LINE, MOVED, MUTED

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Faces that every office has and that hold the Kazakh letters; the law's words are in the serif one.
SANS, SERIF = "Arial", "Times New Roman"
LOCALES = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ", "fr": "fr-FR"}
_MUTED = f'<w:color w:val="{MUTED}"/>'
_SMALL = '<w:sz w:val="17"/>'
_BAR = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{LINE}"/></w:pBdr><w:ind w:left="284"/>'
_TIGHT = '<w:spacing w:after="20" w:line="240" w:lineRule="auto"/>'
# The earliest moment a ZIP can name: every entry has it, so that the same content is the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def locale(language: str) -> str:
    return LOCALES.get(language, language)


def package(parts: Mapping[str, bytes | str]) -> bytes:
    """The ZIP of these parts, in their order, without times or hints of a machine."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(entry, part)
    return file.getvalue()


def content_types() -> str:
    over = {
        "/word/document.xml": f"{_TYPES}.document.main+xml",
        "/word/styles.xml": f"{_TYPES}.styles+xml",
        "/word/numbering.xml": f"{_TYPES}.numbering+xml",
        "/word/settings.xml": f"{_TYPES}.settings+xml",
        "/word/header1.xml": f"{_TYPES}.header+xml",
        "/word/footer1.xml": f"{_TYPES}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in over.items())
    return (
        f'{DECLARATION}<Types xmlns="{types}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="svg" ContentType="image/svg+xml"/>{rows}</Types>'
    )


def relations(rows: list[tuple[str, str, str]]) -> str:
    """`rows`: id, kind, target. Addresses of the web lie outside the package."""
    found = []
    for name, kind, target in rows:
        outside = ' TargetMode="External"' if kind == "hyperlink" else ""
        kind_ = kind if kind.startswith("http") else f"{_RELATION}/{kind}"
        found.append(f'<Relationship Id="{name}" Type="{kind_}" Target="{escape(target)}"{outside}/>')
    home = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{DECLARATION}<Relationships xmlns="{home}">{"".join(found)}</Relationships>'


def package_relations() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return relations(
        [
            ("rId1", "officeDocument", "word/document.xml"),
            ("rId2", core, "docProps/core.xml"),
            ("rId3", "extended-properties", "docProps/app.xml"),
        ]
    )


def core(content: ReportContent) -> str:
    """Product, organisation, release and date, and nothing else."""
    origin = content.origin
    at = _midnight(origin.day)
    title = f"{content.title} – {content.law_name}"
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(origin.organisation)}</dc:creator>"
        f"<dc:identifier>{origin.release} {escape(origin.hash)}</dc:identifier>"
        f"<dc:language>{locale(content.options.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified></cp:coreProperties>'
    )


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def app(content: ReportContent) -> str:
    home = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return (
        f'{DECLARATION}<Properties xmlns="{home}"><Application>{escape(content.labels.product)}</Application>'
        f"<Company>{escape(content.origin.organisation)}</Company></Properties>"
    )


def settings() -> str:
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W}"><w:removePersonalInformation/><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="709"/><w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


def numbering() -> str:
    return (
        f'{DECLARATION}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType'
        ' w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="284" w:hanging="227"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def picture(relation: str, number: int, description: str, size: tuple[int, int], vector: str = "") -> str:
    """`size`: width and height in EMU. `vector`: relation of the same drawing as SVG."""
    (width, height), said = size, escape(description)
    namespace = 'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
    lines = (
        f'<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip {namespace}'
        f' r:embed="{vector}"/></a:ext></a:extLst>'
        if vector
        else ""
    )
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="{relation}" descr="{said}"/><a:graphic><a:graphicData'
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{relation}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}">{lines}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


# ---- styles ----


def styles(language: str) -> str:
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_face(SANS)}<w:color w:val="{INK}"/><w:sz w:val="19"/>'
        '<w:szCs w:val="19"/>'
        f'<w:lang w:val="{locale(language)}" w:eastAsia="{locale(language)}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="60" w:line="247" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    found = [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>',
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        _paragraph("Title", "Title", '<w:keepNext/><w:spacing w:after="60"/>', '<w:b/><w:sz w:val="36"/>'),
        _paragraph("Subtitle", "Subtitle", '<w:keepNext/><w:spacing w:after="20"/>', _MUTED),
        *(_heading(level, size, before) for level, size, before in ((1, 27, 200), (2, 21, 130), (3, 19, 120))),
        _paragraph("Lead", "Lead", "", '<w:sz w:val="23"/>'),
        _paragraph("Note", "Note", "", _MUTED + _SMALL),
        _paragraph("Caution", "Caution", f"<w:pBdr>{_sides('single', 12, DELETED[0])}</w:pBdr>", "<w:b/>"),
        _paragraph("LawText", "Law text", "", f'{_face(SERIF)}<w:sz w:val="19"/>'),
        _paragraph("Place", "Place", '<w:keepNext/><w:spacing w:before="40" w:after="0"/>', _MUTED + _SMALL),
        _paragraph("Quote", "Quote", _BAR, f'{_face(SERIF)}<w:sz w:val="20"/>'),
        _paragraph("QuoteSource", "Quote source", _BAR, _MUTED + _SMALL),
        _paragraph("Caption", "caption", '<w:keepNext/><w:spacing w:before="80" w:after="40"/>', _MUTED + _SMALL),
        _paragraph("Fact", "Fact", "", ""),
        _paragraph("TableText", "Table text", _TIGHT, _SMALL),
        _paragraph("TableHead", "Table head", f"<w:keepNext/>{_TIGHT}", f"<w:b/>{_SMALL}"),
        _paragraph("ListBullet", "List Bullet", '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="20"/>', ""),
        _paragraph("TOCHeading", "TOC Heading", '<w:keepNext/><w:spacing w:before="160"/>', '<w:b/><w:sz w:val="23"/>'),
        _paragraph("TOC1", "toc 1", '<w:spacing w:before="60" w:after="20"/>', ""),
        _paragraph("TOC2", "toc 2", '<w:spacing w:after="10"/><w:ind w:left="284"/>', ""),
        _paragraph("Header", "header", '<w:spacing w:after="0"/>', f'{_MUTED}<w:sz w:val="15"/>'),
        _paragraph("Footer", "footer", '<w:spacing w:after="0"/>', f'{_MUTED}<w:sz w:val="15"/>'),
        _character("Strong", "Strong", "<w:b/>"),
        _character("Muted", "Muted", _MUTED),
        _character("Law", "Law words", _face(SERIF)),
        _character("Hyperlink", "Hyperlink", '<w:color w:val="0B4F8A"/><w:u w:val="single"/>'),
        _character("Added", "Added words", _mark("<w:u w:val='single'/>", ADDED)),
        _character("Deleted", "Deleted words", _mark("", DELETED, "<w:strike/>")),
        _character("MovedHere", "Words moved here", _mark("<w:u w:val='double'/>", MOVED)),
        _character("MovedAway", "Words moved away", _mark("", MOVED, "<w:dstrike/>")),
        _table_style(),
    ]
    return f'{DECLARATION}<w:styles xmlns:w="{W}">{defaults}{"".join(found)}</w:styles>'


def _face(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _mark(line: str, colours: tuple[str, str], strike: str = "") -> str:
    """The look of changed words: a line under or through them first, colour only beside it."""
    return f'{strike}<w:color w:val="{colours[0]}"/>{line}{_shade(colours[1])}'


def _shade(fill: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def _paragraph(style: str, name: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _heading(level: int, size: int, before: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>'
        f'<w:spacing w:before="{before}" w:after="60"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _character(style: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{style}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _sides(kind: str, size: int, colour: str) -> str:
    return "".join(
        f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="4" w:color="{colour}"/>'
        for side in ("top", "left", "bottom", "right")
    )


def _table_style() -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="70" w:type="dxa"/>' for side in ("left", "right"))
    return (
        '<w:style w:type="table" w:styleId="Report"><w:name w:val="Report table"/><w:qFormat/><w:tblPr>'
        f"<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{_shade(HEAD)}</w:tcPr></w:tblStylePr></w:style>'
    )
