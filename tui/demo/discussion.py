"""Handlers of comments, on patches and on cover letters alike."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from tui.demo import filters, views
from tui.demo.calls import Call, Refused, find_patch, refuse_stranger
from tui.demo.model import Comment, Cover, Patch
from tui.demo.writes import Invalid, read_truth

_ORDER: dict[str, filters.Key[Comment]] = {
    "id": lambda comment: comment.id,
    "date": lambda comment: comment.date,
    "submitter": lambda comment: comment.submitter.id,
}


def list_comments(call: Call) -> Response:
    """Answer with a page of comments."""
    found = _parent(call).comments
    return call.answer(filters.order(found, call.params, _ORDER, "id"), views.show_comment)


def show_comment(call: Call) -> Response:
    """Answer with one comment."""
    return JSONResponse(views.show_comment(_comment(call), call.links))


def change_comment(call: Call) -> Response:
    """Say whether a comment was addressed.  Makes an event of the comment's creation once more, as
    the real server does at every save.
    """
    comment = _comment(call)
    if not comment.may_be_edited_by(call.user):
        raise refuse_stranger(call.user)
    data = call.data()
    if "addressed" in data:
        try:
            comment.addressed = None if data["addressed"] is None else read_truth(data["addressed"])
        except Invalid as error:
            raise Refused(400, {"addressed": [str(error)]}) from None
    kind = "patch" if isinstance(comment.parent, Patch) else "cover"
    call.world.record(f"{kind}-comment-created", comment, None)
    return show_comment(call)


def _parent(call: Call) -> Patch | Cover:
    number = int(call.path[1])
    if call.path[0] == "patches":
        return find_patch(call, number)
    cover = call.world.covers.get(number)
    if cover is None:
        raise Refused(404, "No Cover matches the given query.")
    return cover


def _comment(call: Call) -> Comment:
    number = int(call.path[3])
    for comment in _parent(call).comments:
        if comment.id == number:
            return comment
    raise Refused(404, "No Comment matches the given query.")
