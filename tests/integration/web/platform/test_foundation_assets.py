"""What pages are made of."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from entrypoints.web.platform.environment.settings import WebSettings
from entrypoints.web.static_files.assets import Assets
from entrypoints.web.static_files.build_assets import PACKAGES, build
from integration.web.foundation import KEY, an_app

ROOT = Path(__file__).parents[4]
ASSETS = Assets.read()
LARGEST_FIRST_LOAD = 250_000  # bytes
REFERENCE = re.compile(r"""(?:url\(|from ?)["']?\./([\w.-]+)""")


def test_the_build_makes_the_same_files_again(tmp_path):
    """Every machine gives them the same names."""
    names = build(ROOT / PACKAGES, tmp_path / "static")

    assert Assets.read(tmp_path / "static").files == ASSETS.files
    assert names == ASSETS.names


def _address(name: str) -> str:
    return f"/assets/{ASSETS.names[name]}"


def _is_text(name: str) -> bool:
    return name.endswith((".css", ".js"))


def test_files_refer_to_each_other_by_names_that_exist():
    """Nothing is asked for in vain."""
    texts = [ASSETS.files[name].decode() for name in ASSETS.names.values() if _is_text(name)]
    referred = {found for text in texts for found in REFERENCE.findall(text)}

    assert referred
    assert referred <= set(ASSETS.names.values())
    assert not [text for text in texts if "/assets/" in text]  # the service may have a prefix
    assert not [text for text in texts if "sourceMappingURL" in text or "asset:" in text]


@pytest.mark.parametrize("name", sorted(ASSETS.names))
def test_an_asset_may_be_kept_for_ever(name):
    """Its name changes when it does."""
    answer = an_app().test_client().get(_address(name))

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_asset_travels_compressed_where_that_is_understood():
    """And whole where it is not."""
    client, address = an_app().test_client(), _address("govuk-frontend.min.css")
    small = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    whole = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == whole.data
    assert "Content-Encoding" not in whole.headers
    assert "Accept-Encoding" in whole.headers["Vary"]


@pytest.mark.parametrize("name", ["names.json", "no.css", "../app.py", "service.css", "x.css.gz"])
def test_only_assets_are_served(name):
    """Nothing else of the folder, and nothing outside of it."""
    assert an_app().test_client().get(f"/assets/{name}").status_code == 404


def _page(**settings):
    return an_app(WebSettings("test", "http://127.0.0.1", KEY, **settings)).test_client().get("/")


def test_crown_and_typeface_of_govuk_are_not_used():
    """Only GOV.UK may."""
    page = _page().text
    styles = [ASSETS.files[n].decode() for n in ASSETS.names.values() if f"/assets/{n}" in page]

    assert "govuk-generic-header" in page
    assert "logotype" not in page
    assert "crown" not in page.lower()
    assert "favicon" not in page
    assert not [text for text in styles if "GDS Transport" in text]


def test_crown_and_typeface_can_be_switched_on():
    """For the day that the service stands on GOV.UK."""
    page = _page(govuk_brand=True).text

    assert "– GOV.UK</title>" in page
    assert _address("govuk-typeface.css") in page
    assert "govuk-header__logotype" in page
    assert "Crown copyright" in page


def test_the_first_visit_is_small():
    """A page and everything that it asks for, as it travels."""
    page = _page()
    asked = {*re.findall(r'"/assets/([^"]+)"', page.text), ASSETS.names["govuk-frontend.min.js"]}
    sizes = [len(ASSETS.files.get(f"{name}.gz", ASSETS.files[name])) for name in asked]

    assert len(page.data) + sum(sizes) < LARGEST_FIRST_LOAD
