"""Reports: what the record says, as a document to hand over. `content.py` says what a report may hold."""
