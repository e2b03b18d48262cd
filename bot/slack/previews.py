"""What a message will look like, shown before it is sent: drawn as when it is, with its buttons in words."""

from collections.abc import Callable, Sequence

from bot.slack import render
from handlers.blocks import Block, context, escape
from models.read_models import QuestionDraft
from scheduled.templating import Templates
from scheduled.wording.surveys import question_post


def question_preview(templates: Templates) -> Callable[[QuestionDraft], Sequence[Block]]:
    """Return what draws a question to a client."""

    def draw(draft: QuestionDraft) -> Sequence[Block]:
        post = question_post(templates, draft)
        words = [block for block in render.blocks(post) if block["type"] != "actions"]
        return [*words, context(" ".join(f"[{escape(button.label)}]" for button in post.buttons))]

    return draw
