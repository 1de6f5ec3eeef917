"""Prints the demo accounts that really exist in the database, grouped by office."""

import os

import django

STAF = ["ptsp", "jfu", "kasi", "kasubag", "kepala", "siskohat"]
KABKOTA = ["lombok-timur", "tanah-bumbu", "kepulauan-seribu", "jakarta-selatan", "palu"]
KANWIL = ["ntb", "kalsel", "dki-jakarta", "sulteng"]
PUSAT = ["direktorat", "subdit", "direktur", "ditjen", "bpkh", "bpkh-2", "bps", "bps-2", "inspektorat", "admin"]


def kelompok() -> dict[str, list[str]]:
    """Demo user names by heading, as the README lists them."""
    hasil = {kantor: [f"{peran}.{kantor}" for peran in STAF] for kantor in KABKOTA}
    hasil["kanwil"] = [f"kanwil.{wilayah}" for wilayah in KANWIL]
    hasil["pusat dan mitra"] = PUSAT
    return hasil


def main() -> None:
    """Entry point; needs DJANGO_SETTINGS_MODULE."""
    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model

    ada = set(get_user_model().objects.filter(is_active=True).values_list(get_user_model().USERNAME_FIELD, flat=True))
    print(f"Akun contoh, kata sandi semua: {settings.HAJI_DEMO_SANDI}")
    for judul, nama in kelompok().items():
        if baris := [satu for satu in nama if satu in ada]:
            print(f"  {judul:<18} {'  '.join(baris)}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haji_portal.settings.dasar")
    main()
