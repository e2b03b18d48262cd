"""How a question to a client reads, in the channel with them and in its preview."""

from models.read_models import QuestionDraft
from models.rules.surveys.csat import RATING_WORDS, RATINGS
from scheduled.posts import Button, Intent, Post, Small, Text
from scheduled.templating import Templates

RATES = {rating: Intent(f"survey_rate_{rating}") for rating in RATINGS}
"""Each of the five buttons has an intent of its own."""


def question_post(templates: Templates, draft: QuestionDraft) -> Post:
    """Return the question, with a button for each answer; the buttons carry nothing yet."""
    words = templates.render("survey_question", {"state": "open", **question_words(draft)})
    rates = (Button(f"{rating} {RATING_WORDS[rating]}", intent) for rating, intent in RATES.items())
    buttons = (*rates, Button("I'd rather not", Intent.SURVEY_DECLINE))
    return Post(words.summary, (Text(words.text), Small(words.small)), buttons)


def question_words(draft: QuestionDraft) -> dict[str, object]:
    """Return what the question's template takes."""
    return {
        "about": draft.about,
        "contact": draft.contact_name,
        "person": draft.contact_slack_id,
        "sender": draft.sender_name,
        "seen_by": ", ".join(draft.seen_by) or None,
    }
