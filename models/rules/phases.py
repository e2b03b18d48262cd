"""The phases a project goes through, from first talks to lessons learned.

Source: a lifecycle that maps to those which delivery organisations publish (assess, plan, design, deliver,
review, improve).
"""

from enum import StrEnum


class Phase(StrEnum):
    """Where a project stands, in the order of its life."""

    QUALIFY = "qualify"
    HANDOVER = "handover"
    LAUNCH = "launch"
    DELIVER = "deliver"
    CLOSE = "close"
    IMPROVE = "improve"
