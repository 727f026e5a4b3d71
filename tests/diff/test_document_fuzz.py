"""No text whatever makes the document, its layout or what its rows say raise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.diff.document import Document, build_document, build_plain
from tui.diff.forms import Shape
from tui.diff.headline import describe, is_hostile
from tui.diff.judge import ask_unidiff
from tui.diff.row import NO_LINES
from tui.diff.texts import all_texts

MAIL = """\
Why it is so.

- one thing
Signed-off-by: A <a@example.org>
---
v2: x

 a.c             |   3 ++-
 x => y/b.bmp    | Bin 0 -> 142 bytes
 {p => q}/c.h    |   0
 ...long/name.py | 12 ++++++------
 4 files changed, 2 insertions(+), 1 deletion(-)
 create mode 100755 b.bmp
 rename {p => q}/c.h (98%)
 mode change 100644 => 100755 a.c

new file mode 100644
GIT binary patch
"""
DIFF = """\
diff --git a/a.c b/a.c
old mode 100644
new mode 100755
index 1234567..89abcde
--- a/a.c
+++ b/a.c
@@ -1,2 +1,3 @@ f
 one
-two
+2
+2.5
\\ No newline at end of file
diff --git "a/b\\303.bmp" b/b.bmp
new file mode 100644
index 0..1
GIT binary patch
literal 142
zcmZQzU

diff --git a/p/c.h b/q/c.h
similarity index 98%
rename from p/c.h
rename to q/c.h
Binary files a/x and b/x differ
diff --cc d
index 1,2..3
--- a/d
+++ b/d
@@@ -1,1 -1,1 +1,1 @@@
- a
++c
Index: e
=====
"""
SIGNATURE = "-- \n2.39.5\n"
ODD = st.one_of(
    st.text(
        st.sampled_from('0123456789|+-@,>=%{}() \t\r\n\f\v\x85\xa0\u2028\u3000\0\x1b²٣é漢\u0301\u202e\\"')
    ),
    st.sampled_from([*MAIL.split("\n"), *DIFF.split("\n"), "---", "\n", "|", " => ", "9" * 4400, " " * 600]),
    st.text(),
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), ODD), max_size=8)


def edit(text: str, edits: list[tuple[float, int, str]]) -> str:
    for where, length, new in edits:
        start = int(where * len(text))
        text = text[:start] + new + text[start + length :]
    return text


def look_at_all(document: Document, width: int) -> list[str]:
    for shape in (Shape(width, width // 2, True, True), Shape(width)):
        document.lay_out(shape)
        for number in range(document.count):
            assert document.row_at(*document.where(number)) == number
            assert document.row(number).end >= document.row(number).start
    for number, file in enumerate(document.index.files):
        assert isinstance(describe(file), str)
        assert isinstance(is_hostile(file.path), bool)
        assert isinstance(ask_unidiff(document.index, number), str)
    assert document.digits >= 3
    assert len(document.hunk_rows) == len(document.index.hunks)
    assert len(document.file_rows) == len(document.index.files)
    for places in (range(document.places), range(document.places // 3, document.places // 2)):
        kept = [place for place in places if document.plain_row(place).kind not in NO_LINES]
        assert list(document.lines_at(places)) == list(map(document.text_at, kept))
    assert list(all_texts(document._places)) == list(
        map(document.text_at, range(document.diff, document.places))
    )
    return [document.row(number).text for number in range(document.count)]


@settings(max_examples=150, deadline=None)
@given(EDITS, EDITS, st.integers(0, 130))
def test_damaged_mail(
    content: list[tuple[float, int, str]], diff: list[tuple[float, int, str]], width: int
) -> None:
    mail, patch = edit(MAIL, content), edit(DIFF + SIGNATURE, diff)
    assert look_at_all(build_document(mail, patch), width)
    plain = look_at_all(build_plain(mail, patch), width)
    raw = [line for text in (mail, patch) if text for line in text.split("\n")]
    assert plain[len(plain) - len(raw) :] == raw


@settings(max_examples=150, deadline=None)
@given(st.lists(ODD).map("\n".join), st.lists(ODD).map("\n".join), st.integers(0, 130), st.booleans())
def test_any_text(content: str, diff: str, width: int, cover: bool) -> None:
    document = build_document(content, diff, cover=cover, subject=diff[:80], author=content[:80])
    assert look_at_all(document, width)
