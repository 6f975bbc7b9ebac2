"""Home and portfolio: what is next, what changes with a pass, and what others get to see."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Cast

CUSTOMERS = "sql/top-customers"
TITLE = "The best customers"


def test_home_says_what_is_next_and_a_pass_changes_it(
    cast: Cast, solution_of_customers: str
) -> None:
    ada = cast("ada")
    ada.register()
    ada.open("/")
    begin = ada.page.get_by_role("region", name="Begin here")
    expect(begin.get_by_role("link").first).to_have_text("A shelf of books")
    expect(begin).to_contain_text("Nothing has to come before it, and its level is easy.")
    link = ada.page.get_by_role("link", name="Day after day")
    expect(ada.page.get_by_role("listitem").filter(has=link).last).to_contain_text(
        "after The best customers"
    )
    ada.solve(CUSTOMERS, "select 1;", "Failed")
    ada.page.get_by_role("link", name="Backyard").click()
    last = ada.page.get_by_role("region", name="Where you were")
    expect(last).to_contain_text("Failed")
    last.get_by_role("link", name="Go on with it").click()
    expect(ada.page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    ada.solve(CUSTOMERS, solution_of_customers)
    ada.page.get_by_role("link", name="Backyard").click()
    expect(last).to_contain_text("Passed")
    expect(last.get_by_role("link", name="Go on with it")).to_have_count(0)
    next_one = ada.page.get_by_role("region", name="What next")
    expect(next_one).to_contain_text("You have passed “The best customers”")
    practice = ada.page.get_by_role("region", name="Practice")
    expect(practice).to_contain_text("1 day of practice this week.")
    expect(practice).to_contain_text("1 of 16 exercises passed")


def test_a_portfolio_is_seen_when_it_is_switched_on_and_gone_when_it_is_off(
    cast: Cast, solution_of_customers: str
) -> None:
    ada, stranger = cast("ada"), cast("stranger")
    path = f"/p/{ada.name}"
    ada.register()
    ada.solve(CUSTOMERS, solution_of_customers)
    ada.page.get_by_role("link", name=ada.name, exact=True).click()
    expect(ada.page.get_by_role("row", name="joins")).to_contain_text("1 of 1")
    ada.page.get_by_role("link", name="off", exact=True).click()
    ada.page.get_by_label(TITLE).select_option(index=1)
    stranger.watch.expect("status of 404")
    stranger.open(path)
    expect(stranger.page.get_by_role("heading", level=1)).not_to_contain_text(ada.name)

    ada.page.get_by_label("Everybody who has the address").check()
    ada.page.get_by_role("button", name="Save").click()
    expect(ada.page.get_by_text("Your portfolio is public.")).to_be_visible()
    stranger.open(path)
    stranger.page.get_by_role("link", name=TITLE).click()
    expect(stranger.page.get_by_role("heading", name="query.sql")).to_be_visible()
    first_line = solution_of_customers.strip().splitlines()[-1].strip()
    expect(stranger.page.locator(".solution")).to_contain_text(first_line)
    shown = stranger.page.url

    ada.page.get_by_label("Everybody who has the address").uncheck()
    ada.page.get_by_role("button", name="Save").click()
    expect(ada.page.get_by_text("Nobody but you sees it.")).to_be_visible()
    for address in (shown, stranger.site.url + path):
        answer = stranger.page.goto(address)
        assert answer is not None
        assert answer.status == 404


def test_the_catalogue_is_searched_by_keyboard(cast: Cast) -> None:
    ada = cast("ada")
    ada.open("/exercises")
    ada.page.get_by_label("Search").focus()
    ada.page.keyboard.type("recursive")
    ada.page.keyboard.press("Enter")
    expect(ada.page.get_by_text("1 of 16 exercises fits.")).to_be_visible()
    expect(ada.page.get_by_role("link", name="The org chart")).to_be_visible()
    ada.page.get_by_role("link", name="Show all").click()
    expect(ada.page.get_by_role("link", name=TITLE)).to_be_visible()
