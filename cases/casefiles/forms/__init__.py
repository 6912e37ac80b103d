"""Forms of a case: told in two short pages, and moved on by one question at a time."""

from cases.casefiles.forms.moving import (
    AssignForm,
    CaseForm,
    CloseForm,
    CodeForm,
    EvidenceForm,
    GroupForm,
    LinkForm,
    NeedsForm,
    ReopenForm,
    ResolveForm,
    StrikeForm,
    SupplyForm,
    TitleForm,
    unanswered,
)
from cases.casefiles.forms.telling import (
    CategoryForm,
    ClosingForm,
    HappenedForm,
    ReporterForm,
    UrgencyForm,
)

__all__ = [
    "AssignForm",
    "CaseForm",
    "CategoryForm",
    "CloseForm",
    "ClosingForm",
    "CodeForm",
    "EvidenceForm",
    "GroupForm",
    "HappenedForm",
    "LinkForm",
    "NeedsForm",
    "ReopenForm",
    "ReporterForm",
    "ResolveForm",
    "StrikeForm",
    "SupplyForm",
    "TitleForm",
    "UrgencyForm",
    "unanswered",
]
