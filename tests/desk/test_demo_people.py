"""The invented families: repeatable, numbered so that no real person can be met, and plausible to a neighbour."""

import re
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cases.desk.demo_people import GEDONG, TENGAH, families, load_lists, rts_for
from cases.households.choices import Housing, NoNik, Relation, Sex, Vehicle
from cases.kernel.identity import check_kk, check_nik
from cases.kernel.phones import normalise_phone

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "demo"
TODAY = date(2026, 11, 24)
WHOLE_CITY_OF_THE_STUDY = 8484


@pytest.fixture(scope="module")
def lists():
    return load_lists(SEEDS)


@pytest.fixture(scope="module")
def few(lists):
    return families(300, lists=lists, seed=7, today=TODAY)


@pytest.fixture(scope="module")
def many(lists):
    return families(WHOLE_CITY_OF_THE_STUDY, lists=lists, seed=7, today=TODAY)


@pytest.fixture(params=["few", "many"])
def people(request):
    return request.getfixturevalue(request.param)


def everyone(people):
    return [person for family in people for person in family.members]


class TestRepeatable:
    def test_same_arguments_same_families(self, lists, few):
        assert families(300, lists=load_lists(SEEDS), seed=7, today=TODAY) == few

    def test_another_seed_other_families(self, lists, few):
        assert families(300, lists=lists, seed=8, today=TODAY) != few

    def test_ages_hold_on_another_day(self, lists, few):
        later = families(300, lists=lists, seed=7, today=date(2028, 2, 29))
        assert all(family.head.age(date(2028, 2, 29)) >= 20 for family in later)
        assert later != few

    @pytest.mark.parametrize("count", [0, 1, 2, 27, 300, WHOLE_CITY_OF_THE_STUDY])
    def test_exactly_as_many_as_asked(self, lists, count):
        assert len(families(count, lists=lists, seed=1, today=TODAY)) == count

    @pytest.mark.parametrize("count", [-1, 100_001])
    def test_impossible_counts_are_refused(self, lists, count):
        with pytest.raises(ValueError, match="count"):
            families(count, lists=lists, seed=1, today=TODAY)

    def test_the_whole_demo_is_made_in_seconds(self, lists):
        started = time.process_time()
        families(WHOLE_CITY_OF_THE_STUDY, lists=lists, seed=1, today=TODAY)
        # Measured: 1.6 s of processor time; the bound leaves room for a slow runner.
        assert time.process_time() - started < 4


class TestNumbers:
    def test_no_nik_and_no_kk_twice(self, people):
        numbers = [person.nik for person in everyone(people) if person.nik]
        numbers += [family.kk for family in people if family.kk]
        assert len(set(numbers)) == len(numbers)

    def test_every_nik_is_synthetic_and_tells_birth_and_sex(self, people):
        for person in everyone(people):
            if not person.nik:
                continue
            found = re.fullmatch(r"31750[45](\d{2})(\d{2})(\d{2})9\d{3}", person.nik)
            assert found, "not a synthetic NIK"
            day, month, year = map(int, found.groups())
            assert day == person.birth_date.day + (40 if person.sex == "female" else 0)
            assert (month, year) == (person.birth_date.month, person.birth_date.year % 100)

    def test_every_kk_is_synthetic_and_issued_in_the_past(self, people):
        for family in people:
            if not family.kk:
                continue
            found = re.fullmatch(r"31750[45](\d{2})(\d{2})(\d{2})9\d{3}", family.kk)
            assert found, "not a synthetic KK number"
            day, month, year = map(int, found.groups())
            assert date(2008, 1, 1) <= date(2000 + year, month, day) < TODAY

    def test_our_own_checks_have_nothing_to_say(self, few):
        for person in everyone(few):
            if person.nik:
                checked = check_nik(person.nik, birth_date=person.birth_date, sex=person.sex, today=TODAY)
                assert (checked.errors, checked.warnings) == ([], [])
        for family in few:
            if family.kk:
                assert check_kk(family.kk, today=TODAY).errors == []

    def test_a_missing_nik_has_a_reason_and_only_a_missing_one(self, people):
        assert all(bool(person.nik) != bool(person.no_nik) for person in everyone(people))
        without = sum(not person.nik for person in everyone(people)) / len(everyone(people))
        assert 0.01 < without < 0.1

    def test_telephones_are_unlike_any_real_one_and_not_shared(self, people):
        phones = [family.phone for family in people if family.phone]
        assert len(set(phones)) == len(phones)
        assert all(re.fullmatch(r"0820-000\d-\d{4}", phone) for phone in phones)
        assert normalise_phone(phones[0]).startswith("+62820000")


class TestFamilies:
    def test_values_are_those_of_the_households_slice(self, people):
        assert {family.housing for family in people} <= set(Housing)
        assert {family.vehicle for family in people} <= set(Vehicle)
        assert {person.relation for person in everyone(people)} <= set(Relation)
        assert {person.sex for person in everyone(people)} <= set(Sex)
        assert {person.no_nik for person in everyone(people)} <= {"", *NoNik}

    def test_one_head_first(self, people):
        for family in people:
            relations = [person.relation for person in family.members]
            assert relations[0] == "head"
            assert Counter(relations)["head"] == 1
            assert Counter(relations)["spouse"] <= 1
        assert all(family.head.age(TODAY) >= 20 for family in people)

    def test_generations_follow_one_another(self, people):
        for family in people:
            head, grown = family.head, family.head.age(TODAY)
            for person in family.members[1:]:
                age = person.age(TODAY)
                assert person.birth_date <= TODAY
                if person.relation == "spouse":
                    assert person.sex != head.sex
                elif person.relation == "child":
                    assert 0 <= age <= grown - 18
                elif person.relation == "parent":
                    assert age >= grown + 18

    def test_needs_are_what_the_members_show(self, people):
        for family in people:
            ages = [person.age(TODAY) for person in family.members]
            assert family.has_elderly == (max(ages) >= 60)
            assert family.has_infant == (min(ages) < 6)
            assert family.has_pupil == any(6 <= age <= 18 for age in ages)
            assert family.has_disability == any(person.disabled for person in family.members)
            assert family.has_pregnant == any(person.pregnant for person in family.members)

    def test_only_grown_women_are_pregnant(self, people):
        for person in everyone(people):
            if person.pregnant:
                assert person.sex == "female"
                assert 18 <= person.age(TODAY) <= 42

    def test_every_need_occurs_in_the_small_demo(self, few):
        for need in ("has_elderly", "has_disability", "has_pregnant", "has_infant", "has_pupil"):
            assert 0 < sum(getattr(family, need) for family in few) < len(few)

    def test_sizes_are_those_of_a_kampung(self, people):
        assert 3 < len(everyone(people)) / len(people) < 4.5
        assert max(len(family.members) for family in people) <= 10

    def test_names_are_whole_and_differ_within_a_family(self, people):
        for family in people:
            names = [person.name for person in family.members]
            assert all(1 <= len(name.split()) <= 2 for name in names)
        same = [family for family in people if len({p.name for p in family.members}) < len(family.members)]
        assert same == []


class TestPlaces:
    @pytest.mark.parametrize("count", [0, 1, 27, 300, 2000, WHOLE_CITY_OF_THE_STUDY])
    def test_areas_are_rt_of_both_kampung(self, count):
        codes = rts_for(count)
        assert len(set(codes)) == len(codes)
        assert codes[0] == f"{GEDONG}.011.005"
        assert {code[:13] for code in codes} == {GEDONG, TENGAH}
        assert all(re.fullmatch(r"0(0[1-9]|1[01])\.0(0[1-9]|1[0-2])", code[14:]) for code in codes)

    def test_every_rt_has_somebody(self, few, many):
        assert {family.area for family in few} == set(rts_for(300))
        assert {family.area for family in many} == set(rts_for(WHOLE_CITY_OF_THE_STUDY))
        assert len(rts_for(WHOLE_CITY_OF_THE_STUDY)) == 2 * 11 * 12

    def test_the_small_demo_fills_a_page_per_rt(self, few):
        assert 10 <= len(few) / len({family.area for family in few}) <= 16

    def test_every_door_can_be_found(self, people, lists):
        for family in people:
            assert any(family.alley.startswith(alley) for alley in lists.alleys)
            assert family.house_number or family.landmark
            assert re.fullmatch(r"(\d+[AB]?)?", family.house_number)
        assert any(re.search(r" \d+$", family.alley) for family in people)
        assert any(family.house_number.endswith("A") for family in people)
