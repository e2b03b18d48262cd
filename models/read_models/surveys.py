"""What clients say of their satisfaction, as services return it."""

from datetime import date, datetime
from uuid import UUID

from models.read_models.contacts import ContactView, Reachable
from models.read_models.people import PersonRef
from models.read_models.projects import ProjectView
from models.rules.surveys.asking import (
    InvitationState,
    SurveyState,
    SurveyTrigger,
    Way,
    is_open,
)
from models.rules.surveys.csat import ResponseRate, TopTwoBox
from models.rules.surveys.loop import LoopState, call_by, needs_closing
from models.value import Value

NO_ANSWERS, NOBODY_ASKED = TopTwoBox(), ResponseRate()


class AnswerView(Value):
    """What a contact answered. ``recorded_by`` is None where they answered themselves."""

    id: UUID
    version: int
    rating: int
    reason: str
    answered_on: date
    answered_at: datetime
    updated_at: datetime
    recorded_by: PersonRef | None = None
    action_id: UUID | None = None
    owner: PersonRef | None = None
    """Who speaks with them about it."""
    due_on: date | None = None
    is_settled: bool = False
    """Whether what was to be done about it is done, or cancelled."""
    is_erased: bool = False
    """Whether that was cancelled and the contact erased, so that nobody can settle it any more."""
    contacted_at: datetime | None = None
    contacted_by: PersonRef | None = None
    next_due_at: datetime | None = None
    is_withdrawn: bool = False

    @property
    def call_by(self) -> datetime | None:
        """Return until when somebody speaks with them about a low answer; None for others."""
        return call_by(self.rating, self.answered_at)

    @property
    def loop(self) -> LoopState | None:
        """Return how far closing the loop has come; None where nothing is to be done about it."""
        if not needs_closing(self.rating) or self.action_id is None:
            return None
        if self.is_settled:
            return LoopState.ERASED if self.is_erased else LoopState.RESOLVED
        return LoopState.OPEN if self.contacted_at is None else LoopState.CONTACTED


class InvitationView(Value):
    """One question to one contact, with what they answered, if they did."""

    id: UUID
    workspace_id: UUID
    survey_id: UUID
    project_id: UUID
    project_key: str
    timezone: str
    trigger: SurveyTrigger
    about: str
    contact_id: UUID
    contact_name: str
    contact_person: PersonRef | None
    version: int
    way: Way
    state: InvitationState
    sender: PersonRef
    asked_on: date
    closes_at: datetime | None
    made_at: datetime
    updated_at: datetime
    next_due_at: datetime | None = None
    answer: AnswerView | None = None

    @property
    def reference(self) -> str:
        """Return what refusals call it."""
        return f"The answer of {self.project_key}'s client"

    def is_open(self, now: datetime) -> bool:
        """Tell whether it still waits for an answer."""
        return is_open(self.state, self.closes_at, now)


class QuestionDraft(Value):
    """A question as it reads in the channel with the client, before it is put or after."""

    about: str
    contact_name: str
    contact_slack_id: str
    sender_name: str
    seen_by: tuple[str, ...]
    """Who of the project sees the answer, beside the delivery managers."""


class QuestionReading(Value):
    """A question as messages about it need it."""

    invitation: InvitationView
    project: ProjectView
    draft: QuestionDraft | None
    """None where the contact is not in Slack."""
    is_opted_out: bool = False


class SurveyView(Value):
    """An occasion to ask a project's client; ``held_because`` is "" unless it is held."""

    id: UUID
    workspace_id: UUID
    project_id: UUID
    project_key: str
    client_name: str
    version: int
    trigger: SurveyTrigger
    subject: str
    about: str
    state: SurveyState
    held_because: str
    made_at: datetime
    asked: tuple[str, ...] = ()
    """Whom it was put to, by name."""


class SurveyReading(Value):
    """An occasion as the message about it needs it: whom we may ask how, and what speaks against it."""

    survey: SurveyView
    in_channel: tuple[Reachable, ...]
    by_mail: tuple[Reachable, ...]
    unclear: tuple[str, ...]
    """Of whom it is not clear whether we may ask."""
    lately: tuple[Reachable, ...] = ()
    """Who was asked so lately that they are left in peace."""
    has_asker: bool = True
    """Whether somebody of the project may ask; where not, the delivery managers are asked to."""
    is_red: bool = False
    has_alert: bool = False


class AskStart(Value):
    """What the form offers in which a client is asked, and what speaks against it just now."""

    project: ProjectView
    contacts: tuple[ContactView, ...]
    is_red: bool = False
    alert_since: date | None = None
    """The day of the mood alert, where there is one."""
    mood: int | None = None
    """How the client is by the newest reading, while somebody knows it."""
    survey: SurveyView | None = None
    """The occasion for which it is asked, where there is one."""


class RecordStart(Value):
    """What the form offers in which an answer is recorded: whom, and which question."""

    project: ProjectView
    contacts: tuple[ContactView, ...]
    asked: tuple[InvitationView, ...]
    survey: SurveyView | None = None


class Satisfaction(Value):
    """What a project's answers come to."""

    box: TopTwoBox = NO_ANSWERS
    rate: ResponseRate = NOBODY_ASKED


class SurveyOverview(Value):
    """How satisfied a project's client is, and what is open."""

    project: ProjectView
    satisfaction: Satisfaction
    contacts: tuple[ContactView, ...]
    waiting: tuple[InvitationView, ...] = ()
    """Questions that have no answer, the oldest first, then those that were closed not long ago."""
    to_close: tuple[InvitationView, ...] = ()
    """Answers that somebody has yet to speak about, the gravest first."""
    latest: InvitationView | None = None
    """The newest answer."""
    requests: tuple[SurveyView, ...] = ()
    """Occasions that wait to be asked, or are held."""
    may_read: bool = False
    """Whether the person may read single answers; where not, none is here."""
    may_record: bool = False
    may_keep: bool = False
    """Whether the person may add and change contacts."""


class SurveyOfProject(Value):
    """How satisfied a project's client is, as a line among others."""

    project_id: UUID
    key: str
    name: str
    satisfaction: Satisfaction = Satisfaction()


class AnswerPage(Value):
    """One page of answers, the newest first."""

    answers: tuple[InvitationView, ...]
    page: int
    pages: int
    total: int
    project: ProjectView | None = None
    unanswered: tuple[InvitationView, ...] = ()
    """On the first page, the newest questions without an answer, also those that are closed."""
