"""One row of every kind that an address can name, in Kampung Gedong, made by real actions and only when asked for."""

from datetime import date, timedelta
from functools import cached_property
from io import BytesIO
from types import SimpleNamespace

from django.utils import timezone
from PIL import Image

from cases.areas import actions as area_actions
from cases.areas.choices import DayChange
from cases.casefiles import actions as case_actions
from cases.casefiles.choices import Status
from cases.escalations import actions as office_actions
from cases.households import actions as household_actions
from cases.households.choices import AskedWith, CheckAnswer, Portal, Relation, VisitResult
from cases.households.entries import MemberData
from cases.jobs.models import Job
from cases.kernel.workdays import Calendar
from cases.kernel.writes import open_gate
from cases.paper import actions as paper_actions
from cases.paper import sources
from cases.paper.choices import DoorTask, LetterKind, PosterKind
from cases.paper.doors import DoorOrder
from cases.paper.families import Choice
from cases.people import actions as people_actions
from cases.people.choices import Role
from cases.people.models import Membership, Organisation
from cases.programmes.models import Schedule
from tests.casefiles.helpers import make_case
from tests.escalations.helpers import make_offices, make_submission
from tests.households.helpers import make_household
from tests.notices.helpers import make_digest
from tests.programmes.helpers import make_programme, make_round, make_schedule


def picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "#884422").save(buffer, "JPEG")
    return buffer.getvalue()


class WebRows:
    """`rows.case` and the like; everything belongs to Gedong and was recorded by its volunteer."""

    def __init__(self, cast: SimpleNamespace, areas: SimpleNamespace) -> None:
        self.cast, self.areas, self.today = cast, areas, timezone.localdate()

    # --- areas and people
    @cached_property
    def rt(self):
        return self.areas.gedong_rt

    @cached_property
    def empty_rt(self):
        return self.areas.gedong_rt_next

    @cached_property
    def kampung(self):
        return area_actions.save_kampung(by=self.cast.board, name="Kampung Gedong", areas=[self.areas.gedong])

    @cached_property
    def board_place(self):
        return area_actions.save_board(
            by=self.cast.coordinator, kampung=self.kampung, area=self.areas.gedong_rt, place="Warung Bu Tini"
        )

    @cached_property
    def own_day(self):
        calendar, day = Calendar(), date(self.today.year + 1, 3, 1)
        while calendar.reason(day):
            day += timedelta(days=1)
        return area_actions.add_day(day=day, change=DayChange.ADDED, name="Hari posko", by=self.cast.board)

    @cached_property
    def volunteer(self):
        return self.cast.volunteer

    @cached_property
    def membership(self):
        return Membership.objects.get(user=self.cast.volunteer)

    @cached_property
    def invitation(self):
        made, self.join_token = people_actions.invite(
            by=self.cast.coordinator, name="Tini Undangan Satu", role=Role.VOLUNTEER, area=self.areas.gedong
        )
        return made

    @cached_property
    def join_link(self) -> str:
        assert self.invitation
        return self.join_token

    @cached_property
    def calendar_token(self) -> str:
        return office_actions.open_feed(by=self.cast.coordinator)[1]

    @cached_property
    def password_link(self) -> str:
        return people_actions.make_password_link(user=self.cast.volunteer, by=self.cast.coordinator)[1]

    @cached_property
    def organisation(self):
        with open_gate():
            return Organisation.objects.create(name="Serikat Perjuangan Rakyat", short_name="SPRI")

    @cached_property
    def saved_filter(self):
        return people_actions.save_filter(
            by=self.cast.volunteer, place="cases", name="Terbuka", query="status=open"
        )

    # --- programmes
    @cached_property
    def programme(self):
        return make_programme(by=self.cast.board)

    @cached_property
    def round(self):
        return make_round(self.programme, by=self.cast.board)

    @cached_property
    def schedule(self) -> Schedule:
        return make_schedule(
            self.round, self.areas.gedong, by=self.cast.board, date=self.today + timedelta(days=5)
        )

    # --- families
    @cached_property
    def household(self):
        return make_household(
            by=self.cast.volunteer,
            area=self.rt,
            members=[
                MemberData(name="Sumarni", relation=Relation.HEAD),
                MemberData(name="Dulah", relation=Relation.SPOUSE),
            ],
        )

    @cached_property
    def other_household(self):
        return make_household(by=self.cast.volunteer, area=self.rt, head_name="Kartini", alley="Gang Melati")

    @cached_property
    def member(self):
        return self.household.members.exclude(relation=Relation.HEAD).get()

    @cached_property
    def check(self):
        return household_actions.record_check(
            household=self.household,
            portal=Portal.CEKBANSOS,
            checked_on=self.today,
            asked_with=AskedWith.NIK,
            answer=CheckAnswer.NOT_FOUND,
            screenshot=picture(),
            by=self.cast.volunteer,
        )

    @cached_property
    def receipt(self):
        return household_actions.record_receipt(
            household=self.household, round=self.round, by=self.cast.volunteer, due_amount=300_000
        )

    @cached_property
    def visit(self):
        return household_actions.record_visit(
            household=self.household,
            visited_on=self.today,
            task="round",
            result=VisitResult.MET,
            by=self.cast.volunteer,
        )

    # --- cases and offices
    @cached_property
    def case(self):
        return make_case(self.cast.volunteer, self.rt)

    @cached_property
    def other_case(self):
        return make_case(self.cast.volunteer, self.rt)

    @cached_property
    def evidence(self):
        return case_actions.add_evidence(case=self.case, by=self.cast.volunteer, file=picture())

    @cached_property
    def link(self):
        return case_actions.link(case=self.case, other=self.other_case, by=self.cast.coordinator)

    @cached_property
    def group(self):
        pair = [self.case, self.other_case]
        return case_actions.group(cases=pair, by=self.cast.coordinator, title="Pungutan di RW 011")

    @cached_property
    def office(self):
        return make_offices().village

    @cached_property
    def submission(self):
        case = make_case(self.cast.volunteer, self.rt, status=Status.VERIFIED)
        return make_submission([case], self.office, self.cast.coordinator)

    @cached_property
    def answer(self):
        return office_actions.record_answer(
            submission=self.submission,
            by=self.cast.coordinator,
            answered_on=self.today,
            content="Akan dicek ke lapangan.",
            solves="no",
            attachment=picture(),
        )

    # --- paper and long work
    @cached_property
    def poster(self):
        content, _until = sources.starting_poster(
            PosterKind.COMPLAIN, self.areas.gedong, None, by=self.cast.volunteer
        )
        return paper_actions.make_poster(
            kind=PosterKind.COMPLAIN,
            area=self.areas.gedong,
            aid_round=None,
            content=content,
            by=self.cast.volunteer,
        )

    @cached_property
    def shared_poster(self) -> str:
        return paper_actions.share_poster(poster=self.poster, by=self.cast.coordinator).share_token

    @cached_property
    def print(self):
        assert self.household
        order = DoorOrder(choice=Choice(areas=(self.rt.pk,)), task=DoorTask.CHECK)
        return paper_actions.print_doors(order=order, by=self.cast.volunteer).record

    def _draft(self):
        """About a case of its own, which may go to the kelurahan."""
        assert self.organisation
        case = make_case(self.cast.volunteer, self.rt, status=Status.VERIFIED)
        return paper_actions.start_letter(
            kind=LetterKind.COMPLAINT, cases=[case], office=self.office, by=self.cast.coordinator
        )

    @cached_property
    def draft(self):
        return self._draft()

    @cached_property
    def letter(self):
        return paper_actions.print_letter(letter=self._draft(), by=self.cast.coordinator)

    @cached_property
    def handed_letter(self):
        letter = paper_actions.print_letter(letter=self._draft(), by=self.cast.coordinator)
        return paper_actions.hand_over(
            letter=letter,
            handed_on=self.today,
            received_on=self.today,
            scan=picture(),
            by=self.cast.coordinator,
        )

    @cached_property
    def sheet(self):
        return self.print.sheets.first()

    @cached_property
    def job(self):
        with open_gate():
            return Job.objects.create(kind="paper.doors", title="Daftar RT 005", by=self.cast.volunteer)

    @cached_property
    def digest(self):
        return make_digest(self.cast.volunteer)
