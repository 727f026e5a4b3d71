"""The diffstat of the mail goes where ours says the same, and nothing else goes with it."""

from __future__ import annotations

import pytest

from tui.diff.index import index_diff
from tui.diff.mailstat import cut_stat

DIFF = """\
diff --git a/a.c b/a.c
index 1..2 100644
--- a/a.c
+++ b/a.c
@@ -1 +1,3 @@
-two
+2
+2.5
+3
diff --git a/long/way/to/new.sh b/long/way/to/new.sh
new file mode 100755
index 0..2
--- /dev/null
+++ b/long/way/to/new.sh
@@ -0,0 +1 @@
+x
diff --git a/fw/old.h b/fw/host/old.h
similarity index 98%
rename from fw/old.h
rename to fw/host/old.h
diff --git a/x.bmp b/x.bmp
new file mode 100644
index 0..1
GIT binary patch
literal 142
zcmZQzU
"""
INDEX = index_diff(DIFF)
FILES = """\
 a.c                    |   4 +++-
 long/way/to/new.sh     |   1 +
 fw/{ => host}/old.h    |   0
 x.bmp                  | Bin 0 -> 142 bytes
"""
SUMS = " 4 files changed, 4 insertions(+), 1 deletion(-)\n"
MODES = """\
 create mode 100755 long/way/to/new.sh
 rename fw/{ => host}/old.h (98%)
 create mode 100644 x.bmp
"""
STAT = FILES + SUMS + MODES


@pytest.mark.parametrize("stat", [STAT, FILES + SUMS, SUMS, FILES.replace("long/way/to", "...") + SUMS])
def test_a_stat_that_says_the_same_goes(stat: str) -> None:
    assert cut_stat(f"Why.\n---\n{stat}", INDEX) == "Why."
    assert cut_stat(f"Why.\n\n{stat}", INDEX) == "Why."
    assert cut_stat(f"Why.\n---\n{stat}".replace("\n", "\r\n"), INDEX) == "Why."


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("5 +++-", "4 +++-"),
        (" b.c ", " a.c "),
        ("Bin 7 ->", "Bin 0 ->"),
        ("4 insertions", "3 insertions"),
        ("100644 long", "100755 long"),
        ("(97%)", "(98%)"),
        ("{ => guest}", "{ => host}"),
        (" mode change 100644 => 100755 a.c\n create mode 100755", " create mode 100755"),
        (" long/way/to/new.sh | 1 +\n a.c ", " a.c "),
    ],
)
def test_a_stat_that_says_anything_else_stays(wrong: str, right: str) -> None:
    message = f"Why.\n---\n{STAT.replace(right, wrong, 1)}"
    if wrong == "4 insertions":
        message = message.replace("4 insertions", "3 insertions")
    assert cut_stat(message, INDEX) == message


def changed(content: str) -> str:
    """The diff of a binary that was there and stays."""
    return f"diff --git a/x.bin b/x.bin\nindex 1..2 100644\n{content}"


PATCH = "GIT binary patch\n{new}\nzcmZQzU\n\n{old}\nzcmZQzU\n\n"
GONE = "diff --git a/x.bin b/x.bin\ndeleted file mode 100644\nindex 1..0\n"


@pytest.mark.parametrize(
    ("diff", "goes"),
    [
        (changed("Binary files a/x.bin and b/x.bin differ\n"), True),
        (changed(PATCH.format(new="literal 900", old="literal 1024")), True),
        (changed(PATCH.format(new="delta 12", old="literal 1024")), True),
        (changed(PATCH.format(new="literal 901", old="literal 900")), False),
        (GONE + "Binary files a/x.bin and /dev/null differ\n", False),
    ],
)
def test_sizes_of_a_binary_agree_as_far_as_they_are_known(diff: str, goes: bool) -> None:
    message = "Why.\n---\n x.bin | Bin 1024 -> 900 bytes\n 1 file changed, 0 insertions(+), 0 deletions(-)\n"
    assert cut_stat(message, index_diff(diff)) == ("Why." if goes else message)
    gone = message.replace("-> 900", "-> 0")
    assert cut_stat(gone, index_diff(f"{GONE}Binary files a/x.bin and /dev/null differ\n")) == "Why."


def test_all_other_text_stays() -> None:
    notes = "v2: x\n  - y\n"
    assert cut_stat(f"Why.\n---\n{notes}\n{STAT}\n\nbase-commit: 1", INDEX) == (
        f"Why.\n---\n{notes}\nbase-commit: 1"
    )
    assert cut_stat(f"Why.\n---\n{STAT}\n\nbase-commit: 1\n\n\n2", INDEX) == (
        "Why.\n---\nbase-commit: 1\n\n\n2"
    )
    assert cut_stat(f"Why.\n---\n{STAT} rewrite a.c (80%)", INDEX) == "Why.\n---\n rewrite a.c (80%)"


def test_what_the_commit_quotes_stays() -> None:
    message = f"Fix the output:\n\n{STAT}\nwas wrong.\n---\n"
    assert cut_stat(message, INDEX) == message
    assert cut_stat("", INDEX) == ""
