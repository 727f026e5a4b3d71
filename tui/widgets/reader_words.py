"""What stands in the place of a document: words, and bars for text on its way."""

from __future__ import annotations

from textual.strip import Strip

from tui.core.text import clean
from tui.widgets.palette import style
from tui.widgets.reader_strip import Frame, fit, indent

LOADING = (30, 52, 44, 0, 58, 36, 61, 20)
"""The lengths of the bars that stand for text on its way."""


def draw_words(words: str, y: int, frame: Frame, loading: bool) -> Strip:
    """Draw one line of the words that stand for a document, or of the bars below them."""
    colors = frame.colors
    before = (frame.indent, style(colors.text, colors.background))
    lines = _fold(words, max(1, frame.width - indent(frame.width))) if words else [""]
    if 1 <= y <= len(lines):
        return fit([before], [(clean(lines[y - 1]), style(colors.dim))], frame)
    bar = y - len(lines) - 2
    length = LOADING[bar] if loading and 0 <= bar < len(LOADING) else 0
    return fit([before], [(frame.rule * min(length, max(0, frame.width - 4)), style(colors.border))], frame)


def _fold(words: str, width: int) -> list[str]:
    from tui.diff.prose import fold  # not before the first rows: there are bars beside them, and no words

    return [piece for line in words.split("\n") for _, piece in fold(line, width)]
