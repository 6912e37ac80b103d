"""The demo as a posko would have lived it: whole, the same every time, and nothing in it that could not have happened."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.db.models import Count, F
from django.test import override_settings
from django.utils import timezone
from django.utils import translation as languages

from advocacy import seeding
from cases.areas.choices import Spreading
from cases.areas.models import Area, Kampung, NoticeBoard
from cases.audit.models import AuditEvent
from cases.casefiles.choices import Category, CloseReason, ReporterLevel, Status
from cases.casefiles.models import Case, CaseGroup, CaseLink, Evidence, Reporter
from cases.casefiles.workflow import ALLOWED
from cases.desk import demo, rules
from cases.desk.demo import DEMO_PASSWORD, demo_accounts, load_demo
from cases.desk.demo.ground import ACCOUNTS, pay_days
from cases.desk.demo.plans import STATUSES
from cases.desk.demo_people import GEDONG, TENGAH
from cases.escalations.models import Answer, Submission
from cases.households.choices import HouseholdStatus
from cases.households.models import (
    AidReceipt,
    Consent,
    FormerKK,
    Household,
    Member,
    StatusCheck,
    Visit,
    revealed,
)
from cases.paper.models import DoorSheet, Poster
from cases.people.models import User
from cases.programmes.choices import RoundStatus
from cases.programmes.models import Round, Schedule

NUMBER = re.compile(r"31750[45]\d{6}9\d{3}")
MADE_UP_PHONE = re.compile(r"\+62820000\d{5}")
JAKARTA = ZoneInfo("Asia/Jakarta")
# A Tuesday without holidays near it; what other days bring is tried in test_demo_loading.
NOW = datetime(2026, 11, 24, 14, 20, tzinfo=JAKARTA)


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """One demo for every test here, each of which takes back what it changed; the whole is taken back at the end."""
    with time_machine.travel(NOW), django_db_blocker.unblock(), transaction.atomic():
        with override_settings(
            DEMO=True,
            MEDIA_ROOT=tmp_path_factory.mktemp("media"),
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ):
            seeding.load_all()
            before = timezone.now()
            made = load_demo(size=300)
        yield made, before
        transaction.set_rollback(True)


@pytest.fixture
def today():
    return timezone.localdate()


class TestPeopleAndPlaces:
    def test_six_accounts_in_their_order_with_the_one_password(self):
        with languages.override("id"):
            assert demo_accounts() == [
                ("relawan.gedong", "relawan", "Kampung Gedong"),
                ("relawan.tengah", "relawan", "Kampung Tengah"),
                ("koordinator.gedong", "koordinator", "Kampung Gedong"),
                ("koordinator.tengah", "koordinator", "Kampung Tengah"),
                ("pengurus", "pengurus", "DKI Jakarta"),
                ("pengamat", "pengamat", "DKI Jakarta"),
            ]
        users = {user.username: user for user in User.objects.all()}
        assert set(users) == {name for name, _role, _area in demo_accounts()}
        for account in ACCOUNTS:
            user = users[account.username]
            assert [(held.role, held.area_id) for held in user.current_memberships] == [
                (account.role, account.area)
            ]
            assert MADE_UP_PHONE.fullmatch(user.phone)
            assert user.organisation is not None or account.role == "board"

    def test_they_can_sign_in(self, client):
        assert client.login(username="relawan.gedong", password=DEMO_PASSWORD)

    def test_gedong_spreads_by_boards_and_tengah_by_doors(self):
        kampung = {row.areas.get().pk: row for row in Kampung.objects.all()}
        assert kampung[GEDONG].spreading == Spreading.BOARDS
        assert kampung[TENGAH].spreading == Spreading.DOORS
        for row in kampung.values():
            assert row.posko_place
            assert row.posko_hours
            assert MADE_UP_PHONE.fullmatch(row.posko_phone)
        assert NoticeBoard.objects.filter(kampung=kampung[GEDONG]).count() == 9
        assert NoticeBoard.objects.filter(kampung=kampung[TENGAH]).count() == 4

    def test_every_rt_stands_below_its_rw(self):
        rts = Area.objects.filter(level="rt")
        assert rts.count() >= 20
        assert all(rt.parent.level == "rw" and rt.pk.startswith(f"{rt.parent_id}.") for rt in rts)

    def test_everything_lies_in_the_two_kelurahan(self):
        for model in (Household, Case, NoticeBoard, CaseGroup, Schedule):
            codes = set(model.objects.values_list("area_id", flat=True))
            assert codes, model
            assert {code[:13] for code in codes} <= {GEDONG, TENGAH}, model


class TestRounds:
    def test_one_comes_within_days_and_one_was_paid_last_month_in_both_kelurahan(self, today):
        for village in (GEDONG, TENGAH):
            dates = Schedule.objects.for_area(village).values_list("date", flat=True)
            assert any(5 <= (day - today).days <= 14 for day in dates)
            assert any(20 <= (today - day).days <= 45 for day in dates)

    def test_nobody_is_paid_on_a_day_off(self):
        assert not [entry for entry in Schedule.objects.all() if entry.date.weekday() > 4]

    @pytest.mark.parametrize(
        "day", [date(2026, 12, 24), date(2027, 3, 10), date(2026, 1, 1), date(2028, 2, 29)]
    )
    def test_whatever_the_day_of_loading(self, day):
        for pay_out in demo.ground.PAY_OUTS:
            assert not [each for each in pay_days(day, pay_out) if each.weekday() > 4]

    def test_what_was_paid_is_done_and_what_comes_is_not(self, today):
        rounds = Round.objects.filter(schedules__isnull=False).distinct()
        assert {row.status for row in rounds} == {RoundStatus.DONE, RoundStatus.PLANNED}
        for row in rounds:
            last = max(entry.date for entry in row.schedules.all())
            assert (row.status == RoundStatus.DONE) == (last < today), row
            assert row.programme.active

    def test_one_date_was_called_off_and_set_anew(self):
        entry = Schedule.objects.exclude(cancelled_reason="").get()
        assert entry.round.schedules.standing().filter(area=entry.area, place=entry.place).exists()


class TestFamilies:
    def test_three_hundred_who_all_agreed_to_be_recorded(self, loaded):
        made, _before = loaded
        assert made.households == Household.objects.current().count() == 300
        without = Household.objects.current().exclude(
            pk__in=[each.household_id for each in Consent.objects.all() if "record" in each.purposes]
        )
        assert not without.exists()

    def test_numbers_are_nobody_s(self):
        kks = [revealed(row.kk_sealed) for row in Household.objects.exclude(kk_digest="")]
        kks += [revealed(row.kk_sealed) for row in FormerKK.objects.all()]
        niks = [revealed(row.nik_sealed) for row in Member.objects.exclude(nik_digest="")]
        assert len(kks) > 250
        assert len(niks) > 900
        assert [number for number in kks + niks if not NUMBER.fullmatch(number)] == []
        assert [count for count in Counter(kks).values() if count > 2] == []
        phones = [row.phone for row in Household.objects.all() if row.phone]
        assert [phone for phone in phones if not MADE_UP_PHONE.fullmatch(phone)] == []
        assert not set(phones) & {user.phone for user in User.objects.all()}

    def test_some_moved_some_were_recorded_twice_some_have_a_new_number(self):
        assert Household.objects.filter(status=HouseholdStatus.MOVED).count() >= 2
        merged = Household.objects.filter(status=HouseholdStatus.MERGED)
        assert {row.area_id[:13] for row in merged} == {GEDONG, TENGAH}
        assert FormerKK.objects.count() >= 2
        assert Member.objects.exclude(left_at=None).exists()

    def test_visits_checks_and_what_arrived(self):
        assert Visit.objects.count() >= 60
        assert StatusCheck.objects.values("answer").distinct().count() == 5
        assert AidReceipt.objects.filter(actual_amount__lt=F("due_amount"), actual_amount__gt=0).count() >= 5
        assert AidReceipt.objects.filter(actual_amount=0, received_on=None).exists()
        assert AidReceipt.objects.filter(actual_amount=F("due_amount")).count() >= 20


class TestCases:
    def test_sixty_in_every_status_as_planned(self, loaded):
        made, _before = loaded
        assert made.cases == Case.objects.count() == 60
        found = Counter(Case.objects.values_list("status", flat=True))
        assert set(found) == set(Status)
        assert found == Counter({status.value: count for status, count in STATUSES.items()})

    def test_every_category_and_pungli_most(self):
        found = Counter(Case.objects.values_list("category", flat=True))
        assert set(found) == set(Category)
        assert found.most_common(1)[0][0] == Category.LEVY
        assert found[Category.LEVY] >= 12

    def test_every_move_is_one_that_the_workflow_knows(self):
        for case in Case.objects.all():
            status = Status.NEW
            for event in AuditEvent.objects.filter(subject_type="casefiles.case", subject_id=str(case.pk)):
                if "to" in event.data and event.data.get("from") in Status:
                    assert event.data["from"] == status, (case, event.verb)
                    assert event.data["to"] in ALLOWED[status]
                    status = Status(event.data["to"])
            assert case.status == status

    def test_reporters_of_all_levels_and_none_named_in_what_others_read(self):
        levels = Counter(Reporter.objects.values_list("level", flat=True))
        assert set(levels) == set(ReporterLevel)
        assert min(levels.values()) >= 8
        for reporter in Reporter.objects.filter(name_sealed__isnull=False).select_related("case"):
            name = reporter.name_sealed.reveal()
            events = AuditEvent.objects.filter(
                subject_type="casefiles.case", subject_id=str(reporter.case_id)
            )
            read = reporter.case.story + " ".join(str(event.data) for event in events)
            assert not re.search(rf"\b{re.escape(name)}\b", read)

    def test_levies_fit_what_was_paid(self):
        for case in Case.objects.filter(category__in=[Category.LEVY, Category.DEDUCTION]):
            assert 0 < case.levy_amount < case.levy_out_of
            assert case.levy_out_of == case.round.amount
            assert case.actor_role
            assert case.levy_excuse

    def test_every_reason_to_close(self):
        reasons = Case.objects.filter(status=Status.CLOSED).values_list("close_reason", flat=True)
        assert set(reasons) == set(CloseReason)

    def test_a_duplicate_names_the_case_that_goes_on(self):
        for case in Case.objects.filter(close_reason=CloseReason.DUPLICATE):
            other = case.links.get(kind="duplicate").other
            assert other.status not in (Status.CLOSED, Status.RESOLVED)
            assert (other.category, other.household_id) == (case.category, case.household_id)

    def test_groups_of_one_rt_and_one_letter(self):
        groups = list(CaseGroup.objects.annotate(size=Count("cases")))
        assert {row.area_id[:13] for row in groups} == {GEDONG, TENGAH}
        for row in groups:
            assert row.size >= 3
            assert row.area_id.count(".") == 5
            assert Submission.objects.filter(links__case__group=row).distinct().count() == 1

    def test_links_tasks_and_pictures(self):
        assert CaseLink.objects.filter(kind="similar").exists()
        assert Case.objects.exclude(assigned_to=None).count() >= 10
        pieces = list(Evidence.objects.all())
        assert 3 <= len(pieces) <= 20
        assert all(piece.kind == "photo" and piece.original_size < 60_000 for piece in pieces)

    def test_a_family_of_a_case_lives_where_it_happened(self):
        for case in Case.objects.exclude(household=None).select_related("household"):
            assert case.household.area_id == case.area_id


class TestOffices:
    def test_deadlines_past_near_and_far(self, today):
        left = [(case.due_on - today).days for case in Case.objects.filter(status=Status.SENT)]
        assert len(left) == 14
        assert sum(days < 0 for days in left) >= 3
        assert sum(0 <= days <= 3 for days in left) >= 2
        assert sum(days >= 7 for days in left) >= 2

    def test_what_lies_with_an_office_was_sent_to_one(self):
        for case in Case.objects.filter(status=Status.SENT):
            assert case.submission_links.filter(submission__status="open").exists()
        for case in Case.objects.filter(status=Status.ANSWERED):
            assert case.submission_links.filter(submission__status="answered").exists()

    def test_answers_that_solve_and_answers_that_do_not(self):
        assert set(Answer.objects.filter(kind="answer").values_list("solves", flat=True)) == {
            "yes",
            "partly",
            "no",
        }
        assert Answer.objects.filter(kind="incomplete").exists()
        assert Submission.objects.exclude(appeal_of=None).exists()
        assert Submission.objects.filter(status="withdrawn").exists()
        assert Submission.objects.filter(status="open", received_on=None).exists()


class TestPaper:
    def test_a_poster_hangs_in_gedong_and_a_list_goes_round_in_tengah(self, today):
        poster = Poster.objects.get()
        assert poster.area_id.startswith(GEDONG)
        assert poster.round.schedules.filter(date__gte=today).exists()
        assert poster.prints.get().kind == "poster"
        sheets = DoorSheet.objects.all()
        assert {sheet.area_id[:13] for sheet in sheets} == {TENGAH}
        assert {sheet.volunteer.username for sheet in sheets} == {"relawan.tengah"}


class TestTime:
    def test_nothing_happened_that_is_still_to_come(self, loaded, today):
        _made, before = loaded
        past = {
            Household: ("created_at",),
            Consent: ("given_on",),
            StatusCheck: ("checked_on", "created_at"),
            Visit: ("visited_on", "created_at"),
            AidReceipt: ("received_on", "created_at"),
            Case: ("happened_on", "created_at", "updated_at"),
            Evidence: ("added_at",),
            Submission: ("sent_on", "received_on", "created_at"),
            Answer: ("answered_on", "created_at"),
            AuditEvent: ("at",),
            Member: ("left_at", "birth_date"),
        }
        for model, columns in past.items():
            for column in columns:
                for value in model.objects.exclude(**{column: None}).values_list(column, flat=True):
                    limit = before if isinstance(value, datetime) else today
                    assert value <= limit, (model, column)

    def test_history_is_written_in_the_order_in_which_it_happened(self):
        moments = list(AuditEvent.objects.order_by("id").values_list("at", flat=True))
        assert moments == sorted(moments)
        assert len({moment.astimezone(JAKARTA).date() for moment in moments}) > 50

    def test_ten_weeks_of_cases_and_some_of_this_week(self, loaded, today):
        days = [
            (today - timezone.localdate(each)).days
            for each in Case.objects.values_list("created_at", flat=True)
        ]
        assert 50 <= max(days) <= 70
        assert sum(day <= 7 for day in days) >= 8
        # Whatever day of the month it is, the observer is told figures of the months before.
        assert sum(day > 31 for day in days) >= rules.FEWEST

    def test_case_numbers_follow_the_calendar(self):
        for case in Case.objects.all():
            assert case.number.split("-")[1] == f"{timezone.localtime(case.created_at):%y%m}"

    def test_a_row_is_stamped_when_its_event_is(self):
        for case in Case.objects.all():
            logged = AuditEvent.objects.get(
                subject_type="casefiles.case", subject_id=str(case.pk), verb="case.logged"
            )
            assert abs(logged.at - case.created_at) < timedelta(seconds=1)


class TestWords:
    def test_nobody_of_the_study_and_nobody_twice(self):
        names = {user.name for user in User.objects.all()}
        assert len(names) == 6
        assert not names & set(Household.objects.values_list("head_name", flat=True))

    def test_stories_are_whole_indonesian_sentences(self):
        for story in Case.objects.values_list("story", flat=True):
            assert "{" not in story
            assert "None" not in story
            assert story.rstrip()[-1] in ".?!"

    def test_questions_are_answered_in_most_cases(self):
        asked = Case.objects.exclude(category__in=[Category.OTHER])
        assert sum(bool(case.details or case.actor_role) for case in asked) > asked.count() * 0.8


class TestPages:
    """Every page of the demo's accounts opens with its rows on it."""

    @pytest.mark.parametrize("username", [account.username for account in ACCOUNTS])
    def test_home(self, client, username):
        client.force_login(User.objects.get(username=username))
        assert client.get("/").status_code == 200

    def test_the_observer_reads_figures(self, client):
        client.force_login(User.objects.get(username="pengamat"))
        with languages.override("id"):
            assert str(Category.LEVY.label) in client.get("/").text

    def test_a_case_of_every_status_and_category_opens(self, client):
        client.force_login(User.objects.get(username="pengurus"))
        cases = list(Case.objects.all())
        shown = {case.status: case for case in cases} | {case.category: case for case in cases}
        for case in set(shown.values()):
            response = client.get(f"/cases/{case.pk}/")
            assert response.status_code == 200, case
            assert case.number in response.text
