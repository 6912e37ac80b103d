"""Evidence is sealed with its digest, shown as a clean copy, and never deleted."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record
from cases.casefiles import permissions, rules
from cases.casefiles.choices import EvidenceKind
from cases.casefiles.models import Case, Evidence
from cases.kernel import crypto, uploads
from cases.kernel.exceptions import ActionRefused
from cases.kernel.stamps import stored_before
from cases.kernel.writes import action, locked
from cases.people.models import User

CLEAN_TYPE = "image/jpeg"


@action
def add_evidence(
    *,
    case: Case,
    by: User,
    file: bytes | BinaryIO,
    caption: str = "",
    client_id: uuid.UUID | None = None,
) -> Evidence:
    """Keep a photo, PDF or recording with the case; the same file again gives the piece that is there."""
    case = locked(case)
    permissions.check_can_add_evidence(by, case)
    return keep_evidence(case, _content(file), by=by, caption=caption, client_id=client_id)


@action
def add_evidence_files(
    *, case: Case, by: User, files: Iterable[bytes | BinaryIO], caption: str = ""
) -> list[Evidence]:
    """Several files at once: all of them or, where one is refused, none."""
    case = locked(case)
    permissions.check_can_add_evidence(by, case)
    return [keep_evidence(case, _content(file), by=by, caption=caption) for file in files]


@action
def strike_evidence(*, evidence: Evidence, by: User, reason: str) -> Evidence:
    """It does not count any more, and the reason says why; it stays where it is."""
    evidence = locked(evidence)
    permissions.check_can_strike_evidence(by, evidence)
    reason = reason.strip()
    if not reason:
        raise ActionRefused(_("Write why this piece of evidence should not count."))
    permissions.check_keeps_reporter(evidence.case, reason)
    evidence.struck_reason, evidence.struck_at, evidence.struck_by = reason[:200], timezone.now(), by
    evidence.save(update_fields=["struck_reason", "struck_at", "struck_by"])
    record(
        "case.evidence_struck",
        subject=evidence.case,
        by=by,
        about=evidence,
        data={"kind": evidence.kind, "reason": evidence.struck_reason},
    )
    return evidence


@action
def download_original(*, evidence: Evidence, by: User) -> bytes:
    """The file as it came, checked against its digest; every time is on record."""
    permissions.check_can_download_original(by, evidence)
    content = evidence.open_original()
    record(
        "case.evidence_downloaded",
        subject=evidence.case,
        by=by,
        about=evidence,
        data={"kind": evidence.kind, "sha256": evidence.original_sha256},
    )
    return content


def keep_evidence(
    case: Case, content: bytes, *, by: User, caption: str = "", client_id: uuid.UUID | None = None
) -> Evidence:
    """Within an action that has locked the case."""
    kind = uploads.inspect(content)
    sha256 = hashlib.sha256(content).hexdigest()
    caption = caption.strip()[: rules.CAPTION_LENGTH]
    permissions.check_keeps_reporter(case, caption, by=by)
    stamp = crypto.digest(f"{case.pk}:{sha256}", purpose="casefiles.evidence.client")
    known = (
        stored_before(Evidence, client_id, stamp)
        or Evidence.objects.filter(case=case, original_sha256=sha256).first()
    )
    if known is not None:
        return known
    if Evidence.objects.filter(case=case).count() >= rules.EVIDENCE_A_CASE:
        raise ActionRefused(_("This case has as much evidence as can be kept. Keep the rest on paper."))
    evidence = Evidence(
        case=case,
        kind=_kind(kind),
        caption=caption,
        original_type=uploads.media_type(content),
        original_size=len(content),
        original_sha256=sha256,
        added_by=by,
        client_id=client_id,
        client_digest=stamp if client_id else "",
    )
    saved = []
    try:
        evidence.original.save("original", ContentFile(content), save=False)
        saved.append(evidence.original)
        if evidence.kind == EvidenceKind.PHOTO:
            clean = uploads.clean_image(content)
            evidence.clean_copy.save("clean", ContentFile(clean), save=False)
            saved.append(evidence.clean_copy)
            evidence.clean_type = CLEAN_TYPE
        evidence.save()
    except BaseException:
        for file in saved:
            file.delete(save=False)
        raise
    record("case.evidence_added", subject=case, by=by, about=evidence, data={"kind": evidence.kind})
    return evidence


def _kind(kind: str) -> EvidenceKind:
    return {"pdf": EvidenceKind.PDF, "audio": EvidenceKind.AUDIO}.get(kind, EvidenceKind.PHOTO)


def _content(file: bytes | BinaryIO) -> bytes:
    if isinstance(file, bytes):
        return file
    file.seek(0)
    return file.read(rules.LARGEST_FILE + 1)
