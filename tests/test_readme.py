"""The README tells what is there."""

import re

from django.conf import settings
from django.core.management import get_commands

from cases.casefiles import workflow

README = (settings.BASE_DIR / "README.md").read_text()


def test_the_diagram_is_the_workflow():
    assert f"```mermaid\n{workflow.mermaid().strip()}\n```" in README


def test_every_command_it_names_exists():
    named = set(re.findall(r"manage\.py (\w+)", README))
    assert named
    assert named <= set(get_commands())


def test_every_file_it_links_exists():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (settings.BASE_DIR / target).exists(), target


def test_every_variable_it_names_is_read():
    read = "".join(path.read_text() for path in (settings.BASE_DIR / "advocacy").glob("*.py"))
    for name in re.findall(r"^\| `([A-Z_]+)", README, re.MULTILINE):
        assert f'"{name}"' in read, name
