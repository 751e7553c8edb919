from __future__ import annotations

import pytest

from worldtake.http.domains import registered_domain


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("news.example.co.uk", "example.co.uk"),
        ("EXAMPLE.com.", "example.com"),
        ("www.xn--80ak6aa92e.com", "xn--80ak6aa92e.com"),
        ("новости.пример.рф", "пример.рф"),
        ("lantern.localhost", "lantern.localhost"),
        ("a.b.unknown-suffix", "b.unknown-suffix"),
        ("co.uk", "co.uk"),
        ("127.0.0.1", "127.0.0.1"),
        ("[2001:db8::1]", "2001:db8::1"),
    ],
)
def test_hosts_belong_to_what_was_registered(host: str, expected: str) -> None:
    assert expected == registered_domain(host)
