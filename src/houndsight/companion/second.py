"""The second reader as the household sets it up: by three variables of the environment, off without them."""

from __future__ import annotations

import logging
import os

from houndsight.knowledge.base import Knowledge
from houndsight.senses.words.second import Endpoint, SecondReader

__all__ = ["from_environment"]

LOG = logging.getLogger("houndsight")


def from_environment(knowledge: Knowledge) -> SecondReader:
    """The reader at HOUNDSIGHT_READER_URL with the model HOUNDSIGHT_READER_MODEL and the key HOUNDSIGHT_READER_KEY, if one is needed.

    Says so when the address is not on this machine, since what people tell will then leave it. Raises InputError when the address or
    the model cannot be used.
    """
    endpoint = Endpoint(
        os.environ.get("HOUNDSIGHT_READER_URL", ""),
        os.environ.get("HOUNDSIGHT_READER_MODEL", ""),
        os.environ.get("HOUNDSIGHT_READER_KEY", ""),
    )
    if not endpoint.at_home:
        LOG.warning("Accounts are sent to %s, the second reader that you set up.", endpoint.url)
    return SecondReader(endpoint, knowledge.vocabulary, knowledge.wording)
