"""Key changes: nothing that was valid is lost, nothing that was locked comes free."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.core.signing import Signer

from haji_portal.akun import dua_faktor
from haji_portal.akun.token import buat as buat_token
from haji_portal.alur.galat import LangkahGagal
from haji_portal.alur.models import Efek, Kunci
from haji_portal.jemaah.models import Jemaah, hash_nik
from haji_portal.ptsp.models import Konsep
from haji_portal.rawat import kunci
from haji_portal.rawat.kunci import cocok, model_berhash
from haji_portal.surat.pki import akar, akar_dipercaya
from pendaftaran import contoh
from rekomendasi.models import Peserta

pytestmark = pytest.mark.django_db


@pytest.mark.basis
def test_kunci_hash_diganti_kunci_perkara_ikut(kantor_lombok, akun, settings, capsys):
    perkara = contoh.buka_contoh(kantor_lombok, 1).perkara
    lama = perkara.pemohon.nik_hash
    assert cocok()
    settings.KUNCI_HASH = "kunci-baru-" + "b" * 40
    assert not cocok()
    with pytest.raises(CommandError, match="efek yang menunggu"):
        call_command("ganti_kunci_hash")
    Efek.objects.update(selesai=perkara.riwayat.last().waktu)
    konsep = Konsep.objects.create(
        layanan="pendaftaran", kantor=kantor_lombok, nik_hash=lama, saluran="email", alamat="a@b.example",
        dikonfirmasi=perkara.dibuka, habis="2030-01-01", isi={"nik": perkara.pemohon.nik},
    )  # fmt: skip
    token, _ = buat_token(akun("jfu.lombok-timur"), nama="uji", hari=30, hanya_baca=True, verifikasi=False)
    with pytest.raises(CommandError, match="tidak cocok"):
        call_command("ganti_kunci_hash", "--periksa")
    call_command("ganti_kunci_hash")
    assert "1 kunci perkara" in capsys.readouterr().out
    baru = Jemaah.objects.get(pk=perkara.pemohon_id).nik_hash
    assert baru == hash_nik(perkara.pemohon.nik) != lama
    konsep.refresh_from_db()
    token.refresh_from_db()
    assert konsep.nik_hash == baru and token.keadaan == "dicabut"
    assert Kunci.objects.filter(jenis="nik", nilai=baru, perkara=perkara.pk).exists()
    assert not Kunci.objects.filter(nilai=lama).exists()
    call_command("ganti_kunci_hash", "--periksa")
    call_command("ganti_kunci_hash")
    assert "0 orang dan 0 kunci" in capsys.readouterr().out
    # The same pilgrim still cannot open a second case.
    with pytest.raises(LangkahGagal):
        contoh.buka_contoh(kantor_lombok, 2, jemaah=Jemaah.objects.get(pk=perkara.pemohon_id))


def test_asal_setiap_hash_diketahui(monkeypatch):
    assert set(model_berhash()) == {Jemaah, Konsep, Peserta}
    monkeypatch.delitem(kunci.ASAL, Konsep)
    with pytest.raises(kunci.KunciGagal, match=r"ptsp\.Konsep"):
        model_berhash()


def test_secret_key_lama_masih_dikenali_sampai_dicabut(akun, settings):
    orang = akun("jfu.lombok-timur")
    kode, tanda = dua_faktor.cadangan_baru(orang), Signer().sign("isi")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "rahasia-baru-" + "c" * 40, [settings.SECRET_KEY]
    assert Signer().unsign(tanda) == "isi"
    assert dua_faktor.cocokkan(orang, kode[0]) is not None
    assert dua_faktor.cocokkan(orang, kode[0]) is None, "used up"
    settings.SECRET_KEY_FALLBACKS = []
    orang.staticdevice_set.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert dua_faktor.cocokkan(orang, kode[1]) is None


def test_otoritas_diganti_tanpa_kunci_lama(settings, tmp_path):
    settings.HAJI_DATA = tmp_path
    _, lama = akar()
    with pytest.raises(CommandError, match="--ya"):
        call_command("ganti_otoritas")
    assert akar()[1] == lama
    call_command("ganti_otoritas", "--ya")
    assert akar()[1] != lama
    assert set(akar_dipercaya()) == {lama, akar()[1]}
    assert [p.read_text().count("PRIVATE KEY") for p in (tmp_path / "pki").glob("akar-lama-*")] == [0]
