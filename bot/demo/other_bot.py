"""A bot that somebody runs beside the demo: what it has to be told, and when it is there."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import httpx

_POLL_SECONDS = 0.5
_TOLD = ("SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "PORT")


def invitation(environment: Mapping[str, str]) -> str:
    """Return what to type to start it, out of what a bot of the demo's own would be told."""
    told = (f"    export {name}={environment[name]}\n" for name in _TOLD if environment[name])
    return (
        f"In a second terminal, start yours, with its own database:\n\n{''.join(told)}    drumbeat serve\n\n"
    )


async def until_it_answers(address: str) -> None:
    """Look for it until it is there."""
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            with suppress(httpx.HTTPError):
                if (await client.get(f"{address}/healthz")).is_success:
                    return
            await asyncio.sleep(_POLL_SECONDS)
