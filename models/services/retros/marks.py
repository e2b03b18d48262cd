"""How people find their own cards though no name stands with them: marks under a key that is destroyed.

Without the key a mark says nothing: it differs from card to card, also between two of one author.
"""

import hmac
import secrets
from hashlib import sha256
from uuid import UUID, uuid4

_KEY_BYTES = 32


def new_key() -> str:
    """Return a key for one retrospective."""
    return secrets.token_hex(_KEY_BYTES)


def card_id(key: str, receipt: str | None, place: int) -> UUID:
    """Return the id of a delivery's card: coming twice it makes the same cards, and none leads back to it.

    Where no delivery can come twice, it is any id.
    """
    if receipt is None:
        return uuid4()
    return UUID(bytes=_digest(key, "card", receipt, str(place))[:16], version=4)


def safety_id(key: str, person_id: UUID) -> UUID:
    """Return the id of a person's answer to the safety check: there is one for each, and none leads back."""
    return UUID(bytes=_digest(key, "safety", str(person_id))[:16], version=4)


def mark(key: str, card: UUID, person_id: UUID) -> str:
    """Return the mark by which this person knows the card as theirs."""
    return _digest(key, "author", str(card), str(person_id)).hex()


def is_marked(key: str, card: UUID, person_id: UUID, found: str | None) -> bool:
    """Tell whether the card's mark is this person's."""
    return found is not None and hmac.compare_digest(found, mark(key, card, person_id))


def _digest(key: str, *parts: str) -> bytes:
    return hmac.new(bytes.fromhex(key), "\n".join(parts).encode(), sha256).digest()
