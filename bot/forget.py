"""``drumbeat forget``: takes a person's name out of the records, for good or until it is called back."""

from datetime import datetime

from sqlalchemy import make_url

from bot.database import explained, is_there
from bot.settings import DatabaseSettings, SettingsProblem
from models.database import Database
from models.errors import NotFound
from models.migrations import is_current
from models.read_models import Origin
from models.services.forgetting import FORMER, PersonErasure

_QUESTION = (
    "{who} is to be shown as “{former}” from now on, also while they still use Drumbeat. Their time zone, "
    "settings and drafts go. Their records, roles and Slack id stay, and so does what others wrote of them.\n"
    "Nothing was changed. To do it, say it again with --yes."
)
_FORGOTTEN = (
    "{who} is “{former}” now. Messages that are in Slack already say so when they are next drawn. What "
    "others wrote about them has to be edited there, and backups hold the name until they are deleted."
)
_NO_DATABASE = "There is no database. Correct DATABASE_URL, or go to the folder in which the bot runs."
_OTHER_TABLES = "The tables are not those of this version: see `drumbeat doctor`."
_NOBODY = "Drumbeat knows nobody with the Slack id {who}."
_RECALLED = "Slack tells {who}'s name again: within two hours, or when they next use Drumbeat."


def forget(slack_user_id: str, *, is_sure: bool, undo: bool, now: datetime) -> str:
    """Do it, and return what to tell. Raises SettingsProblem, also where nobody has said yes yet."""
    settings = DatabaseSettings.from_environment()
    if not is_there(make_url(settings.database_url.get_secret_value())):
        raise SettingsProblem(_NO_DATABASE)
    with explained(settings):
        database = Database(settings.database_url.get_secret_value())
        try:
            if not is_current(database):
                raise SettingsProblem(_OTHER_TABLES)
            return _done(PersonErasure(database), slack_user_id, is_sure=is_sure, undo=undo, now=now)
        except NotFound as error:
            raise SettingsProblem(_NOBODY.format(who=slack_user_id)) from error
        finally:
            database.dispose()


def _done(erasure: PersonErasure, slack_user_id: str, *, is_sure: bool, undo: bool, now: datetime) -> str:
    origin = Origin(correlation_id=f"forget {now:%Y-%m-%d %H:%M}")
    if undo:
        erasure.recall(slack_user_id, origin=origin, now=now)
        return _RECALLED.format(who=slack_user_id)
    if not is_sure:
        raise SettingsProblem(_QUESTION.format(who=slack_user_id, former=FORMER))
    erasure.forget(slack_user_id, origin=origin, now=now)
    return _FORGOTTEN.format(who=slack_user_id, former=FORMER)
