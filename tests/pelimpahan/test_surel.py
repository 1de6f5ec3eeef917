"""The scanned set to the Kanwil by e-mail: once, with proof, and honest where the mail server is not."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.efek import jalankan_efek, sapu
from haji_portal.alur.models import Efek
from haji_portal.kabar import surel
from haji_portal.kabar.kirim import kirim_tertunda
from haji_portal.kabar.models import Pesan
from haji_portal.kabar.saluran import Hasil, Jawab
from pelimpahan.kiriman import SUREL_KANWIL, isi_kiriman
from tests.kabar.test_kirim import ServerSurel
from tests.pelimpahan.buatan import PENERIMA, limpah, sampai, segar

pytestmark = pytest.mark.django_db
KANWIL = "kalsel@example.go.id"


@pytest.fixture
def server(settings):
    s = ServerSurel()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", s.port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_TIMEOUT = False, "", 3
    yield s
    s.tutup()


@pytest.fixture
def dikirim(pelaksana):
    """A transfer of Tanah Bumbu that was sent to the Kanwil; its effects wait."""
    return sampai(pelaksana, limpah(), "di_kanwil")


def efek(p):
    return Efek.objects.get(riwayat__perkara=p.pk, jenis=SUREL_KANWIL)


def pesan(p):
    return Pesan.objects.get(perkara=p.pk, penerima__isnull=False)


def lihat(masuk, p, siapa="jfu.tanah-bumbu"):
    return masuk(siapa).get(p.get_absolute_url()).content.decode()


def test_satu_surel_dengan_pindaian_dan_surat_tanpa_data_orang(dikirim, caplog):
    p = dikirim
    assert jalankan_efek(efek(p).pk)
    satu = next(m for m in mail.outbox if m.to == [KANWIL])
    nama = [lampiran[0] for lampiran in satu.attachments]
    assert nama == [f"{p.nomor}-{n}.pdf" for n in ("berkas", "rekomendasi", "pengantar", "permohonan")]
    assert all(isi.startswith(b"%PDF") for _, isi, _ in satu.attachments)
    for rahasia in (p.pemohon.nik, p.jemaah_asal.nik, p.rekening.nomor, PENERIMA, p.jemaah_asal.nama, p.porsi.nomor):
        assert rahasia not in satu.subject + satu.body + caplog.text
    assert p.nomor in satu.subject and "Kepala Bidang Penyelenggaraan Haji dan Umrah" in satu.body
    assert p.get_absolute_url() in satu.body and "Hasil pindai berkas" in satu.body


def test_efek_dua_kali_satu_surel_juga_bila_alamat_berganti(dikirim):
    satu = efek(dikirim)
    jalankan_efek(satu.pk)
    Kantor.objects.filter(pk=dikirim.kantor.induk_id).update(email="baru@example.go.id")
    Efek.objects.filter(pk=satu.pk).update(selesai=None)
    assert jalankan_efek(satu.pk)
    assert len([m for m in mail.outbox if "divalidasi" in m.subject]) == 1


def test_bukti_kirim_tampil_di_perkara(masuk, server, dikirim):
    jalankan_efek(efek(dikirim).pk)
    tertulis = pesan(dikirim)
    assert tertulis.status == "dikirim" and tertulis.bukti == "250 diterima"
    teks = lihat(masuk, dikirim)
    assert f"Dikirim ke surel {KANWIL} pada " in teks and "WITA, diterima peladen surelnya." in teks
    assert "250 diterima" in teks and "Periksa dan kirim ulang" not in teks
    kabar = teks[teks.index('id="judul-kabar"') :]
    assert "untuk divalidasi" not in kabar, "what was sent to an office is no news to the applicant"
    bukti = masuk("jfu.tanah-bumbu").get(f"/pesan/keluar/{tertulis.pk}/").content.decode()
    assert surel.kepala(tertulis.rujukan)["Message-ID"].strip("<>") in bukti and KANWIL in bukti


def test_peladen_mati_dicoba_lagi_lalu_terkirim_sekali(masuk, settings, server, dikirim):
    settings.EMAIL_PORT, hidup = 1, server.port
    assert jalankan_efek(efek(dikirim).pk), "the ledger repeats it, not the effect"
    assert pesan(dikirim).status == "gagal_sementara"
    assert "mencoba lagi dengan sendirinya" in lihat(masuk, dikirim)
    settings.EMAIL_PORT = hidup
    Pesan.objects.filter(pk=pesan(dikirim).pk).update(jatuh_tempo=timezone.now())
    kirim_tertunda()
    kirim_tertunda()
    assert pesan(dikirim).status == "dikirim"
    assert sum(b"divalidasi" in isi for isi in server.diterima) == 1


def test_putus_saat_diserahkan_tidak_pasti_dan_dikirim_ulang_dengan_tangan(masuk, server, dikirim):
    server.putus = "TITIK"
    jalankan_efek(efek(dikirim).pk)
    satu = pesan(dikirim)
    assert satu.status == "tidak_pasti"
    assert kirim_tertunda() == 0, "never again by itself"
    teks = lihat(masuk, dikirim)
    assert "Tidak pasti sampai" in teks and "Periksa dan kirim ulang" in teks
    assert "Periksa dan kirim ulang" not in lihat(masuk, dikirim, "kanwil.kalsel")
    klien = masuk("jfu.tanah-bumbu")
    alamat = f"/pesan/keluar/{satu.pk}/"
    assert "Kalimantan Selatan" in klien.get(alamat).content.decode()
    assert klien.post(f"{alamat}ulang/", {"status": "tidak_pasti"}).status_code == 422
    server.putus = ""
    assert klien.post(f"{alamat}ulang/", {"status": "tidak_pasti", "yakin": "ya"}).status_code == 302
    kirim_tertunda()
    assert pesan(dikirim).status == "dikirim"


def test_pengirim_terbunuh_di_tengah_menjadi_tidak_pasti(monkeypatch, dikirim):
    class Terbunuh(BaseException):
        pass

    def mati(*_):
        raise Terbunuh

    monkeypatch.setattr(surel.SaluranSurel, "serahkan", mati)
    with pytest.raises(Terbunuh):
        jalankan_efek(efek(dikirim).pk)
    assert pesan(dikirim).status == "mengirim"
    monkeypatch.setattr(surel.SaluranSurel, "serahkan", lambda *_: Jawab(Hasil.DITERIMA))
    Efek.objects.filter(pk=efek(dikirim).pk).update(sewa_sampai=None)
    assert jalankan_efek(efek(dikirim).pk), "the effect may run again; the ledger holds the message"
    assert pesan(dikirim).status == "mengirim"
    Pesan.objects.filter(pk=pesan(dikirim).pk).update(jatuh_tempo=timezone.now() - datetime.timedelta(seconds=1))
    kirim_tertunda()
    assert pesan(dikirim).status == "tidak_pasti"


def test_terlalu_besar_hanya_di_portal(settings, dikirim):
    settings.SUREL_LAMPIRAN_MB = 0
    jalankan_efek(efek(dikirim).pk)
    satu = next(m for m in mail.outbox if m.to == [KANWIL])
    assert satu.attachments == [] and "terlalu besar untuk surel" in satu.body
    assert "Hasil pindai berkas" in satu.body and "Terlampir" not in satu.body


def test_tanpa_alamat_surel_belum_diatur(masuk, dikirim):
    Kantor.objects.filter(pk=dikirim.kantor.induk_id).update(email="")
    assert "sedang disiapkan" in lihat(masuk, dikirim)
    assert jalankan_efek(efek(dikirim).pk)
    assert not Pesan.objects.filter(perkara=dikirim.pk, penerima__isnull=False).exists()
    assert "Surel Kantor Wilayah belum diatur" in lihat(masuk, dikirim)


def test_kiriman_ulang_menyusul_yang_lama(pelaksana, dikirim):
    """Sent back and sent again before the first e-mail left: only the newer set leaves."""
    lama = efek(dikirim)
    pelaksana.lakukan(segar(dikirim), "kembalikan_kantor", {"alasan": "Pindaian tidak terbaca."})
    p = sampai(pelaksana, segar(dikirim), "di_kanwil")
    jalankan_efek(lama.pk)
    while sapu():
        pass
    satu = pesan(p)
    assert satu.riwayat_id != lama.riwayat_id and satu.status == "dikirim"


def test_elektronik_mengirim_berkas_unggahan(acuan, settings, gudang):
    settings.HAJI_PRIVAT = gudang
    p = limpah("kepulauan-seribu", 2, saluran="elektronik")
    butir = [b.kode for b in p.butir.order_by("urut", "kode") if b.lampiran.terkini().exists()]
    bagian = isi_kiriman(p)
    assert butir and [b.nama.split(".")[0] for b in bagian] == [
        f"{p.nomor}-{ke:02d}-{kode}" for ke, kode in enumerate(butir, 1)
    ]
    assert all(len(b.baca()) == b.ukuran for b in bagian)
