"""BPKH and a bank that are not real: a simulator with a book of its own, as a process and as an object in tests.

As a process: `manage.py simulasi_bpkh` (its own port, book in a file). In tests nothing sleeps and nothing listens:

    sim = Simulator(antar=antar, jam=JamMaya(awal), benih=7)
    sim.setel("retur=25%"); sim.setel("jawaban_hilang=1")
    monkeypatch.setattr(<module that calls>, "panggil", sim.panggil)  # same arguments and faults as jaringan.panggil
    sim.maju(60)              # 60 virtual seconds: acts and delivers what comes due, in order

antar(mitra, kepala, badan) -> int     hands one signed event to the portal (mitra: bpkh | bps; kepala: headers; badan:
                                       bytes) and returns the HTTP status, 0 when no answer came. Anything but 2xx is
                                       delivered again after growing pauses, with the same webhook-id.
JamMaya(awal, saat_pindah)             virtual clock from `awal` (seconds since 1970); saat_pindah(datetime) hears of
                                       every move, so that the portal's clock can follow.
Simulator.panggil(metode, url, ...)    the portal's call, in process; raises JawabanHilang and TidakTerjangkau as the
                                       real one does. `sim.mati = True`: nobody listens, and nothing is delivered.
Simulator.jawab(mitra, pintu, kepala, badan) -> Balasan     the same below HTTP.
Simulator.setel("nama=LINGKUP[:UKURAN]"), matikan_semua()   switches, `sakelar.SAKELAR`.
Simulator.sisipkan(referensi, event, ...)                   any further event: true, wrong or forged.
Simulator.maju(detik), kerjakan()      time; `maju` is for virtual clocks only.
Simulator.buku                         the truth: `pembayaran(referensi)`, `semua()`, `kabar(referensi)`;
                                       Simulator.keadaan(referensi) as the portal would be told, Simulator.dibayar(
                                       referensi) rupiah that are in the account.

Same seed, same switches and same order of requests: the same run, with the same webhook-ids.
"""

from .jam import Jam, JamMaya, Tempo
from .jawaban import Balasan
from .mesin import Antar, Simulator
from .sakelar import SAKELAR, SakelarSalah

__all__ = ["SAKELAR", "Antar", "Balasan", "Jam", "JamMaya", "SakelarSalah", "Simulator", "Tempo"]
