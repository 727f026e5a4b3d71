"""Patch text to rows: index, highlighting, layout.  Knows no Textual."""
