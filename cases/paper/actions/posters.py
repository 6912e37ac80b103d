"""A poster from its first words to its last day on the wall."""

import secrets
import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.areas.models import Area
from cases.audit.actions import record
from cases.kernel.exceptions import ActionRefused
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action, locked
from cases.paper import permissions
from cases.paper.choices import PaperSize, PosterKind, PrintKind
from cases.paper.models import Poster, PrintRecord
from cases.paper.sheets import PaperRefused, PosterContent, poster_blocks, poster_from_blocks
from cases.paper.typesetting import render_pdf, render_png
from cases.people.models import User
from cases.programmes.models import Round

TOKEN_BYTES = 9  # 12 characters: short enough to be typed from a wall, too many to be guessed
PAGES = {PaperSize.A3_TILES: 2}


def make_poster(
    *,
    kind: str,
    area: Area,
    aid_round: Round | None,
    content: PosterContent,
    by: User | None,
    valid_until: date | None = None,
    with_qr: bool = False,
    site: str = "",
    client_id: uuid.UUID | None = None,
) -> Poster:
    """A new poster. `site` is where this posko is reached ("https://posko.example"); a QR leads to its share page."""
    digest = content_digest([kind, area.pk, aid_round and aid_round.pk, poster_blocks(content), with_qr])
    # Typesetting takes a second: it comes before the transaction, so that nobody else waits for it.
    if (known := stored_before(Poster, client_id, digest)) is not None:
        return known
    token = secrets.token_urlsafe(TOKEN_BYTES)
    content = with_link(content, token if with_qr else "", site)
    made = _set(content)
    try:
        return _keep_new(
            Poster(
                kind=kind,
                area=area,
                round=aid_round,
                valid_until=valid_until,
                with_qr=with_qr,
                shared=with_qr,
                share_token=token,
                created_by=by,
                client_id=client_id,
                client_digest=digest if client_id else "",
            ),
            content=content,
            made=made,
            by=by,
        )
    except IntegrityError:
        # A second tap came while the first was being set.
        if (known := stored_before(Poster, client_id, digest)) is not None:
            return known
        raise


@action
def _keep_new(
    poster: Poster, *, content: PosterContent, made: tuple[bytes, list[str]], by: User | None
) -> Poster:
    if by is not None:
        permissions.check_can_make_poster(by, poster.area_id)
    if poster.kind == PosterKind.SCHEDULE and poster.round is None:
        raise ActionRefused(_("Choose the round whose schedule the poster tells."))
    _fill(poster, content, made)
    poster.save()
    record("poster.made", subject=poster, by=by, data={"kind": poster.kind, "round": poster.round_id})
    return poster


def change_poster(
    *,
    poster: Poster,
    content: PosterContent,
    by: User,
    valid_until: date | None = None,
    with_qr: bool = False,
    site: str = "",
) -> Poster:
    """Other words on the same poster; sheets that hang already do not change, so the page says to replace them."""
    permissions.check_can_change_poster(by, poster)
    content = with_link(content, poster.share_token if with_qr else "", site)
    return _keep_change(
        poster=poster, content=content, made=_set(content), by=by, valid_until=valid_until, with_qr=with_qr
    )


@action
def _keep_change(
    *,
    poster: Poster,
    content: PosterContent,
    made: tuple[bytes, list[str]],
    by: User,
    valid_until: date | None,
    with_qr: bool,
) -> Poster:
    poster = locked(poster)
    permissions.check_can_change_poster(by, poster)
    old = poster.picture.name
    poster.valid_until, poster.with_qr = valid_until, with_qr
    poster.shared = poster.shared or with_qr
    _fill(poster, content, made)
    poster.save()
    record("poster.changed", subject=poster, by=by)
    if old:
        transaction.on_commit(lambda: poster.picture.storage.delete(old))
    return poster


@action
def share_poster(*, poster: Poster, by: User) -> Poster:
    poster = locked(poster)
    permissions.check_can_change_poster(by, poster)
    if not poster.shared:
        poster.shared = True
        poster.save(update_fields=["shared", "updated_at"])
        record("poster.shared", subject=poster, by=by)
    return poster


@action
def stop_sharing(*, poster: Poster, by: User) -> Poster:
    """The link leads nowhere from now on, also the one in the QR of sheets that hang."""
    poster = locked(poster)
    permissions.check_can_change_poster(by, poster)
    if poster.shared:
        poster.shared = False
        poster.save(update_fields=["shared", "updated_at"])
        record("poster.unshared", subject=poster, by=by)
    return poster


@action
def retire_poster(*, poster: Poster, by: User) -> Poster:
    """Taken down: it is kept, as paper may still hang, but nobody prints or opens it any more."""
    poster = locked(poster)
    permissions.check_can_change_poster(by, poster)
    poster.retired_at, poster.shared = timezone.now(), False
    poster.save(update_fields=["retired_at", "shared", "updated_at"])
    record("poster.retired", subject=poster, by=by)
    return poster


def print_poster(
    *, poster: Poster, paper: str, by: User | None, purpose: str = "", client_id: uuid.UUID | None = None
) -> PrintRecord:
    """Put the print on record with the words as they are now; `prints.file_of` makes the file."""
    digest = content_digest([poster.pk, paper, poster.content])
    if (known := stored_before(PrintRecord, client_id, digest)) is not None:
        return known
    try:
        return _keep_print(
            poster=poster, paper=paper, by=by, purpose=purpose, client_id=client_id, digest=digest
        )
    except IntegrityError:
        if (known := stored_before(PrintRecord, client_id, digest)) is not None:
            return known
        raise


@action
def _keep_print(
    *, poster: Poster, paper: str, by: User | None, purpose: str, client_id: uuid.UUID | None, digest: str
) -> PrintRecord:
    if by is not None:
        permissions.check_can_print_poster(by, poster, paper)
    row = PrintRecord.objects.create(
        kind=PrintKind.POSTER,
        area_id=poster.area_id,
        paper=paper,
        purpose=purpose or poster.headline[:200],
        pages=PAGES.get(PaperSize(paper), 1),
        content={"kind": poster.kind, "blocks": poster.content},
        digest=content_digest(poster.content),
        poster=poster,
        by=by,
        client_id=client_id,
        client_digest=digest if client_id else "",
    )
    record("print.made", subject=row, by=by, about=poster, data={"kind": row.kind, "paper": paper})
    return row


def content_of(poster: Poster) -> PosterContent:
    return poster_from_blocks(poster.kind, poster.content)


def with_link(content: PosterContent, token: str, site: str) -> PosterContent:
    return replace(content, link=f"{site.rstrip('/')}/p/{token}/" if token and site else "")


def _set(content: PosterContent) -> tuple[bytes, list[str]]:
    """The picture for WhatsApp, and the papers on which these words are too many; refused where no paper takes them."""
    picture = render_png("poster", content, paper=PaperSize.A4)[0]
    too_small = []
    for paper in PaperSize:
        try:
            render_pdf("poster", content, paper=paper)
        except PaperRefused:
            too_small.append(str(paper))
    return picture, too_small


def _fill(poster: Poster, content: PosterContent, made: tuple[bytes, list[str]]) -> None:
    picture, poster.too_small = made
    blocks: dict[str, Any] = poster_blocks(content)
    poster.content, poster.with_strips = blocks, content.strips
    poster.picture.save("poster.png", ContentFile(picture), save=False)
