"""Everything that may change a family, by subject."""

from cases.households.actions.aid import edit_receipt, record_check, record_receipt, record_visit
from cases.households.actions.change import change_kk, edit_household, moved_away, moved_back
from cases.households.actions.consent import record_consent, reveal_numbers, withdraw_consent
from cases.households.actions.members import add_member, change_head, edit_member, member_left
from cases.households.actions.merge import heir_of, merge_households, unmerge
from cases.households.actions.record import record_household, record_households

__all__ = [
    "add_member",
    "change_head",
    "change_kk",
    "edit_household",
    "edit_member",
    "edit_receipt",
    "heir_of",
    "member_left",
    "merge_households",
    "moved_away",
    "moved_back",
    "record_check",
    "record_consent",
    "record_household",
    "record_households",
    "record_receipt",
    "record_visit",
    "reveal_numbers",
    "unmerge",
    "withdraw_consent",
]
