"""Offices with the seeds' deadlines, and submissions made by the real actions."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from advocacy import seeding
from cases.areas.models import Area
from cases.casefiles.choices import Category, Status
from cases.casefiles.models import Case
from cases.escalations import actions
from cases.escalations.choices import Channel, OfficeKind, Solves
from cases.escalations.models import Answer, Office, Submission
from cases.kernel.writes import open_gate
from cases.people.models import User
from tests.casefiles.helpers import make_case

SENT_ON = date(2026, 11, 2)  # a Monday
TODAY = date(2026, 11, 24)  # a Tuesday

OFFICES = [
    ("KEL-31.75.05.1001", OfficeKind.VILLAGE, "Kelurahan Gedong", "31.75.05.1001"),
    ("KEL-31.75.04.1002", OfficeKind.VILLAGE, "Kelurahan Tengah", "31.75.04.1002"),
    ("KEC-31.75.05", OfficeKind.DISTRICT, "Kecamatan Pasar Rebo", "31.75.05"),
    ("SUDINSOS-31.75", OfficeKind.CITY_SOCIAL, "Suku Dinas Sosial Jakarta Timur", "31.75"),
    ("DINSOS-31", OfficeKind.PROVINCE_SOCIAL, "Dinas Sosial DKI Jakarta", "31"),
    ("INSPEKTORAT-31", OfficeKind.INSPECTORATE, "Inspektorat DKI Jakarta", "31"),
    ("OMBUDSMAN", OfficeKind.OMBUDSMAN, "Ombudsman Jakarta Raya", "31"),
    ("POLRES", OfficeKind.POLICE, "Polres Metro Jakarta Timur", "31.75"),
    ("LAPOR", OfficeKind.LAPOR, "SP4N-LAPOR!", "31"),
    ("KPK", OfficeKind.KPK, "KPK (JAGA)", "31"),
    ("PPID", OfficeKind.PPID, "PPID DKI Jakarta", "31"),
    ("KOMISI", OfficeKind.COMMISSION, "Komisi Informasi DKI Jakarta", "31"),
]


def make_offices() -> SimpleNamespace:
    """`village`, `other_village`, `district`, `city`, `province`, `inspectorate`, `ombudsman`, `police`, `lapor`, `ppid`, `commission`, `rw`."""
    known = set(Area.objects.values_list("pk", flat=True))
    with open_gate():
        seeding._deadline_rules()
        seeding._routes()
        seeding._requirements()
        for code, kind, name, area in OFFICES:
            if area in known:
                Office.objects.get_or_create(
                    code=code, defaults={"kind": kind, "name": name, "area_id": area}
                )
        if "31.75.05.1001.011" in known:
            Office.objects.get_or_create(
                code="RW-011",
                defaults={"kind": OfficeKind.RT_RW, "name": "RW 011 Gedong", "area_id": "31.75.05.1001.011"},
            )
    rows = {office.code: office for office in Office.objects.select_related("area")}
    names = {
        "village": "KEL-31.75.05.1001",
        "other_village": "KEL-31.75.04.1002",
        "district": "KEC-31.75.05",
        "city": "SUDINSOS-31.75",
        "province": "DINSOS-31",
        "inspectorate": "INSPEKTORAT-31",
        "ombudsman": "OMBUDSMAN",
        "police": "POLRES",
        "lapor": "LAPOR",
        "kpk": "KPK",
        "ppid": "PPID",
        "commission": "KOMISI",
        "rw": "RW-011",
    }
    return SimpleNamespace(**{name: rows.get(code) for name, code in names.items()})


def make_verified(by: User, area: Area, category: str = Category.LEVY, **more: Any) -> Case:
    return make_case(by, area, category, status=Status.VERIFIED, **more)


def make_submission(cases: list[Case], office: Office, by: User, **fields: Any) -> Submission:
    """Sent as a letter on Monday, 2 November 2026."""
    given = {"channel": Channel.LETTER, "sent_on": SENT_ON}
    return actions.send(cases=cases, office=office, by=by, **(given | fields))


def make_answer(submission: Submission, by: User, **fields: Any) -> Answer:
    given = {"answered_on": date(2026, 11, 20), "content": "Akan dicek ke lapangan.", "solves": Solves.NO}
    return actions.record_answer(submission=submission, by=by, **(given | fields))
