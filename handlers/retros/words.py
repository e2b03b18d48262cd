"""How retrospectives read in Slack; every message and modal takes its words from here."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.blocks import day, escape, moment
from models.read_models import CardView, RetroActions, RetroView
from models.rules.retros.life import SMALL_GROUP

ANONYMOUS = "No name or exact time is kept with a card."
NAMED = "Your name stands with your cards."

HOW = (
    "*How it works*\n"
    "1. Add as many cards as you like until {closes}; change or delete yours with `/retro mine`.\n"
    "2. Nobody sees any before it closes. Then all stand in a thread here, in an order drawn by lot.\n"
    "3. You agree on three actions at most. The next retro begins with those that are still open."
)
HOW_ANONYMOUS = (
    "*What is kept of you*: that you took part. Not which cards are yours, nor when you wrote: only a key "
    "can tell, which lets you change them. When it closes the key is destroyed, and nobody can find out any "
    "more, not even whoever runs the database; until then they could. And colleagues may know you by how "
    "you write."
)
HOW_SAFE = (
    "*How free you feel to speak* is kept without your name, too. When it closes it is counted and deleted, "
    "and shown from four answers on."
)
HOW_NAMED = "This one is *with names*: the team reads who wrote what."


def is_anonymous(retro: RetroView) -> str:
    """Return "anonymous" or "with names"."""
    return "anonymous" if retro.is_anonymous else "with names"


def promise(retro: RetroView) -> str:
    """Return what is kept with a card."""
    return ANONYMOUS if retro.is_anonymous else NAMED


def warning(people: int) -> str:
    """Return what to know of a small team."""
    who = "Only one person is" if people == 1 else f"Only {people} people are"
    return f"⚠️ {who} on the team: with {SMALL_GROUP} or fewer, who wrote what is easy to guess."


def how(retro: RetroView) -> str:
    """Return how it works, and what is kept of whom."""
    kept = HOW_ANONYMOUS if retro.is_anonymous else HOW_NAMED
    parts = [HOW.format(closes=moment(retro.closes_at)), kept, HOW_SAFE if retro.asks_safety else ""]
    return "\n\n".join(filter(None, parts))


def headline(retro: RetroView, now: datetime) -> str:
    """Return "*ACME retro, open until Fri 12:00* · anonymous"."""
    if retro.is_open(now):
        return f"*{retro.reference}, open until {moment(retro.closes_at)}* · {is_anonymous(retro)}"
    if retro.closed_at is None:
        return f"*{retro.reference}*: collecting is over, and it closes in a moment"
    return f"*{retro.reference} of {local_day(retro, now)}, closed* · {gathered(retro)}"


def local_day(retro: RetroView, now: datetime) -> str:
    """Return the day on which it was started, where the project is."""
    zone = ZoneInfo(retro.timezone)
    return day(retro.started_at.astimezone(zone).date(), now.astimezone(zone).date())


def gathered(retro: RetroView) -> str:
    """Return "7 cards from 4 people"."""
    if not retro.cards:
        return "no card"
    people = f"{retro.contributors} {'person' if retro.contributors == 1 else 'people'}"
    return f"{cards(retro.cards)} from {people}"


def cards(number: int) -> str:
    """Return "1 card" or "3 cards"."""
    return f"{number} card{'s' if number != 1 else ''}"


def added(written: int, already_there: int) -> str:
    """Return "3 cards added", and how many of so many written ones were there before."""
    new = written - already_there
    if not already_there:
        return f"{cards(new).capitalize()} added"
    if new:
        return f"{cards(new).capitalize()} added; {already_there} more already there, and kept once"
    return "Already there: that card is kept once" if written == 1 else "Already there: those are kept once"


def rate(done: int, agreed: int) -> str:
    """Return "2 of 3 actions done"."""
    return f"{done} of {agreed} action{'s' if agreed != 1 else ''} done" if agreed else "no action agreed"


def last_time(last: RetroActions | None) -> str:
    """Return what came of the one before; "" where there was none, or nothing was agreed on."""
    if last is None or not last.counted:
        return ""
    told = f"Last time: {rate(last.done, len(last.counted))}."
    left = "; ".join(f"{escape(each.title)} ({escape(each.owner.name)})" for each in last.open)
    return f"{told} Open: {left}" if left else told


def card(shown: CardView) -> str:
    """Return a card as a list has it, safe as mrkdwn."""
    return f"{escape(shown.text)} ({escape(shown.author.name)})" if shown.author else escape(shown.text)
