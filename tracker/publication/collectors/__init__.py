"""Rows → documents. Every published field is named here; nothing else reaches a page.

`LiveSource` collects for a member now; `collect_law` collects what the next release of a law shows.
"""

from tracker.publication.collectors.live import LiveSource
from tracker.publication.collectors.whole import collect_catalogue, collect_law

__all__ = ["LiveSource", "collect_catalogue", "collect_law"]
