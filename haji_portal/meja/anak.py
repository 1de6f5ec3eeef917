"""A case that is opened under another one, by its own kind's ordinary intake: `?induk=<number>` on that page."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from haji_portal.akun.models import Pengguna
from haji_portal.alur.apps import model_perkara
from haji_portal.alur.jalankan import Hasil, jalankan
from haji_portal.alur.models import Perkara, Permohonan
from haji_portal.alur.pelaku import Sistem
from haji_portal.jemaah.models import Jemaah

from .alamat import alamat_perkara
from .masuk import KTP
from .pembuka import pembuka_banyak

NAMA = "induk"


def alamat_buka_anak(induk: Permohonan, pengguna: Pengguna) -> str:
    """Where this person opens the case that is wanted under this one, "" when they may not open that kind."""
    model = model_perkara(induk.jenis_anak())
    url = alamat_perkara(induk.jenis_anak(), "buat")
    tugas = pembuka_banyak(pengguna, [model]).get(model) if url else None
    return f"{url}?{NAMA}={induk.nomor}" if tugas and tugas.kantor_id == induk.kantor_id else ""


def induk_diminta(request: HttpRequest, pengguna: Pengguna) -> Permohonan | None:
    """The case named in the address, None without one. Raises Http404 for one out of scope."""
    nomor = request.GET.get(NAMA, "")
    if not nomor:
        return None
    kepala = Perkara.objects.untuk(pengguna).filter(nomor=nomor).first() if "\x00" not in nomor else None
    if kepala is None:
        raise Http404
    return kepala.rinci()


def isian_dari(induk: Permohonan, bidang: dict) -> dict[str, object]:
    """The applicant's data for those fields that the intake asks for, too."""
    orang: Jemaah | None = induk.pemohon
    return {n: getattr(orang, n) for n in KTP if n in bidang} if orang else {}


def kaitkan(induk: Permohonan, hasil: Hasil) -> None:
    """Inside the transaction that opened the case: it belongs to this one, which goes on. Raises LangkahGagal when
    somebody else has opened it meanwhile."""
    Perkara.objects.filter(pk=hasil.perkara.pk).update(induk=induk.pk)
    hasil.perkara.induk_id = induk.pk
    jalankan(induk, type(induk).LANGKAH_BUKA_ANAK, oleh=Sistem("meja.anak"), versi=None)
