"""What every cancellation asks, at the counter and from a phone; the rules between the kind and who asks."""

from __future__ import annotations

from typing import Any

from django import forms

from haji_portal.jemaah.pilihan import PilihAtauKetik
from haji_portal.meja.masuk import ANGKA, HARI, SLIP, bersyarat, bila, nik_rapi, telepon_rapi
from haji_portal.meja.masuk import KTP as KTP_LENGKAP
from haji_portal.meja.porsi_lama import PORSI, FormAtasPorsi

from .models.isian import PENGAJU
from .syarat import PENGAJU_SAH, WAKIL
from .tahap import VALIDASI, Pengaju, Sebab

KTP = [nama for nama in KTP_LENGKAP if nama != "agama"]
KEADAAN = ["tanggal_meninggal", "berhalangan_tetap", "masuk_asrama"]
TUJUAN = ["bank_tujuan", "nomor_rekening", "atas_nama"]

ATAS_PORSI = [s for s in Sebab if s not in VALIDASI]
WAFAT_SEBELUM_LAHIR = "Tanggal meninggal tidak dapat sebelum tanggal lahir."
KUASA = "Kuasa hanya untuk jemaah yang berhalangan tetap atau sakit permanen (241/2021 B.2.e)."


class PilihPengaju(forms.RadioSelect):
    """Each answer names the kinds for which it can be given (static/js/bersyarat.js hides the others)."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pilihan = super().create_option(name, value, *args, **kwargs)
        pilihan["attrs"]["data-bila"] = bila(sebab=[s for s, boleh in PENGAJU_SAH.items() if value in boleh])
        return pilihan


class FormIsian(FormAtasPorsi):
    """The kind, who asks, the pilgrim, the deposit, where the money goes; what does not concern the kind is emptied."""

    sebab = forms.ChoiceField(
        label="Apa yang dibatalkan, dan mengapa?", choices=Sebab.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih jenis pembatalannya."},
    )  # fmt: skip
    pengaju = forms.ChoiceField(
        label="Siapa yang mengajukan?", required=False, widget=PilihPengaju,
        choices=Pengaju.choices,
    )  # fmt: skip
    alasan = forms.CharField(
        label="Alasan", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    tanggal_meninggal = forms.DateField(label="Tanggal meninggal", required=False, widget=HARI)
    berhalangan_tetap = forms.BooleanField(
        label="Jemaah berhalangan tetap atau sakit permanen", required=False,
        help_text="Surat kuasa asli kepada ahli waris menjadi wajib (241/2021 B.2.e).",
    )  # fmt: skip
    masuk_asrama = forms.DateField(
        label="Tanggal masuk asrama haji", required=False, widget=HARI,
        help_text="Embarkasi atau embarkasi antara. Kosongkan bila belum pernah masuk.",
    )  # fmt: skip
    nama_pengaju = forms.CharField(label="Nama lengkap pengaju", max_length=120)
    nik_pengaju = forms.CharField(
        label="NIK pengaju", max_length=20, widget=forms.TextInput(attrs=ANGKA | {"maxlength": 16})
    )
    hubungan_pengaju = forms.CharField(
        label="Hubungan dengan jemaah", max_length=40,
        help_text="Misalnya anak, istri, suami, orang tua, atau saudara kandung.",
    )  # fmt: skip
    alamat_pengaju = forms.CharField(label="Alamat pengaju", max_length=200)
    telepon_pengaju = forms.CharField(
        label="Nomor ponsel pengaju", max_length=20, help_text="Kabar tentang pembatalan ini dikirim ke pengaju."
    )
    surel_pengaju = forms.EmailField(label="Surel pengaju", required=False)
    bank_tujuan = forms.CharField(label="Bank", max_length=60, widget=PilihAtauKetik("bank"))

    class Meta(FormAtasPorsi.Meta):
        fields = KTP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kabupaten"].help_text = "Menurut KTP; pembatalan diajukan di kantor domisili (241/2021 A.2)."
        bersyarat(self, ["pengaju"])
        bersyarat(self, [*PORSI, "masuk_asrama"], sebab=ATAS_PORSI)
        bersyarat(self, ["tanggal_meninggal"], pengaju=[Pengaju.AHLI_WARIS])
        bersyarat(self, ["berhalangan_tetap"], pengaju=[Pengaju.JEMAAH, Pengaju.KUASA])
        bersyarat(self, PENGAJU, pengaju=WAKIL)
        bersyarat(self, ["telepon", "email"], pengaju=["", Pengaju.JEMAAH, Pengaju.KANTOR])

    @property
    def atas_porsi(self) -> bool:
        return self.cleaned_data.get("sebab") in ATAS_PORSI

    def clean_nik_pengaju(self) -> str:
        nik = self.cleaned_data["nik_pengaju"]
        return nik_rapi(nik) if nik else ""

    def clean_telepon_pengaju(self) -> str:
        return telepon_rapi(self.cleaned_data["telepon_pengaju"])

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or {}
        if sebab := isi.get("sebab"):
            isi["pengaju"] = self._pengaju(sebab, isi.get("pengaju", ""))
            self._periksa_wakil(isi)
            if sebab not in ATAS_PORSI:
                isi |= dict.fromkeys(["terbit", "masuk_asrama"]) | {"nomor_porsi": ""}
            if sebab == Sebab.ALASAN_SAH and not isi.get("alasan"):
                self.add_error("alasan", "Tuliskan alasannya (241/2021 A.5.c).")
        self.ingatkan_nik(isi)
        return isi

    def _pengaju(self, sebab: str, dipilih: str) -> str:
        boleh = PENGAJU_SAH[sebab]
        if len(boleh) == 1:
            return boleh[0]
        if dipilih not in boleh:
            pilihan = dict(self.fields["pengaju"].choices)  # type: ignore[attr-defined]
            siapa = "; ".join(str(pilihan[p]).lower() for p in boleh if p in pilihan)
            self.add_error("pengaju", f"Pilih yang mengajukan: {siapa}.")
        return dipilih

    def _periksa_wakil(self, isi: dict[str, Any]) -> None:
        """An heir stands for the dead, an attorney for the permanently prevented; nobody else for anybody."""
        pengaju = isi["pengaju"]
        if pengaju != Pengaju.JEMAAH:
            # The pilgrim's own contact is not asked then, and what is known of it stays.
            isi |= {n: isi.get(n) or getattr(self.instance, n) for n in ("telepon", "email")}
        if pengaju in WAKIL:
            self.wajib([n for n in PENGAJU if n != "surel_pengaju"], "Isi data orang yang mengajukan.")
        else:
            isi |= dict.fromkeys(PENGAJU, "")
        if pengaju != Pengaju.AHLI_WARIS:
            isi["tanggal_meninggal"] = None
        else:
            self.wajib(["tanggal_meninggal"], "Ahli waris mengajukan sesudah jemaah meninggal: isi tanggalnya.")
            lahir, wafat = isi.get("tanggal_lahir"), isi.get("tanggal_meninggal")
            if lahir and wafat and wafat < lahir:
                self.add_error("tanggal_meninggal", WAFAT_SEBELUM_LAHIR)
        if pengaju not in (Pengaju.JEMAAH, Pengaju.KUASA):
            isi["berhalangan_tetap"] = False
        elif pengaju == Pengaju.KUASA:
            self.wajib(["berhalangan_tetap"], KUASA)


__all__ = ["KEADAAN", "KTP", "PENGAJU", "PORSI", "SLIP", "TUJUAN", "FormIsian"]
