"""Rows of the ladder: reference data, and what was sent by it."""

from cases.escalations.models.reference import (
    DeadlineRule,
    Office,
    OfficeQuerySet,
    Requirement,
    Route,
)
from cases.escalations.models.submissions import (
    Answer,
    AnswerQuerySet,
    CalendarFeed,
    CalendarFeedQuerySet,
    Deadline,
    DeadlineMark,
    Progress,
    Submission,
    SubmissionCase,
    SubmissionCaseQuerySet,
    SubmissionQuerySet,
)

__all__ = [
    "Answer",
    "AnswerQuerySet",
    "CalendarFeed",
    "CalendarFeedQuerySet",
    "Deadline",
    "DeadlineMark",
    "DeadlineRule",
    "Office",
    "OfficeQuerySet",
    "Progress",
    "Requirement",
    "Route",
    "Submission",
    "SubmissionCase",
    "SubmissionCaseQuerySet",
    "SubmissionQuerySet",
]
