"""The partners' door: read little, verify, store, answer. What the event means is judged later, by a task.

An answer 2xx is a promise: the event is on disk. Everything that is refused leaves no row, and the answer repeats
nothing of what was sent.
"""

from __future__ import annotations

import datetime
import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import Bel
from haji_portal.hitungan import CALLBACK_TERIMA, CALLBACK_TOLAK

from ..models import Peristiwa
from . import alarm
from .kabar import BATAS_JSON, baca_json
from .kunci import DiLuarJendela, KunciHidup, TandaSalah, periksa
from .skema import NAMA, SkemaSalah, cocokkan, skema

log = logging.getLogger(__name__)
_bel = Bel("dana.olah_peristiwa")
URN = "urn:portal-haji:galat:"
RUSAK = "Permintaan tidak dapat dibaca"


@dataclass
class Ditolak(Exception):
    """No event. sebab: the label of the counter; the rest is the answer."""

    sebab: str
    status: int
    kode: str
    judul: str
    kalimat: str


TANDA = "Periksa kunci, webhook-id, webhook-timestamp (paling jauh 300 detik dari jam portal), dan webhook-signature."


@csrf_exempt
def peristiwa(request: HttpRequest, mitra: str) -> HttpResponse:
    """POST one signed event. 202 stored, 200 known already; 400, 401, 411, 413 as problem details.

    Raises nothing for what is sent; a database that is down answers 500, and the partner tries again.
    """
    if request.method != "POST":
        return _metode_lain("POST")
    try:
        hasil = terima(mitra, request)
    except Ditolak as galat:
        CALLBACK_TOLAK.labels(mitra, galat.sebab).inc()
        return _masalah(galat)
    CALLBACK_TERIMA.labels(mitra, hasil).inc()
    kata, status = ("diterima", 202) if hasil == "baru" else ("sudah_diterima", 200)
    return _tanpa_tembolok(JsonResponse({"status": kata}, status=status))


def terima(mitra: str, request: HttpRequest) -> str:
    """Verify and store; "baru", "ulangan" or "ulangan_beda". Raises Ditolak."""
    isi = _baca(request)
    try:
        kunci = periksa(mitra, request.headers, isi, timezone.now())
    except TandaSalah:
        raise Ditolak("tanda", 401, "tanda-tangan", "Tanda tangan tidak sah", TANDA) from None
    except DiLuarJendela:
        log.warning("Peristiwa %s ditolak: waktunya di luar jendela, periksa jam kedua pihak.", mitra)
        raise Ditolak("jendela", 401, "tanda-tangan", "Tanda tangan tidak sah", TANDA) from None
    baru = Peristiwa(
        mitra=mitra, id_webhook=request.headers["webhook-id"], sidik=hashlib.sha256(isi).hexdigest(),
        id_kunci=kunci.id, kantor_id=_kantor(mitra, kunci), diterima=timezone.now(),
        waktu_tanda=datetime.datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), datetime.UTC),
    )  # fmt: skip
    try:
        kabar = _bentuk(isi)
    except Ditolak as galat:
        # What is known already has no effect, whatever came with it this time.
        if ulangan := _ulangan(baru):
            return ulangan
        log.warning("Peristiwa %s dari kunci %s ditolak: %s.", mitra, kunci.id, galat.sebab)
        raise
    baru.jenis, baru.rujukan, baru.isi = kabar["event"], kabar["referensi"], isi.decode()
    return _simpan(baru)


def _baca(request: HttpRequest) -> bytes:
    """At most BATAS_JSON bytes of the body; nothing at all where its length is unknown or too long."""
    panjang = request.META.get("CONTENT_LENGTH") or ""
    if not (panjang.isascii() and panjang.isdigit()):
        raise Ditolak("panjang", 411, "panjang-wajib", "Content-Length wajib", "Kirim Content-Length dalam angka.")
    if len(panjang) > 9 or int(panjang) > BATAS_JSON:
        raise Ditolak("besar", 413, "terlalu-besar", "Terlalu besar", f"Isi paling besar {BATAS_JSON // 1024} KB.")
    try:
        return request.read(BATAS_JSON)
    except OSError:
        raise Ditolak(
            "terputus", 400, "permintaan-rusak", "Permintaan tidak dapat dibaca", "Isinya terputus."
        ) from None


def _bentuk(isi: bytes) -> dict[str, Any]:
    try:
        kabar = baca_json(isi)
        cocokkan("peristiwa", kabar)
    except SkemaSalah as galat:
        kalimat = f"Isi tidak cocok dengan skema peristiwa pada {galat.tempat} ({galat.aturan})."
        raise Ditolak("skema", 400, "permintaan-rusak", RUSAK, kalimat) from None
    except ValueError:
        kalimat = "Isi bukan JSON (RFC 8259, UTF-8) yang diterima: tanpa pecahan, NaN, atau nama ganda."
        raise Ditolak("json", 400, "permintaan-rusak", RUSAK, kalimat) from None
    return kabar


def _kantor(mitra: str, kunci: KunciHidup) -> int | None:
    """The bank's office that a key is bound to. A key of an office that does not exist opens nothing."""
    if kunci.kantor is None:
        return None
    pk = Kantor.objects.filter(slug=kunci.kantor, jenis=Kantor.Jenis.BPS).values_list("pk", flat=True).first()
    if pk is None:
        log.error("BPS_KUNCI_%s tidak cocok dengan kantor BPS mana pun.", kunci.kantor.upper())
        raise Ditolak("kantor", 401, "tanda-tangan", "Tanda tangan tidak sah", TANDA)
    return pk


def _simpan(baru: Peristiwa) -> str:
    try:
        with transaction.atomic():
            baru.save(force_insert=True)
            if settings.EFEK_BEL:
                transaction.on_commit(_bel.bunyikan, robust=True)
    except IntegrityError:
        if ulangan := _ulangan(baru):
            return ulangan
        raise
    return "baru"


def _ulangan(p: Peristiwa) -> str:
    """Count a repeated delivery of a known event; "" when the id is not known."""
    lama = Peristiwa.objects.filter(mitra=p.mitra, kantor=p.kantor_id, id_webhook=p.id_webhook)
    if lama.filter(sidik=p.sidik).update(ulangan=F("ulangan") + 1):
        return "ulangan"
    if lama.update(ulangan_beda=F("ulangan_beda") + 1):
        log.error("Peristiwa %s dengan webhook-id yang sama datang dengan isi lain; isi pertama berlaku.", p.mitra)
        alarm.isi_lain(lama.get())
        return "ulangan_beda"
    return ""


@csrf_exempt  # it changes nothing; another method is answered by 405, not by a page about forms
@cache_control(public=True, max_age=300)
def berkas_skema(request: HttpRequest, nama: str) -> HttpResponse:
    """GET one JSON Schema of the contract; public. Raises Http404."""
    if request.method not in ("GET", "HEAD"):
        return _metode_lain("GET, HEAD")
    if nama not in NAMA:
        raise Http404
    return JsonResponse(skema(nama), content_type="application/schema+json", json_dumps_params={"ensure_ascii": False})


def _metode_lain(boleh: str) -> HttpResponse:
    jawab = _masalah(Ditolak("metode", 405, "metode", "Metode tidak dikenal di sini", f"Alamat ini menerima {boleh}."))
    jawab["Allow"] = boleh
    return jawab


def _masalah(galat: Ditolak) -> HttpResponse:
    isi = {"type": URN + galat.kode, "title": galat.judul, "status": galat.status, "detail": galat.kalimat}
    jawab = JsonResponse(isi, status=galat.status, content_type="application/problem+json")
    if galat.status == 401:
        jawab["WWW-Authenticate"] = 'StandardWebhooks realm="callback"'
    return _tanpa_tembolok(jawab)


def _tanpa_tembolok(jawab: HttpResponse) -> HttpResponse:
    jawab["Cache-Control"] = "no-store"
    return jawab
