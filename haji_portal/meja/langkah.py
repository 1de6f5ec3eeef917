"""The steps of a case as cards: open ones with their form, closed ones with the sentence why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.module_loading import import_string

from haji_portal.akun.models import Pengguna
from haji_portal.alur.deklarasi import Langkah
from haji_portal.alur.galat import Basi, IsianSalah, TidakBerhak
from haji_portal.alur.giliran import langkah_giliran, terhalang_oleh_kendali
from haji_portal.alur.jalankan import Hasil, alasan_tertutup, jalankan, pilih_petugas
from haji_portal.alur.models import Permohonan
from haji_portal.alur.pelaku import Petugas
from haji_portal.alur.posisi import kantor_langkah, langkah_di_sini, sudah_dilakukan, surat_langkah
from haji_portal.surat.cara import cara_ttd, izin_lokal
from haji_portal.surat.jenis import judul_surat
from haji_portal.surat.models import CaraTtd, IzinTtdLokal
from haji_portal.surat.tandatangan import buka_sesi

from .tandatangan import tandatangani_langkah


class FormSandi(forms.Form):
    """Asked at the moment of signing; opens the key and is kept nowhere. `sandi` of the account, or BSrE's `frasa`."""

    def __init__(self, *args: Any, cara: CaraTtd = CaraTtd.LOKAL, izin: IzinTtdLokal | None = None) -> None:
        super().__init__(*args)
        self.cara = cara
        self.rahasia = RAHASIA[cara]
        self.fields[self.rahasia] = _isian_frasa() if cara == CaraTtd.BSRE else _isian_sandi(izin)


SANDI = "sandi"
RAHASIA = {CaraTtd.LOKAL: SANDI, CaraTtd.BSRE: "frasa"}


def _isian_sandi(izin: IzinTtdLokal | None) -> forms.CharField:
    bantu = "Tanda tangan elektronik memakai kata sandi akun ini."
    if izin is not None:
        sampai = date_format(izin.selesai, "j F Y")
        bantu += f" Sampai {sampai} surat ditandatangani otoritas portal ini, bukan BSrE: {izin.alasan}"
    gawai = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    return forms.CharField(label="Kata sandi Anda", strip=False, help_text=bantu, widget=gawai)


def _isian_konfirmasi() -> forms.CharField:
    bantu = "Langkah ini menyangkut dana: kata sandi akun Anda diminta lagi sesudah lima menit."
    gawai = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    galat = {"required": "Ketik kata sandi Anda."}
    return forms.CharField(
        label="Kata sandi Anda", strip=False, max_length=4096, help_text=bantu, widget=gawai, error_messages=galat
    )


def _isian_frasa() -> forms.CharField:
    bantu = "Surat ditandatangani lewat BSrE. Passphrase dipakai sekali ini saja dan tidak disimpan."
    gawai = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label="Passphrase BSrE Anda", strip=False, help_text=bantu, widget=gawai)


def kelas_form(langkah: Langkah) -> Any:
    """The form class of a step: declared, or the password for a signature, or None when nothing is asked."""
    if langkah.tanda_tangan:
        return FormSandi
    return import_string(langkah.form) if langkah.form else None


class FormKonfirmasi(forms.Form):
    """A step that asks nothing itself, when it releases money."""

    rahasia = SANDI


def buat_form(perkara: Permohonan, langkah: Langkah, *args: Any, tanya_sandi: bool = False) -> Any:
    """The step's form for this case; `args` are data and files when it was sent.

    tanya_sandi: the account password was not typed lately, so a release of money asks for it on its own form.
    """
    form: Any = _form_langkah(perkara, langkah, *args)
    if tanya_sandi and langkah.sandi and not langkah.tanda_tangan:
        form = form or FormKonfirmasi(*args)
        form.rahasia = SANDI
        form.fields[SANDI] = _isian_konfirmasi()
    return form


def _form_langkah(perkara: Permohonan, langkah: Langkah, *args: Any) -> Any:
    kelas = kelas_form(langkah)
    if kelas is None:
        return None
    if kelas is not FormSandi:
        return kelas(*args, perkara=perkara)
    kantor = kantor_langkah(perkara, langkah)
    return FormSandi(*args, cara=cara_ttd(kantor), izin=izin_lokal(kantor) if settings.BSRE_URL else None)


def data_langkah(form: forms.BaseForm | None) -> dict[str, Any]:
    """What jalankan() hands to the transition: the form's own choice, else all its cleaned values; no password."""
    if form is None:
        return {}
    pilih = getattr(form, "data_langkah", None)
    isi = pilih() if pilih else form.cleaned_data
    return {nama: nilai for nama, nilai in isi.items() if nama != getattr(form, "rahasia", "")}


def laksanakan(
    perkara: Permohonan, langkah: Langkah, form: forms.BaseForm | None, *, oleh: Petugas, versi: int
) -> Hasil:
    """Take the step with a valid form. Raises LangkahGagal (wrong password: SandiSalah, 422)."""
    if langkah.tanda_tangan and isinstance(form, FormSandi):
        sesi = buka_sesi(oleh.pengguna, form.cleaned_data[form.rahasia], form.cara)
        return tandatangani_langkah(perkara, langkah, oleh=oleh, versi=versi, sesi=sesi)
    return jalankan(perkara, langkah.nama, oleh=oleh, versi=versi, data=data_langkah(form))


def kartu_langkah(
    perkara: Permohonan,
    pengguna: Pengguna,
    *,
    terkirim: tuple[str, forms.BaseForm | None] = ("", None),
    tanya_sandi: bool = True,
) -> list[dict[str, Any]]:
    """Every step of the present status that people take, as the context of templates/komponen/_langkah.html.

    The next one comes first and open, then the other printed steps, then the branches; closed ones last. `terkirim`
    is the step that was just sent and its bound form: it stays open with everything typed.
    """
    berikut = langkah_giliran(perkara)
    sudah = sudah_dilakukan(perkara)
    kartu = []
    for langkah in langkah_di_sini(perkara):
        if not langkah.oleh.peran:
            continue  # the portal's own step, or one that the applicant takes from outside
        tertutup = sebab_tertutup(perkara, langkah, pengguna)
        dikirim = terkirim[0] == langkah.nama
        form = terkirim[1] if dikirim else buat_form(perkara, langkah, tanya_sandi=tanya_sandi)
        kartu.append(
            {
                "nama": langkah.nama,
                "label": langkah.label,
                "keterangan": langkah.keterangan,
                "url": reverse(f"{perkara.jenis}:langkah", args=[perkara.nomor, langkah.nama]),
                "tertutup": tertutup,
                "form": None if tertutup else form,
                "versi": perkara.versi,
                "tombol": "Simpan" if langkah.fakta and langkah.form else "",
                "bahaya": langkah.bahaya,
                "cabang": langkah.cabang,
                "fakta": langkah.fakta,
                "utama": False,
                "terkirim": dikirim,
                "selesai": "sudah dicatat" if langkah.fakta and langkah.nama in sudah else "",
                "tanda_tangan": langkah.tanda_tangan,
                "pratinjau": pratinjau_surat(perkara, langkah),
            }
        )
    return _urutkan(kartu, berikut.nama if berikut else "", terkirim[0])


def sebab_tertutup(perkara: Permohonan, langkah: Langkah, pengguna: Pengguna) -> list[str]:
    """Why this person cannot take the step now, in sentences; [] when it is open for them."""
    try:
        pilih_petugas(pengguna, perkara, langkah)
    except TidakBerhak as galat:
        return [galat.kalimat]
    if pengguna.pk in terhalang_oleh_kendali(perkara, langkah):
        return ["Harus dilakukan orang lain: Anda sudah memeriksa perkara ini pada langkah sebelumnya."]
    return alasan_tertutup(perkara, langkah)


def _urutkan(kartu: list[dict[str, Any]], berikut: str, terkirim: str) -> list[dict[str, Any]]:
    terbuka = [k for k in kartu if not k["tertutup"]]
    utama = next((k for k in terbuka if k["nama"] == terkirim), None)
    utama = utama or next((k for k in terbuka if k["nama"] == berikut), None)
    utama = utama or next((k for k in terbuka if not k["cabang"] and not k["selesai"]), None)
    # A returned file has branches only: the harmless one that moves it is what the desk does next. Beside a step that
    # waits for somebody else, or for a rule, no branch is offered as the next thing to do.
    if all(k["cabang"] for k in kartu):
        utama = utama or next((k for k in terbuka if not k["bahaya"] and not k["fakta"]), None)
    if utama is not None:
        utama["utama"] = True
    return sorted(kartu, key=lambda k: (not k["utama"], bool(k["tertutup"]), k["cabang"]))


def pratinjau_surat(perkara: Permohonan, langkah: Langkah) -> list[dict[str, str]]:
    """The letters that a step signs here, in their order: title and address of the paper as it will be printed."""
    return [
        {"judul": judul_surat(jenis), "url": reverse("surat:dokumen", args=[perkara.nomor, jenis])}
        for jenis in surat_langkah(perkara, langkah)
    ]


def baca_versi(nilai: str | None) -> int:
    """The hidden `versi` of a form; Basi when it is missing or no number."""
    if not nilai or not (nilai.isascii() and nilai.isdigit()) or len(nilai) > 9:
        raise Basi("Muat ulang halaman ini, lalu ulangi langkahnya.")
    return int(nilai)


def ketikan(form: forms.BaseForm) -> list[tuple[str, str]]:
    """(label, text) of what was typed into a form whose step is over, so that it can be copied; no passwords."""
    return [
        (str(isian.label), teks)
        for isian in form
        if isinstance(isian.field, forms.CharField)
        and not isinstance(isian.field.widget, forms.PasswordInput)
        and (teks := str(isian.value() or "").strip())
    ]


def catat_galat(form: forms.BaseForm, galat: IsianSalah) -> None:
    """Errors found inside the transaction, at their fields; those of unknown fields on top."""
    for nama, kalimat in galat.galat.items():
        form.add_error(nama if nama in form.fields else None, kalimat)
