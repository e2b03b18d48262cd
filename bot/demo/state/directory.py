"""Who is in the workspace, and which conversations there are."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from bot.demo.state.app_manifest import app_of, bot_user, direct_message, direct_message_id, slackbot
from bot.demo.state.happenings import Happening, What
from bot.demo.story import Story
from bot.demo.values import Conversation, ConversationKind, Person
from bot.demo.zones import offset_at
from models.value import replace


class Directory:
    """People and conversations, which change while the demo runs."""

    def __init__(
        self, story: Story, manifest: Mapping[str, object], happened: Callable[[Happening], None]
    ) -> None:
        """Take the cast, the app's manifest, and whom to tell what happened."""
        app = app_of(manifest)
        self._visitors = tuple(person.id for person in story.people)
        everybody = (*story.people, bot_user(app, story.team), slackbot(story.team))
        self._people = {person.id: person for person in everybody}
        direct = (direct_message(app, person) for person in story.people)
        self._conversations = {each.id: each for each in (*story.conversations, *direct)}
        self._happened = happened

    @property
    def people(self) -> tuple[Person, ...]:
        """Return whom a visitor may be: not the bot, not Slackbot."""
        return tuple(self._people[user_id] for user_id in self._visitors)

    @property
    def everybody(self) -> Iterable[Person]:
        """Return all who may have written a message."""
        return self._people.values()

    @property
    def conversations(self) -> Iterable[Conversation]:
        """Return all conversations."""
        return self._conversations.values()

    def person(self, user_id: str) -> Person | None:
        """Find anybody who may have written a message: people, the bot user, Slackbot."""
        return self._people.get(user_id)

    def conversation(self, conversation_id: str) -> Conversation | None:
        """Find a conversation."""
        return self._conversations.get(conversation_id)

    def conversations_of(self, user_id: str) -> list[Conversation]:
        """List the conversations the person is in: channels by name, then the app's direct message."""
        mine = (each for each in self._conversations.values() if user_id in each.member_ids)
        return sorted(mine, key=lambda each: (each.kind is ConversationKind.IM, each.name))

    def channels_seen_by(self, user_id: str) -> list[Conversation]:
        """List the channels that the person can choose: public ones, and the private ones they are in."""
        public, private = ConversationKind.CHANNEL, ConversationKind.PRIVATE
        seen = (
            each
            for each in self._conversations.values()
            if each.kind is public or (each.kind is private and user_id in each.member_ids)
        )
        return sorted((each for each in seen if not each.is_archived), key=lambda each: each.name)

    def direct_message(self, user_id: str) -> Conversation | None:
        """Find the app's direct message with the person."""
        return self._conversations.get(direct_message_id(user_id))

    def join(self, conversation: Conversation, person: Person, inviter: Person | None) -> Conversation:
        """Take somebody in."""
        changed = replace(conversation, member_ids=(*conversation.member_ids, person.id))
        return self._put(changed, What.JOINED, person, inviter)

    def leave(self, conversation: Conversation, person: Person, by: Person | None = None) -> Conversation:
        """Let somebody go."""
        rest = tuple(each for each in conversation.member_ids if each != person.id)
        return self._put(replace(conversation, member_ids=rest), What.LEFT, person, by)

    def archive(self, conversation: Conversation, by: Person) -> Conversation:
        """Close a channel; it can be opened again."""
        return self._put(replace(conversation, is_archived=True), What.ARCHIVED, None, by)

    def unarchive(self, conversation: Conversation, by: Person) -> Conversation:
        """Open a channel again."""
        return self._put(replace(conversation, is_archived=False), What.UNARCHIVED, None, by)

    def share(self, conversation: Conversation, team_id: str, by: Person) -> Conversation:
        """Share a channel with another company."""
        return self._put(replace(conversation, is_ext_shared=True), What.SHARED, None, by, team_id)

    def unshare(self, conversation: Conversation, team_id: str, by: Person) -> Conversation:
        """Keep a channel to the own company again, without the people of the other."""
        people = [person for each in conversation.member_ids if (person := self.person(each))]
        stay = tuple(person.id for person in people if person.team_id != team_id)
        changed = replace(conversation, is_ext_shared=False, member_ids=stay)
        return self._put(changed, What.UNSHARED, None, by, team_id)

    def change_person(self, person: Person) -> None:
        """Keep what changed about somebody."""
        self._people[person.id] = person
        self._happened(Happening(what=What.PERSON_CHANGED, person=person))

    def go_by(self, now: float) -> None:
        """Put right how far people are from UTC, where the clocks have changed; Slack tells nobody of it."""
        at = datetime.fromtimestamp(now, UTC)
        for person in self._people.values():
            self._people[person.id] = replace(person, tz_offset=offset_at(person.tz, at))

    def restore(self, people: Iterable[Person], conversations: Iterable[Conversation]) -> None:
        """Take up where an earlier run ended, for those who are still there."""
        self._people.update({person.id: person for person in people if person.id in self._people})
        known = (each for each in conversations if each.id in self._conversations)
        self._conversations.update({each.id: each for each in known})

    def _put(
        self, changed: Conversation, what: What, person: Person | None, by: Person | None, word: str = ""
    ) -> Conversation:
        self._conversations[changed.id] = changed
        self._happened(Happening(what=what, conversation=changed, person=person, by=by, word=word))
        return changed
