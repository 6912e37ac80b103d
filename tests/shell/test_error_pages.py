"""A page that fails still says what happened and leads on."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "409", "500"])
def test_every_error_page_stands_without_a_request_and_leads_home(name):
    html = render_to_string(f"{name}.html")
    assert 'href="/"' in html
    assert "Ke beranda" in html


def test_the_page_for_our_own_fault_asks_the_database_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Ada yang rusak di posko" in answer.content.decode()


def test_a_refusal_shows_its_sentence_and_no_more():
    html = render_to_string("409.html", {"sentence": "Kasus ini sudah <dikirim>."})
    assert "Kasus ini sudah &lt;dikirim&gt;." in html
    assert "<p></p>" not in render_to_string("409.html")


def test_a_missing_page_is_a_404_in_indonesian(as_user, cast):
    answer = as_user(cast.volunteer).get("/tidak-ada/")
    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()
    assert 'class="nav"' in answer.content.decode()


def test_a_form_without_its_token_is_told_so(db):
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert answer.status_code == 403
    assert "Halaman ini terlalu lama terbuka" in answer.content.decode()
