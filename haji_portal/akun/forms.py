"""Forms of the account pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from .token import MASA

SALAH_MASUK = (
    "Nama pengguna dan kata sandi tidak cocok. Periksa kembali keduanya lalu coba lagi. "
    "Bila lupa kata sandi, hubungi admin portal di kantor Anda."
)
TERKUNCI = (
    "Sudah lima kali salah. Demi keamanan, nama pengguna ini tidak dapat dipakai masuk dari tempat ini "
    "selama 10 menit. Silakan coba lagi sesudah itu."
)


class FormMasuk(AuthenticationForm):
    """Login: one sentence for every failure, so it does not tell which names exist."""

    error_messages = {"invalid_login": SALAH_MASUK, "inactive": SALAH_MASUK}

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "Nama pengguna"
        self.fields["username"].widget.attrs.update(
            {"class": "form-control", "autocapitalize": "none", "spellcheck": "false"}
        )
        self.fields["password"].label = "Kata sandi"
        self.fields["password"].widget.attrs["class"] = "form-control"

    def clean_username(self) -> str:
        """The name, refused in the same words when no account could ever have it (NUL, overlong)."""
        nama = self.cleaned_data["username"]
        if "\x00" in nama:
            raise forms.ValidationError(SALAH_MASUK)
        return nama


class FormSandi(forms.Form):
    """The password once more."""

    sandi = forms.CharField(
        label="Kata sandi Anda",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password"}),
    )


class FormKode(forms.Form):
    """A six-digit code of the app, or a backup code."""

    kode = forms.CharField(
        label="Kode",
        min_length=6,
        max_length=20,
        help_text="Enam angka dari aplikasi kode, atau satu kode cadangan.",
        widget=forms.TextInput(
            attrs={"class": "form-control", "autocomplete": "one-time-code", "autocapitalize": "none"}
        ),
    )


class FormToken(forms.Form):
    """A new API key: what for, how long, and whether it may write."""

    nama = forms.CharField(
        label="Nama token",
        max_length=60,
        help_text="Program atau komputer yang akan memakainya, supaya Anda mengenalinya saat mencabut.",
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    hari = forms.TypedChoiceField(
        label="Masa berlaku", choices=MASA, coerce=int, initial=90, widget=forms.Select(attrs={"class": "form-select"})
    )
    hanya_baca = forms.BooleanField(
        label="Hanya boleh membaca",
        required=False,
        initial=True,
        help_text="Program dapat melihat perkara dan berkas, tetapi tidak membuka perkara atau melakukan langkah.",
    )
