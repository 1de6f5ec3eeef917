"""The lines of the SOP chart: pure functions, no database."""

import pytest

from haji_portal.meja.tabel import susun_garis


def baris(no, kolom, jumlah=4, bentuk="proses", **lain):
    simbol = [{"bentuk": bentuk} if i in kolom else None for i in range(jumlah)]
    return {"no": no, "simbol": simbol, "keadaan": "akan", "kembali_ke": None, "tepi": "", **lain}


def nama(sel):
    return [g.split()[0] for g in sel["garis"]]


def test_garis_lurus_di_kolom_yang_sama():
    a, b = susun_garis([baris("1", [1]), baris("2", [1])])
    assert nama(a["sel"][1]) == ["g-bawah"]
    assert nama(b["sel"][1]) == ["g-atas"]


def test_siku_lewat_saluran_di_atas_bentuk():
    a, b = susun_garis([baris("1", [0]), baris("2", [3])])
    assert nama(a["sel"][0]) == ["g-bawah"]
    assert nama(b["sel"][0]) == ["g-masuk", "g-kanal-kanan"]
    assert nama(b["sel"][1]) == nama(b["sel"][2]) == ["g-kanal-penuh"]
    assert nama(b["sel"][3]) == ["g-kanal-kiri", "g-turun"]


def test_dua_pelaksana_dihubungkan_dan_garis_keluar_dari_yang_jauh():
    semua = susun_garis([baris("1", [0]), baris("2", [0, 2]), baris("3", [2])])
    assert nama(semua[1]["sel"][1]) == ["g-tengah-penuh"]
    assert "g-bawah" in nama(semua[1]["sel"][2])
    assert nama(semua[2]["sel"][2]) == ["g-atas"]


def test_tidak_kembali_ke_atas_lewat_jalur():
    semua = susun_garis([baris("1", [3]), baris("2", [2]), baris("3", [3], bentuk="keputusan", kembali_ke="1")])
    assert "tidak-kanan" in semua[2]["sel"][3]["label"]
    assert any("g-jalur-kanan-1" in g and "naik" in g for g in semua[2]["sel"][3]["garis"])
    assert any("g-jalur-penuh" in g for g in semua[1]["sel"][3]["garis"])
    assert any("tiba" in g for g in semua[0]["sel"][3]["garis"])


def test_dua_jalur_yang_bertumpuk_tidak_berimpit():
    semua = susun_garis(
        [
            baris("1", [3]),
            baris("2", [3]),
            baris("3", [3], bentuk="keputusan", kembali_ke="2"),
            baris("4", [3], bentuk="keputusan", kembali_ke="1"),
        ]
    )
    jalur = {g.split()[0] for b in semua for sel in b["sel"] for g in sel["garis"] if "g-jalur-kanan" in g.split()[0]}
    assert jalur == {"g-jalur-kanan-1", "g-jalur-kanan-2"}


@pytest.mark.parametrize("keadaan", ["tidak_perlu", "sebelum"])
def test_baris_di_luar_alur_tidak_disambung(keadaan):
    semua = susun_garis([baris("1", [0], keadaan=keadaan), baris("2", [1]), baris("3", [1])])
    assert nama(semua[0]["sel"][0]) == []
    assert nama(semua[2]["sel"][1]) == ["g-atas"]


def test_pelaku_tanpa_kolom_digambar_di_tepi():
    semua = susun_garis([baris("1", [], tepi="Jemaah"), baris("2", [0])])
    assert len(semua[0]["sel"]) == 5
    assert semua[0]["sel"][0]["tepi"] == "Jemaah"
    assert all(b["punya_tepi"] for b in semua)


def test_garis_hijau_hanya_sampai_langkah_sekarang():
    semua = susun_garis(
        [baris("1", [0], keadaan="selesai"), baris("2", [0], keadaan="sekarang"), baris("3", [0], keadaan="akan")]
    )
    assert "g-jadi" in semua[1]["sel"][0]["garis"][0]
    assert "g-jadi" not in semua[2]["sel"][0]["garis"][0]
