import pytest

from tui.core.model import CheckState
from tui.core.states import USUAL_STATES, label_of, short_of, worst_check


def test_short_words_of_the_usual_states_differ() -> None:
    assert len({short_of(slug) for slug in USUAL_STATES}) == len(USUAL_STATES)
    assert all(len(short_of(slug)) <= 3 for slug in USUAL_STATES)


@pytest.mark.parametrize("slug", USUAL_STATES)
def test_a_label_reads_as_words(slug: str) -> None:
    assert label_of(slug).lower() == slug.replace("-", " ")


def test_a_state_of_the_server_has_a_short_word() -> None:
    assert (short_of("queued"), label_of("needs-ack")) == ("Que", "Needs ack")


def test_the_worst_check_wins() -> None:
    assert worst_check([CheckState.SUCCESS, CheckState.FAIL, CheckState.WARNING]) is CheckState.FAIL
    assert worst_check([]) is CheckState.PENDING
