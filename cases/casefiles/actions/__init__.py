"""Everything that can be done with a case."""

from cases.casefiles.actions.evidence import (
    add_evidence,
    add_evidence_files,
    download_original,
    strike_evidence,
)
from cases.casefiles.actions.moving import (
    ask_details,
    back_to_verified,
    close,
    mark_answered,
    mark_sent,
    reopen,
    resolve,
    set_due,
    supply_details,
    verify,
)
from cases.casefiles.actions.recording import (
    Levy,
    ReporterData,
    change_reporter,
    edit,
    levy_of,
    log_case,
    reveal_reporter,
)
from cases.casefiles.actions.relating import assign, group, link, rename_group, take_on, ungroup, unlink

__all__ = [
    "Levy",
    "ReporterData",
    "add_evidence",
    "add_evidence_files",
    "ask_details",
    "assign",
    "back_to_verified",
    "change_reporter",
    "close",
    "download_original",
    "edit",
    "group",
    "levy_of",
    "link",
    "log_case",
    "mark_answered",
    "mark_sent",
    "rename_group",
    "reopen",
    "resolve",
    "reveal_reporter",
    "set_due",
    "strike_evidence",
    "supply_details",
    "take_on",
    "ungroup",
    "unlink",
    "verify",
]
