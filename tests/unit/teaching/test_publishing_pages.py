"""What teachers see of exercises, and how they ask for more."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backyard.db import db, utcnow
from backyard.publishing.outcome import Outcome, What
from backyard.submissions.models import WorkerStatus
from backyard.submissions.tasks import TaskState
from backyard.teaching.models import Publication
from tests.unit.web.conftest import Site

URL = "https://example.org/team/exercises.git"
PUBLICATIONS = "/teaching/publications"


def wishes(site: Site) -> list[Publication]:
    with site.app.app_context():
        return list(db.session.scalars(select(Publication).order_by(Publication.id)))


def page(site: Site, path: str = "/teaching") -> str:
    answer = site.browser("instructor").get(path)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_an_exercise_is_there_with_version_source_and_publisher(site: Site) -> None:
    site.exercise(source=URL)
    site.version(3, "a", source=URL, published_by=site.user("colleague").id)
    html = page(site)
    assert '<td class="text-end" data-label="Version">3</td>' in html
    assert "Not forge-proof" not in html
    assert URL in html
    assert "UTC</time>, colleague" in html
    assert "Good" in html


def test_a_broken_one_says_why_and_what_learners_have(site: Site) -> None:
    site.exercise(broken_reason="README.md is <b>missing</b>.")
    site.version(1, "a")
    html = page(site)
    assert "Broken; learners have the version before." in html
    assert "README.md is &lt;b&gt;missing&lt;/b&gt;." in html
    html = page(site, "/teaching/exercises/flask/books")
    assert "Learners have the last good version." in html
    assert "README.md is &lt;b&gt;missing&lt;/b&gt;." in html


def test_one_whose_verdicts_can_be_forged_says_so_to_those_who_teach(site: Site) -> None:
    site.exercise(forge_proof=False)
    site.version(1, "a")
    for path in ("/teaching", "/teaching/exercises/flask/books"):
        assert "Not forge-proof:" in page(site, path)


def test_one_that_was_never_sound_and_a_retired_one_are_there_too(site: Site) -> None:
    site.exercise(content_hash="", broken_reason="README.md is missing.")
    site.exercise("flask/gone", retired=True)
    html = page(site)
    assert "Broken, and not published." in html
    assert "Retired: its source does not have it any more." in html
    assert "It was never published:" in page(site, "/teaching/exercises/flask/books")
    assert "Submissions and points stay." in page(site, "/teaching/exercises/flask/gone")


def test_an_exercise_has_all_its_versions_newest_first(site: Site) -> None:
    site.exercise()
    site.version(1, "b", source=URL, source_commit="0123456789abcdef")
    site.version(2, "a")
    html = page(site, "/teaching/exercises/flask/books")
    assert html.index(">2 <span") < html.index(">1</th>")
    assert "at <code>0123456789ab</code>" in html
    assert "the site's own folder" in html.replace("&#39;", "'")
    assert html.count("learners get this one") == 1


def test_there_is_no_such_exercise_and_no_such_publication(site: Site) -> None:
    for path in ("/teaching/exercises/no/such", f"{PUBLICATIONS}/7"):
        assert site.browser("instructor").get(path).status_code == 404


def test_a_repository_is_asked_for_and_followed(site: Site) -> None:
    answer = site.browser("instructor").post(PUBLICATIONS, address=f" {URL} ", ref="main")
    [wish] = wishes(site)
    assert (answer.status_code, answer.location) == (303, f"{PUBLICATIONS}/{wish.id}")
    assert (wish.source, wish.ref, wish.state) == (URL, "main", TaskState.QUEUED)
    assert wish.requested_by == site.user("instructor").id
    html = page(site, answer.location)
    assert "data-live" in html
    assert "Waiting" in html
    assert URL in page(site)


def test_the_sites_own_folder_is_asked_for(site: Site) -> None:
    site.browser("instructor").post(f"{PUBLICATIONS}/site")
    [wish] = wishes(site)
    assert wish.source == "site"


def test_what_waits_already_is_not_asked_for_twice(site: Site) -> None:
    places = [site.browser(who).post(f"{PUBLICATIONS}/site") for who in ("instructor", "admin")]
    assert len({answer.location for answer in places}) == 1
    site.browser("admin").post(PUBLICATIONS, address=URL)
    site.browser("admin").post(PUBLICATIONS, address=URL, ref="v2")
    assert len(wishes(site)) == 3


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"address": ""}, "Type the repository&#39;s address."),
        ({"address": "/etc"}, "&#39;/etc&#39; is neither a folder here nor the address"),
        ({"address": "file:///etc"}, "nor the address of a git repository elsewhere"),
        ({"address": "https://a:b@example.org/x"}, "Leave names and passwords out"),
        ({"address": URL, "ref": "--upload-pack=id"}, "can&#39;t be the name of a branch"),
        ({"address": "https://" + "x" * 500}, "An address has at most 500 characters."),
    ],
)
def test_what_can_not_be_published_is_refused_at_its_field(
    site: Site, fields: dict[str, str], sentence: str
) -> None:
    answer = site.browser("instructor").post(PUBLICATIONS, **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert wishes(site) == []


def test_a_publication_tells_what_became_of_each_exercise(site: Site) -> None:
    outcomes = [
        Outcome("flask/books", What.PUBLISHED, 2),
        Outcome("flask/broken", What.LEFT_OUT, reason="starter/ passes.\n<b>And more.</b>"),
        Outcome("flask/next", What.CHECKING),
    ]
    site.add(
        Publication(
            id=1,
            state=TaskState.RUNNING,
            token="t",
            lease_until=1.0,
            source=URL,
            source_commit="0123456789abcdef",
            outcomes=[outcome.as_dict() for outcome in outcomes],
        )
    )
    html = page(site, f"{PUBLICATIONS}/1")
    for words in (
        "Published as version 2",
        "Left out</span> starter/ passes. &lt;b&gt;And more.&lt;/b&gt;",
        "Being checked",
        "commit <code>0123456789ab</code>",
        "data-live",
    ):
        assert words in html


def test_one_that_failed_says_why_and_is_followed_no_more(site: Site) -> None:
    reason = "git says: fatal: repository not found"
    site.add(Publication(id=1, state=TaskState.FAILED, finished_at=utcnow(), reason=reason))
    html = page(site, f"{PUBLICATIONS}/1")
    assert reason in html
    assert "data-live" not in html


def test_while_no_worker_runs_the_page_says_so(site: Site) -> None:
    site.add(Publication(id=1))
    assert "The grader is not running right now." in page(site, f"{PUBLICATIONS}/1")
    site.add(WorkerStatus(worker="w", seen_at=utcnow(), engine_ok=True))
    assert "The grader is not running right now." not in page(site, f"{PUBLICATIONS}/1")


def test_only_teachers_are_led_there(site: Site) -> None:
    site.exercise()
    for who, is_led in (("instructor", True), ("admin", True), ("member", False)):
        browser = site.browser(who)
        assert ('href="/teaching"' in browser.get("/exercises").text) is is_led
        assert ("for teachers" in browser.get("/exercises/flask/books").text) is is_led
