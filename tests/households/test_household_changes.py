"""Changes: data, KK, members, consent, moving, and whole numbers shown."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.households import actions
from cases.households.choices import ConsentPurpose, HouseholdStatus, Relation
from cases.households.entries import MemberData
from cases.households.findings import HouseholdRefused, LookAgain
from cases.households.models import Consent, FormerKK, Household, Member
from cases.households.search import search
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.writes import open_gate
from tests.households.helpers import consent, make_household, synthetic_kk, synthetic_nik

TODAY = timezone.localdate


@pytest.fixture
def family(cast, areas) -> Household:
    return make_household(
        by=cast.volunteer,
        area=areas.gedong_rt,
        kk=synthetic_kk(9100),
        phone="0812-3456-7890",
        members=[
            MemberData(name="Sumarni", relation="head", nik=synthetic_nik(9101)),
            MemberData(name="Joko", relation="child", birth_date=date(2001, 5, 1)),
        ],
    )


def member(family: Household, name: str) -> Member:
    return family.members.get(name=name)


def verbs(household: Household) -> list[str]:
    return list(AuditEvent.objects.filter(subject_id=str(household.pk)).values_list("verb", flat=True))


# --- data ------------------------------------------------------------------------------------------------------------


def test_an_edit_changes_what_differs_and_says_which(cast, family):
    changes = {"head_name": "Sumarni Wati", "alley": "Gg. Delima", "phone": "", "needs": {"pregnant": True}}
    actions.edit_household(household=family, changes=changes, by=cast.volunteer)
    family.refresh_from_db()
    assert (family.head_name, family.alley, family.phone, family.has_pregnant) == (
        "Sumarni Wati",
        "Gg. Delima",
        "",
        True,
    )
    assert member(family, "Sumarni Wati").relation == Relation.HEAD
    event = AuditEvent.objects.get(verb="household.edited")
    assert set(event.data["fields"]) == {"head_name", "alley", "phone", "has_pregnant"}
    assert search(cast.volunteer, "gang delima").get() == family


def test_an_edit_of_nothing_leaves_no_trace(cast, family):
    actions.edit_household(household=family, changes={"alley": family.alley}, by=cast.volunteer)
    assert verbs(family) == ["household.recorded"]


def test_an_edit_over_a_newer_edit_is_refused(cast, family):
    opened = family.updated_at
    actions.edit_household(household=family, changes={"alley": "Gang A"}, by=cast.coordinator)
    with pytest.raises(ActionRefused):
        actions.edit_household(
            household=family, changes={"alley": "Gang B"}, by=cast.volunteer, unchanged_since=opened
        )
    family.refresh_from_db()
    assert family.alley == "Gang A"


def test_a_family_cannot_be_moved_to_where_the_volunteer_does_not_work(cast, areas, family):
    with pytest.raises(NotAllowed):
        actions.edit_household(household=family, changes={"area": areas.tengah_rt}, by=cast.volunteer)


def test_a_new_name_is_compared_with_the_neighbours(cast, areas, family):
    make_household(by=cast.volunteer, area=areas.gedong_rt, head_name="Rokayah Binti Amin")
    with pytest.raises(LookAgain):
        actions.edit_household(
            household=family, changes={"head_name": "Rokaya Binti Amin"}, by=cast.volunteer
        )


@pytest.mark.parametrize("who", ["other_volunteer", "observer", "stranger"])
def test_strangers_change_nothing(cast, family, who):
    by = getattr(cast, who)
    for act in (
        lambda: actions.edit_household(household=family, changes={"alley": "X"}, by=by),
        lambda: actions.change_kk(household=family, kk=synthetic_kk(), reason="moved", by=by),
        lambda: actions.add_member(household=family, member=MemberData(name="X"), by=by),
        lambda: actions.edit_member(member=member(family, "Joko"), data=MemberData(name="X"), by=by),
        lambda: actions.member_left(member=member(family, "Joko"), on=TODAY(), by=by),
        lambda: actions.change_head(member=member(family, "Joko"), by=by),
        lambda: actions.record_consent(household=family, consent=consent(), by=by),
        lambda: actions.withdraw_consent(household=family, on=TODAY(), by=by),
        lambda: actions.moved_away(household=family, on=TODAY(), by=by),
        lambda: actions.moved_back(household=family, by=by),
        lambda: actions.reveal_numbers(household=family, reason="check", by=by),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert verbs(family) == ["household.recorded"]


# --- KK --------------------------------------------------------------------------------------------------------------


def test_a_changed_kk_keeps_the_one_before_and_both_are_found(cast, family):
    actions.change_kk(household=family, kk=synthetic_kk(9200), reason="moved", by=cast.volunteer)
    family.refresh_from_db()
    former = family.former_kks.get()
    assert (former.kk_last4, former.reason) == ("9100", "moved")
    assert former.kk_sealed.reveal() == synthetic_kk(9100), "moved to another column, it must still open"
    assert search(cast.volunteer, synthetic_kk(9100)).get() == family
    assert search(cast.volunteer, synthetic_kk(9200)).get() == family
    assert search(cast.volunteer, "9100").get() == family


def test_the_same_kk_again_and_a_change_without_reason_are_refused(cast, family):
    for kk, reason in ((synthetic_kk(9100), "moved"), (synthetic_kk(9200), ""), (synthetic_kk(9200), "whim")):
        with pytest.raises(ActionRefused):
            actions.change_kk(household=family, kk=kk, reason=reason, by=cast.volunteer)
    assert not FormerKK.objects.exists()


def test_a_mistyped_former_kk_is_no_duplicate_of_its_true_owner(cast, areas, family):
    actions.change_kk(household=family, kk=synthetic_kk(9200), reason="corrected", by=cast.volunteer)
    make_household(
        by=cast.volunteer,
        area=areas.gedong_rt_next,
        head_name="Pemilik",
        kk=synthetic_kk(9100),
        accept_warnings=False,
    )


def test_a_true_former_kk_is_a_duplicate(cast, areas, family):
    actions.change_kk(household=family, kk=synthetic_kk(9200), reason="moved", by=cast.volunteer)
    with pytest.raises(LookAgain) as look:
        make_household(
            by=cast.volunteer, area=areas.gedong_rt_next, kk=synthetic_kk(9100), accept_warnings=False
        )
    assert look.value.duplicates[0].code == "former_kk"


# --- members ---------------------------------------------------------------------------------------------------------


def test_a_child_brings_its_needs_and_is_found_by_name(cast, family):
    born = TODAY() - timedelta(days=700)
    child = MemberData(name="Kirana", relation="child", birth_date=born)
    actions.add_member(household=family, member=child, by=cast.volunteer)
    family.refresh_from_db()
    assert family.has_infant
    assert search(cast.volunteer, "kiran").get() == family


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (MemberData(name="Kedua", relation="head"), "head_by_itself"),
        (MemberData(name="Salin", nik=synthetic_nik(9101)), "nik_twice"),
        (MemberData(name="Salah", nik="123"), "not_16_digits"),
        (MemberData(name=" "), "name_missing"),
    ],
)
def test_a_member_that_cannot_be_is_refused(cast, family, data, code):
    with pytest.raises(HouseholdRefused) as refusal:
        actions.add_member(household=family, member=data, by=cast.volunteer, accept_warnings=True)
    assert code in {finding.code for finding in refusal.value.findings}
    assert family.members.count() == 2


def test_the_same_child_twice_asks_first(cast, family):
    again = MemberData(name="JOKO", relation="child", birth_date=date(2001, 5, 1))
    with pytest.raises(LookAgain) as look:
        actions.add_member(household=family, member=again, by=cast.volunteer)
    assert [finding.code for finding in look.value.warnings] == ["member_again"]


def test_a_nik_copied_from_the_line_of_the_kk_asks_first(cast, family):
    with pytest.raises(LookAgain) as look:
        actions.add_member(
            household=family, member=MemberData(name="Keliru", nik=synthetic_kk(9100)), by=cast.volunteer
        )
    assert "nik_is_kk" in {finding.code for finding in look.value.warnings}


def test_an_edit_of_a_member_keeps_a_nik_that_is_left_empty(cast, family):
    head = member(family, "Sumarni")
    data = MemberData(name="Sumarni W.", relation="head", sex="female", birth_date=head.birth_date)
    actions.edit_member(member=head, data=data, by=cast.volunteer)
    head.refresh_from_db()
    family.refresh_from_db()
    assert head.nik_last4 == "9101"
    assert family.head_name == "Sumarni W."


def test_a_nik_can_be_found_out_to_be_deactivated(cast, family):
    head = member(family, "Sumarni")
    data = MemberData(name="Sumarni", relation="head", no_nik="deactivated")
    actions.edit_member(member=head, data=data, by=cast.volunteer)
    head.refresh_from_db()
    assert (head.nik_sealed, head.nik_digest, head.no_nik) == (None, "", "deactivated")


def test_when_the_head_leaves_another_must_be_named(cast, family):
    head, son = member(family, "Sumarni"), member(family, "Joko")
    with pytest.raises(ActionRefused):
        actions.member_left(member=head, on=TODAY(), by=cast.volunteer)
    actions.member_left(member=head, on=TODAY(), new_head=son, by=cast.volunteer)
    family.refresh_from_db()
    son.refresh_from_db()
    assert (family.head_name, son.relation) == ("Joko", Relation.HEAD)
    assert family.members.filter(left_at=None).count() == 1


def test_the_new_head_must_be_of_this_family(cast, areas, family):
    other = make_household(by=cast.volunteer, area=areas.gedong_rt_next, head_name="Lain").members.get()
    with pytest.raises(ActionRefused):
        actions.member_left(member=member(family, "Sumarni"), on=TODAY(), new_head=other, by=cast.volunteer)
    assert member(family, "Sumarni").left_at is None


def test_another_head_while_the_first_stays(cast, family):
    actions.change_head(member=member(family, "Joko"), by=cast.volunteer)
    family.refresh_from_db()
    assert family.head_name == "Joko"
    assert member(family, "Sumarni").relation == Relation.OTHER


def test_the_database_holds_one_head_a_family(family):
    with pytest.raises(IntegrityError), transaction.atomic(), open_gate():
        Member.objects.create(household=family, name="Dua", relation=Relation.HEAD)


# --- consent ---------------------------------------------------------------------------------------------------------


def test_withdrawal_erases_every_number_and_the_history_says_so(cast, family):
    actions.change_kk(household=family, kk=synthetic_kk(9200), reason="moved", by=cast.volunteer)
    actions.withdraw_consent(household=family, on=TODAY(), by=cast.volunteer)
    family.refresh_from_db()
    assert (family.kk_sealed, family.kk_digest, family.kk_last4, family.phone_sealed) == (None, "", "", None)
    assert not Member.objects.exclude(nik_sealed__isnull=True, nik_digest="", nik_last4="").exists()
    assert not FormerKK.objects.exists()
    assert Consent.objects.get().withdrawn_on == TODAY()
    event = AuditEvent.objects.get(verb="household.consent_withdrawn")
    assert event.data["erased"] == {"kk": 1, "niks": 1, "former_kks": 1, "phones": 1, "screenshots": 0}
    for number in (synthetic_kk(9100), synthetic_kk(9200), synthetic_nik(9101), "9100", "9101"):
        assert not search(cast.volunteer, number).exists()


def test_after_withdrawal_no_number_comes_back_without_new_consent(cast, family):
    actions.withdraw_consent(household=family, on=TODAY(), by=cast.volunteer)
    with pytest.raises(HouseholdRefused):
        actions.change_kk(household=family, kk=synthetic_kk(), reason="other", by=cast.volunteer)
    with pytest.raises(HouseholdRefused):
        actions.add_member(
            household=family, member=MemberData(name="A", nik=synthetic_nik()), by=cast.volunteer
        )
    actions.record_consent(household=family, consent=consent(ConsentPurpose.RECORD), by=cast.volunteer)
    actions.change_kk(household=family, kk=synthetic_kk(), reason="", by=cast.volunteer)
    assert verbs(family)[-1] == "household.kk_recorded"


def test_consent_that_was_never_given_cannot_be_withdrawn(cast, areas):
    household = make_household(by=cast.volunteer, area=areas.gedong_rt, consent=None)
    with pytest.raises(ActionRefused):
        actions.withdraw_consent(household=household, on=TODAY(), by=cast.volunteer)


# --- whole numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "allowed"), [("volunteer", True), ("coordinator", True), ("board", True)])
def test_whole_numbers_are_shown_and_that_is_on_record(cast, family, who, allowed):
    numbers = actions.reveal_numbers(household=family, reason="letter", by=getattr(cast, who))
    assert numbers.kk == synthetic_kk(9100)
    assert list(numbers.niks.values()) == [synthetic_nik(9101)]
    event = AuditEvent.objects.get(verb="household.revealed")
    assert (event.actor_name, event.data["reason"]) == (getattr(cast, who).username, "letter")


def test_a_volunteer_sees_no_whole_number_of_a_family_that_another_recorded(cast, areas, make_user):
    household = make_household(by=cast.coordinator, area=areas.gedong_rt, kk=synthetic_kk())
    with pytest.raises(NotAllowed):
        actions.reveal_numbers(household=household, reason="letter", by=cast.volunteer)


def test_no_whole_number_without_a_reason(cast, family):
    with pytest.raises(ActionRefused):
        actions.reveal_numbers(household=family, reason="", by=cast.coordinator)
    assert not AuditEvent.objects.filter(verb="household.revealed").exists()


# --- moving ----------------------------------------------------------------------------------------------------------


def test_away_and_back(cast, family):
    actions.moved_away(household=family, on=TODAY(), by=cast.volunteer)
    family.refresh_from_db()
    assert family.status == HouseholdStatus.MOVED
    with pytest.raises(ActionRefused):
        actions.moved_away(household=family, on=TODAY(), by=cast.volunteer)
    actions.moved_back(household=family, by=cast.volunteer)
    with pytest.raises(ActionRefused):
        actions.moved_back(household=family, by=cast.volunteer)
    assert verbs(family)[-2:] == ["household.moved_away", "household.moved_back"]


def test_nothing_happens_tomorrow(cast, family):
    tomorrow = TODAY() + timedelta(days=1)
    for act in (
        lambda: actions.moved_away(household=family, on=tomorrow, by=cast.volunteer),
        lambda: actions.withdraw_consent(household=family, on=tomorrow, by=cast.volunteer),
        lambda: actions.member_left(member=member(family, "Joko"), on=tomorrow, by=cast.volunteer),
        lambda: actions.record_consent(
            household=family, consent=consent(given_on=tomorrow), by=cast.volunteer
        ),
    ):
        with pytest.raises(ActionRefused):
            act()


def test_every_verb_has_its_sentence(cast, family):
    """What the actions of this slice write, the timeline can say."""
    import re
    from pathlib import Path

    from cases.households import history

    source = "".join(path.read_text() for path in Path("cases/households/actions").glob("*.py"))
    assert set(re.findall(r'"(household\.[a-z_]+)"', source)) == set(history.SENTENCES)
