"""Who acts. Every door builds one of these; `jalankan()` accepts nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from haji_portal.akun.models import Pengguna, Penugasan

    from .models import Perkara


@dataclass(frozen=True)
class Petugas:
    """A member of staff acting under one current assignment."""

    pengguna: Pengguna
    penugasan: Penugasan
    jenis = "petugas"

    @property
    def kunci(self) -> str:
        return f"petugas:{self.pengguna.pk}"

    @property
    def nama(self) -> str:
        return self.pengguna.nama or self.pengguna.username

    @property
    def peran(self) -> str:
        return self.penugasan.peran


@dataclass(frozen=True)
class Pemohon:
    """The applicant of this very case, reached through a verified contact (never stored in clear in the chain).

    perkara is None only on the way into `buka()`, which puts the new case in.
    """

    perkara: Perkara | None
    kontak: str
    jenis = "pemohon"
    nama = "Pemohon"
    peran = "pemohon"

    @property
    def kunci(self) -> str:
        return f"pemohon:{self.perkara.pk if self.perkara else ''}"


@dataclass(frozen=True)
class Mitra:
    """A partner system (BPKH, BPS) identified by its key."""

    nama: str
    id_kunci: str
    jenis = "mitra"

    @property
    def kunci(self) -> str:
        return f"mitra:{self.nama}"

    @property
    def peran(self) -> str:
        return self.nama.lower()


@dataclass(frozen=True)
class Sistem:
    """A task of the portal itself."""

    tugas: str
    jenis = "sistem"
    peran = "sistem"

    @property
    def nama(self) -> str:
        return "Portal (otomatis)"

    @property
    def kunci(self) -> str:
        return f"sistem:{self.tugas}"


Pelaku = Petugas | Pemohon | Mitra | Sistem
