from pathlib import Path

import pytest

from portal import settings
from portal.settings import SettingsError

PRODUCTION = {
    "VIVIER_ENV": "production",
    "SITE_URL": "https://talents.example.org",
    "SECRET_KEY": "s" * 32,
    "SMTP_HOST": "smtp.example.org",
    "MAIL_FROM": "talents@example.org",
}


def test_the_demo_needs_no_setting_and_keeps_its_secret(tmp_path: Path) -> None:
    first = settings.load({"VIVIER_DATA": str(tmp_path)})
    again = settings.load({"VIVIER_DATA": str(tmp_path)})
    assert first.secret_key == again.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (first.smtp_host, first.smtp_port, first.smtp_security) == ("127.0.0.1", 1025, "none")


def test_what_is_tried_out_on_another_port_is_found_there(tmp_path: Path) -> None:
    assert settings.load({"VIVIER_DATA": str(tmp_path), "WEB_PORT": "8300"}).site_url == "http://localhost:8300"


def test_production_starts_with_what_the_manual_asks(tmp_path: Path) -> None:
    found = settings.load(PRODUCTION | {"VIVIER_DATA": str(tmp_path), "SITE_URL": "https://talents.example.org/"})
    assert found.production
    assert found.site_url == "https://talents.example.org"
    assert (found.smtp_port, found.smtp_security) == (587, "starttls")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("https://talents.example.org:8443", "https://talents.example.org:8443"),
        ("https://Talents.Example.org:443/", "https://talents.example.org"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_the_address_is_known_as_a_browser_writes_it(tmp_path: Path, told: str, known: str) -> None:
    # Compared with what a browser calls its page's origin, to the letter.
    assert settings.load(PRODUCTION | {"VIVIER_DATA": str(tmp_path), "SITE_URL": told}).site_url == known


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VIVIER_ENV", "staging"),
        ("SITE_URL", ""),
        ("SITE_URL", "http://talents.example.org"),
        ("SITE_URL", "talents.example.org"),
        ("SITE_URL", "https://talents.example.org/app"),
        ("SITE_URL", "https://talents.example.org:abc"),
        ("SITE_URL", "https://talents.example.org:0"),
        ("SITE_URL", "https://talents.example.org:99999"),
        ("SITE_URL", "https://talents.example.org?x=1"),
        ("SITE_URL", "https://talents.example.org#top"),
        ("SITE_URL", "https://ada:secret@talents.example.org"),
        ("SITE_URL", "https://talents example.org"),
        ("SITE_URL", "https://:8443"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SMTP_HOST", ""),
        ("SMTP_HOST", "https://smtp.example.org"),
        ("SMTP_HOST", "smtp.example.org:587"),
        ("SMTP_HOST", "no such host"),
        ("SMTP_PORT", "0"),
        ("SMTP_SECURITY", "ssl"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_REPLY_TO", "a b@example.org"),
        ("HOUSE_TZ", "Paris"),
        ("HOUSE_TZ", "../etc"),
        ("WEB_PORT", "http"),
        ("TRUSTED_PROXIES", "10.0.0.1, proxy.example.org"),
        ("VIVIER_CLOCK_FILE", "clock"),
        ("DATABASE_URL", "mysql://here"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as stopped:
        settings.load(PRODUCTION | {"VIVIER_DATA": str(tmp_path), name: value})
    assert name in str(stopped.value)
    assert "\n" not in str(stopped.value)


def test_settings_that_end_up_in_a_log_tell_no_secret(tmp_path: Path) -> None:
    secret = {"SMTP_USER": "me", "SMTP_PASSWORD": "hush-1", "DATABASE_URL": "postgresql://a:hush-2@h/d"}
    told = repr(settings.load(PRODUCTION | secret | {"VIVIER_DATA": str(tmp_path), "SECRET_KEY": "hush" * 9}))
    assert "hush" not in told
