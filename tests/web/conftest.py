"""A client of the site over the small press."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.web.press import SmallPress

from worldtake.web import create_app

BANNER = "Invented sample press: nothing here is real."


def client_of(press: SmallPress, **options: object) -> TestClient:
    return TestClient(
        create_app(press, **options),  # type: ignore[arg-type]
        base_url="http://localhost",
        follow_redirects=False,
    )


@pytest.fixture(scope="session")
def client() -> TestClient:
    return client_of(SmallPress(), banner=BANNER)
