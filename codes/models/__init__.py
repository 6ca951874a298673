"""The law's words: jurisdictions, laws, stages, versions, articles, texts."""

from codes.models.imports import Import
from codes.models.laws import Code, Jurisdiction, Membership, Source, Stage
from codes.models.texts import Article, ArticleText, Division, SourceDocument, Version, VersionFile

__all__ = [
    "Article",
    "ArticleText",
    "Code",
    "Division",
    "Import",
    "Jurisdiction",
    "Membership",
    "Source",
    "SourceDocument",
    "Stage",
    "Version",
    "VersionFile",
]
