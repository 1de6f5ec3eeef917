"""The questions of the check: plain, few, and nothing by which a person could be known. "" means not known yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from haji_portal.akun.models import Kantor
from haji_portal.alur.tampil_waktu import tanggal
from haji_portal.kabar.kirim import alamat_sah
from haji_portal.meja.masuk import bila

from .kelayakan import LAIN, Ambang, BanyakPorsi, Berangkat, Keadaan, RiwayatPorsi
from .tahap import Hubungan, Sebab

BELUM_TAHU = ("", "Belum tahu")
SEBAB = [
    (Sebab.WAFAT, "Jemaah sudah wafat"), (Sebab.SAKIT, "Jemaah sakit permanen"),
    (LAIN, "Sebab lain, misalnya tidak jadi berangkat"),
]  # fmt: skip
HUBUNGAN = [*Hubungan.choices, (LAIN, "Lainnya: menantu, cucu, keponakan, anak angkat, kerabat lain")]
YA_TIDAK = [("ya", "Ya"), ("tidak", "Tidak"), BELUM_TAHU]
BENAR = {"ya": True, "tidak": False}
HANYA_WAFAT = (Berangkat.ASRAMA, Berangkat.PULANG)
TIGA = ("wafat_terhitung", "islam", "cukup_usia", "hadir", "bank_sama", "beda_provinsi", "daftar_di_sini")
PILIHAN = ("sebab", "berangkat", "riwayat_porsi", "banyak_porsi", "hubungan")


class PilihBerangkat(forms.RadioSelect):
    """Answers that only concern the dead name it (static/js/bersyarat.js hides them for the sick)."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pilihan = super().create_option(name, value, *args, **kwargs)
        if value in HANYA_WAFAT:
            pilihan["attrs"]["data-bila"] = bila(sebab=[Sebab.WAFAT])
        return pilihan


class BidangPilih(forms.ChoiceField):
    """One question with one touch per answer; not answering it is the answer "not known yet"."""

    def __init__(self, label: str, pilihan: Any, **kwargs: Any) -> None:
        super().__init__(
            label=label, choices=[*pilihan, BELUM_TAHU] if BELUM_TAHU not in pilihan else pilihan, required=False,
            widget=kwargs.pop("widget", forms.RadioSelect), initial="", **kwargs,
        )  # fmt: skip
        self.bersyarat = True


class FormKelayakan(forms.Form):
    """One page of answers; `keadaan()` is what the rules judge."""

    kantor = forms.ModelChoiceField(
        label="Di kabupaten atau kota mana jemaah mendaftar haji?", queryset=Kantor.objects.none(),
        to_field_name="slug", required=False, empty_label="Belum tahu, atau tidak ada dalam daftar",
        help_text="Tertulis pada SPH atau SPPH jemaah.",
        widget=forms.Select(attrs={"class": "form-select form-select-lg"}),
    )  # fmt: skip
    sebab = BidangPilih("Mengapa porsi akan dilimpahkan?", SEBAB)
    wafat_terhitung = BidangPilih("", YA_TIDAK)
    berangkat = BidangPilih("Sampai di mana jemaah saat musim haji?", Berangkat.choices, widget=PilihBerangkat)
    riwayat_porsi = BidangPilih("Bagaimana keadaan nomor porsinya?", RiwayatPorsi.choices)
    banyak_porsi = BidangPilih("Berapa nomor porsi yang dipunyai jemaah?", BanyakPorsi.choices)
    hubungan = BidangPilih("Siapa calon penerima bagi jemaah?", HUBUNGAN)
    islam = BidangPilih("Apakah calon penerima beragama Islam?", YA_TIDAK)
    cukup_usia = BidangPilih("", YA_TIDAK)
    hadir = BidangPilih("Dapatkah calon penerima datang sendiri ke kantor?", YA_TIDAK)
    bank_sama = BidangPilih("Punyakah calon penerima rekening di bank tempat jemaah menyetor?", YA_TIDAK)
    beda_provinsi = BidangPilih("Apakah calon penerima tinggal di provinsi lain?", YA_TIDAK)
    daftar_di_sini = BidangPilih("Apakah jemaah mendaftar di kantor ini?", YA_TIDAK)

    PORSI = ["sebab", "wafat_terhitung", "berangkat", "riwayat_porsi", "banyak_porsi"]
    PENERIMA = ["hubungan", "islam", "cukup_usia", "hadir", "bank_sama", "beda_provinsi"]

    def __init__(self, data: Any = None, *, loket: Kantor | None = None, ambang: Ambang | None = None) -> None:
        """loket: the office at whose counter it is asked; without it the family names the office."""
        super().__init__(data)
        self.loket = loket
        self.ambang = ambang or Ambang.pada(timezone.localdate(timezone=loket.zona_waktu if loket else None))
        wafat, usia, sebab_wafat = self.fields["wafat_terhitung"], self.fields["cukup_usia"], bila(sebab=[Sebab.WAFAT])
        wafat.label = f"Apakah jemaah wafat pada atau sesudah {tanggal(self.ambang.wafat_sejak)}?"
        wafat.widget.attrs["data-bila"] = sebab_wafat
        usia.label = f"Apakah calon penerima sudah berusia {self.ambang.usia} tahun?"
        usia.help_text = f"Lahir pada atau sebelum {tanggal(self.ambang.lahir_paling_akhir)}."
        if loket:
            del self.fields["kantor"]
        else:
            del self.fields["daftar_di_sini"]
            isian: Any = self.fields["kantor"]
            isian.queryset = Kantor.objects.filter(jenis=Kantor.Jenis.KABKOTA, aktif=True)
            isian.label_from_instance = lambda kantor: kantor.nama_pendek

    def kelompok(self) -> list[tuple[str, list[forms.BoundField]]]:
        tempat = ["daftar_di_sini"] if self.loket else ["kantor"]
        bagian = {"Jemaah dan porsinya": self.PORSI, "Calon penerima": self.PENERIMA, "Tempat mendaftar": tempat}
        return [(judul, [self[n] for n in nama]) for judul, nama in bagian.items()]

    @property
    def kantor_terpilih(self) -> Kantor | None:
        return self.loket or self.cleaned_data.get("kantor")

    def keadaan(self) -> Keadaan:
        isi = self.cleaned_data
        jawab: dict[str, Any] = {n: isi[n] for n in PILIHAN} | {n: BENAR.get(isi.get(n, "")) for n in TIGA}
        if not self.loket:
            jawab["daftar_di_sini"] = True if isi.get("kantor") else None
        return Keadaan(**jawab)

    def terisi(self) -> list[tuple[str, str]]:
        """The answers for hidden fields of the forms that go on from the result."""
        return [(n, str(self.data.get(n) or "")) for n in self.fields if self.data.get(n)]


class FormSurel(forms.Form):
    """Where the result is sent; used once and kept nowhere."""

    surel = forms.CharField(
        label="Alamat surel (email)", max_length=254,
        error_messages={"required": "Tulis alamat surel, misalnya nama@contoh.id."},
        widget=forms.TextInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_surel(self) -> str:
        try:
            return alamat_sah("email", self.cleaned_data["surel"])
        except ValueError as galat:
            raise forms.ValidationError(str(galat)) from galat
