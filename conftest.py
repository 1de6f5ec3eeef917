"""Fixtures for every test: the headless browser, and programs that a machine may lack."""

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# A fifth of the suite's processor time went into looking for cycles among everything that it has loaded.
gc.set_threshold(100_000, 50, 100)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A stage that asks for one mark reads only the files that speak of it: a process needs seconds for all of them."""
    tanda, *lain = str(config.option.markexpr).split() or [""]
    if tanda not in {"basis", "peramban", "malam"} or "or" in lain or not collection_path.match("test_*.py"):
        return None
    return True if tanda not in collection_path.read_text(encoding="utf-8") else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one SOP table in one process: the contract walks each table once per process."""
    for item in items:
        parameter = getattr(item, "callspec", None)
        kode = getattr(parameter.params.get("tabel"), "kode", None) if parameter else None
        if kode is not None:
            item.add_marker(pytest.mark.xdist_group(kode))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium with a fake camera.

    Playwright keeps an event loop in the main thread, where Django then refuses database calls
    unless told otherwise.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    bendera = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    bendera += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    bendera += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    peramban = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    return {**browser_type_launch_args, "executable_path": peramban, "args": bendera}


@pytest.fixture
def program() -> Callable[[str], str]:
    """`program("qpdf")`: path of a system program; without it the test is skipped (CI: `--ketat` fails)."""

    def cari(nama: str) -> str:
        jalur = shutil.which(nama)
        if jalur is None:
            pytest.skip(f"{nama} tidak terpasang")
        return jalur

    return cari
