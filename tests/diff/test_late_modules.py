"""What Pygments loads with any lexer is loaded by the one that needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

_LOADS = """
import sys
from tui.diff.late_modules import delay_tables
from tui.diff.lexers import load_lexer
delay_tables()
lexer = load_lexer(sys.argv[1])
print(*(value for kind, value in lexer.get_tokens(sys.argv[2]) if "Keyword" in str(kind)))
print("pygments.lexers._mapping" in sys.modules, "html.entities" in sys.modules)
"""


@pytest.mark.parametrize(
    ("lexer", "text", "keywords", "tables"),
    [
        ("c_cpp.CLexer", "return 0;", "return", "False False"),
        # It looks for the lexer of the block by its name.
        ("markup.RstLexer", ".. code-block:: c\n\n   return 0;\n\nx\n", "c return", "True False"),
        ("html.XmlLexer", "<a>&amp;</a>", "", "False False"),
    ],
)
def test_tables_are_loaded_where_they_are_needed(lexer: str, text: str, keywords: str, tables: str) -> None:
    """In a process of its own, as here all is loaded by other tests."""
    command = [sys.executable, "-c", _LOADS, lexer, text]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == [keywords, tables]
