"""Merging: nothing is lost, every slice's rows come along, and it can be taken back."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.casefiles.models import Case
from cases.households import actions
from cases.households.actions.merge import relations
from cases.households.choices import HouseholdStatus
from cases.households.entries import MemberData
from cases.households.models import AidReceipt, Consent, Household, Member, StatusCheck, Visit
from cases.households.search import search
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.writes import open_gate
from tests.households.helpers import consent, make_household, synthetic_kk, synthetic_nik

OWN = ("client_id", "client_digest", "updated_at")


@pytest.fixture
def pair(cast, areas, aid_round):
    """Two records of Sumarni's family, each knowing what the other does not."""
    by, today = cast.volunteer, timezone.localdate()
    keep = make_household(
        by=by,
        area=areas.gedong_rt,
        kk=synthetic_kk(9100),
        notes="Catatan pertama",
        members=[
            MemberData(name="Sumarni", relation="head", nik=synthetic_nik(9101)),
            MemberData(name="Joko", relation="child"),
        ],
    )
    gone = make_household(
        by=by,
        area=areas.gedong_rt,
        head_name="Sumarni Wati",
        alley="Gang Delima",
        kk=synthetic_kk(9200),
        phone="0812-3456-7890",
        livelihood="Buruh cuci",
        needs={"pregnant": True},
        notes="Catatan kedua",
        members=[
            MemberData(name="Sumarni Wati", relation="head", nik=synthetic_nik(9101)),
            MemberData(
                name="Joko",
                relation="child",
                birth_date=date(2012, 5, 1),
                nik=synthetic_nik(9102, born=date(2012, 5, 1), woman=False),
            ),
            MemberData(name="Rini", relation="child"),
        ],
    )
    for household, actual in ((keep, None), (gone, 250_000)):
        actions.record_receipt(
            household=household,
            round=aid_round,
            due_amount=300_000,
            actual_amount=actual,
            notes="potong",
            by=by,
        )
        actions.record_visit(household=household, visited_on=today, task="round", result="met", by=by)
        actions.record_check(
            household=household, portal="jaki", checked_on=today, asked_with="kk", answer="listed", by=by
        )
    with open_gate():
        Case.objects.create(
            number="GDG-2611-0001", area=areas.gedong_rt, household=gone, category="PUNGLI", story="x"
        )
    return keep, gone


def snapshot() -> dict:
    """Every row of the slice and the cases, without what any save changes."""
    found = {}
    for model in (Household, Member, Consent, AidReceipt, Visit, StatusCheck, Case):
        for row in model._base_manager.all():
            values = {}
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                values[field.attname] = value.reveal() if hasattr(value, "reveal") else value
            found[model.__name__, row.pk] = {k: v for k, v in values.items() if k not in OWN}
    return found


def test_what_one_record_knows_the_other_learns(cast, pair):
    keep, gone = pair
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    keep.refresh_from_db()
    gone.refresh_from_db()
    assert (gone.status, gone.merged_into) == (HouseholdStatus.MERGED, keep)
    assert keep.head_name == "Sumarni"
    assert keep.phone == "+6281234567890"
    assert keep.livelihood == "Buruh cuci"
    assert keep.has_pregnant
    assert "Catatan pertama" in keep.notes
    for said in ("Sumarni Wati", "Gang Delima", "Catatan kedua"):
        assert said in keep.notes
    assert [former.kk_last4 for former in keep.former_kks.all()] == ["9200"]
    assert sorted(keep.members.values_list("name", flat=True)) == ["Joko", "Rini", "Sumarni"]
    joko = keep.members.get(name="Joko")
    assert (joko.birth_date, joko.nik_last4) == (date(2012, 5, 1), "9102")
    assert keep.members.filter(relation="head").count() == 1


def test_rows_of_every_slice_come_along(cast, pair):
    keep, gone = pair
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    assert Case.objects.get().household == keep
    assert keep.visits.count() == 2
    assert keep.status_checks.count() == 2
    assert keep.consents.count() == 2
    left_behind = {
        f"{model.__name__}.{name}": model._base_manager.filter(**{name: gone}).count()
        for model, name in relations()
    }
    assert {label: count for label, count in left_behind.items() if count} == {
        "Member.household": 2,
        "AidReceipt.household": 1,
    }, "only who and what stands in both records stays with the old one"


def test_every_foreign_key_in_the_database_is_known_to_the_merge(db):
    """Asked of the database itself, so that a key which Django hides from a model's own list is not forgotten."""
    known = {(model._meta.db_table, model._meta.get_field(name).column) for model, name in relations()}
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column, far in connection.introspection.get_relations(cursor, table).items():
                if "households_household" in far:
                    found.add((table, column))
    assert found - {("households_household", "merged_into_id")} == known
    assert len(known) >= 8


def test_the_same_round_is_one_entry_with_both_facts(cast, pair):
    keep, gone = pair
    receipt = keep.aid_receipts.get()
    with open_gate():
        AidReceipt.objects.filter(pk=receipt.pk).update(actual_amount=300_000)
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    receipt.refresh_from_db()
    assert receipt.actual_amount == 300_000
    assert "Rp250.000" in receipt.notes
    assert receipt.notes.count("potong") == 2


def test_an_empty_fact_of_the_same_round_is_filled(cast, pair):
    keep, gone = pair
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    assert keep.aid_receipts.get().actual_amount == 250_000


def test_apart_again_is_as_before(cast, pair):
    keep, gone = pair
    before = snapshot()
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    assert snapshot() != before
    gone.refresh_from_db()
    actions.unmerge(gone=gone, by=cast.coordinator)
    assert snapshot() == before


def test_taking_apart_keeps_what_was_written_meanwhile(cast, pair):
    keep, gone = pair
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    changes = {"livelihood": "Pedagang", "notes": "Ditulis ulang"}
    actions.edit_household(household=keep, changes=changes, by=cast.volunteer)
    actions.add_member(household=keep, member=MemberData(name="Bayi"), by=cast.volunteer)
    gone.refresh_from_db()
    actions.unmerge(gone=gone, by=cast.coordinator)
    keep.refresh_from_db()
    assert (keep.livelihood, keep.notes) == ("Pedagang", "Ditulis ulang")
    assert keep.members.filter(name="Bayi").exists()


def test_chains_lead_to_the_last_heir_and_come_apart_from_the_end(cast, areas, pair):
    keep, gone = pair
    last = make_household(by=cast.volunteer, area=areas.gedong_rt, head_name="Marni")
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    actions.merge_households(keep=last, gone=keep, by=cast.coordinator)
    gone.refresh_from_db()
    keep.refresh_from_db()
    assert gone.merged_into == last
    with pytest.raises(ActionRefused):
        actions.unmerge(gone=gone, by=cast.coordinator)
    actions.unmerge(gone=keep, by=cast.coordinator)
    gone.refresh_from_db()
    assert gone.merged_into == keep
    actions.unmerge(gone=gone, by=cast.coordinator)
    assert Household.objects.current().count() == 3


def test_a_merged_record_is_found_under_its_heir_only(cast, pair):
    keep, gone = pair
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    for words in (synthetic_kk(9200), "9200", synthetic_nik(9101), "rini"):
        assert list(search(cast.volunteer, words)) == [keep], words
    with pytest.raises(ActionRefused):
        actions.edit_household(household=gone, changes={"alley": "X"}, by=cast.volunteer)


def test_the_history_holds_ids_and_no_names(cast, pair):
    keep, gone = pair
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    said = repr(AuditEvent.objects.get(verb="household.merged").data)
    for secret in ("Sumarni", "Wati", "Delima", "Catatan", "Buruh", synthetic_kk(9200), "9200", "8123456"):
        assert secret not in said


@pytest.mark.parametrize("who", ["volunteer", "other_volunteer", "other_coordinator", "observer", "stranger"])
def test_only_a_coordinator_of_the_area_merges_and_takes_apart(cast, pair, who):
    keep, gone = pair
    with pytest.raises(NotAllowed):
        actions.merge_households(keep=keep, gone=gone, by=getattr(cast, who))
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    gone.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.unmerge(gone=gone, by=getattr(cast, who))


def test_a_coordinator_of_one_side_only_does_not_merge(cast, areas, pair):
    keep, _gone = pair
    far = make_household(by=cast.other_volunteer, area=areas.tengah_rt)
    for one, other in ((keep, far), (far, keep)):
        with pytest.raises(NotAllowed):
            actions.merge_households(keep=one, gone=other, by=cast.coordinator)
    actions.merge_households(keep=keep, gone=far, by=cast.board)


def test_what_cannot_be_merged(cast, pair):
    keep, gone = pair
    with pytest.raises(ActionRefused):
        actions.merge_households(keep=keep, gone=keep, by=cast.coordinator)
    with pytest.raises(ActionRefused):
        actions.unmerge(gone=keep, by=cast.coordinator)
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    with pytest.raises(ActionRefused):
        actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    with pytest.raises(ActionRefused):
        actions.merge_households(keep=gone, gone=keep, by=cast.coordinator)


def test_a_withdrawal_is_not_undone_by_a_record_that_does_not_know_of_it(cast, pair):
    keep, gone = pair
    actions.withdraw_consent(household=gone, on=timezone.localdate(), by=cast.volunteer)
    with pytest.raises(ActionRefused):
        actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    actions.record_consent(household=gone, consent=consent(), by=cast.volunteer)
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)


def test_withdrawal_reaches_the_numbers_of_merged_records(cast, pair):
    keep, gone = pair
    actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    actions.withdraw_consent(household=keep, on=timezone.localdate(), by=cast.volunteer)
    assert not Household.objects.exclude(
        kk_digest="", kk_sealed__isnull=True, phone_sealed__isnull=True
    ).exists()
    assert not Member.objects.exclude(nik_digest="", nik_sealed__isnull=True).exists()


def test_notes_too_long_together_are_refused_and_nothing_moves(cast, pair):
    keep, gone = pair
    for household in pair:
        actions.edit_household(household=household, changes={"notes": "x" * 3000}, by=cast.volunteer)
    before = snapshot()
    with pytest.raises(ActionRefused):
        actions.merge_households(keep=keep, gone=gone, by=cast.coordinator)
    assert snapshot() == before


@pytest.mark.parametrize(
    "broken",
    [{"status": "merged"}, {"merged_into_id": "other"}, {"status": "merged", "merged_into_id": "self"}],
)
def test_the_database_holds_heirs_straight(pair, broken):
    keep, gone = pair
    values = {k: {"other": gone.pk, "self": keep.pk}.get(v, v) for k, v in broken.items()}
    with pytest.raises(IntegrityError), transaction.atomic(), open_gate():
        Household.objects.filter(pk=keep.pk).update(**values)
