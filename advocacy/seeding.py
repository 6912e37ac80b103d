"""Reference rows from seeds/: added where they are missing, never written over what a posko has edited."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction

from cases.areas.choices import Level
from cases.areas.models import Area
from cases.escalations.choices import OfficeKind
from cases.escalations.models import DeadlineRule, Office, Requirement, Route
from cases.kernel.writes import open_gate
from cases.people.models import Organisation
from cases.programmes.models import Programme, ProgrammeComponent, Round

ORGANISATIONS = [
    ("JRMK", "Jaringan Rakyat Miskin Kota"),
    ("SPRI", "Serikat Perjuangan Rakyat Indonesia"),
]
# Kinds of offices that every kelurahan and kecamatan has; the others stand in offices.csv one by one.
LOCAL_OFFICES = {
    Level.VILLAGE: (OfficeKind.VILLAGE, "KEL", "Kelurahan", "Lurah"),
    Level.DISTRICT: (OfficeKind.DISTRICT, "KEC", "Kecamatan", "Camat"),
}


def rows(name: str, folder: Path | None = None) -> Iterator[dict[str, str]]:
    """A seed file as dicts of stripped text."""
    with ((folder or settings.BASE_DIR / "seeds") / f"{name}.csv").open(
        encoding="utf-8", newline=""
    ) as handle:
        for row in csv.DictReader(handle):
            yield {key: (value or "").strip() for key, value in row.items()}


def load_all() -> dict[str, int]:
    """Load every table in one transaction; returns how many rows each gained."""
    with transaction.atomic(), open_gate():
        return {
            "areas": _areas(),
            "organisations": _organisations(),
            "programmes": _programmes(),
            "components": _components(),
            "rounds": _rounds(),
            "offices": _offices(),
            "deadline rules": _deadline_rules(),
            "routes": _routes(),
            "requirements": _requirements(),
        }


def _add[M: models.Model](model: type[M], key: tuple[str, ...], candidates: list[M]) -> int:
    known = set(model._base_manager.values_list(*key))  # type: ignore[attr-defined]
    fresh = [row for row in candidates if tuple(getattr(row, name) for name in key) not in known]
    model._base_manager.bulk_create(fresh)  # type: ignore[attr-defined]
    return len(fresh)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _areas() -> int:
    areas = [
        Area(
            code=row["code"],
            level=row["level"],
            name=row["name"],
            alias=row["alias"],
            abbr=row["abbr"],
            parent_id=row["parent"] or None,
        )
        for row in rows("areas")
    ]
    return _add(Area, ("code",), areas)


def _organisations() -> int:
    return _add(
        Organisation,
        ("short_name",),
        [Organisation(short_name=short, name=name) for short, name in ORGANISATIONS],
    )


def _programmes() -> int:
    programmes = [
        Programme(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            unit=row["unit"],
            amount=_number(row["amount"]),
            cadence=row["cadence"],
            channel=row["channel"],
            legal_basis=row["legal_basis"],
            last_checked=_day(row["last_checked"]),
            active=row["active"] == "true",
            description=_paragraphs(row["description"], row["notes"]),
        )
        for row in rows("programmes")
    ]
    return _add(Programme, ("code",), programmes)


def _components() -> int:
    ids = dict(Programme.objects.values_list("code", "pk"))
    components = [
        ProgrammeComponent(
            programme_id=ids[row["programme"]],
            name=row["component"],
            amount=int(row["amount"]),
            per=row["per"],
        )
        for row in rows("programme_components")
    ]
    return _add(ProgrammeComponent, ("programme_id", "name"), components)


def _rounds() -> int:
    ids = dict(Programme.objects.values_list("code", "pk"))
    rounds = [
        Round(
            programme_id=ids[row["programme"]],
            name=row["name"],
            period_start=date.fromisoformat(row["period_start"]),
            period_end=date.fromisoformat(row["period_end"]),
            amount=_number(row["amount"]),
            channel=row["channel"],
            status=row["status"],
        )
        for row in rows("rounds")
    ]
    return _add(Round, ("programme_id", "name"), rounds)


def _offices() -> int:
    named = [
        Office(
            code=row["code"],
            kind=row["kind"],
            name=row["name"],
            addressee=row["addressee"],
            area_id=row["area"],
            address=row["address"],
            hours=row["hours"],
            phone=row["phone"],
            website=row["website"],
            notes=row["notes"],
            last_checked=_day(row["last_checked"]),
        )
        for row in rows("offices")
    ]
    known = {office.code for office in named}
    for area in Area.objects.filter(level__in=LOCAL_OFFICES):
        kind, prefix, word, head = LOCAL_OFFICES[Level(area.level)]
        if f"{prefix}-{area.code}" not in known:
            named.append(
                Office(
                    code=f"{prefix}-{area.code}",
                    kind=kind,
                    name=f"{word} {area.name}",
                    addressee=f"{head} {area.name}",
                    area=area,
                    notes="Belum dicek: alamat, jam layanan, telepon.",
                )
            )
    return _add(Office, ("code",), named)


def _deadline_rules() -> int:
    rules = [
        DeadlineRule(
            office_kind=row["office_kind"],
            matter=row["matter"],
            step=row["step"],
            start=row["start"],
            amount=int(row["amount"]),
            unit=row["unit"],
            legal_basis=row["legal_basis"],
            last_checked=_day(row["last_checked"]),
        )
        for row in rows("deadline_rules")
    ]
    return _add(DeadlineRule, ("office_kind", "matter", "step"), rules)


def _routes() -> int:
    routes = [
        Route(
            category=row["category"],
            area_id=row["area"],
            rung=int(row["rung"]),
            office_kind=row["office_kind"],
            beside=row["beside"] == "true",
            legal_basis=row["legal_basis"],
            last_checked=_day(row["last_checked"]),
        )
        for row in rows("routes")
    ]
    return _add(Route, ("category", "area_id", "office_kind"), routes)


def _requirements() -> int:
    requirements = [
        Requirement(
            office_kind=row["office_kind"],
            need=row["need"],
            amount=int(row["amount"]),
            legal_basis=row["legal_basis"],
            last_checked=_day(row["last_checked"]),
        )
        for row in rows("requirements")
    ]
    return _add(Requirement, ("office_kind", "need"), requirements)


def summary(gained: dict[str, Any]) -> str:
    return ", ".join(f"{count} {name}" for name, count in gained.items() if count) or "nothing new"
