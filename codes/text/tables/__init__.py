"""Comparative tables: the Word tables in which parliaments of the region set proposals beside the text of a draft."""

from codes.text.tables.comparative import Amendment, ComparativeTable, read_table

__all__ = ["Amendment", "ComparativeTable", "read_table"]
