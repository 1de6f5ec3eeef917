"""Adapter of the signing port for the portal's own certificate authority: PAdES B-B, made in this process."""

from __future__ import annotations

import io
import os
import tempfile

from haji_portal.akun.models import Pengguna

from .galat import SandiSalah
from .gambar import BIDANG_TTD
from .hitung import HitungSalah
from .models import CaraTtd
from .pki import buka_p12
from .tandatangan import SesiTtd

BATAS_SALAH = 5
JEDA_SALAH = 10 * 60  # seconds
TEMPAT_CMS = 16 * 1024
"""Bytes kept free for the signature, in hexadecimal: pyHanko otherwise signs twice to learn its size (ours: ~3 kB)."""


class PenandatanganLokal:
    """Adapter with the local certificate authority; the passphrase is the account password."""

    def buka(self, pengguna: Pengguna, sandi: str) -> SesiTtd:
        salah = HitungSalah(f"surat-sandi:{pengguna.pk}", BATAS_SALAH, JEDA_SALAH)
        if salah.tertahan():
            raise SandiSalah("Sandi salah beberapa kali. Tunggu 10 menit, lalu coba lagi.")
        if not sandi or not pengguna.check_password(sandi):
            salah.catat()
            raise SandiSalah("Sandi salah. Surat belum ditandatangani; ketik ulang sandi akun Anda.")
        sesi = _SesiLokal(*buka_p12(pengguna, sandi))
        salah.lupakan()
        return sesi


class _SesiLokal:
    cara = CaraTtd.LOKAL

    def __init__(self, p12: bytes, frasa: bytes) -> None:
        from pyhanko.sign.signers import SimpleSigner

        self._kunci = SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=frasa)

    def tandatangani(self, pdf: bytes, cap: bytes, *, alasan: str, lokasi: str) -> bytes:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers
        from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

        keterangan = signers.PdfSignatureMetadata(
            field_name=BIDANG_TTD,
            subfilter=SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            reason=alasan,
            location=lokasi,
            # A certification that permits no change: a page or signature added later shows as tampering.
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        tulis = IncrementalPdfFileWriter(io.BytesIO(pdf))
        # pyHanko imports a stamp page by file name only.
        with tempfile.TemporaryDirectory(prefix="cap-") as folder:
            nama = os.path.join(folder, "cap.pdf")
            with open(nama, "wb") as berkas:
                berkas.write(cap)
            juru = signers.PdfSigner(keterangan, signer=self._kunci, stamp_style=_gaya_cap(nama))
            return juru.sign_pdf(tulis, existing_fields_only=True, bytes_reserved=TEMPAT_CMS).getvalue()


def _gaya_cap(nama: str):
    from pyhanko.pdf_utils import layout
    from pyhanko.stamp import StaticStampStyle

    tengah = layout.AxisAlignment.ALIGN_MID
    return StaticStampStyle.from_pdf_file(
        nama,
        border_width=0,
        background_opacity=1,
        background_layout=layout.SimpleBoxLayoutRule(x_align=tengah, y_align=tengah, margins=layout.Margins.uniform(0)),
    )
