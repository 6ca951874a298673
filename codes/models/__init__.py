"""The law's words: jurisdictions, laws, stages, versions, articles, texts."""

from codes.models.imports import Choice, Fixing, Import, ImportAnswer, ImportFix, ImportState, StagedLinks, StagedText
from codes.models.laws import Code, Jurisdiction, Membership, Source, Stage
from codes.models.search import SearchEntry, SearchWord
from codes.models.texts import Article, ArticleText, Division, SourceDocument, Version, VersionFile

__all__ = [
    "Article",
    "ArticleText",
    "Choice",
    "Code",
    "Division",
    "Fixing",
    "Import",
    "ImportAnswer",
    "ImportFix",
    "ImportState",
    "Jurisdiction",
    "Membership",
    "SearchEntry",
    "SearchWord",
    "Source",
    "SourceDocument",
    "Stage",
    "StagedLinks",
    "StagedText",
    "Version",
    "VersionFile",
]
