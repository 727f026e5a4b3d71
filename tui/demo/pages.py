"""What stands outside the API: mboxes, and plain pages where a browser was sent to."""

from __future__ import annotations

import re
from html import escape

from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from tui.demo import bodies
from tui.demo.briefs import find_page
from tui.demo.calls import NoSuchPage
from tui.demo.mail import format_date, to_ascii
from tui.demo.model import Cover, Patch
from tui.demo.world import World

_POSTSCRIPT = re.compile(r"^-{2,3} ?$", re.M)
_NAME = re.compile(r"[^-_A-Za-z0-9.]+")
_OWN_HEADERS = ("content-type", "content-transfer-encoding", "mime-version")


def answer(world: World, path: str, params: QueryParams) -> Response:
    """Return the page at a path (decoded, without its first slash).  Raises NoSuchPage."""
    match path.strip("/").split("/", 3):
        case [""]:
            items = "".join(f"<li>{escape(one.name)}" for one in world.projects.values())
            return _page("Projects", f"<ul>{items}</ul>")
        case ["series", number, "mbox"] if number.isdecimal() and int(number) in world.series:
            series = world.series[int(number)]
            patches = sorted(series.patches, key=lambda patch: patch.number)
            name = series.name or f"Untitled series #{series.id}"
            return _mbox("\n".join(map(write_mbox, patches)), name, "patch")
        case ["comment", number] if number.isdecimal():
            for comment in world.comments:
                if comment.id == int(number):
                    return RedirectResponse(f"/{find_page(comment.parent)}#{number}", 302)
        case [("patch" | "cover") as kind, number, *rest] if number.isdecimal():
            known = world.patches if kind == "patch" else world.covers
            if item := known.get(int(number)):
                return RedirectResponse(f"/{find_page(item)}{'mbox/' if rest == ['mbox'] else ''}", 302)
        case ["bundle", owner, name, "mbox"]:
            for bundle in world.bundles.values():
                if (bundle.owner.username, bundle.name, bundle.public) == (owner, name, True):
                    return _mbox("\n".join(map(write_mbox, bundle.patches)), name, "patch")
        case ["project", link_name, "list" | "bundles"]:
            return _list(world, link_name, params)
        case ["project", link_name]:
            return _list(world, link_name, params)
        case ["project", link_name, ("patch" | "cover") as kind, rest]:
            return _message(world, link_name, kind, rest)
    raise NoSuchPage


def write_mbox(message: Patch | Cover) -> str:
    """Return a mail as Patchwork hands it out: trailers of comments folded in before the ``---``."""
    patch = message if isinstance(message, Patch) else None
    body = message.content.strip() + "\n" if message.content else ""
    body, mark, postscript = _split_postscript(body)
    body += "".join(bodies.find_trailers(comment.content) for comment in message.comments)
    body += mark + postscript
    if patch is not None and patch.diff:
        body += "\n" + patch.diff
    sender = message.submitter
    lines = [
        f"From patchwork {message.date.ctime()}",
        'Content-Type: text/plain; charset="utf-8"',
        "MIME-Version: 1.0",
        f"Content-Transfer-Encoding: {'7bit' if body.isascii() else '8bit'}",
        f"X-Patchwork-Submitter: {to_ascii(sender.name)} <{sender.email}>",
        f"X-Patchwork-Id: {message.id}",
    ]
    if patch is not None and patch.delegate is not None:
        lines.append(f"X-Patchwork-Delegate: {patch.delegate.email}")
    headers = [pair for pair in message.mail.headers if pair[0].lower() not in _OWN_HEADERS]
    lines += [f"{name}: {value}" for name, value in headers]
    if not any(name.lower() == "date" for name, _ in headers):
        lines.append(f"Date: {format_date(message.date)}")
    return "\n".join(lines) + "\n\n" + body


def _split_postscript(body: str) -> tuple[str, str, str]:
    parts = _POSTSCRIPT.split(body, maxsplit=1)
    if len(parts) == 1:
        return body, "", ""
    return parts[0].strip() + "\n", "---", parts[1].rstrip() + "\n"


def _mbox(text: str, name: str, ending: str) -> Response:
    file = _NAME.sub("-", name).strip("-")
    return PlainTextResponse(text, headers={"Content-Disposition": f"attachment; filename={file}.{ending}"})


def _list(world: World, link_name: str, params: QueryParams) -> Response:
    if link_name not in {project.link_name for project in world.projects.values()}:
        raise NoSuchPage
    patches = [patch for patch in world.patches.values() if patch.project.link_name == link_name]
    wanted = params.get("series", "")
    if wanted:
        patches = [patch for patch in patches if patch.series and str(patch.series.id) == wanted]
    items = "".join(
        f'<li><a href="/{escape(find_page(patch))}">{escape(patch.name)}</a> {patch.state.slug}'
        for patch in patches[::-1][:100]
    )
    return _page(link_name, f"<ul>{items}</ul>")


def _message(world: World, link_name: str, kind: str, rest: str) -> Response:
    msgid, _, leaf = rest.rpartition("/")
    if leaf not in ("mbox", "raw") or not msgid:
        msgid, leaf = rest, ""
    known: list[Patch | Cover] = [*(world.patches if kind == "patch" else world.covers).values()]
    wanted = (link_name, f"<{msgid.replace('%2F', '/')}>")
    for item in known:
        if (item.project.link_name, item.msgid) != wanted:
            continue
        if leaf == "mbox":
            return _mbox(write_mbox(item), item.name, kind if kind == "patch" else "mbox")
        diff = item.diff or "" if isinstance(item, Patch) else ""
        if leaf == "raw":
            return _mbox(diff, item.name, "diff")
        return _page(item.name, f"<pre>{escape(item.content)}\n\n{escape(diff)}</pre>")
    raise NoSuchPage


def _page(title: str, body: str) -> Response:
    head = f"<!doctype html><meta charset=utf-8><title>{escape(title)} - Patchwork</title>"
    return HTMLResponse(f"{head}<h1>{escape(title)}</h1>{body}")
