"""Pages of groups of states: looked at by anybody signed in, changed by an administrator."""

from __future__ import annotations

import re

import pytest

from governance.people.models import Grant
from tests.web.conftest import Site, SiteAt
from tests.web.officer import words

PAGE = "/representation/schemes/interpol"


@pytest.fixture
def site(site_at: SiteAt) -> Site:
    """An installation with an administrator."""
    found = site_at("nothing")
    with found.world.house.database.deciding() as session:
        session.add(Grant(person_id="auditor", role="administrator"))
    return found


def test_a_table_is_read_with_validity_and_source(site: Site) -> None:
    """By state, group, purpose and day; the address is the view; as CSV too."""
    somebody = site.somebody("nobody")
    assert "Regional groups of the United Nations" in words(
        somebody.get("/representation/schemes").text
    )
    told = words(somebody.get("/representation/schemes/un?state=TUR").text)
    assert "Western European and Others" in told
    assert "Asia and the Pacific Group" in told
    assert "elections" in told
    assert "Add a line" not in told
    assert somebody.get("/representation/schemes/un.csv").text.startswith("state,group,")
    assert somebody.get("/representation/schemes/nowhere").status_code == 404


def test_an_administrator_changes_a_line_by_a_form(site: Site) -> None:
    """The link beside a line fills the form; what is kept is on the record and in the history."""
    admin = site.somebody("auditor")
    page = admin.get(f"{PAGE}?state=TUR").text
    number = re.findall(r"\?line=(\d+)#edit", page)[0]
    form = admin.get(f"{PAGE}?line={number}").text
    version = re.findall(r'name="version" value="([^"]*)"', form)[0]
    old = {
        f"old_{name}": re.findall(rf'name="old_{name}" value="([^"]*)"', form)[0]
        for name in ("state", "group", "purpose", "since", "until")
    }
    given = {"state": "TUR", "group": "asia", "source": "circular 4", "version": version, **old}
    sent = admin.send(f"{PAGE}/place", f"{PAGE}?line={number}", **given)
    assert sent.status_code == 303
    told = words(admin.get(f"{PAGE}?state=TUR").text)
    assert "circular 4" in told
    assert "Set in this installation" in told
    late = admin.send(f"{PAGE}/place", PAGE, **given)
    assert late.status_code == 409
    version = re.findall(r'name="version" value="([^"]*)"', admin.get(PAGE).text)[0]
    bad = admin.send(f"{PAGE}/place", PAGE, state="Nowhere", group="asia", version=version)
    assert bad.status_code == 422
    assert '"Nowhere" is not a state' in words(bad.text)


def test_an_import_is_tried_before_it_is_set(site: Site) -> None:
    """Faults by row; then what it would change, with nothing set; then the act."""
    admin = site.somebody("auditor")
    before = len(site.world.entries())
    bad = admin.send(f"{PAGE}/import", PAGE, table="state,group\nXYZ,europe\n", step="try")
    assert bad.status_code == 422
    assert "row 2, state" in words(bad.text)
    table = "state,group\nFRA,europe\nTUR,asia\n"
    tried = admin.send(f"{PAGE}/import", PAGE, table=table, step="try")
    assert "Nothing is set yet" in words(tried.text)
    assert len(site.world.entries()) == before
    assert admin.send(f"{PAGE}/import", PAGE, table=table, step="set").status_code == 303
    assert "2 of 2 lines" in words(admin.get(PAGE).text)


def test_a_new_scheme_is_brought_with_its_key(site: Site) -> None:
    """A key that is none is said beside its field; others than administrators are refused."""
    admin, path = site.somebody("auditor"), "/representation/schemes"
    table = "state,group\nFRA,north\n"
    assert admin.send(path, path, key="Own Regions", table=table).status_code == 422
    assert admin.send(path, path, key="own_regions", table=table).status_code == 303
    assert "own_regions" in admin.get(path).text
    hr = site.somebody("hr")
    assert hr.send(path, path, key="other", table=table).status_code == 403
