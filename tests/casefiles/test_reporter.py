"""Who reported: one function decides, every output is asked, and a new output must be listed here."""

import json
import logging
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.casefiles import actions, history, panels, rules, status_urls, urls
from cases.casefiles.actions import Levy, ReporterData
from cases.casefiles.choices import Audience, Category, ReporterLevel, Status
from cases.casefiles.models import Case, Evidence, Reporter
from cases.casefiles.permissions import NOTHING, reporter_for
from cases.casefiles.search import search
from cases.households.models import Household
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import open_gate
from cases.people.choices import Role
from tests.casefiles.files import a_pdf, a_photo
from tests.casefiles.helpers import bring, make_case
from tests.paper.helpers import read

NAME, PHONE, RELATION = "Karsinah Wagiyem", "0812-9988-7766", "neighbour"
NEEDLES = ("Karsinah", "Wagiyem", "99887766", "9988-7766", "9988 7766", "tetangga")
SECRETS = {
    ReporterLevel.POSKO_ONLY: ReporterData(ReporterLevel.POSKO_ONLY, NAME, PHONE, RELATION),
    ReporterLevel.MAY_BE_NAMED: ReporterData(ReporterLevel.MAY_BE_NAMED, NAME, PHONE, RELATION),
    ReporterLevel.ANONYMOUS: ReporterData(ReporterLevel.ANONYMOUS, NAME, PHONE, RELATION),
}


@pytest.fixture
def colleague(make_user, areas):
    """Another volunteer of the same kelurahan: one may be the RT who is complained of."""
    return make_user("relawan.rt", (Role.VOLUNTEER, areas.gedong.pk))


@pytest.fixture
def case(cast, areas):
    with open_gate():
        household = Household.objects.create(
            area=areas.gedong_rt, head_name="Sumarni", walk_key="1", search_text=" sumarni "
        )
    return make_case(
        cast.volunteer,
        areas.gedong_rt,
        household=household,
        reporter=SECRETS[ReporterLevel.POSKO_ONLY],
        evidence=[a_photo(), a_pdf()],
    )


def found_in(text: str) -> list[str]:
    return [needle for needle in NEEDLES if needle.casefold() in text.casefold()]


# --- the function --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ReporterLevel)
@pytest.mark.parametrize("audience", Audience)
def test_every_audience_and_level(level, audience, cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, reporter=SECRETS[level])
    told = reporter_for(case, audience)
    trusted = audience in (Audience.RECORDER, Audience.COORDINATOR)
    named = audience == Audience.OFFICE and level == ReporterLevel.MAY_BE_NAMED
    assert told.name == (NAME if named else "")
    assert bool(told.relation) == named
    assert told.phone == ""
    assert told.level == (level if trusted or named else "")
    assert told.withheld == (trusted and level != ReporterLevel.ANONYMOUS)
    if audience in (Audience.PAPER, Audience.PUBLIC):
        assert told == NOTHING


@pytest.mark.parametrize("audience", [Audience.OFFICE, Audience.PAPER, Audience.PUBLIC, Audience.VOLUNTEER])
def test_asking_opens_nothing_for_those_who_may_not_see(audience, case):
    assert reporter_for(case, audience, asked=True).name == ""


@pytest.mark.parametrize(
    ("role", "level"),
    [
        ("volunteer", ReporterLevel.POSKO_ONLY),
        ("coordinator", ReporterLevel.POSKO_ONLY),
        ("board", ReporterLevel.POSKO_ONLY),
        ("other_volunteer", ""),
        ("other_coordinator", ""),
        ("observer", ""),
        ("stranger", ""),
    ],
)
def test_each_of_the_cast(role, level, case, cast):
    told = reporter_for(case, getattr(cast, role))
    assert (told.level, told.withheld, told.name) == (level, bool(level), "")


def test_a_colleague_learns_not_even_that_there_is_a_name(case, cast, colleague, areas):
    nobody = make_case(cast.volunteer, areas.gedong_rt)
    assert reporter_for(case, colleague) == reporter_for(nobody, colleague)


def test_a_recorder_who_left_the_area_learns_nothing(case, cast):
    from django.utils import timezone

    with open_gate():
        cast.volunteer.memberships.update(ended_at=timezone.now())
    cast.volunteer.__dict__.pop("current_memberships", None)
    assert reporter_for(case, cast.volunteer) == NOTHING


@pytest.mark.parametrize("level", ReporterLevel)
def test_an_office_hears_the_family_unless_that_names_who_spoke(level, cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, reporter=SECRETS[level])
    against_nobody = {
        Category.NOT_REGISTERED,
        Category.OUTSIDE_ID,
        Category.NOT_RECEIVED,
        Category.CUT_OFF,
        Category.DOUBLE,
        Category.DECEASED,
        Category.CLOSED_LIST,
        Category.QUALITY,
        Category.NIK_OFF,
        Category.OTHER,
    }
    for category in Category:
        case.category = category
        may = level == ReporterLevel.MAY_BE_NAMED or category in against_nobody
        assert reporter_for(case, Audience.OFFICE).may_name_household == may


# --- anonymous keeps nothing ---------------------------------------------------------------------------------------------


def test_of_an_anonymous_reporter_nothing_is_kept(cast, areas):
    make_case(cast.volunteer, areas.gedong_rt, reporter=SECRETS[ReporterLevel.ANONYMOUS])
    reporter = Reporter.objects.get()
    assert (reporter.name_sealed, reporter.phone_sealed, reporter.relation_sealed) == (None, None, None)


@pytest.mark.parametrize("field", ["name_sealed", "phone_sealed", "relation_sealed"])
def test_the_database_refuses_an_anonymous_name(field, cast, areas):
    make_case(cast.volunteer, areas.gedong_rt)
    with open_gate(), pytest.raises(IntegrityError), transaction.atomic():
        Reporter.objects.update(**{field: NAME})


def test_becoming_anonymous_forgets(case, cast):
    actions.edit(case=case, by=cast.volunteer, reporter=ReporterData())
    reporter = Reporter.objects.get(case=case)
    assert (reporter.level, reporter.name_sealed, reporter.phone_sealed) == ("anonymous", None, None)
    with pytest.raises(ActionRefused):
        actions.reveal_reporter(case=case, by=cast.coordinator)


@pytest.mark.parametrize("status", [Status.SENT, Status.RESOLVED])
def test_consent_may_be_taken_back_at_any_time(status, cast, areas, as_user):
    case = make_case(
        cast.volunteer, areas.gedong_rt, status=status, reporter=SECRETS[ReporterLevel.MAY_BE_NAMED]
    )
    url = reverse("casefiles:reporter", args=[case.pk])
    assert as_user(cast.volunteer).post(url, {"level": "anonymous"}).status_code == 302
    assert reporter_for(case, Audience.OFFICE).name == ""
    assert Reporter.objects.get(case=case).name_sealed is None


def test_whoever_may_edit_may_not_overwrite_a_reporter_unseen(case, cast, colleague, as_user):
    actions.assign(case=case, by=cast.coordinator, to=colleague)
    client = as_user(colleague)
    answer = client.patch(
        f"/api/v1/cases/{case.pk}/", {"reporter": {"level": "anonymous"}}, "application/json"
    )
    assert answer.status_code == 403
    assert (
        client.patch(f"/api/v1/cases/{case.pk}/", {"story": "Baru."}, "application/json").status_code == 200
    )
    assert Reporter.objects.get(case=case).opened("name_sealed") == NAME


# --- shown on request, on record -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["volunteer", "coordinator", "board"])
def test_shown_to_who_may_see_and_recorded(role, case, cast, as_user):
    client = as_user(getattr(cast, role))
    page = client.post(reverse("casefiles:reveal", args=[case.pk]))
    assert page.status_code == 200
    assert NAME in page.text
    assert "0812-9988-7766" in page.text
    assert "no-store" in page["Cache-Control"]
    event = AuditEvent.objects.get(verb="case.reporter_shown")
    assert (event.actor_name, event.subject_id) == (getattr(cast, role).username, str(case.pk))
    assert found_in(json.dumps(event.data)) == []


@pytest.mark.parametrize(
    ("role", "status"), [("colleague", 403), ("other_coordinator", 404), ("observer", 404), ("stranger", 404)]
)
def test_not_shown_to_others(role, status, case, cast, colleague, as_user):
    client = as_user(colleague if role == "colleague" else getattr(cast, role))
    assert client.post(reverse("casefiles:reveal", args=[case.pk])).status_code == status
    assert client.post(f"/api/v1/cases/{case.pk}/reveal-reporter/").status_code == status
    assert client.get(reverse("casefiles:reporter", args=[case.pk])).status_code == status
    assert not AuditEvent.objects.filter(verb="case.reporter_shown").exists()


def test_a_look_cannot_be_had_by_an_address(case, cast, as_user):
    assert as_user(cast.coordinator).get(reverse("casefiles:reveal", args=[case.pk])).status_code == 405


def test_looks_are_told_to_the_trusted_only(case, cast, colleague):
    actions.reveal_reporter(case=case, by=cast.coordinator)
    actions.edit(case=case, by=cast.volunteer, reporter=SECRETS[ReporterLevel.MAY_BE_NAMED])
    shown = {user: [e.title for e in history.entries(case, user)] for user in (cast.coordinator, colleague)}
    assert "Pelapor ditampilkan" in shown[cast.coordinator]
    assert "Yang disimpan tentang pelapor diubah" in shown[cast.coordinator]
    assert not [title for title in shown[colleague] if "elapor" in title]


def test_who_recorded_cannot_be_told_from_what_else_they_did(areas, cast, colleague):
    """A blank beside "verified" would say: the one coordinator whose name is missing recorded it."""
    case = make_case(cast.coordinator, areas.gedong_rt, reporter=SECRETS[ReporterLevel.POSKO_ONLY])
    actions.verify(case=case, by=cast.coordinator)
    actions.take_on(case=case, by=colleague)
    assert {entry.by for entry in history.entries(case, colleague)} == {"relawan posko"}
    assert len({entry.by for entry in history.entries(case, cast.coordinator)}) == 2


# --- what others read may not hold it -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Bu Karsinah Wagiyem cerita di posko.",
        "katanya KARSINAH  WAGIYEM",
        "Karsinah, Wagiyem",
        "telepon 081299887766 ya",
        "WA +62 812-9988-7766",
    ],
)
def test_a_story_that_names_the_reporter_is_refused(text, cast, areas):
    with pytest.raises(ActionRefused, match="pelapor"):
        make_case(cast.volunteer, areas.gedong_rt, story=text, reporter=SECRETS[ReporterLevel.POSKO_ONLY])
    with pytest.raises(ActionRefused):
        make_case(cast.volunteer, areas.gedong_rt, story=text, reporter=SECRETS[ReporterLevel.ANONYMOUS])
    # The consent to be named is towards the office; neighbours who volunteer read the story.
    with pytest.raises(ActionRefused):
        make_case(cast.volunteer, areas.gedong_rt, story=text, reporter=SECRETS[ReporterLevel.MAY_BE_NAMED])


@pytest.mark.parametrize(
    "text", ["Karsinah lain lagi", "Bu Wagiyem tetangga", "081299887", "Rp99.887.766.000 jumlahnya"]
)
def test_a_story_that_does_not_is_kept(text, cast, areas):
    assert make_case(cast.volunteer, areas.gedong_rt, story=text, reporter=SECRETS[ReporterLevel.POSKO_ONLY])


def test_a_guess_is_not_confirmed_by_a_refusal(case, cast, colleague):
    """The RT complained of could try the names of all neighbours, a caption each."""
    right = actions.add_evidence(case=case, by=colleague, file=a_photo(7), caption=NAME)
    assert right.caption == NAME
    bring(case, Status.NEEDS_DETAILS, cast.coordinator)
    actions.supply_details(case=case, by=colleague, note=f"{NAME} {PHONE}")
    bring(case, Status.NEEDS_DETAILS, cast.coordinator)
    with pytest.raises(ActionRefused, match="pelapor"):
        actions.supply_details(case=case, by=cast.volunteer, note=NAME)
    case.refresh_from_db()
    actions.take_on(case=case, by=colleague)
    actions.edit(case=case, by=colleague, happened_about=NAME)


def test_nor_may_later_words_name_the_reporter(case, cast):
    told = f"Ibu {NAME} bilang begitu."
    for attempt in (
        lambda: actions.edit(case=case, by=cast.volunteer, story=told),
        lambda: actions.edit(case=case, by=cast.volunteer, happened_about=told),
        lambda: actions.add_evidence(case=case, by=cast.volunteer, file=a_photo(3), caption=told),
        lambda: actions.close(case=case, by=cast.coordinator, reason="withdrawn", note=told),
        lambda: actions.ask_details(case=case, by=cast.coordinator, needs=told),
    ):
        with pytest.raises(ActionRefused):
            attempt()
    evidence = Evidence.objects.filter(case=case).first()
    with pytest.raises(ActionRefused):
        actions.strike_evidence(evidence=evidence, by=cast.coordinator, reason=told)
    actions.ask_details(case=case, by=cast.coordinator, needs="Kapan?")
    with pytest.raises(ActionRefused):
        actions.supply_details(case=case, by=cast.volunteer, note=told)
    with pytest.raises(ActionRefused):
        actions.group(cases=[case], by=cast.coordinator, title=told)


# --- every output --------------------------------------------------------------------------------------------------------

# Pages by name: what the address needs. A page that is missing here fails test_every_page_is_listed.
PAGES = {
    "list": "",
    "create": "",
    "tell": "category",
    "detail": "case",
    "saved": "case",
    "edit": "case",
    "add_evidence": "case",
    "reporter": "case",
    "code": "case",
    "change_code": "case",
    "evidence": "evidence",
    "strike": "evidence",
    "group_detail": "group",
    "rename_group": "group",
    "verify": "case",
    "ask": "case",
    "supply": "case",
    "resolve": "case",
    "close": "case",
    "reopen": "case",
    "assign": "case",
    "take": "case",
    "link": "case",
    "group": "case",
    "ungroup": "case",
}
# These answer to a POST only, with a redirect or a file; `reveal` is the one that shows a reporter.
POSTS = {"reveal", "original", "similar", "unlink"}


# Anyone may open these; they answer a code (test_the_status_and_the_slip_tell_nothing).
PUBLIC_PAGES = {"ask"}


def test_every_page_is_listed():
    assert {pattern.name for pattern in urls.urlpatterns} == set(PAGES) | POSTS
    assert {pattern.name for pattern in status_urls.urlpatterns} == PUBLIC_PAGES


@pytest.mark.parametrize(
    ("level", "status"),
    [
        (ReporterLevel.POSKO_ONLY, Status.NEW),
        (ReporterLevel.MAY_BE_NAMED, Status.SENT),
        (ReporterLevel.POSKO_ONLY, Status.RESOLVED),
    ],
)
def test_no_page_tells(level, status, case, cast, colleague, as_user):
    actions.edit(case=case, by=cast.volunteer, reporter=SECRETS[level])
    actions.reveal_reporter(case=case, by=cast.coordinator)
    group = actions.group(cases=[case], by=cast.coordinator, title="Pungutan di balai RW")
    bring(case, status, cast.coordinator)
    pieces = list(Evidence.objects.filter(case=case))
    wanted = {
        "": [[]],
        "category": [[Category.LEVY.value]],
        "case": [[case.pk]],
        "group": [[group.pk]],
        "evidence": [[piece.pk] for piece in pieces],
    }
    opened = 0
    for user in (
        cast.volunteer,
        cast.coordinator,
        cast.board,
        colleague,
        cast.observer,
        cast.other_coordinator,
    ):
        client = as_user(user)
        for name, needs in PAGES.items():
            for args in wanted[needs]:
                page = client.get(reverse(f"casefiles:{name}", args=args))
                opened += page.status_code == 200
                text = page.content.decode("utf-8", "replace")
                # The level's own choices speak of neighbours on the reporter's form.
                needles = [
                    n for n in found_in(text) if not (n == "tetangga" and name in ("reporter", "tell"))
                ]
                assert needles == [], (user.username, name)
                assert not found_in(str(page.headers))
    assert opened > 30


@pytest.mark.parametrize("role", ["volunteer", "coordinator", "board"])
def test_the_api_tells_only_where_it_is_asked(role, case, cast, as_user):
    client = as_user(getattr(cast, role))
    for url in ("/api/v1/cases/", f"/api/v1/cases/{case.pk}/", "/api/v1/cases/?q=Karsinah"):
        assert found_in(client.get(url).text) == []
    assert client.get("/api/v1/cases/", {"q": "Karsinah"}).json()["results"] == []
    shown = client.post(f"/api/v1/cases/{case.pk}/reveal-reporter/")
    assert shown.json()["name"] == NAME
    assert shown["Cache-Control"] == "no-store"
    assert found_in(client.get(f"/api/v1/cases/{case.pk}/").text) == []


@pytest.mark.parametrize("level", ReporterLevel)
def test_the_status_and_the_slip_tell_nothing(level, cast, areas, as_user, client):
    """To the public, on paper and by WhatsApp: the same to the byte whoever reported, and never a name."""
    from cases.casefiles.public import public_status
    from cases.paper import actions as paper
    from cases.paper.actions.prints import content_of

    case = make_case(cast.volunteer, areas.gedong_rt, reporter=SECRETS[level])
    nobody = make_case(cast.volunteer, areas.gedong_rt)
    assert reporter_for(case, Audience.PUBLIC) == reporter_for(case, Audience.PAPER) == NOTHING
    assert public_status(case) == public_status(nobody)
    answers = {
        client.post("/status/", {"code": actions.hand_out_code(case=each, by=cast.volunteer)}).text
        for each in (case, nobody)
    }
    assert len(answers) == 1
    content, _codes = content_of(paper.print_receipt(case=case, by=cast.volunteer))
    message = as_user(cast.volunteer).post(reverse("casefiles:code", args=[case.pk])).text
    assert found_in(str(content) + message + answers.pop()) == []


def test_search_finds_no_reporter(case, cast):
    assert list(search(cast.coordinator, case.number)) == [case]
    assert list(search(cast.coordinator, "menyetor uang")) == [case]
    for words in (NAME, "Karsinah", PHONE, "081299887766", "+6281299887766"):
        assert list(search(cast.coordinator, words)) == []


def test_the_household_panel_does_not_tell(case, cast, rf):
    for user in (cast.volunteer, cast.coordinator):
        request = rf.get("/")
        request.user = user
        template, context = panels.cases_of_household(request, case.household)
        html = render_to_string(template, context, request=request)
        assert case.number in html
        assert found_in(html) == []


def test_history_and_log_do_not_tell(case, cast, colleague, caplog, as_user):
    caplog.set_level(logging.DEBUG)
    actions.reveal_reporter(case=case, by=cast.coordinator)
    as_user(cast.coordinator).post(reverse("casefiles:reveal", args=[case.pk]))
    as_user(cast.volunteer).post(
        reverse("casefiles:reporter", args=[case.pk]),
        {"level": "may_be_named", "name": NAME, "phone": "not a number", "relation": RELATION},
    )
    for event in AuditEvent.objects.all():
        assert found_in(json.dumps(event.data)) == []
        assert "level" not in json.dumps(event.data)
    for user in (cast.coordinator, colleague):
        assert found_in(str(history.entries(case, user))) == []
    assert found_in("\n".join(record.getMessage() for record in caplog.records)) == []


def test_nothing_readable_lies_in_the_database_or_on_the_disk(case, settings):
    read = 0
    for model in apps.get_models():
        for row in model._base_manager.values():
            for column, value in row.items():
                raw = bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                assert found_in(raw.decode("latin-1")) == [], (model, column)
                read += 1
    assert read > 100
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(files) == 3
    for path in files:
        assert found_in(path.read_bytes().decode("latin-1")) == []


def test_the_digest_of_a_form_cannot_be_guessed(cast, areas):
    """Whoever steals the table and tries names must need the key."""
    import uuid

    from cases.kernel.stamps import content_digest

    case = make_case(
        cast.volunteer,
        areas.gedong_rt,
        client_id=uuid.uuid4(),
        levy=Levy(),
        reporter=SECRETS[ReporterLevel.POSKO_ONLY],
    )
    from cases.casefiles.actions import recording

    stamps = []
    original = recording.content_digest
    recording.content_digest = lambda content: stamps.append(content_digest(content)) or original(content)
    try:
        make_case(cast.volunteer, areas.gedong_rt, reporter=SECRETS[ReporterLevel.POSKO_ONLY])
    finally:
        recording.content_digest = original
    assert case.client_digest
    assert case.client_digest not in stamps


# --- letters ---------------------------------------------------------------------------------------------------------------

# Letters are for coordinators, and name a reporter only who agreed to that; every page and file of theirs is asked.
LETTERS = {"letters", "letter_create", "letter", "letter_edit", "letter_picture", "letter_file"}
LETTERS_AT_THE_OFFICE = {"letter_hand_over", "letter_receipt", "letter_void", "letter_scan"}
LETTERS_BY_POST = {"letter_restart", "letter_discard", "letter_print"}


def test_every_page_of_letters_is_listed():
    from cases.paper import urls as paper_urls

    names = {pattern.name for pattern in paper_urls.urlpatterns if pattern.name.startswith("letter")}
    assert names == LETTERS | LETTERS_AT_THE_OFFICE | LETTERS_BY_POST


def _letters_of(case, cast):
    """A draft, a printed one with all that may be enclosed, and one that is handed over with its stamp."""
    from cases.paper import actions as paper
    from cases.paper.choices import Enclosure
    from tests.escalations.helpers import make_offices
    from tests.paper.helpers import make_letter, make_letterhead

    make_letterhead()
    bring(case, Status.VERIFIED, cast.coordinator)
    office = make_offices().village
    parts = [part.value for part in Enclosure]
    made = [make_letter([case], cast.coordinator, office=office, enclosures=parts) for _ in range(3)]
    printed = [paper.print_letter(letter=letter, by=cast.coordinator) for letter in made[1:]]
    today = timezone.localdate()
    handed = paper.hand_over(
        letter=printed[1], handed_on=today, received_on=today, scan=a_photo(5), by=cast.coordinator
    )
    return made[0], printed[0], handed


@pytest.mark.parametrize("level", [ReporterLevel.POSKO_ONLY, ReporterLevel.ANONYMOUS])
def test_no_letter_and_no_page_of_one_tells(level, case, cast, colleague, as_user):
    actions.edit(case=case, by=cast.volunteer, reporter=SECRETS[level])
    draft, printed, handed = _letters_of(case, cast)
    urls = [reverse("paper:letters"), f"{reverse('paper:letter_create')}?case={case.pk}"]
    for letter in (draft, printed, handed):
        urls += [
            reverse(f"paper:{name}", args=[letter.pk]) for name in LETTERS - {"letters", "letter_create"}
        ]
        urls += [f"/api/v1/letters/{letter.pk}/", f"/api/v1/letters/{letter.pk}/file/"]
        parts = [*letter.enclosures, "complaint"]
        urls += [f"{reverse('paper:letter_file', args=[letter.pk])}?part={part}" for part in parts]
    urls += [reverse(f"paper:{name}", args=[handed.pk]) for name in LETTERS_AT_THE_OFFICE]
    urls += [reverse("casefiles:detail", args=[case.pk]), "/api/v1/letters/"]
    opened = 0
    for user in (cast.coordinator, cast.board, cast.volunteer, colleague, cast.observer):
        client = as_user(user)
        for url in urls:
            answer = client.get(url)
            text = answer.content.decode("latin-1")
            if answer.content.startswith(b"%PDF"):
                text = "\n".join(read(answer.content))
                assert found_in(re.sub(r"\s", "", text)) == [], url
            opened += answer.status_code == 200
            assert found_in(text) == [], (user.username, url)
            assert found_in(str(answer.headers)) == []
    assert opened > 50


def test_a_name_that_may_be_said_to_the_office_stays_with_coordinators(
    case, cast, colleague, as_user, settings
):
    actions.edit(case=case, by=cast.volunteer, reporter=SECRETS[ReporterLevel.MAY_BE_NAMED])
    _draft, printed, _handed = _letters_of(case, cast)
    file = reverse("paper:letter_file", args=[printed.pk])
    told = "\n".join(read(as_user(cast.coordinator).get(file).content))
    assert {"Karsinah", "Wagiyem"} <= set(found_in(told))
    assert not {"99887766", "9988-7766", "tetangga"} & set(found_in(told))
    for user in (cast.volunteer, colleague, cast.observer, cast.other_coordinator):
        client = as_user(user)
        assert client.get(file).status_code == 404
        assert client.get(f"/api/v1/letters/{printed.pk}/").status_code == 404
        assert found_in(client.get(reverse("casefiles:detail", args=[case.pk])).text) == []
    for event in AuditEvent.objects.all():
        assert found_in(json.dumps(event.data)) == []
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            assert found_in(path.read_bytes().decode("latin-1")) == []


# --- who recorded it ------------------------------------------------------------------------------------------------------


def test_other_volunteers_do_not_learn_who_recorded_it(case, cast, colleague, as_user):
    recorder = cast.volunteer
    for name in ("detail", "saved", "list"):
        args = [] if name == "list" else [case.pk]
        page = as_user(colleague).get(reverse(f"casefiles:{name}", args=args))
        assert recorder.name not in page.text
        assert recorder.username not in page.text
    told = as_user(colleague).get(f"/api/v1/cases/{case.pk}/").json()
    assert told["created_by"] is None
    assert recorder.username not in json.dumps(told)
    assert recorder.name in as_user(cast.coordinator).get(reverse("casefiles:detail", args=[case.pk])).text


# --- nobody goes around ---------------------------------------------------------------------------------------------------


def test_only_the_function_and_its_actions_open_a_reporter():
    root = Path(__file__).resolve().parents[2]
    allowed = {"models.py", "permissions/reporters.py", "actions/recording.py", "demo"}
    for path in [*root.glob("cases/**/*.py"), *root.glob("advocacy/**/*.py")]:
        if "migrations" in path.parts or any(str(path).endswith(f"casefiles/{name}") for name in allowed):
            continue
        text = path.read_text()
        assert "relation_sealed" not in text, path
        assert "name_sealed" not in text, path
        assert not re.search(r"asked\s*=\s*True", text), path
        assert not re.search(r"\breporter\.(name|phone)", text), path
    for path in root.glob("templates/**/*.html"):
        assert not re.search(r"case\.reporter|_sealed", path.read_text()), path


def test_rules_find_a_name_however_it_is_written():
    assert rules.gives_away(["Ny. Karsinah Wagiyem"], name="Ibu Karsinah Wagiyem", phone="")
    assert not rules.gives_away(["Ani dan Budi"], name="Ani", phone="")
    assert not rules.gives_away([""], name="", phone="")
    assert not Case.__doc__ or "reporter" not in Case.__doc__
