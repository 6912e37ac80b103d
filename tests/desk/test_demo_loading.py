"""Loading the demo: only where it belongs, once, whole or not at all, the same on every machine; and its clock."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from advocacy import seeding
from cases.areas.models import Area
from cases.audit.models import AuditEvent
from cases.casefiles.choices import Category, Status
from cases.casefiles.models import Case, Evidence
from cases.casefiles.rules import QUESTIONS, check_details
from cases.desk.demo import Made, load_demo, steps
from cases.desk.demo.plans import CATEGORIES, STATUSES, is_twin, plans
from cases.desk.demo.stage import Days, acting_at, play
from cases.desk.demo.texts import load_texts, suiting
from cases.escalations.models import Submission
from cases.households.models import Household
from cases.people.models import User

LONG_AGO = datetime(2026, 9, 1, 3, tzinfo=UTC)
SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "demo"


@pytest.fixture
def seeds(db, settings):
    settings.DEMO = True
    seeding.load_all()


class TestWhere:
    def test_never_among_the_rows_of_a_real_posko(self, db, settings):
        settings.DEMO = False
        with pytest.raises(RuntimeError, match="POSKO_DEMO=1"):
            load_demo(size=10)
        with pytest.raises(CommandError, match=r"POSKO_DEMO=1 manage\.py load_demo"):
            call_command("load_demo")
        assert not User.objects.exists()
        assert not Area.objects.exists()

    @pytest.mark.parametrize("wrong", [["--households", "0"], ["--cases", "-1"]])
    def test_sizes_that_cannot_be(self, db, settings, wrong):
        settings.DEMO = True
        with pytest.raises(CommandError):
            call_command("load_demo", *wrong)

    def test_the_command_says_what_it_made_and_keeps_what_is_there(self, seeds):
        out = io.StringIO()
        call_command("load_demo", "--households", "30", "--cases", "8", stdout=out)
        assert "30 households, 8 cases" in out.getvalue()
        call_command("load_demo", stdout=out)
        assert "there already" in out.getvalue()
        assert Household.objects.current().count() == 30


class TestOnce:
    def test_a_second_load_keeps_the_first(self, seeds):
        assert load_demo(size=20, cases=8) == Made(households=20, cases=8)
        event = AuditEvent.objects.last()
        assert load_demo(size=300) is None
        assert AuditEvent.objects.last() == event

    def test_broken_off_in_the_middle_nothing_is_left(self, seeds, settings, monkeypatch):
        count = 0

        def interrupted(**arguments):
            nonlocal count
            count += 1
            if count > 3:
                raise KeyboardInterrupt
            return real(**arguments)

        real = steps.send
        monkeypatch.setattr(steps, "send", interrupted)
        with pytest.raises(KeyboardInterrupt):
            load_demo(size=40, cases=24)
        assert not User.objects.exists()
        assert not Household.objects.exists()
        assert not AuditEvent.objects.exists()
        assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
        assert abs(timezone.now() - datetime.now(UTC)) < timedelta(minutes=1)


def picture_of_all() -> dict[str, list]:
    return {
        "families": list(
            Household.objects.order_by("pk").values_list("head_name", "area_id", "alley", "kk_last4")
        ),
        "cases": list(
            Case.objects.order_by("pk").values_list(
                "number", "category", "status", "story", "happened_on", "due_on"
            )
        ),
        "reporters": [
            case.reporter.name_sealed.reveal() if case.reporter.name_sealed else ""
            for case in Case.objects.order_by("pk").select_related("reporter")
        ],
        "sent": list(
            Submission.objects.order_by("pk").values_list("office__code", "sent_on", "their_number")
        ),
        "evidence": list(Evidence.objects.order_by("pk").values_list("original_sha256", flat=True)),
        "verbs": list(AuditEvent.objects.order_by("pk").values_list("verb", "at", "actor_name")),
    }


class TestTheSameEveryTime:
    @staticmethod
    def once(size: int, cases: int) -> dict[str, list]:
        with transaction.atomic():
            load_demo(size=size, cases=cases)
            found = picture_of_all()
            transaction.set_rollback(True)
        return found

    def test_same_day_same_demo(self, seeds):
        with time_machine.travel(datetime(2026, 11, 24, 5, tzinfo=UTC), tick=False):
            first, second = self.once(40, 20), self.once(40, 20)
        assert [name for name, rows in first.items() if not rows] == []
        for name in first:
            assert first[name] == second[name], name

    @pytest.mark.parametrize(
        "moment",
        [
            datetime(2026, 12, 31, 17, 0, 30, tzinfo=UTC),  # half a minute into the new year in Jakarta
            datetime(2027, 3, 10, 1, tzinfo=UTC),  # Eid, with a week of days off
            datetime(2028, 2, 29, 16, 59, tzinfo=UTC),
        ],
    )
    def test_on_any_day_at_any_hour(self, seeds, moment):
        with time_machine.travel(moment, tick=False):
            found = self.once(40, 24)
        assert len(found["cases"]) == 24
        assert {row[2] for row in found["cases"]} == set(Status)
        assert max(row[1] for row in found["verbs"]) < moment

    @pytest.mark.parametrize("size", [1, 2, 13])
    def test_however_small(self, seeds, size):
        assert load_demo(size=size, cases=8).households == size


class TestPlans:
    @pytest.mark.parametrize("count", [0, 1, 7, 8, 19, 60, 61, 100, 240])
    def test_as_many_as_asked(self, count):
        made = plans(count, Random(1))
        # A duplicate brings its original along.
        twins = sum(is_twin(plan) for plan in made)
        if count >= len(STATUSES) + 5:
            assert len(made) + twins == count
        else:
            assert count <= len(made) + twins <= count + 1
        assert len({plan.index for plan in made}) == len(made)

    @pytest.mark.parametrize("count", [19, 60, 240])
    def test_all_statuses_and_categories(self, count):
        for seed in range(20):
            made = plans(count, Random(seed))
            assert {plan.status for plan in made} == set(STATUSES)
            assert len({plan.category for plan in made}) >= len(CATEGORIES) - (count < 60)

    def test_shares_are_of_sixty(self):
        assert sum(STATUSES.values()) == 60
        assert sum(CATEGORIES.values()) == 60
        assert set(STATUSES) == set(Status)
        assert set(CATEGORIES) == set(Category)


class TestClock:
    def test_actions_and_stamps_are_told_the_moment(self, db):
        with acting_at(LONG_AGO):
            assert timezone.now() == LONG_AGO
            assert timezone.localdate() == date(2026, 9, 1)
            event = AuditEvent.objects.create(verb="x.y", subject_type="a.b", subject_id="1")
        assert event.at == LONG_AGO
        assert timezone.now() > LONG_AGO

    def test_other_threads_are_told_the_real_time(self):
        told = []
        with acting_at(LONG_AGO):
            thread = Thread(target=lambda: told.append(timezone.now()))
            thread.start()
            thread.join()
        assert abs(told[0] - datetime.now(UTC)) < timedelta(minutes=1)

    def test_an_error_sets_the_clock_right_again(self):
        real = timezone.now
        with pytest.raises(ValueError, match="oops"), acting_at(LONG_AGO):
            raise ValueError("oops")
        assert timezone.now is real

    def test_storylines_act_in_the_order_of_their_moments(self):
        acted = []

        def story(name, *hours):
            for hour in hours:
                yield LONG_AGO + timedelta(hours=hour)
                acted.append((name, timezone.now() - LONG_AGO))

        play([story("a", 1, 5, 4), story("b", 2, 3), story("c")])
        assert acted == [
            ("a", timedelta(hours=1)),
            ("b", timedelta(hours=2)),
            ("b", timedelta(hours=3)),
            ("a", timedelta(hours=5)),
            # Asked for an earlier moment: nobody goes back.
            ("a", timedelta(hours=5)),
        ]

    @pytest.mark.parametrize("hour", [0, 1, 12, 23])
    def test_a_moment_of_today_has_passed(self, hour):
        now = datetime(2026, 11, 24, hour, 2, tzinfo=timezone.get_default_timezone())
        days = Days(now)
        assert all(days.back(ago, Random(seed)) < now for ago in (0, 1, -3) for seed in range(50))
        assert days.today == date(2026, 11, 24)


class TestDetails:
    def test_every_answer_of_the_seeds_can_be_kept(self):
        for row in load_texts(SEEDS).details:
            asked = {each.key: each for each in QUESTIONS[Category(row["category"])]}
            assert row["question"] in asked, row
            question = asked[row["question"]]
            answer = row["answer"].split() if question.kind.value == "choices" else row["answer"]
            kept, wrong = check_details(row["category"], {row["question"]: answer})
            assert wrong == [], row
            assert kept, row

    def test_words_that_must_stand_in_a_story_do(self):
        texts = load_texts(SEEDS)
        for row in texts.details:
            told = [story["text"] for story in texts.stories if story["category"] == row["category"]]
            assert not row["told"] or any(row["told"] in text for text in told), row

    @pytest.mark.parametrize("category", sorted(Category))
    @pytest.mark.parametrize("kind", ["needs", "reopened"])
    def test_a_coordinator_has_words_for_every_category(self, category, kind):
        rows = suiting(load_texts(SEEDS).coordinator, category, kind=kind)
        assert rows
        assert all(bool(row["reply"]) == (kind == "needs") for row in rows)
