"""Everything that may make, change or record paper, by subject."""

from cases.paper.actions.posters import (
    change_poster,
    make_poster,
    print_poster,
    retire_poster,
    share_poster,
    stop_sharing,
)
from cases.paper.actions.prints import (
    AGAIN_JOB,
    DOORS_JOB,
    file_of,
    note_fetched,
    order_again,
    order_doors,
    picture_of,
    print_doors,
    print_slips,
    volunteers_for,
)
from cases.paper.actions.receipts import print_receipt
from cases.paper.actions.returning import mark_out, mark_returned

__all__ = [
    "AGAIN_JOB",
    "DOORS_JOB",
    "change_poster",
    "file_of",
    "make_poster",
    "mark_out",
    "mark_returned",
    "note_fetched",
    "order_again",
    "order_doors",
    "picture_of",
    "print_doors",
    "print_poster",
    "print_receipt",
    "print_slips",
    "retire_poster",
    "share_poster",
    "stop_sharing",
    "volunteers_for",
]
