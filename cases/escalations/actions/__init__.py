"""Sending cases to an office and recording what comes back. Dates that cannot be are refused, and nothing is changed then."""

from cases.escalations.actions.answering import record_answer
from cases.escalations.actions.feeds import feed_digest, note_read, open_feed, revoke_feed
from cases.escalations.actions.following import note_progress, receive, recompute_open_deadlines, withdraw
from cases.escalations.actions.offices import add_office, edit_office
from cases.escalations.actions.reminding import record_near_deadlines
from cases.escalations.actions.sending import send

__all__ = [
    "add_office",
    "edit_office",
    "feed_digest",
    "note_progress",
    "note_read",
    "open_feed",
    "receive",
    "recompute_open_deadlines",
    "record_answer",
    "record_near_deadlines",
    "revoke_feed",
    "send",
    "withdraw",
]
