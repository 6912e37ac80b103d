"""The name of a round never keeps a door list from being printed: whoever prints cannot change it."""

import pytest

from cases.paper.doors import round_line
from cases.paper.pages import fits_as_round
from cases.programmes.models import Programme, Round


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Sembako November 2026", "Sembako November 2026 · Rp400.000"),
        ("Sembako November-Desember 2026", "Sembako November-Desember 2026 · Rp400.000"),
        ("Sembako Desember 2026-Januari 2027", "Sembako Desember 2026-Januari 2027"),
        ("Bantuan pangan nontunai susulan tahap ketiga dan keempat 2026", "Sembako · Rp400.000"),
    ],
)
def test_as_much_of_a_round_as_has_room(name, line):
    aid_round = Round(name=name, amount=400_000, programme=Programme(name="Program Sembako (BPNT)"))
    assert round_line(aid_round) == line
    assert fits_as_round(line)
