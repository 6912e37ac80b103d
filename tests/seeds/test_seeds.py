"""The rows in seeds/ by themselves, before any database has seen them."""

import csv
import re
import string
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cases.areas.choices import BoardSize, Level
from cases.casefiles.choices import ActorRole, Category, CloseReason, Excuse, Outcome, Way
from cases.escalations.choices import DayUnit, Matter, Need, OfficeKind, Solves, Start, Step
from cases.households.choices import Vehicle, VisitResult
from cases.programmes.choices import Kind, RoundStatus, Unit

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
FILES = sorted(SEEDS.rglob("*.csv"))

# DOMAIN 6, spelled out: the choices in code are held against it too.
CATEGORIES = {
    *("TDK_TERDAFTAR", "KTP_LUAR", "TERDAFTAR_TDK_TERIMA", "MAMPU_TERIMA", "PUTUS", "PUNGLI", "POTONGAN"),
    *("BAGI_RATA", "UNDANGAN", "KARTU_DIPEGANG", "GANDA", "MENINGGAL", "FIKTIF", "DAFTAR_TERTUTUP"),
    *("KUALITAS", "NIK_NONAKTIF", "INTIMIDASI", "PENIPUAN", "LAINNYA"),
}
PLACEHOLDERS = {"round", "amount", "levy", "excuse", "place", "when", "rt"}


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(name: str, field: str) -> list[str]:
    return [row[field] for row in rows(name)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SEEDS)))
class TestEveryFile:
    def test_every_line_has_every_column(self, path):
        with path.open(encoding="utf-8", newline="") as file:
            header, *lines = csv.reader(file)
        assert lines, "no rows"
        assert len(set(header)) == len(header)
        assert [number for number, line in enumerate(lines, 2) if len(line) != len(header)] == []

    def test_no_row_twice(self, path):
        with path.open(encoding="utf-8", newline="") as file:
            assert [row for row, times in Counter(map(tuple, csv.reader(file))).items() if times > 1] == []

    def test_no_cell_has_loose_spaces(self, path):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell != " ".join(cell.split())] == []

    def test_no_number_that_could_be_a_nik_or_kk(self, path):
        # Also with the dots, dashes and spaces that people type between the digits.
        text = re.sub(r"(?<=\d)[ .\-](?=\d)", "", path.read_text(encoding="utf-8"))
        assert re.findall(r"\d{16,}", text) == []

    def test_dates_of_checking_are_past_dates(self, path):
        with path.open(encoding="utf-8", newline="") as file:
            checked = [row["last_checked"] for row in csv.DictReader(file) if row.get("last_checked")]
        assert all(date(2021, 1, 1) <= date.fromisoformat(day) <= date(2026, 11, 24) for day in checked)


class TestAreas:
    AREAS = rows("areas.csv")
    LEVELS = (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.VILLAGE)

    def test_counts_of_dki(self):
        levels = Counter(row["level"] for row in self.AREAS)
        assert levels == {"province": 1, "city": 6, "district": 44, "village": 267}
        assert len(self.AREAS) == 318

    def test_codes_are_paths_and_parents_stand_before_their_children(self):
        seen = {""}
        for row in self.AREAS:
            assert re.fullmatch(r"31(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", row["code"]), row
            assert row["level"] == self.LEVELS[row["code"].count(".")], row
            assert row["parent"] == row["code"].rpartition(".")[0], row
            assert row["parent"] in seen, row
            assert row["code"] not in seen, row
            seen.add(row["code"])

    def test_short_codes_are_unique_and_of_kelurahan_only(self):
        short = [row["abbr"] for row in self.AREAS if row["level"] == "village"]
        assert len(set(short)) == len(short) == 267
        assert [code for code in short if not re.fullmatch(r"[A-Z]{3,4}", code)] == []
        assert {row["abbr"] for row in self.AREAS if row["level"] != "village"} == {""}

    def test_the_two_kelurahan_of_the_study(self):
        by_code = {row["code"]: row for row in self.AREAS}
        tengah, gedong = by_code["31.75.04.1002"], by_code["31.75.05.1001"]
        assert (tengah["name"], tengah["alias"], tengah["abbr"]) == ("Tengah", "Kampung Tengah", "TGH")
        assert (gedong["name"], gedong["alias"], gedong["abbr"]) == ("Gedong", "Kampung Gedong", "GDG")
        assert by_code["31.75"]["name"] == "Kota Administrasi Jakarta Timur"
        assert by_code["31.75.04"]["name"] == "Kramat Jati"
        assert by_code["31.75.05"]["name"] == "Pasar Rebo"

    def test_names_are_written_as_names(self):
        assert [row["name"] for row in self.AREAS if row["name"].isupper() or row["name"][0].islower()] == []
        assert not any(re.search(r"\b(Adm|Kab|Kep|Kel|Kec)\b", row["name"]) for row in self.AREAS)


class TestProgrammes:
    def test_all_programmes_of_the_ladder_of_aid(self):
        assert set(column("programmes.csv", "code")) == {
            "BST-DKI",
            "BST-KEMENSOS",
            "SEMBAKO",
            "PKH",
            "KLJ",
            "KAJ",
            "KPDJ",
            "KJP-PLUS",
            "PBI-JKN",
            "BLT-KESRA",
            "PAKET-SEMBAKO",
        }

    def test_amounts_are_whole_rupiah_or_in_components(self):
        parts = set(column("programme_components.csv", "programme"))
        for row in rows("programmes.csv"):
            assert row["kind"] in set(Kind)
            assert row["unit"] in set(Unit)
            assert row["active"] in {"true", "false"}
            has_amount = row["amount"] != "" or row["code"] in parts
            assert has_amount == (row["kind"] == "cash"), row
            assert row["amount"] == "" or row["code"] not in parts, row
            assert row["amount"] == "" or int(row["amount"]) % 1000 == 0

    def test_components_belong_to_a_programme(self):
        assert set(column("programme_components.csv", "programme")) <= set(column("programmes.csv", "code"))
        assert all(int(amount) > 0 for amount in column("programme_components.csv", "amount"))

    def test_rounds_run_forward_within_a_known_programme(self):
        amounts = {row["code"]: row["amount"] for row in rows("programmes.csv")}
        for row in rows("rounds.csv"):
            assert date.fromisoformat(row["period_start"]) <= date.fromisoformat(row["period_end"])
            assert row["amount"] == amounts[row["programme"]]
            assert row["status"] in set(RoundStatus)
        assert sum(code.startswith("BST-DKI-2021-") for code in column("rounds.csv", "code")) == 6


class TestLadder:
    def test_offices_serve_known_areas(self):
        codes = column("offices.csv", "code")
        assert len(set(codes)) == len(codes)
        assert set(column("offices.csv", "area")) <= set(column("areas.csv", "code"))
        by_kind = {(row["kind"], row["area"]) for row in rows("offices.csv")}
        assert by_kind >= {
            ("village", "31.75.05.1001"),
            ("village", "31.75.04.1002"),
            ("district", "31.75.05"),
            ("district", "31.75.04"),
            ("city_social", "31.75"),
            ("province_social", "31"),
        }

    def test_what_is_not_known_says_so(self):
        # An empty contact is honest only when the row says that nobody has looked.
        for row in rows("offices.csv"):
            if not (row["address"] and row["phone"]) and row["kind"] not in {"crm", "lapor", "ministry"}:
                assert "belum dicek" in row["notes"].lower(), row

    def test_every_kind_of_office_has_a_deadline_or_says_there_is_none(self):
        clocks = {row["office_kind"] for row in rows("deadline_rules.csv") if row["step"] == "answer"}
        assert set(column("offices.csv", "kind")) | {"rt_rw"} == set(OfficeKind)
        for row in rows("offices.csv"):
            assert (row["kind"] in clocks) != ("Tidak ada batas waktu" in row["notes"]), row
        assert "rt_rw" in clocks

    def test_rules_have_a_unit_a_basis_and_a_confidence(self):
        for row in rows("deadline_rules.csv"):
            assert row["office_kind"] in set(OfficeKind), row
            assert row["step"] in set(Step), row
            assert row["confidence"] in {"source", "general", "own"}, row
            assert 0 < len(row["legal_basis"]) <= 250, row
            assert int(row["amount"]) > 0, row
            assert row["unit"] in set(DayUnit), row
            assert row["start"] in set(Start), row
            assert row["matter"] in set(Matter), row
        steps = [(row["office_kind"], row["matter"], row["step"]) for row in rows("deadline_rules.csv")]
        assert len(set(steps)) == len(steps)

    def test_routes_and_requirements(self):
        for row in rows("routes.csv"):
            assert row["category"] in {"", *Category}, row
            assert row["office_kind"] in set(OfficeKind), row
            assert row["area"] == "31", row
            assert int(row["rung"]) >= 1, row
            # Satgas Saber Pungli was dissolved in 2025 and is no way any more.
            assert "saber" not in row["office_kind"], row
        once = [(row["category"], row["office_kind"]) for row in rows("routes.csv")]
        assert len(set(once)) == len(once)
        asked = {(row["office_kind"], row["need"], row["amount"]) for row in rows("requirements.csv")}
        assert {("ombudsman", "identity", "0"), ("ombudsman", "within_years", "2")} <= asked
        assert {need for _kind, need, _years in asked} <= set(Need)

    def test_letters_have_somebody_to_go_to(self):
        # Complaints by app have a form and no addressee.
        without = {row["kind"] for row in rows("offices.csv") if not row["addressee"]}
        assert without == {"crm", "lapor", "kpk"}

    @pytest.mark.parametrize(
        ("kind", "step", "expected"),
        [
            ("rt_rw", "answer", ("3", "hari_kerja")),
            ("lapor information", "answer", ("5", "hari_kerja")),
            ("lapor oversight", "answer", ("60", "hari_kerja")),
            ("ppid", "extended", ("7", "hari_kerja")),
            ("ppid objection", "answer", ("30", "hari_kerja")),
            ("ppid objection", "dispute", ("14", "hari_kerja")),
            ("village", "answer", ("14", "hari")),
            ("village", "complainant", ("30", "hari")),
            ("province_social", "decide", ("60", "hari")),
            ("lapor", "verify", ("3", "hari_kerja")),
            ("inspectorate", "answer", ("60", "hari_kerja")),
            ("ppid", "answer", ("10", "hari_kerja")),
            ("ppid", "objection", ("30", "hari_kerja")),
            ("kpk", "answer", ("7", "hari_kerja")),
            ("lapor", "answer", ("14", "hari_kerja")),
            ("lapor", "respond", ("10", "hari_kerja")),
        ],
    )
    def test_days_as_the_law_counts_them(self, kind, step, expected):
        found = {
            (f"{row['office_kind']} {row['matter']}".strip(), row["step"]): row
            for row in rows("deadline_rules.csv")
        }[kind, step]
        assert (found["amount"], found["unit"]) == expected


class TestDemo:
    def test_enough_names(self):
        given = rows("demo/given_names.csv")
        assert len({row["name"] for row in given if row["sex"] == "male"}) >= 120
        assert len({row["name"] for row in given if row["sex"] == "female"}) >= 120
        assert len(set(column("demo/second_names.csv", "name"))) >= 100
        assert len(set(column("demo/alleys.csv", "name"))) == 40

    @pytest.mark.parametrize("sex", ["male", "female"])
    @pytest.mark.parametrize("era", ["elder", "adult", "young"])
    @pytest.mark.parametrize("origin", ["betawi", "jawa", "sunda", "minang", "batak"])
    def test_every_family_finds_a_name_of_its_time(self, sex, era, origin):
        assert [
            row
            for row in rows("demo/given_names.csv")
            if (row["sex"], row["era"], row["origin"]) == (sex, era, origin)
        ]

    def test_every_category_is_told_in_three_to_five_ways(self):
        told = Counter(column("demo/stories.csv", "category"))
        assert set(told) == CATEGORIES == set(Category)
        assert len(CATEGORIES) == 19
        assert [category for category, times in told.items() if not 3 <= times <= 5] == []

    def test_stories_fill_in_with_known_words_only(self):
        words = dict.fromkeys(PLACEHOLDERS, "kata")
        for row in rows("demo/stories.csv"):
            assert row["voice"] in {"first", "reported"}
            used = {field for _, field, _, _ in string.Formatter().parse(row["text"]) if field}
            assert used <= PLACEHOLDERS, row
            assert "{" not in row["text"].format(**words)

    def test_stories_name_no_one(self):
        names = {row["name"] for row in rows("demo/given_names.csv") + rows("demo/second_names.csv")}
        for name in ("stories", "visit_notes", "office_answers", "closing_notes", "volunteer_notes"):
            for text in column(f"demo/{name}.csv", "text"):
                # The first word of a sentence is a capital for another reason.
                inside = re.findall(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+\b", text)
                assert set(inside) & names == set(), text

    def test_levies_leave_something(self):
        for row in rows("demo/levies.csv"):
            assert 0 < int(row["levy"]) < int(row["out_of"])
            assert row["excuse"] in set(Excuse)
            assert row["actor"] in set(ActorRole)
            assert row["way"] in set(Way)

    @pytest.mark.parametrize("category", sorted(CATEGORIES))
    def test_every_category_can_be_answered_well_and_badly_and_come_to_an_end(self, category):
        def suiting(name):
            return [
                row
                for row in rows(f"demo/{name}.csv")
                if not row["suits"] or category in row["suits"].split()
            ]

        assert {row["solves"] for row in suiting("office_answers")} == set(Solves)
        ends = {row["outcome"] for row in suiting("closing_notes")}
        assert ends >= set(CloseReason)
        # An answer that solves the matter ends in an outcome that has its own note.
        good = {row["outcome"] for row in suiting("office_answers") if row["solves"] == "yes"}
        assert good
        assert good <= ends & set(Outcome)

    def test_answers_and_notes_use_known_words(self):
        for row in rows("demo/office_answers.csv") + rows("demo/closing_notes.csv"):
            assert set(row["suits"].split()) <= CATEGORIES
            assert row["outcome"] in {"", *Outcome, *CloseReason}
        assert set(column("demo/visit_notes.csv", "result")) == set(VisitResult)
        assert set(column("demo/livelihoods.csv", "vehicle")) <= {"", *Vehicle}

    def test_boards_hang_in_the_two_kampung(self):
        boards = rows("demo/notice_boards.csv")
        assert {row["village"] for row in boards} == {"31.75.05.1001", "31.75.04.1002"}
        assert all(re.fullmatch(r"0(0[1-9]|1[01])", row["rw"]) for row in boards)
        assert {row["size"] for row in boards} <= set(BoardSize)
