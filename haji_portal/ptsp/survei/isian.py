"""The questionnaire: the nine questions of Permenpan-RB 14/2017 with its four answers each, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from ..models import JawabanSurvei
from ..models.survei import UNSUR


@dataclass(frozen=True)
class Pertanyaan:
    """One element. jawaban: from 1, the worst, to 4."""

    tanya: str
    jawaban: tuple[str, str, str, str]


PERTANYAAN = {
    "u1": Pertanyaan(
        "Apakah syarat yang diminta sesuai dengan layanannya?",
        ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ),
    "u2": Pertanyaan(
        "Apakah langkah-langkahnya mudah diikuti?", ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah")
    ),
    "u3": Pertanyaan(
        "Apakah layanan ini selesai dengan cepat?", ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat")
    ),
    "u4": Pertanyaan(
        "Berapa biaya yang Anda bayar untuk layanan ini?", ("Sangat mahal", "Cukup mahal", "Murah", "Gratis")
    ),
    "u5": Pertanyaan(
        "Apakah hasil yang Anda terima sesuai dengan yang dijanjikan?",
        ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ),
    "u6": Pertanyaan(
        "Apakah petugas menguasai pekerjaannya?",
        ("Tidak menguasai", "Kurang menguasai", "Menguasai", "Sangat menguasai"),
    ),
    "u7": Pertanyaan(
        "Apakah petugas sopan dan ramah?",
        ("Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"),
    ),
    "u8": Pertanyaan(
        "Bagaimana ruang tunggu, loket, dan peralatan kantornya?", ("Buruk", "Cukup", "Baik", "Sangat baik")
    ),
    "u9": Pertanyaan(
        "Bagaimana pengaduan, saran, dan masukan ditangani?",
        ("Tidak ada penanganan", "Ada, tetapi tidak berfungsi", "Berfungsi, tetapi kurang", "Dikelola dengan baik"),
    ),
}
TENTANG = {
    "usia": JawabanSurvei.Usia,
    "kelamin": JawabanSurvei.Kelamin,
    "pendidikan": JawabanSurvei.Pendidikan,
    "pekerjaan": JawabanSurvei.Pekerjaan,
}
BELUM = "Pilih satu jawaban."


class FormSurvei(forms.ModelForm):
    """Nine questions that must be answered, a remark and four facts about oneself that need not be."""

    class Meta:
        model = JawabanSurvei
        fields = [*UNSUR, "saran", *TENTANG]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kode in UNSUR:
            self.fields[kode] = _pilihan(PERTANYAAN[kode])
        for kode, pilihan in TENTANG.items():
            self.fields[kode] = forms.ChoiceField(
                label=JawabanSurvei._meta.get_field(kode).verbose_name.capitalize(),  # type: ignore[union-attr]
                choices=[("", "Tidak diisi"), *pilihan.choices], required=False,
                widget=forms.Select(attrs={"class": "form-select form-select-lg"}),
            )  # fmt: skip
        self.fields["saran"] = forms.CharField(
            label="Saran atau catatan", max_length=500, required=False, strip=True,
            help_text="Jangan menulis nama atau nomor, supaya jawaban ini tetap tanpa nama.",
            widget=forms.Textarea(attrs={"class": "form-control", "rows": 4}),
        )  # fmt: skip

    def unsur(self) -> Sequence[forms.BoundField]:
        """The nine questions, in order."""
        return [self[kode] for kode in UNSUR]

    def tentang_terisi(self) -> bool:
        """Whether something about oneself was chosen, so that it is not hidden when the page comes back."""
        return any(self[kode].value() for kode in TENTANG)

    def tentang(self) -> Sequence[forms.BoundField]:
        """What the answers are grouped by."""
        return [self[kode] for kode in TENTANG]


def _pilihan(tanya: Pertanyaan) -> forms.TypedChoiceField:
    """In the order of the regulation's form, from 1 to 4."""
    return forms.TypedChoiceField(
        label=tanya.tanya, coerce=int, error_messages={"required": BELUM, "invalid_choice": BELUM},
        choices=[(str(nilai), kata) for nilai, kata in enumerate(tanya.jawaban, start=1)], widget=forms.RadioSelect,
    )  # fmt: skip
