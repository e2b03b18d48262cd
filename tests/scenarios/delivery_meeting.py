"""The demo's delivery meeting, for scenarios: when it is, and what people see of it."""

from datetime import UTC, datetime

from bot.demo.values import Message
from tests.scenarios.reading import field_of, inputs
from tests.scenarios.studio import Studio

START = datetime(2026, 10, 14, 22, tzinfo=UTC)
"""The first meeting: the story's own day, 15:00 in Los Angeles."""

ASKED = datetime(2026, 10, 23, 16, tzinfo=UTC)
"""Three working days before the second one, 9:00 in Los Angeles."""


def come_to(company: Studio, at: datetime) -> None:
    """Let it become that time, and the bot do what is due by then."""
    company.clock.now = max(at, company.clock.now)
    company.application.planner.run_once()
    company.deliver()


def last(company: Studio, who: str, where: str = "delivery") -> str:
    return company.sees(who, where)[-1].replace("*", "").replace("_", "")


def posted(company: Studio, text: str = "60 min") -> Message:
    return company.find("jo", "delivery", text)


def calendar(company: Studio, message: Message) -> str:
    """Return the calendar file in the thread."""
    workspace, jo = company.served.demo.workspace, company.user("jo")
    replies = workspace.thread(message.conversation_id, message.ts, jo)[1:]
    [file_id] = [each for reply in replies for each in reply.file_ids]
    file = workspace.file_seen_by(jo, file_id)
    assert file is not None
    assert (file.title, file.mimetype) == ("Delivery – PM.ics", "text/calendar")
    return file.content.decode()


def entry(company: Studio, who: str, label: str) -> str:
    """Return the end of what the fields are called of the minutes' entry whose label begins so."""
    view = company.modal(who)
    names = [name for name in inputs(view) if name.startswith("decision ")]
    [name] = [name for name in names if field_of(view, name)["label"]["text"].startswith(label)]
    return name.removeprefix("decision ")
