"""A letter from draft to stamp: numbers without gaps, files that never change, a clock that starts with the receipt."""

import hashlib
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.casefiles import history
from cases.casefiles.choices import Category, Status
from cases.escalations import actions as escalations
from cases.escalations.choices import Matter
from cases.escalations.models import Submission
from cases.kernel.exceptions import ActionRefused, Conflict, NotAllowed
from cases.kernel.indonesian import long_date
from cases.kernel.uploads import UploadRefused
from cases.kernel.writes import open_gate
from cases.paper import actions
from cases.paper.actions.letters import printing
from cases.paper.choices import LetterKind, LetterStatus
from cases.paper.models import Letter, LetterCounter
from cases.paper.typesetting import TypesettingFailed
from tests.casefiles.files import a_pdf, a_photo, a_recording
from tests.casefiles.helpers import bring, make_case
from tests.escalations.helpers import make_offices, make_submission
from tests.paper.helpers import make_letter, make_letterhead, printed_text, solid

K = LetterKind


@pytest.fixture
def offices(areas):
    make_letterhead()
    return make_offices()


@pytest.fixture
def case(cast, areas):
    return make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED)


@pytest.fixture
def draft(case, cast, offices):
    return make_letter([case], cast.coordinator, office=offices.village, enclosures=["receipt"])


@pytest.fixture
def letter(draft, cast):
    return actions.print_letter(letter=draft, by=cast.coordinator)


def today() -> date:
    return timezone.localdate()


# --- drafts ---------------------------------------------------------------------------------------------------------


def test_a_draft_has_words_and_no_number(draft, cast):
    assert (draft.status, draft.number, draft.serial, draft.dated) == (LetterStatus.DRAFT, "", None, None)
    assert "pungutan liar" in draft.blocks.reveal()
    assert draft.area_id == "31.75.05.1001.011.005"
    assert not LetterCounter.objects.exists()
    event = AuditEvent.objects.get(verb="letter.started")
    assert event.data == {"kind": "complaint", "cases": 1}


def test_the_words_lie_sealed(draft):
    (raw,) = Letter.objects.filter(pk=draft.pk).values_list("blocks", flat=True)
    assert b"pungutan" not in bytes(raw.token)


def test_a_form_sent_twice_begins_one_letter(case, cast, offices):
    from uuid import uuid4

    stamp = uuid4()
    first, second = (
        make_letter([case], cast.coordinator, office=offices.village, client_id=stamp) for _tap in range(2)
    )
    assert first == second
    with pytest.raises(Conflict):
        make_letter([case], cast.coordinator, office=offices.city, client_id=stamp)


def test_somebody_elses_change_is_not_overwritten(draft, cast):
    seen = draft.updated_at
    change = actions.Change(texts={"closing": "Terima kasih."})
    actions.change_letter(letter=draft, change=change, by=cast.coordinator, seen=seen)
    with pytest.raises(ActionRefused, match="diubah orang lain"):
        actions.change_letter(letter=draft, change=change, by=cast.board, seen=seen)


def test_start_again_takes_the_texts_from_the_case(draft, cast):
    before = draft.blocks.reveal()
    change = actions.Change(texts={"opening": "Lain sekali."}, answer_by=today() + timedelta(days=3))
    actions.change_letter(letter=draft, change=change, by=cast.coordinator)
    fresh = actions.restart_letter(letter=draft, by=cast.coordinator)
    assert fresh.blocks.reveal() == before
    assert fresh.answer_by is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"texts": {"subject": " "}}, "kosong"),
        ({"texts": {"facts": "x" * 8001}}, "terlalu panjang"),
        ({"texts": {"closing": "NIK 3175041201909001"}}, "NIK"),
        ({"texts": {}, "answer_by": date(2020, 1, 1)}, "sudah lewat"),
        ({"texts": {}, "paper": "a3"}, "A4 atau F4"),
        ({"texts": {"chronology": ""}, "enclosures": ["chronology"]}, "Kronologi"),
        ({"texts": {}, "enclosures": ["evidence"]}, "bukti"),
        ({"texts": {}, "enclosures": ["contents"]}, "lampiran"),
    ],
)
def test_what_could_not_be_printed_is_not_kept(change, words, draft, cast):
    before = draft.blocks.reveal()
    with pytest.raises(ActionRefused, match=words):
        actions.change_letter(letter=draft, change=actions.Change(**change), by=cast.coordinator)
    draft.refresh_from_db()
    assert draft.blocks.reveal() == before


def test_the_day_asked_for_stands_on_the_letter(draft, cast):
    day = today() + timedelta(days=3)
    actions.change_letter(letter=draft, change=actions.Change(texts={}, answer_by=day), by=cast.coordinator)
    text = printed_text(actions.print_letter(letter=draft, by=cast.coordinator), cast.coordinator)
    text = text.replace("\n", " ").replace("\u00a0", " ")
    assert f"paling lambat {long_date(day)}." in text
    assert "sejak tanggal" not in text


def test_a_draft_is_thrown_away(draft, cast):
    actions.discard_letter(letter=draft, by=cast.coordinator)
    assert not Letter.objects.exists()
    assert AuditEvent.objects.filter(verb="letter.discarded", subject_id=str(draft.pk)).exists()


# --- what a letter may be about ---------------------------------------------------------------------------------------


def test_one_letter_is_about_cases_of_one_kind(cast, areas, case, offices):
    other = make_case(cast.volunteer, areas.gedong_rt, Category.QUALITY, status=Status.VERIFIED)
    with pytest.raises(ActionRefused, match="sejenis"):
        make_letter([case, other], cast.coordinator, office=offices.village)


@pytest.mark.parametrize(
    ("kind", "office", "words"),
    [
        (K.COMPLAINT, None, "Pilih kantornya"),
        (K.COMPLAINT, "other_village", "pilih kantor lain"),
        (K.COMPLAINT, "rw", "pilih kantor lain"),  # a levy never goes to RT or RW
        (K.OMBUDSMAN, "village", "Ombudsman"),
        ("poem", "village", "jenis"),
    ],
)
def test_where_a_letter_can_not_go(kind, office, words, case, cast, offices):
    with pytest.raises(ActionRefused, match=words):
        make_letter([case], cast.coordinator, kind=kind, office=office and getattr(offices, office))


def test_an_office_out_of_use_gets_no_letter(case, cast, offices):
    with open_gate():
        offices.village.active = False
        offices.village.save()
    with pytest.raises(ActionRefused, match="tidak dipakai"):
        make_letter([case], cast.coordinator, office=offices.village)


def test_a_power_of_attorney_is_for_one(cast, areas, offices):
    pair = [make_case(cast.volunteer, areas.gedong_rt) for _ in range(2)]
    with pytest.raises(ActionRefused, match="satu orang"):
        make_letter(pair, cast.coordinator, kind=K.POWER)


@pytest.mark.parametrize(
    ("role", "refusal"),
    [
        ("volunteer", NotAllowed),
        ("other_coordinator", NotAllowed),
        ("observer", NotAllowed),
        ("stranger", NotAllowed),
        ("board", None),
    ],
)
def test_who_writes(role, refusal, case, cast, offices):
    by = getattr(cast, role)
    if refusal is None:
        assert make_letter([case], by, office=offices.village)
        return
    with pytest.raises(refusal):
        make_letter([case], by, office=offices.village)
    assert not Letter.objects.exists()


def test_a_letter_about_two_kampung_is_the_boards(cast, areas, case, offices, as_user):
    far = make_case(cast.other_volunteer, areas.tengah_rt, status=Status.VERIFIED)
    letter = make_letter([case, far], cast.board, office=offices.city)
    assert letter.area_id == "31.75"
    with pytest.raises(NotAllowed, match="wilayah lain"):
        actions.print_letter(letter=letter, by=cast.coordinator)
    assert list(Letter.objects.visible_to(cast.coordinator)) == [letter]
    assert list(Letter.objects.visible_to(cast.volunteer)) == []
    assert actions.print_letter(letter=letter, by=cast.board).number


def test_without_an_organisation_there_is_no_letter(case, cast, areas):
    office = make_offices().village
    with pytest.raises(ActionRefused, match="organisasi"):
        actions.start_letter(kind=K.COMPLAINT, cases=[case], office=office, by=cast.coordinator)


# --- printing ---------------------------------------------------------------------------------------------------------


def test_a_print_is_numbered_dated_and_kept(letter, cast, case):
    number = f"001/ADU/JRMK/{['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'][today().month - 1]}/{today().year}"
    assert (letter.status, letter.number, letter.serial, letter.dated) == (
        LetterStatus.PRINTED,
        number,
        1,
        today(),
    )
    pdf = actions.letter_file(letter, by=cast.coordinator)
    assert hashlib.sha256(pdf).hexdigest() == letter.pdf_sha256
    assert number in printed_text(letter, cast.coordinator)
    assert (letter.printed_by, letter.names) == (cast.coordinator, 0)
    told = history.entries(case, cast.volunteer)[0]
    assert str(told.title) == f"Surat {number} ke Kelurahan Gedong dicetak"


def test_the_printed_file_never_changes(letter, cast, case):
    before = actions.letter_file(letter, by=cast.coordinator)
    again = actions.print_letter(letter=letter, by=cast.coordinator)
    assert again.pk == letter.pk
    make_letterhead(name="Nama Baru")
    with pytest.raises(ActionRefused, match="tidak berubah"):
        actions.change_letter(letter=letter, change=actions.Change(texts={}), by=cast.coordinator)
    with pytest.raises(ActionRefused, match="tidak berubah"):
        actions.restart_letter(letter=letter, by=cast.coordinator)
    assert actions.letter_file(again, by=cast.coordinator) == before
    assert LetterCounter.objects.get().last == 1


def test_a_file_that_was_tampered_with_is_not_given_out(letter, cast):
    with open_gate():
        letter.pdf_sha256 = "0" * 64
        letter.save()
    with pytest.raises(ActionRefused, match="sidik"):
        actions.letter_file(letter, by=cast.coordinator)


def test_numbers_run_through_all_kinds_of_an_organisation_and_begin_anew_each_year(case, cast, offices):
    other = make_letterhead("SPRI", letter_code="SPRI-JT")
    made = []
    for kind, organisation, day in (
        (K.COMPLAINT, None, "2026-12-30"),
        (K.POWER, None, "2026-12-31"),
        (K.COMPLAINT, other, "2026-12-31"),
        (K.COMPLAINT, None, "2027-01-02"),
        (K.COMPLAINT, None, "2027-01-03"),
    ):
        with time_machine.travel(f"{day}T10:00:00+07:00"):
            draft = make_letter(
                [case], cast.coordinator, kind=kind, office=offices.village, organisation=organisation
            )
            made.append(actions.print_letter(letter=draft, by=cast.coordinator).number)
    assert made == [
        "001/ADU/JRMK/XII/2026",
        "002/SK/JRMK/XII/2026",
        "001/ADU/SPRI-JT/XII/2026",
        "001/ADU/JRMK/I/2027",
        "002/ADU/JRMK/I/2027",
    ]


def test_a_print_that_fails_keeps_its_number_for_the_next_try(draft, case, cast, offices, monkeypatch):
    def broken(*_args, **_kwargs):
        raise TypesettingFailed("Lembar gagal dibuat.")

    monkeypatch.setattr(printing, "render_pdf", broken)
    with pytest.raises(TypesettingFailed):
        actions.print_letter(letter=draft, by=cast.coordinator)
    monkeypatch.undo()
    draft.refresh_from_db()
    assert (draft.status, draft.serial) == (LetterStatus.DRAFT, 1)
    with pytest.raises(ActionRefused, match="Batalkan"):
        actions.discard_letter(letter=draft, by=cast.coordinator)
    second = actions.print_letter(
        letter=make_letter([case], cast.coordinator, office=offices.village), by=cast.coordinator
    )
    first = actions.print_letter(letter=draft, by=cast.coordinator)
    assert (first.serial, second.serial) == (1, 2)


def test_what_is_refused_takes_no_number(draft, cast, case):
    bring(case, Status.NEEDS_DETAILS, cast.coordinator)
    with pytest.raises(ActionRefused, match="dilengkapi"):
        actions.print_letter(letter=draft, by=cast.coordinator)
    draft.refresh_from_db()
    assert draft.number == ""
    assert not LetterCounter.objects.exists()


def test_a_case_that_is_not_verified_goes_to_no_office_but_may_be_put_in_order(cast, areas, offices):
    case = make_case(cast.volunteer, areas.gedong_rt)
    draft = make_letter([case], cast.coordinator, office=offices.village)
    with pytest.raises(ActionRefused, match="dicek"):
        actions.print_letter(letter=draft, by=cast.coordinator)
    for kind in (K.POWER, K.STATEMENT, K.CHRONOLOGY):
        row = make_letter([case], cast.coordinator, kind=kind)
        assert actions.print_letter(letter=row, by=cast.coordinator).status == LetterStatus.PRINTED


def test_a_draft_changed_under_the_printer_is_not_printed_unseen(draft, cast, monkeypatch):
    original = printing.render_pdf

    def slow(*args, **kwargs):
        other = Letter.objects.get(pk=draft.pk)
        actions.change_letter(letter=other, change=actions.Change(texts={"closing": "Lain."}), by=cast.board)
        return original(*args, **kwargs)

    monkeypatch.setattr(printing, "render_pdf", slow)
    with pytest.raises(ActionRefused, match="diubah orang lain"):
        actions.print_letter(letter=draft, by=cast.coordinator)
    monkeypatch.undo()
    assert actions.print_letter(letter=draft, by=cast.coordinator).serial == 1


def test_the_database_refuses_the_same_number_twice(letter, case, cast, offices):
    twin = make_letter([case], cast.coordinator, office=offices.village)
    with open_gate(), pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=twin.pk).update(
            year=letter.year, serial=letter.serial, number=letter.number, dated=letter.dated
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"number": ""},
        {"serial": None},
        {"pdf": ""},
        {"pdf_sha256": ""},
        {"status": "void"},
        {"status": "handed_over"},
        {"void_reason": "x"},
    ],
)
def test_the_database_keeps_a_printed_letter_whole(fields, letter):
    with open_gate(), pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**fields)


# --- at the office ----------------------------------------------------------------------------------------------------


def test_handing_over_sends_the_case_and_the_receipt_starts_the_clock(letter, case, cast):
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        handed = actions.hand_over(
            letter=letter,
            handed_on=today() - timedelta(days=2),
            received_on=today() - timedelta(days=1),
            received_by="Loket",
            their_number="12/-1.71",
            scan=a_photo(),
            by=cast.coordinator,
        )
        submission = handed.submission
        assert handed.status == LetterStatus.HANDED_OVER
        assert (submission.office, submission.channel) == (letter.office, "letter")
        assert submission.due_on == today() - timedelta(days=1) + timedelta(days=14)
        assert submission.their_number == "12/-1.71"
        case.refresh_from_db()
        assert (case.status, case.due_on) == (Status.SENT, submission.due_on)
        assert handed.scan_type == "image/jpeg"
        assert b"Pabrik HP" not in handed.scan.unsealed()
        assert actions.hand_over(letter=letter, handed_on=handed.handed_on, by=cast.coordinator) == handed
        assert Submission.objects.count() == 1


def test_the_stamp_may_come_later(letter, cast):
    handed = actions.hand_over(letter=letter, handed_on=today(), by=cast.coordinator)
    assert handed.submission.received_on is None
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        actions.add_receipt(
            letter=handed, received_on=today(), their_number="77", scan=a_pdf(), by=cast.coordinator
        )
        handed.refresh_from_db()
        handed.submission.refresh_from_db()
        assert handed.submission.due_on == today() + timedelta(days=14)
        assert (handed.scan_type, handed.their_number) == ("application/pdf", "77")
        old = handed.scan.name
        actions.add_receipt(letter=handed, received_on=today(), scan=a_photo(3), by=cast.coordinator)
        handed.refresh_from_db()
        assert handed.scan.name != old


def test_a_stamp_that_comes_after_the_answer_is_kept_and_moves_no_clock(letter, cast):
    handed = actions.hand_over(letter=letter, handed_on=today(), by=cast.coordinator)
    escalations.record_answer(
        submission=handed.submission,
        answered_on=today(),
        content="Akan dicek.",
        solves="no",
        by=cast.coordinator,
    )
    actions.add_receipt(letter=handed, received_on=today(), scan=a_photo(), by=cast.coordinator)
    handed.submission.refresh_from_db()
    assert handed.submission.received_on is None
    handed.refresh_from_db()
    assert handed.received_on == today()


def test_what_was_sent_before_the_letter_was_recorded_is_joined(letter, case, cast, offices):
    submission = make_submission([case], offices.village, cast.coordinator, sent_on=today())
    handed = actions.hand_over(
        letter=letter, handed_on=today(), received_on=today(), their_number="5", by=cast.coordinator
    )
    submission.refresh_from_db()
    assert handed.submission == submission
    assert (Submission.objects.count(), submission.received_on, submission.their_number) == (1, today(), "5")


def test_a_supplement_joins_what_lies_there_and_leaves_its_clock_alone(letter, case, cast, offices):
    handed = actions.hand_over(letter=letter, handed_on=today(), received_on=today(), by=cast.coordinator)
    due = handed.submission.due_on
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        cover = actions.print_letter(
            letter=make_letter(
                [case], cast.coordinator, kind=K.COVER, office=offices.village, enclosures=["chronology"]
            ),
            by=cast.coordinator,
        )
        assert letter.number in printed_text(cover, cast.coordinator).replace("\n", "")
        joined = actions.hand_over(letter=cover, handed_on=today(), received_on=today(), by=cast.coordinator)
    assert joined.submission == handed.submission
    joined.submission.refresh_from_db()
    assert joined.submission.due_on == due


def test_an_appeal_follows_the_letter_before_it(letter, case, cast, offices):
    actions.hand_over(letter=letter, handed_on=today(), received_on=today(), by=cast.coordinator)
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        appeal = make_letter([case], cast.coordinator, office=offices.city)
        assert appeal.previous == letter
        assert letter.number in appeal.blocks.reveal()
        assert "lewat 6 hari tanpa jawaban" in appeal.blocks.reveal()
        appeal = actions.print_letter(letter=appeal, by=cast.coordinator)
        appeal = actions.hand_over(letter=appeal, handed_on=today(), by=cast.coordinator)
        letter.refresh_from_db()
        assert appeal.submission.appeal_of == letter.submission


def test_an_objection_goes_beside_the_request_that_lies_there(cast, areas, offices):
    case = make_case(cast.volunteer, areas.gedong_rt, Category.CLOSED_LIST, status=Status.VERIFIED)
    request = make_letter([case], cast.coordinator, kind=K.INFORMATION, office=offices.ppid)
    request = actions.print_letter(letter=request, by=cast.coordinator)
    text = solid(printed_text(request, cast.coordinator))
    assert solid("10 hari kerja sejak tanggal surat ini") in text
    request = actions.hand_over(letter=request, handed_on=today(), received_on=today(), by=cast.coordinator)
    assert request.submission.matter == Matter.INFORMATION
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        objection = make_letter([case], cast.coordinator, kind=K.OBJECTION, office=offices.ppid)
        assert request.number in objection.blocks.reveal()
        objection = actions.print_letter(letter=objection, by=cast.coordinator)
        text = solid(printed_text(objection, cast.coordinator))
        assert solid("30 hari kerja sejak tanggal surat ini") in text
        handed = actions.hand_over(
            letter=objection, handed_on=today(), received_on=today(), by=cast.coordinator
        )
        assert (handed.submission.matter, handed.submission.appeal_of) == (
            Matter.OBJECTION,
            request.submission,
        )
        assert handed.submission != request.submission


def test_an_objection_without_a_request_is_refused(case, cast, offices):
    objection = make_letter([case], cast.coordinator, kind=K.OBJECTION, office=offices.ppid)
    objection = actions.print_letter(letter=objection, by=cast.coordinator)
    with pytest.raises(ActionRefused, match="PPID"):
        actions.hand_over(letter=objection, handed_on=today(), by=cast.coordinator)


def test_from_the_kelurahan_to_the_ombudsman_letter_by_letter(case, cast, offices):
    """Each office is silent past its time; the next letter carries all the earlier ones along."""
    way = (offices.village, offices.city, offices.province, offices.ombudsman)
    sent = []
    for step, office in enumerate(way):
        with time_machine.travel(timezone.now() + timedelta(days=25 * step)):
            kind = K.OMBUDSMAN if office == offices.ombudsman else K.COMPLAINT
            letter = make_letter(
                [case], cast.coordinator, kind=kind, office=office, enclosures=["chronology", "receipt"]
            )
            letter = actions.print_letter(letter=letter, by=cast.coordinator)
            text = "".join(printed_text(letter, cast.coordinator).split())
            for earlier in sent:
                assert earlier.number in text
                assert "".join(earlier.office.name.split()) in text
            letter = actions.hand_over(
                letter=letter, handed_on=today(), received_on=today(), scan=a_photo(), by=cast.coordinator
            )
            assert letter.submission.appeal_of == (sent[-1].submission if sent else None)
            assert letter.previous == (sent[-1] if sent else None)
            sent.append(letter)
    assert len({letter.number for letter in sent}) == 4
    assert "maladministrasi" in sent[-1].content.reveal()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"handed_on": 1}, "belum tiba"),
        ({"handed_on": 0, "received_on": 1}, "belum tiba"),
        ({"handed_on": -1}, "tanggalnya sendiri"),
        ({"handed_on": 0, "received_on": -1}, "sebelum dikirim"),
        ({"handed_on": 0, "scan": "photo"}, "tanggal di tanda terima"),
        ({"handed_on": 0, "channel": "pigeon"}, "cara mengirimnya"),
    ],
)
def test_days_that_cannot_be(given, words, letter, cast, case):
    values = dict(given)
    for name in ("handed_on", "received_on"):
        if name in values:
            values[name] = today() + timedelta(days=values[name])
    if values.get("scan"):
        values["scan"] = a_photo()
    with pytest.raises(ActionRefused, match=words):
        actions.hand_over(letter=letter, by=cast.coordinator, **values)
    letter.refresh_from_db()
    case.refresh_from_db()
    assert (letter.status, case.status) == (LetterStatus.PRINTED, Status.VERIFIED)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "scan", [b"", b"MZ\x90\x00 program", a_photo()[:300], a_recording(), b"<html></html>"], ids=range(5)
)
def test_what_is_no_picture_of_a_stamp_is_refused(scan, letter, cast):
    if not scan:
        assert actions.hand_over(letter=letter, handed_on=today(), scan=scan or None, by=cast.coordinator)
        return
    with pytest.raises(UploadRefused):
        actions.hand_over(
            letter=letter, handed_on=today(), received_on=today(), scan=scan, by=cast.coordinator
        )
    letter.refresh_from_db()
    assert letter.status == LetterStatus.PRINTED


def test_what_residents_sign_goes_to_no_office(case, cast, offices):
    power = actions.print_letter(
        letter=make_letter([case], cast.coordinator, kind=K.POWER), by=cast.coordinator
    )
    with pytest.raises(ActionRefused, match="ditandatangani warga"):
        actions.hand_over(letter=power, handed_on=today(), by=cast.coordinator)


def test_a_draft_is_not_handed_over(draft, cast):
    with pytest.raises(ActionRefused, match="Cetak dulu"):
        actions.hand_over(letter=draft, handed_on=today(), by=cast.coordinator)
    with pytest.raises(ActionRefused, match="penyerahannya"):
        actions.add_receipt(letter=draft, received_on=today(), by=cast.coordinator)


# --- void -------------------------------------------------------------------------------------------------------------


def test_a_void_letter_keeps_its_number_and_its_file(letter, case, cast, offices):
    pdf = actions.letter_file(letter, by=cast.coordinator)
    void = actions.void_letter(letter=letter, reason="Salah kantor", by=cast.coordinator)
    assert (void.status, void.number) == (LetterStatus.VOID, letter.number)
    assert actions.letter_file(void, by=cast.coordinator) == pdf
    fresh = actions.print_letter(
        letter=make_letter([case], cast.coordinator, office=offices.village), by=cast.coordinator
    )
    assert fresh.serial == 2
    for attempt in (
        lambda: actions.print_letter(letter=void, by=cast.coordinator),
        lambda: actions.hand_over(letter=void, handed_on=today(), by=cast.coordinator),
        lambda: actions.void_letter(letter=void, reason="Lagi", by=cast.coordinator),
    ):
        with pytest.raises(ActionRefused, match="dibatalkan"):
            attempt()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_a_letter_is_made_void_with_a_reason(reason, letter, cast):
    with pytest.raises(ActionRefused):
        actions.void_letter(letter=letter, reason=reason, by=cast.coordinator)


def test_what_lies_with_the_office_is_withdrawn_first(letter, cast):
    handed = actions.hand_over(letter=letter, handed_on=today(), by=cast.coordinator)
    with pytest.raises(ActionRefused, match="Cabut dulu"):
        actions.void_letter(letter=handed, reason="Salah", by=cast.coordinator)
    escalations.withdraw(submission=handed.submission, reason="Salah kantor", by=cast.coordinator)
    assert actions.void_letter(letter=handed, reason="Salah", by=cast.coordinator).status == LetterStatus.VOID


@pytest.mark.parametrize("role", ["volunteer", "other_coordinator", "observer", "stranger"])
def test_others_do_nothing_with_a_letter(role, letter, draft, cast):
    by = getattr(cast, role)
    for attempt in (
        lambda: actions.letter_file(letter, by=by),
        lambda: actions.letter_part(letter, "receipt", by=by),
        lambda: actions.print_letter(letter=letter, by=by),
        lambda: actions.restart_letter(letter=letter, by=by),
        lambda: actions.change_letter(letter=letter, change=actions.Change(texts={}), by=by),
        lambda: actions.discard_letter(letter=letter, by=by),
        lambda: actions.hand_over(letter=letter, handed_on=today(), by=by),
        lambda: actions.add_receipt(letter=letter, received_on=today(), by=by),
        lambda: actions.void_letter(letter=letter, reason="Salah", by=by),
    ):
        with pytest.raises(NotAllowed):
            attempt()
