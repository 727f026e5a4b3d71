"""Objects as other objects embed them, in the API's JSON."""

from __future__ import annotations

from tui.demo.links import Json, Links
from tui.demo.model import Check, Comment, Cover, Message, Patch, Person, Series
from tui.demo.registry import Project, User


def show_user(user: User, links: Links) -> Json:
    """Return an account."""
    return {
        "id": user.id,
        "url": links.api("users", user.id),
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
    }


def show_optional_user(user: User | None, links: Links) -> Json | None:
    """Return an account, or null for nobody."""
    return show_user(user, links) if user else None


def show_person(person: Person, links: Links) -> Json:
    """Return somebody who sent mail."""
    return {
        "id": person.id,
        "url": links.api("people", person.id),
        "name": person.name or None,
        "email": person.email,
    }


def brief_project(project: Project, links: Links) -> Json:
    """Return a project without its maintainers."""
    shown: Json = {
        "id": project.id,
        "url": links.api("projects", project.id),
        "name": project.name,
        "link_name": project.link_name,
        "list_id": project.list_id,
        "list_email": project.list_email,
        "web_url": project.web_url,
        "scm_url": project.scm_url,
        "webscm_url": project.webscm_url,
    }
    if links.has("1.2"):
        shown["list_archive_url"] = project.archive
        shown["list_archive_url_format"] = f"{project.archive}{{}}" if project.archive else ""
        shown["commit_url_format"] = project.commit_url_format
    return shown


def find_archived(message: Message) -> str | None:
    """Return where a mail is in the list's archive, where the project has one."""
    archive = message.project.archive
    return f"{archive}{message.bare_msgid}" if archive else None


def find_page(message: Patch | Cover) -> str:
    """Return the path of a patch's or cover's page for people, which its mbox is below."""
    kind = "patch" if isinstance(message, Patch) else "cover"
    return f"project/{message.project.link_name}/{kind}/{message.bare_msgid.replace('/', '%2F')}/"


def brief_message(message: Patch | Cover, links: Links) -> Json:
    """Return a patch or a cover in short."""
    is_patch = isinstance(message, Patch)
    shown: Json = {"id": message.id, "url": links.api("patches" if is_patch else "covers", message.id)}
    if links.has("1.1"):
        shown["web_url"] = links.web(find_page(message))
    shown["msgid"] = message.msgid
    if links.has("1.2"):
        shown["list_archive_url"] = find_archived(message)
    shown["date"] = message.date.isoformat()
    shown["name"] = message.name
    if is_patch or links.has("1.1"):
        shown["mbox"] = links.web(f"{find_page(message)}mbox/")
    return shown


def brief_series(series: Series, links: Links) -> Json:
    """Return a series without its patches."""
    shown: Json = {"id": series.id, "url": links.api("series", series.id)}
    if links.has("1.1"):
        shown["web_url"] = links.web(f"project/{series.project.link_name}/list/?series={series.id}")
    shown["date"] = series.date.isoformat()
    shown["name"] = series.name
    shown["version"] = series.version
    shown["mbox"] = links.web(f"series/{series.id}/mbox/")
    return shown


def brief_comment(comment: Comment, links: Links) -> Json:
    """Return a comment without its text."""
    shown: Json = {"id": comment.id}
    if links.has("1.3"):
        shown["url"] = link_comment(comment, links)
    if links.has("1.1"):
        shown["web_url"] = links.web(f"comment/{comment.id}/")
    shown["msgid"] = comment.msgid
    if links.has("1.2"):
        shown["list_archive_url"] = find_archived(comment)
    shown["date"] = comment.date.isoformat()
    return shown


def link_comment(comment: Comment, links: Links) -> str:
    """Return the address of a comment."""
    kind = "patches" if isinstance(comment.parent, Patch) else "covers"
    return links.api(kind, comment.parent.id, "comments", comment.id)


def brief_check(check: Check, links: Links) -> Json:
    """Return a check as events embed it."""
    return {
        "id": check.id,
        "url": links.api("patches", check.patch.id, "checks", check.id),
        "date": check.date.isoformat(),
        "state": check.state,
        "target_url": check.target_url,
        "context": check.context,
    }
