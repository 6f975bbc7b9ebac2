"""How the editor is set belongs to the account: the form, the box's request, and the pages."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from backyard.accounts.models import EDITOR_SIZES, EditorKeys, TabKey
from backyard.accounts.settings_views import LOOKS_RATE
from backyard.config import ROOT
from tests.unit.web.conftest import Browser, Site

CHOSEN = {"size": "16", "tab": "moves", "keys": "vim"}
USUAL = (None, TabKey.INDENTS, EditorKeys.STANDARD)
FRONT_END = ROOT / "platform/backyard/frontend/src"


def settings_of(site: Site, name: str = "member") -> tuple[int | None, TabKey, EditorKeys]:
    user = site.user(name)
    return user.editor_size, user.tab_key, user.editor_keys


def send(browser: Browser, fields: dict[str, str]) -> tuple[int, str]:
    headers = {"Accept": "application/json", "X-CSRFToken": browser.token()}
    answer = browser.client.post("/account/editor", data=fields, headers=headers)
    return answer.status_code, answer.text


def test_the_editor_is_as_usual_at_first(site: Site) -> None:
    assert settings_of(site) == USUAL


def test_the_form_sets_the_editor_of_its_user_alone(site: Site) -> None:
    answer = site.browser("member").post("/account/editor", **CHOSEN)
    assert answer.location == "/account#content"
    assert settings_of(site) == (16, TabKey.MOVES, EditorKeys.VIM)
    assert settings_of(site, "stranger") == USUAL


def test_the_form_sets_the_usual_size_again(site: Site) -> None:
    browser = site.browser("member")
    browser.post("/account/editor", **CHOSEN)
    browser.post("/account/editor", **{**CHOSEN, "size": ""})
    assert settings_of(site) == (None, TabKey.MOVES, EditorKeys.VIM)


def test_the_settings_page_shows_what_is_set(site: Site) -> None:
    browser = site.browser("member")
    browser.post("/account/editor", **CHOSEN)
    page = browser.get("/account").text
    for value in CHOSEN.values():
        assert f'<option selected value="{value}">' in page


def test_the_box_in_the_exercise_page_gets_no_page(site: Site) -> None:
    assert send(site.browser("member"), CHOSEN) == (204, "")
    assert settings_of(site) == (16, TabKey.MOVES, EditorKeys.VIM)


@pytest.mark.parametrize("wrong", [{"size": "17"}, {"size": "x"}, {"tab": "jumps"}, {"keys": "ed"}])
def test_what_is_no_choice_is_refused(site: Site, wrong: dict[str, str]) -> None:
    browser = site.browser("member")
    page = browser.post("/account/editor", **{**CHOSEN, **wrong})
    assert page.status_code == 422
    assert "Not a valid choice." in page.text
    status, text = send(browser, {**CHOSEN, **wrong})
    assert (status, json.loads(text)) == (
        422,
        {"error": "The editor can't be set like this. Reload the page."},
    )
    assert settings_of(site) == USUAL


def test_what_is_not_sent_stays_as_another_machine_has_set_it(site: Site) -> None:
    browser = site.browser("member")
    send(browser, CHOSEN)
    assert send(browser, {"size": "18"})[0] == 204
    assert settings_of(site) == (18, TabKey.MOVES, EditorKeys.VIM)
    assert send(browser, {"keys": "standard"})[0] == 204
    assert settings_of(site) == (18, TabKey.MOVES, EditorKeys.STANDARD)


def test_a_stranger_and_a_page_of_another_site_set_nothing(site: Site) -> None:
    headers = {"Accept": "application/json"}
    member = site.browser("member").client
    assert member.post("/account/editor", data=CHOSEN, headers=headers).status_code == 400
    assert send(site.nobody(), CHOSEN)[0] == 401
    assert settings_of(site) == USUAL


def test_it_cannot_be_set_without_end(site: Site) -> None:
    browser = site.browser("member")
    token = browser.token()
    headers = {"Accept": "application/json", "X-CSRFToken": token}
    codes = [
        browser.client.post("/account/editor", data=CHOSEN, headers=headers).status_code
        for _ in range(int(LOOKS_RATE.partition(" ")[0]) + 1)
    ]
    assert (set(codes[:-1]), codes[-1]) == ({204}, 429)


def test_the_exercise_page_carries_the_settings(site: Site) -> None:
    site.exercise()
    browser = site.browser("member")
    before = browser.get("/exercises/flask/books").text
    assert "data-editor-size" not in before
    assert 'data-tab-key="indents" data-editor-keys="standard"' in before
    browser.post("/account/editor", **CHOSEN)
    after = browser.get("/exercises/flask/books").text
    assert 'data-editor-size="16" data-tab-key="moves" data-editor-keys="vim"' in after
    assert 'data-settings-url="/account/editor"' in after


def test_the_download_of_all_data_holds_the_settings(site: Site) -> None:
    browser = site.browser("member")
    browser.post("/account/editor", **CHOSEN)
    with browser.get("/account/data") as answer, ZipFile(BytesIO(answer.data)) as archive:
        account = json.loads(archive.read("backyard-member/account.json"))
    found = {name: account[name] for name in ("editor_size", "tab_key", "editor_keys")}
    assert found == {"editor_size": 16, "tab_key": "moves", "editor_keys": "vim"}


def test_script_style_sheet_and_form_know_the_same_sizes() -> None:
    script = (FRONT_END / "settings-fields.ts").read_text()
    assert f"= [{', '.join(map(str, EDITOR_SIZES))}];" in script
    style = (FRONT_END / "styles/editor.css").read_text()
    for size in EDITOR_SIZES:
        rule = f'#workbench[data-editor-size="{size}"] {{\n  --code-size: {size}px;\n}}'
        assert rule in style
