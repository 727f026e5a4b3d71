"""Remarks are placed at the line that they are about, or nowhere."""

from __future__ import annotations

import pytest

from tests.bench.made_diff import make_patch
from tests.bench.made_quotes import make_cases
from tui.core.letter import read_letter
from tui.diff.index import index_diff
from tui.diff.quotable import Quotable
from tui.diff.remarks import place_remarks

DIFF = (
    "diff --git a/drivers/a.c b/drivers/a.c\n"
    "index 1234567..89abcde 100644\n"
    "--- a/drivers/a.c\n"
    "+++ b/drivers/a.c\n"
    "@@ -10,7 +10,9 @@ static int probe(struct device *dev)\n"
    " \tint ret;\n"
    " \n"
    " \tret = first(dev);\n"
    "-\tif (ret)\n"
    "+\tif (ret < 0)\n"
    " \t\treturn ret;\n"
    "+\n"
    '+\tdev_info(dev, "a message that is so long that mail clients wrap it somewhere, %d\\n", ret);\n'
    " \treturn 0;\n"
    " }\n"
    "@@ -40,4 +42,5 @@ static int remove(struct device *dev)\n"
    " \tint ret;\n"
    " \n"
    " \tret = second(dev);\n"
    "+\tmsleep(10);\n"
    " \treturn 0;\n"
    "diff --git a/drivers/b.c b/drivers/b.c\n"
    "index 1234567..89abcde 100644\n"
    "--- a/drivers/b.c\n"
    "+++ b/drivers/b.c\n"
    "@@ -1,4 +1,5 @@\n"
    " \tint ret;\n"
    " \n"
    " \tret = third(dev);\n"
    "+\tmsleep(10);\n"
    " \treturn 0;\n"
)
MESSAGE = "a: return what went wrong\n\nreturn 0;\nwas returned whatever happened.\n"


def placed(content: str, diff: str = DIFF) -> list[str]:
    """Return for each remark its line of the diff with its number."""
    index = index_diff(diff)
    remarks = place_remarks(read_letter(content), Quotable(index, MESSAGE))
    return [f"{remark.line} {index.lines[remark.line]}" for remark in remarks]


def said(content: str) -> list[list[str]]:
    letter = read_letter(content)
    remarks = place_remarks(letter, Quotable(index_diff(DIFF), MESSAGE))
    return [[line.text for line in letter[remark.first : remark.end]] for remark in remarks]


@pytest.mark.parametrize(
    "quote",
    [
        "> -\tif (ret)\n> +\tif (ret < 0)",
        "> +\tif (ret < 0)",
        ">+\tif (ret < 0)",
        "> +       if (ret < 0)",
        "> + if (ret < 0)",
        "> \tif (ret < 0)",
        "> if (ret < 0)",
        ">> +\tif (ret < 0)",
        "> @@ -10,7 +10,9 @@ static int probe(struct\n> device *dev)\n> [...]\n> +\tif (ret < 0)",
        "> -\tif (ret)\n[snip]\n> +\tif (ret < 0)",
        "> -\tif (ret) +\tif (ret < 0)",
        "AB> -\tif (ret)\nAB> +\tif (ret < 0)",
        "| -\tif (ret)\n| +\tif (ret < 0)",
        ">> +\tif (ret < 0)\n>\n> Why?",
        "> +\tif (ret < 0)\n>\n>",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_quote_is_found_however_it_was_trimmed_and_spoilt(quote: str, gap: str) -> None:
    assert placed(f"On Tuesday, Anna wrote:\n{quote}{gap}This is wrong.") == ["9 +\tif (ret < 0)"]


@pytest.mark.parametrize("mark", ["> ", ""])
def test_a_wrapped_line_is_put_together(mark: str) -> None:
    quote = (
        '> +\tdev_info(dev, "a message that is so long that mail clients\n'
        f'{mark}wrap it somewhere, %d\\n", ret);\n\nToo long.'
    )
    assert [line[:5] for line in placed(quote)] == ["12 +\t"]


def test_a_remark_is_all_that_is_said_up_to_the_next_quotation() -> None:
    content = "Hello,\n\n> +\tif (ret < 0)\n\nOne.\n\nTwo.\n\n>  \t\treturn ret;\n> +\n\nThree.\n\n"
    content += "> \tmsleep(1);\n\n-- \nme"
    assert said(content) == [["One.", "", "Two."], ["Three."]]


def test_signatures_and_courtesy_and_trailers_are_no_remarks() -> None:
    for words in ("-- \nme", "Thanks,\nAnna", "Reviewed-by: A <a@example.org>", "Otherwise fine.", ""):
        assert not placed(f"> +\tif (ret < 0)\n\n{words}")


def test_what_stands_above_its_quotation_has_no_place() -> None:
    assert not placed(f"Please do not.\n\nOn Tuesday, Anna wrote:\n> {DIFF.replace(chr(10), chr(10) + '> ')}")


def test_what_quotes_the_message_has_no_place() -> None:
    assert not placed("> return 0;\n\nNot whatever happened.")
    assert not placed("> was returned whatever happened.\n\nReally?")


def test_what_stands_twice_has_no_place_unless_something_tells_which() -> None:
    assert not placed("> +\tmsleep(10);\n\nWhy?")
    assert not placed("> \tint ret;\n\nWhy?")
    assert placed("> \tret = second(dev);\n> +\tmsleep(10);\n\nWhy?") == ["19 +\tmsleep(10);"]
    assert placed("> +++ b/drivers/b.c\n[...]\n> +\tmsleep(10);\n\nWhy?") == ["29 +\tmsleep(10);"]
    assert placed("> @@ -1,4 +1,5 @@\n[...]\n> +\tmsleep(10);\n\nWhy?") == ["29 +\tmsleep(10);"]
    assert placed("> \tret = third(dev);\n\nA.\n\n> +\tmsleep(10);\n\nWhy?")[1] == "29 +\tmsleep(10);"
    assert placed("> +\tmsleep(10);\n\nWhy?\n\n> diff --git a/drivers/b.c b/drivers/b.c") == []


def test_what_is_quoted_next_tells_which() -> None:
    content = (
        "> \t}\n> \treturn 0;\n\nWhy?\n\n> }\n> @@ -40,4 +42,5 @@ static int remove(struct device *dev)\n\nx"
    )
    assert placed(content)[0] == "13  \treturn 0;"


def test_a_header_can_be_remarked_on() -> None:
    assert placed("> diff --git a/drivers/b.c b/drivers/b.c\n\nNot this file.") == [
        "21 diff --git a/drivers/b.c b/drivers/b.c"
    ]


def test_a_damaged_line_is_found_by_those_above_it() -> None:
    quote = "> \tint ret;\n>\n> \tret = first(dev);\n> -\tif (ret)\n> +\tif (ret =3C 0)\n\nNo."
    assert placed(quote) == ["9 +\tif (ret < 0)"]
    quote = "> \tret = first(dev);\n> -\tif (ret)\n> +\tif (somethingelse(altogether))\n\nNo."
    assert not placed(quote)


def test_what_is_not_in_the_diff_has_no_place() -> None:
    assert not placed("> +\tif (other < 0)\n\nNo.")
    assert not placed("> +\tif (ret < 0)\n\nNo.", "")


def test_a_long_diff_is_searched_soon() -> None:
    diff = make_patch(20_000)
    index = index_diff(diff)
    bodies = [n for n, kind in enumerate(index.kinds) if kind == "+" and len(index.lines[n]) > 30]
    content = "\n".join(
        f"> {index.lines[n - 1]}\n> {index.lines[n]}\n\nWhy?\n" for n in bodies[:: len(bodies) // 200]
    )
    assert len(placed(content, diff)) > 100


def test_made_comments_find_their_lines() -> None:
    right = wrong = wanted = 0
    for case in make_cases(150):
        remarks = place_remarks(read_letter(case.content), Quotable(index_diff(case.diff), case.message))
        lines = [remark.line for remark in remarks]
        right += len(set(lines) & set(case.lines))
        wrong += len(set(lines) - set(case.lines))
        wanted += len(case.lines)
    assert right >= 0.95 * wanted
    assert wrong <= 0.01 * wanted
