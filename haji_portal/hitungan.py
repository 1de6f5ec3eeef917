"""Counters of this process, one registry for all rooms; /metrik/ (haji_portal.rawat) shows them.

prometheus-client shares them between web processes by files (`metrik_proses`).
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter

proses_ini = CollectorRegistry()
CALLBACK_TOLAK = Counter(
    "haji_callback_tolak", "Callback mitra yang ditolak menurut mitra dan sebab", ["mitra", "sebab"],
    registry=proses_ini,
)  # fmt: skip
CALLBACK_TERIMA = Counter(
    "haji_callback_terima", "Callback mitra yang sah: baru, ulangan, ulangan dengan isi lain", ["mitra", "hasil"],
    registry=proses_ini,
)  # fmt: skip
