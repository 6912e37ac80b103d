"""Files at rest and the change of keys."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from cases.jobs.models import Job
from cases.kernel import crypto
from cases.kernel.writes import open_gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(cast):
    with open_gate():
        job = Job(kind="x", title="x", by=cast.volunteer)
        job.file.save("Siti Aminah.pdf", ContentFile(b"nama dan alamat"), save=False)
        job.save()
    return job


def on_disk(job: Job) -> bytes:
    with job.file.storage.open(job.file.name, "rb") as handle:
        return handle.read()


def test_neither_content_nor_name_lies_on_the_disk(job):
    assert b"nama" not in on_disk(job)
    assert "Siti" not in job.file.name
    assert Job.objects.get(pk=job.pk).file.unsealed() == b"nama dan alamat"


def test_a_file_of_another_field_does_not_open(job):
    with pytest.raises(crypto.CannotUnseal):
        crypto.unseal(on_disk(job), purpose="casefiles.evidence.original")


def test_after_a_change_of_keys_the_old_key_can_leave(job, settings, capsys):
    old_name = job.file.name
    settings.POSKO_KEYS = {"k2": b"n" * 32, **settings.POSKO_KEYS}
    settings.POSKO_CURRENT_KEY = "k2"
    call_command("rotate_keys")
    assert "1 files" in capsys.readouterr().out
    settings.POSKO_KEYS = {"k2": b"n" * 32}
    job = Job.objects.get(pk=job.pk)
    assert job.file.unsealed() == b"nama dan alamat"
    assert not job.file.storage.exists(old_name)
    call_command("rotate_keys")
    assert "0 rows and 0 files" in capsys.readouterr().out
