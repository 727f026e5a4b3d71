"""Objects as the API lists them and shows them one by one."""

from __future__ import annotations

from tui.demo.briefs import (
    brief_check,
    brief_comment,
    brief_message,
    brief_project,
    brief_series,
    find_archived,
    find_page,
    link_comment,
    show_optional_user,
    show_person,
    show_user,
)
from tui.demo.links import Json, Links
from tui.demo.model import Bundle, Check, Comment, Cover, Event, Message, Patch, Person, Series
from tui.demo.registry import Project, State, User
from tui.demo.subjects import clean_subject


def show_project(project: Project, links: Links) -> Json:
    """Return a project with its maintainers."""
    shown = brief_project(project, links)
    shown["maintainers"] = [show_user(user, links) for user in project.maintainers]
    if links.has("1.1"):
        shown["subject_match"] = ""
    if links.has("1.4"):
        shown["show_dependencies"] = project.show_dependencies
    return shown


def show_account(user: User, links: Links) -> Json:
    """Return an account to its owner."""
    shown = show_user(user, links)
    if links.has("1.2"):
        shown["settings"] = {"send_email": False, "items_per_page": 100, "show_ids": False}
    return shown


def show_contact(person: Person, links: Links) -> Json:
    """Return somebody who sent mail, with the account that is theirs."""
    return {**show_person(person, links), "user": show_optional_user(person.user, links)}


def list_patch(patch: Patch, links: Links) -> Json:
    """Return a patch as lists have it."""
    shown = _begin("patches", patch, links)
    shown["commit_ref"] = patch.commit_ref
    shown["pull_url"] = patch.pull_url
    shown["state"] = patch.state.slug
    shown["archived"] = patch.archived
    shown["hash"] = patch.hash
    shown["submitter"] = show_person(patch.submitter, links)
    shown["delegate"] = show_optional_user(patch.delegate, links)
    shown["mbox"] = links.web(f"{find_page(patch)}mbox/")
    shown["series"] = [brief_series(patch.series, links)] if patch.series else []
    if links.has("1.1"):
        shown["comments"] = links.plain_api("patches", patch.id, "comments")
    shown["check"] = patch.check
    shown["checks"] = links.plain_api("patches", patch.id, "checks")
    shown["tags"] = {}
    if links.has("1.2"):
        others = sorted(patch.related - {patch}, key=lambda other: other.id)
        shown["related"] = [brief_message(other, links) for other in others]
    return shown


def show_patch(patch: Patch, links: Links) -> Json:
    """Return a patch with its message and diff."""
    shown = list_patch(patch, links)
    shown["headers"] = show_headers(patch)
    shown["content"] = patch.content
    shown["diff"] = patch.diff
    shown["prefixes"] = clean_subject(patch.name)[1]
    return shown


def list_cover(cover: Cover, links: Links) -> Json:
    """Return a cover letter as lists have it."""
    shown = _begin("covers", cover, links)
    shown["submitter"] = show_person(cover.submitter, links)
    if links.has("1.1"):
        shown["mbox"] = links.web(f"{find_page(cover)}mbox/")
    shown["series"] = [brief_series(cover.series, links)] if cover.series else []
    if links.has("1.1"):
        shown["comments"] = links.plain_api("covers", cover.id, "comments")
    return shown


def show_cover(cover: Cover, links: Links) -> Json:
    """Return a cover letter with its text."""
    return {**list_cover(cover, links), "headers": show_headers(cover), "content": cover.content}


def show_series(series: Series, links: Links) -> Json:
    """Return a series with its patches in short."""
    shown = brief_series(series, links)
    shown["project"] = brief_project(series.project, links)
    shown["submitter"] = show_person(series.submitter, links)
    shown["total"] = series.total
    shown["received_total"] = len(series.patches)
    shown["received_all"] = series.total <= len(series.patches)
    shown["cover_letter"] = brief_message(series.cover, links) if series.cover else None
    shown["patches"] = [brief_message(patch, links) for patch in series.patches]
    if links.has("1.4") and series.project.show_dependencies:
        shown["dependencies"] = [links.api("series", other.id) for other in series.dependencies]
        shown["dependents"] = [links.api("series", other.id) for other in series.dependents]
    return shown


def show_comment(comment: Comment, links: Links) -> Json:
    """Return a comment with its text."""
    shown: Json = {"id": comment.id}
    if links.has("1.3"):
        shown["url"] = link_comment(comment, links)
    shown["web_url"] = links.web(f"comment/{comment.id}/")
    shown["msgid"] = comment.msgid
    if links.has("1.2"):
        shown["list_archive_url"] = find_archived(comment)
    headers = show_headers(comment)
    shown["date"] = comment.date.isoformat()
    shown["subject"] = headers.get("Subject", "")
    shown["submitter"] = show_person(comment.submitter, links)
    shown["content"] = comment.content
    shown["headers"] = headers
    if links.has("1.3"):
        shown["addressed"] = comment.addressed
    return shown


def show_check(check: Check, links: Links) -> Json:
    """Return a check with who made it."""
    return {
        **brief_check(check, links),
        "user": show_user(check.user, links),
        "description": check.description,
    }


def show_bundle(bundle: Bundle, links: Links) -> Json:
    """Return a bundle with its patches in short."""
    page = f"bundle/{bundle.owner.username}/{bundle.name}/"
    shown: Json = {"id": bundle.id, "url": links.api("bundles", bundle.id)}
    if links.has("1.1"):
        shown["web_url"] = links.web(page)
    shown["project"] = brief_project(bundle.project, links)
    shown["name"] = bundle.name
    shown["owner"] = show_user(bundle.owner, links)
    shown["patches"] = [brief_message(patch, links) for patch in bundle.patches]
    shown["public"] = bundle.public
    shown["mbox"] = links.web(f"{page}mbox/")
    return shown


def show_event(event: Event, links: Links) -> Json:
    """Return an event; its payload depends on the category."""
    payload: Json = {}
    if event.patch is not None:
        payload["patch"] = brief_message(event.patch, links)
    if event.cover is not None:
        payload["cover"] = brief_message(event.cover, links)
    if event.series is not None:
        payload["series"] = brief_series(event.series, links)
    if event.comment is not None:
        payload["comment"] = brief_comment(event.comment, links)
    if event.check is not None:
        payload["check"] = brief_check(event.check, links)
    if event.category in _CHANGES:
        field = _CHANGES[event.category]
        payload[f"previous_{field}"] = _show_value(event.before, links)
        payload[f"current_{field}"] = _show_value(event.after, links)
    return {
        "id": event.id,
        "category": event.category,
        "project": brief_project(event.project, links),
        "date": event.date.isoformat(),
        "actor": show_optional_user(event.actor, links),
        "payload": payload,
    }


_CHANGES = {
    "patch-state-changed": "state",
    "patch-delegated": "delegate",
    "patch-relation-changed": "relation",
}


def _show_value(value: State | User | None, links: Links) -> str | Json | None:
    return value.slug if isinstance(value, State) else show_optional_user(value, links)


def show_headers(message: Message) -> Json:
    """Return a mail's headers; one that is there twice is a list."""
    shown: dict[str, list[str]] = {}
    for name, value in message.mail.headers:
        shown.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in shown.items()}


def _begin(kind: str, message: Patch | Cover, links: Links) -> Json:
    shown: Json = {"id": message.id, "url": links.api(kind, message.id)}
    if links.has("1.1"):
        shown["web_url"] = links.web(find_page(message))
    shown["project"] = brief_project(message.project, links)
    shown["msgid"] = message.msgid
    if links.has("1.2"):
        shown["list_archive_url"] = find_archived(message)
    shown["date"] = message.date.isoformat()
    shown["name"] = message.name
    return shown
