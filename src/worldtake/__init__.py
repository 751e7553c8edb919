"""The world's view of a story, with receipts."""

__version__ = "0.1.0"
