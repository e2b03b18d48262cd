"""Who does not want to be asked any more: keyed hashes, which outlive what else is known of them."""

import hmac
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.read_models import Actor, ContactView
from models.services.statements import dialect_of, insert_new
from models.tables import survey_opt_out_keys, survey_opt_outs

_KEY_BYTES = 32


def since(session: Session, workspace_id: UUID, contacts: Sequence[ContactView]) -> Mapping[UUID, date]:
    """Return since when those of the contacts who opted out do not want to be asked, in two statements."""
    key = _key(session, workspace_id) if contacts else None
    if key is None:
        return {}
    theirs = {contact.id: _digests(key, contact) for contact in contacts}
    wanted = {digest for digests in theirs.values() for digest in digests}
    rows = session.connection().execute(
        select(survey_opt_outs.c.digest, survey_opt_outs.c.opted_out_on).where(
            survey_opt_outs.c.workspace_id == workspace_id, survey_opt_outs.c.digest.in_(wanted)
        )
    )
    days = {row.digest: row.opted_out_on for row in rows}
    found = {each: [days[digest] for digest in digests if digest in days] for each, digests in theirs.items()}
    return {contact_id: min(known) for contact_id, known in found.items() if known}


def keep(session: Session, contact: ContactView) -> None:
    """Write down that a contact does not want to be asked, under every way in which they are known by now."""
    if contact.opted_out_on is None:
        return
    key = _key(session, contact.workspace_id) or _new_key(session, contact.workspace_id)
    row = {"workspace_id": contact.workspace_id, "opted_out_on": contact.opted_out_on}
    session.connection().execute(
        insert_new(dialect_of(session), survey_opt_outs),
        [row | {"digest": digest} for digest in _digests(key, contact)],
    )


def keep_account(session: Session, actor: Actor, on: date) -> None:
    """Write down that somebody does not want to be asked, of whom no more is known than their account."""
    key = _key(session, actor.workspace_id) or _new_key(session, actor.workspace_id)
    row = {"workspace_id": actor.workspace_id, "opted_out_on": on}
    account = _account(actor.person.slack_user_id)
    session.connection().execute(
        insert_new(dialect_of(session), survey_opt_outs), row | {"digest": _digest(key, account)}
    )


def lift(session: Session, workspace_id: UUID, contacts: Collection[ContactView]) -> None:
    """Let the rows of one human being be asked again."""
    key = _key(session, workspace_id)
    if key is None:
        return
    theirs = {digest for contact in contacts for digest in _digests(key, contact)}
    session.connection().execute(
        delete(survey_opt_outs).where(
            survey_opt_outs.c.workspace_id == workspace_id, survey_opt_outs.c.digest.in_(theirs)
        )
    )


def _digests(key: str, contact: ContactView) -> tuple[str, ...]:
    return tuple(_digest(key, known_as) for known_as in _known_as(contact))


def _digest(key: str, known_as: str) -> str:
    return hmac.new(bytes.fromhex(key), known_as.encode(), sha256).hexdigest()


def _account(slack_user_id: str) -> str:
    return f"slack:{slack_user_id}"


def _known_as(contact: ContactView) -> Iterator[str]:
    """Yield every way to know who it is; the migration that made the first hashes spells them the same."""
    yield f"contact:{contact.id.hex}"
    if contact.email:
        yield f"mail:{contact.email}"
    if contact.person is not None:
        yield _account(contact.person.slack_user_id)


def _key(session: Session, workspace_id: UUID) -> str | None:
    return session.connection().scalar(
        select(survey_opt_out_keys.c.key).where(survey_opt_out_keys.c.workspace_id == workspace_id)
    )


def _new_key(session: Session, workspace_id: UUID) -> str:
    """Return the workspace's key, made by this transaction or by another one just now."""
    session.connection().execute(
        insert_new(dialect_of(session), survey_opt_out_keys),
        {"workspace_id": workspace_id, "key": secrets.token_hex(_KEY_BYTES)},
    )
    key = _key(session, workspace_id)
    if key is None:
        msg = "a key that was just made is not there"
        raise LookupError(msg)
    return key
