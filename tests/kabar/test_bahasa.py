"""The language of message texts, what an SMS costs, and the texts that the portal ships."""

import pytest
from django.core.checks import run_checks
from django.template import TemplateSyntaxError
from django.utils.html import conditional_escape

from haji_portal.kabar import templat
from haji_portal.kabar.aman import BATAS_ISI, isian_dipakai, periksa, tuang
from haji_portal.kabar.gsm import ratakan, ukur
from haji_portal.kabar.kata import samarkan, susun
from haji_portal.kabar.models import TemplatPesan

ISIAN = ("nomor", "batas", "sapaan")
PENDEK, PANJANG = TemplatPesan.Bentuk.PENDEK, TemplatPesan.Bentuk.PANJANG


class TestPeriksa:
    @pytest.mark.parametrize(
        "teks",
        [
            "Tanpa isian.",
            "{{ nomor }} {{ batas|default:\"segera\" }}",
            "{% if batas and not nomor %}a{% elif nomor or batas %}b{% else %}c{% endif %}",
            "{% if batas %}{% if nomor %}{{ nomor }}{% endif %}{% endif %} 50% } { lama",
        ],
    )  # fmt: skip
    def test_boleh(self, teks):
        assert periksa(teks, ISIAN) == []
        tuang(teks, dict.fromkeys(ISIAN, "x"))

    @pytest.mark.parametrize(
        ("teks", "kata"),
        [
            ("{{ nama }}", "isian {{ nama }} tidak dikenal"),
            ("satu\n{{ nomor.perkara }}", "Baris 2: {{ nomor.perkara }} tidak dapat dipakai"),
            ("{{ nomor._meta }}", "tidak dapat dipakai"),
            ("{{ nomor|safe }}", "tidak dapat dipakai"),
            ("{{ nomor|default:batas }}", "tidak dapat dipakai"),
            ("{{ }}", "tidak dapat dipakai"),
            ("{{ nomor", "tidak ditutup"),
            ("{% if nomor", "tidak ditutup"),
            ("{% load static %}", "perintah {% load static %} tidak dapat dipakai"),
            ('{% include "kabar/kode.txt" %}', "tidak dapat dipakai"),
            ('{% extends "x" %}', "tidak dapat dipakai"),
            ("{% debug %}", "tidak dapat dipakai"),
            ("{% for a in nomor %}{% endfor %}", "tidak dapat dipakai"),
            ("{% if nama %}a{% endif %}", "isian nama di dalam {% if %} tidak dikenal"),
            ('{% if nomor == "x" %}a{% endif %}', "isian == di dalam"),
            ("{% if nomor.x %}a{% endif %}", "isian nomor.x di dalam"),
            ("{% if nomor %}a", "belum ditutup"),
            ("a{% endif %}", "tanpa {% if %}"),
            ("{% else %}", "tanpa {% if %}"),
            ("{% if %}a{% endif %}", "tidak dapat dipakai"),
            ("{% if nomor batas %}a{% endif %}", "tidak dapat dibaca"),
            ("{% if and %}a{% endif %}", "tidak dapat dibaca"),
            ("{% if nomor %}" * 6 + "{% endif %}" * 6, "bertingkat"),
            ("a\x00b", "tidak dapat disimpan"),
            ("x" * (BATAS_ISI + 1), "paling panjang"),
        ],
    )
    def test_ditolak_dengan_kalimat(self, teks, kata):
        assert any(kata in g for g in periksa(teks, ISIAN))

    @pytest.mark.parametrize("teks", ["{% load static %}", "{% include 'a' %}", "{{ a|safe }}", "{% csrf_token %}"])
    def test_mesin_sendiri_pun_tidak_mengenalnya(self, teks):
        """The check is not the only lock."""
        with pytest.raises(TemplateSyntaxError):
            tuang(teks, {"a": "x"})

    def test_nilai_tidak_dibaca_sebagai_templat(self):
        assert tuang("{{ nomor }}", {"nomor": "{% load x %}{{ batas }}<b>"}) == "{% load x %}{{ batas }}<b>"

    def test_hasilnya_teks_biasa_yang_dilolos_halaman(self):
        assert conditional_escape(tuang("<b>{{ nomor }}", {"nomor": "<i>"})) == "&lt;b&gt;&lt;i&gt;"

    def test_isian_dipakai(self):
        teks = '{{ nomor }}{{ sapaan|default:"x" }}{% if batas and not kini %}{% endif %}'
        assert isian_dipakai(teks) == {"nomor", "sapaan", "batas", "kini"}


class TestPanjang:
    @pytest.mark.parametrize(
        ("teks", "satuan", "segmen", "gsm"),
        [
            ("", 0, 1, True),
            ("a" * 160, 160, 1, True),
            ("a" * 161, 161, 2, True),
            ("a" * 306, 306, 2, True),
            ("a" * 307, 307, 3, True),
            ("€" * 80, 160, 1, True),
            ("€" * 81, 162, 2, True),
            ("a" * 152 + "€" + "a" * 152, 306, 3, True),
            ("ب" * 70, 70, 1, False),
            ("ب" * 71, 71, 2, False),
            ("😀" * 35, 70, 1, False),
            ("😀" * 67, 134, 3, False),
        ],
    )
    def test_ukur(self, teks, satuan, segmen, gsm):
        panjang = ukur(teks)
        assert (panjang.satuan, panjang.segmen, panjang.gsm) == (satuan, segmen, gsm)

    def test_ratakan_menjaga_huruf_gsm(self):
        rata = ratakan("  Tahap “Berkas  diperiksa” – siap…\n\n•\u00a0ya ")
        assert rata == 'Tahap "Berkas diperiksa" - siap...\n* ya'
        assert ukur(rata).gsm


@pytest.mark.django_db
class TestBawaan:
    def test_semua_teks_bawaan_dapat_disunting(self):
        assert [g for g in run_checks() if g.id and g.id.startswith("kabar.")] == []
        for kode, rupa in templat.semua():
            asli = templat.bawaan(kode, rupa)
            assert all(templat.keterangan(n) != "isian pesan ini" for n in asli.isian), kode

    @pytest.mark.parametrize("kode", sorted(k for k, rupa in templat.semua() if rupa == PENDEK))
    def test_sms_satu_segmen_dan_tanpa_nama(self, kode):
        """One segment with the usual facts; the longest turn of a text may need a second."""
        asli = templat.bawaan(kode, PENDEK)
        assert "nama" not in isian_dipakai(asli.judul + asli.isi)
        biasa = templat.contoh(asli.isian) | {"terlambat": False, "kini": False}
        teks = susun(kode, biasa, "sms")
        assert ukur(teks.isi).gsm
        assert ukur(teks.isi).segmen == 1, ukur(teks.isi)
        assert ukur(susun(kode, templat.contoh(asli.isian), "wa").isi).segmen <= 2
        assert samarkan(teks.isi) == teks.isi

    def test_pesan_pendek_yang_belum_ditulis_memakai_status(self):
        fakta = templat.contoh(templat.bawaan("tahap_surat_disiapkan", PANJANG).isian)
        assert susun("tahap_surat_disiapkan", fakta, "sms").isi == susun("status", fakta, "sms").isi

    def test_bingkai_hanya_pada_surel_pemohon(self):
        fakta = templat.contoh(templat.bawaan("status", PANJANG).isian)
        assert "Hormat kami" in susun("status", fakta).isi
        assert "Hormat kami" not in susun("status", fakta, "sms").isi
        assert "Hormat kami" not in susun("kode", {"kode": "1", "keperluan": "x", "menit": 5}).isi
