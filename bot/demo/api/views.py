"""Methods that open and change modals, and that publish the app's Home."""

from bot.demo.api.arguments import Arguments
from bot.demo.api.method import Method
from bot.demo.errors import Code, SlackError
from bot.demo.limits import check_view
from bot.demo.limits.checks import fault
from bot.demo.outward.tickets import Triggers
from bot.demo.state.objects import view_object
from bot.demo.state.workspace import Workspace
from bot.demo.values import JsonObject


class ViewMethods:
    """What the bot opens in front of people."""

    def __init__(self, workspace: Workspace, triggers: Triggers) -> None:
        """Take the state, and the trigger ids that open modals."""
        self._workspace = workspace
        self._triggers = triggers

    def methods(self) -> dict[str, Method]:
        """Return the methods by name."""
        named = frozenset({"view", "view_id", "external_id", "hash"})
        return {
            "views.open": Method(self._views_open, frozenset({"view", "trigger_id"}), a_minute=100),
            "views.push": Method(self._views_push, frozenset({"view", "trigger_id"}), a_minute=100),
            "views.update": Method(self._views_update, named, a_minute=100),
            "views.publish": Method(
                self._views_publish, frozenset({"user_id", "view", "hash"}), a_minute=100
            ),
        }

    def _views_open(self, arguments: Arguments) -> JsonObject:
        trigger_id = arguments.required("trigger_id")
        view = check_view(arguments.structure("view"))
        user_id = self._triggers.exchange(trigger_id)
        opened = self._workspace.modals.push(user_id, view, root=True)
        return {"view": view_object(opened, self._workspace)}

    def _views_push(self, arguments: Arguments) -> JsonObject:
        """Lay a modal on those that the person has open, of which there must be one."""
        trigger_id = arguments.required("trigger_id")
        view = check_view(arguments.structure("view"))
        user_id = self._triggers.exchange(trigger_id)
        if not self._workspace.views_of(user_id):
            raise SlackError(Code.NOT_FOUND)
        pushed = self._workspace.modals.push(user_id, view, root=False)
        return {"view": view_object(pushed, self._workspace)}

    def _views_publish(self, arguments: Arguments) -> JsonObject:
        person = self._workspace.person(arguments.required("user_id"))
        if person is None or person.is_bot:
            raise SlackError(Code.INVALID_ARGUMENTS, [fault("must provide a valid user_id", "/user_id")])
        if not self._workspace.app.home.has_home:
            raise SlackError(Code.NOT_ENABLED)
        published = self._workspace.homes.publish(
            person.id, arguments.structure("view"), arguments.optional("hash")
        )
        return {"view": view_object(published, self._workspace)}

    def _views_update(self, arguments: Arguments) -> JsonObject:
        modals = self._workspace.modals
        view_id = arguments.optional("view_id")
        if view_id is None:
            named = modals.find_external(arguments.required("external_id"))
            view_id = named.id if named else ""
        updated = modals.update(view_id, arguments.structure("view"), arguments.optional("hash"))
        return {"view": view_object(updated, self._workspace)}
