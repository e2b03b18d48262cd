"""Decides who hears that somebody else manages a project now; the outbox carries it."""

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

from models.read_models import PersonRef
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing


def of_new_manager(
    project_id: UUID, manager: PersonRef, former: Sequence[PersonRef], by: PersonRef
) -> Iterator[Outgoing]:
    """Yield what the new manager and those before are told, unless they did it themselves."""
    event = uuid4().hex
    for person in (manager, *former):
        if person.id == by.id:
            continue
        ids = {
            "project_id": str(project_id),
            "manager_id": str(manager.id),
            "former_id": str(former[0].id) if former else None,
            "by_id": str(by.id),
            "reader_id": str(person.id),
        }
        key = f"project:{project_id}:managed:{event}:{person.slack_user_id}"
        yield Outgoing(NoticeKind.MANAGER_NAMED, Operation.POST, person.slack_user_id, key, ids)
