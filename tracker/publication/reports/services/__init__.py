"""The only writers of saved reports."""
