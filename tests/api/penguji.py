"""Schemathesis against the WSGI app in this process: which cases it made, which checks failed, how to try again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import schemathesis
from django.core.wsgi import get_wsgi_application
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.transport.wsgi import WSGITransport

BUKAN_SKEMA = ["2xx", "304", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428", "429"]
"""A value of the right shape may still break a rule of the desk: 422 says which, 409 and 412 speak of the version."""


@dataclass
class Hasil:
    """What a run found. `status`: operation -> how often each status came."""

    kasus: int = 0
    gagal: list[str] = field(default_factory=list)
    galat: list[str] = field(default_factory=list)
    status: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def tanpa_2xx(self) -> set[str]:
        return {nama for nama, jumlah in self.status.items() if not any(200 <= s < 300 for s in jumlah)}


def jalankan(
    token: str,
    *,
    fase: tuple[str, ...],
    banyak: int,
    benih: int,
    nomor: dict[str, list[str]],
    jalan: int = 3,
    operations: Sequence[dict[str, Any]] = (),
) -> Hasil:
    """Run the given phases. banyak: examples per operation; jalan: walks of several requests each.

    nomor: cases that exist, by kind; most requests to a kind's addresses name one of its own.
    """
    sendiri = [
        {
            "include-path-regex": f"^/api/v1/{jenis}/",
            "parameters": {"path.nomor": {"dictionary": f"nomor-{jenis}", "probability": 0.8}},
        }
        for jenis in nomor
    ]
    konfigurasi: dict[str, Any] = {
        "seed": benih,
        "continue-on-failure": True,
        "headers": {"Authorization": f"Bearer {token}"},
        "workers": 1,
        "dictionaries": {
            "nomor": {"values": [satu for semua in nomor.values() for satu in semua]},
            **{f"nomor-{jenis}": {"values": semua} for jenis, semua in nomor.items()},
            "versi": {"values": [f'"{n}"' for n in range(1, 9)]},
            "pk": {"values": list(range(1, 6))},
        },
        "parameters": {
            "path.nomor": {"dictionary": "nomor", "probability": 0.8},
            "header.If-Match": {"dictionary": "versi", "probability": 0.7},
            "path.pk": {"dictionary": "pk", "probability": 0.7},
        },
        "generation": {"max-examples": banyak, "no-shrink": True, "database": ":memory:", "deterministic": False},
        "checks": {
            "positive_data_acceptance": {"expected-statuses": BUKAN_SKEMA},
            "negative_data_rejection": {"expected-statuses": [*BUKAN_SKEMA[2:], "400", "411"]},
            "missing_required_header": {
                "expected-statuses": ["400", "401", "403", "404", "406", "409", "415", "422", "428"]
            },
        },
        "phases": {satu: {"enabled": satu in fase} for satu in ("examples", "coverage", "fuzzing")}
        | {"stateful": {"enabled": "stateful" in fase, "generation": {"max-examples": jalan}}},
        "operations": [*operations, *sendiri],
    }
    skema = schemathesis.openapi.from_wsgi(
        "/api/v1/schema/", get_wsgi_application(), config=SchemathesisConfig.from_dict(konfigurasi)
    )
    hasil = Hasil()
    with mock.patch.object(WSGITransport, "send", _kirim):
        for kejadian in from_schema(skema).execute():
            if isinstance(kejadian, events.ScenarioFinished):
                _catat(hasil, kejadian.recorder)
            elif isinstance(kejadian, events.NonFatalError | events.FatalError):
                hasil.galat.append(f"{getattr(kejadian, 'label', '')}: {getattr(kejadian, 'info', kejadian)}")
    return hasil


_kirim_asli = WSGITransport.send


def _kirim(self: Any, case: Any, **kwargs: Any) -> Any:
    """4.32.5 hands socket settings to the in-process client when a check sends a request of its own."""
    for nama in ("max_redirects", "verify", "cert", "proxies"):
        kwargs.pop(nama, None)
    return _kirim_asli(self, case, **kwargs)


def _catat(hasil: Hasil, perekam: Any) -> None:
    for pk, satu in perekam.cases.items():
        hubungan = perekam.interactions.get(pk)
        if hubungan is None or hubungan.response is None:
            continue
        hasil.kasus += 1
        hasil.status[satu.value.operation.label][hubungan.response.status_code] += 1
    for daftar in perekam.checks.values():
        for cek in daftar:
            if cek.failure_info is not None:
                gagal = cek.failure_info.failure
                hasil.gagal.append(
                    f"{perekam.label} · {cek.name}: {gagal.title}: {gagal.message}\n{cek.failure_info.code_sample}"
                )
