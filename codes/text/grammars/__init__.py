"""Drafting traditions as data: one module for each, one `Grammar` value for each way of printing laws."""
