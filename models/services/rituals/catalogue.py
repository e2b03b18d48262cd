"""Rituals: switched on by a person, edited, paused, resumed, ended; what is planned follows each change."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from models.commands import RitualFields
from models.errors import Invalid
from models.read_models import Actor, FieldChange, Origin, RitualSetup, SwitchedOn
from models.rules.access import Capability
from models.rules.rituals.steps import RitualState
from models.services import audit
from models.services.owning import owner_after, require_version
from models.services.projects.changing import find_project
from models.services.projects.rows import required_project
from models.services.receipts import claim
from models.services.rituals import fields as said
from models.services.rituals.changing import FoundRitual, find_ritual, require_active, this_one
from models.services.rituals.clashing import clashes_of
from models.services.rituals.correcting import correcting
from models.services.rituals.next_times import next_times, require_timing
from models.services.rituals.only_one import require_only_one
from models.services.rituals.previews import Previews
from models.services.rituals.put_off import put_off_under
from models.services.rituals.realigning import realigning
from models.services.rituals.rows import name_of
from models.services.rituals.setups import RITUAL, required_setup
from models.services.rituals.timetables import timetables
from models.services.standing import leads, require, standing
from models.services.texts import checked_reason
from models.tables import rituals
from models.value import replace

_PAUSED = "{} is paused already."
_NOT_PAUSED = "{} is not paused, so there is nothing to resume."
_PASSED = "That day is here already. Pick a later one, or none."
_TOO_FAR = "That is more than a year ahead. Leave the day out, and resume it when the time has come."
_LONGEST_PAUSE = timedelta(days=366)
_WHY_END = "Say in a few words why it ends, so that nobody wonders later."
_BEYOND = {"project_id": "A ritual stays where it is. End this one, and switch one on there."}


class Rituals(Previews):
    """What people do to rituals."""

    def switch_on(self, actor: Actor, fields: RitualFields, *, origin: Origin, now: datetime) -> SwitchedOn:
        """Have something come round from now on. Raises NotFound, NotAllowed, Invalid."""
        wanted = said.checked(fields, self._sorts, {})
        ritual_id = uuid4()
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, ritual_id, now)
            if earlier is not None:
                return self._switched_on(session, actor, earlier, now)
            if fields.project_id is not None:
                find_project(session, actor, fields.project_id)
            self._require_may_switch_on(session, actor, fields.project_id)
            require_only_one(session, actor.workspace_id, wanted.sort, fields.project_id)
            require_timing(session, actor, wanted, fields.project_id, now)
            owner = owner_after(session, actor.workspace_id, actor.person, fields.owner_id or actor.person.id)
            values = {
                **wanted.values(),
                "id": ritual_id,
                "workspace_id": actor.workspace_id,
                "kind": fields.kind,
                "project_id": fields.project_id,
                "owner_id": owner.id if owner else actor.person.id,
                "state": RitualState.ACTIVE,
                "version": 1,
                "planned_through": name_of(
                    now.astimezone(ZoneInfo(wanted.fields.timezone)).replace(tzinfo=None)
                ),
                "created_by": actor.person.id,
                "created_at": now,
            }
            session.connection().execute(insert(rituals), values)
            with realigning(session, self._sorts, this_one(ritual_id), now):
                pass
            entry = audit.Entry(RITUAL, ritual_id, 1, "switched_on")
            audit.record(session, actor, entry, origin=origin, now=now)
            return self._switched_on(session, actor, ritual_id, now)

    def edit(
        self,
        actor: Actor,
        ritual_id: UUID,
        fields: RitualFields,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> SwitchedOn:
        """Change it; what is planned follows, and what was done stays.

        Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.
        """
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, ritual_id, now)
            if earlier is not None:
                return self._switched_on(session, actor, earlier, now)
            with correcting(session, self._sorts, self._corrections, this_one(ritual_id), origin, now):
                found = self._changeable(session, actor, ritual_id, now)
                require_version(session, found.setup, version)
                if fields.project_id != found.setup.ritual.project_id:
                    raise Invalid(_BEYOND)
                wanted = said.checked(fields, self._sorts, found.setup.ritual.settings)
                timetable = require_timing(session, actor, wanted, fields.project_id, now, but=ritual_id)
                put_off = put_off_under(session, found.row, wanted.sort, timetable, now)
                present = found.setup.ritual.owner
                owner = owner_after(session, actor.workspace_id, present, fields.owner_id or present.id)
                values = wanted.values() | {"owner_id": (owner or present).id}
                self._write(session, found, values)
            after = required_setup(session, actor.workspace_id, ritual_id, now)
            changes = said.changes(found.setup, after, wanted.sort)
            entry = audit.Entry(RITUAL, ritual_id, after.version, "edited", changes)
            audit.record(session, actor, entry, origin=origin, now=now)
            done = self._switched_on(session, actor, ritual_id, now)
            return replace(done, falls_away=put_off.falls_away)

    def pause(
        self, actor: Actor, ritual_id: UUID, until: date | None = None, *, origin: Origin, now: datetime
    ) -> RitualSetup:
        """Let it rest until that day, or until somebody resumes it. Raises NotFound, NotAllowed, Invalid."""

        def decide(found: FoundRitual) -> dict[str, Any]:
            here = now.astimezone(ZoneInfo(found.setup.ritual.timezone)).date()
            if until is not None and until <= here:
                raise Invalid({"until": _PASSED})
            if until is not None and until > here + _LONGEST_PAUSE:
                raise Invalid({"until": _TOO_FAR})
            if found.setup.ritual.state is RitualState.PAUSED and found.setup.resumes_on == until:
                raise Invalid({"until": _PAUSED.format(found.setup.reference)})
            return {"state": RitualState.PAUSED, "resumes_on": until}

        return self._move(actor, ritual_id, "paused", decide, origin=origin, now=now)

    def resume(self, actor: Actor, ritual_id: UUID, *, origin: Origin, now: datetime) -> RitualSetup:
        """Have it come round again. Raises NotFound, NotAllowed, Invalid."""

        def decide(found: FoundRitual) -> dict[str, Any]:
            if found.setup.ritual.state is not RitualState.PAUSED:
                raise Invalid({"state": _NOT_PAUSED.format(found.setup.reference)})
            return {"state": RitualState.ACTIVE, "resumes_on": None}

        return self._move(actor, ritual_id, "resumed", decide, origin=origin, now=now)

    def end(
        self, actor: Actor, ritual_id: UUID, reason: str, *, origin: Origin, now: datetime
    ) -> RitualSetup:
        """End it for good, with a reason; what it said stays. Raises NotFound, NotAllowed, Invalid."""
        why = checked_reason(reason, _WHY_END)
        ended = {"state": RitualState.ENDED, "resumes_on": None}
        return self._move(actor, ritual_id, "ended", lambda _: ended, reason=why, origin=origin, now=now)

    def editable(self, actor: Actor, ritual_id: UUID, *, now: datetime) -> RitualSetup:
        """Return the ritual if the person may change it. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            return self._changeable(session, actor, ritual_id, now).setup

    def addable(self, actor: Actor, project_id: UUID | None) -> None:
        """Raise NotAllowed or Invalid unless the person may switch something on there."""
        with self._database.read() as session:
            self._require_may_switch_on(session, actor, project_id)

    def _require_may_switch_on(self, session: Session, actor: Actor, project_id: UUID | None) -> None:
        if project_id is None:
            require(standing(actor), Capability.SWITCH_ON_RITUAL)
            return
        project = required_project(session, actor.workspace_id, project_id)
        require(standing(actor, project), Capability.SWITCH_ON_RITUAL, leads(project.roles))
        require_active(project)

    def _changeable(self, session: Session, actor: Actor, ritual_id: UUID, now: datetime) -> FoundRitual:
        found = find_ritual(session, actor, ritual_id, now)
        found.require(Capability.CHANGE_RITUAL)
        found.require_alive()
        return found

    def _move(
        self,
        actor: Actor,
        ritual_id: UUID,
        action: str,
        decide: Callable[[FoundRitual], dict[str, Any]],
        *,
        reason: str = "",
        origin: Origin,
        now: datetime,
    ) -> RitualSetup:
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, ritual_id, now)
            if earlier is not None:
                return required_setup(session, actor.workspace_id, earlier, now)
            with correcting(session, self._sorts, self._corrections, this_one(ritual_id), origin, now):
                found = self._changeable(session, actor, ritual_id, now)
                values = decide(found)
                self._write(session, found, values)
            until = values["resumes_on"]
            change = FieldChange("resumes_on", None, until.isoformat()) if until else None
            entry = audit.Entry(
                RITUAL,
                ritual_id,
                found.setup.version + 1,
                action,
                (change,) if change else (),
                reason,
            )
            audit.record(session, actor, entry, origin=origin, now=now)
            return required_setup(session, actor.workspace_id, ritual_id, now)

    @staticmethod
    def _write(session: Session, found: FoundRitual, values: Mapping[str, Any]) -> None:
        session.connection().execute(
            update(rituals)
            .where(rituals.c.id == found.setup.id)
            .values(**values, version=found.setup.version + 1)
        )

    def _switched_on(self, session: Session, actor: Actor, ritual_id: UUID, now: datetime) -> SwitchedOn:
        found = find_ritual(session, actor, ritual_id, now)
        tables = timetables(session, [found.row], now)
        coming = next_times(session, [found.row], tables, now, 1)[ritual_id]
        return SwitchedOn(
            found.setup,
            coming[0].starts_at if coming else None,
            clashes_of(session, found.row, now),
        )
