"""What product code must never write: checked on the syntax tree, with samples that prove the check can fail."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

AKAR = Path(__file__).resolve().parents[2]
LAYANAN = sorted(c.name for c in apps.get_app_configs() if Path(c.path).parent == AKAR)
PRODUK = sorted(
    p
    for folder in ("haji_portal", *LAYANAN)
    for p in (AKAR / folder).rglob("*.py")
    if "migrations" not in p.parts
)  # fmt: skip
# Only these name the services; `apps.py` of a service is found through INSTALLED_APPS.
BOLEH_MENYEBUT_LAYANAN = {"haji_portal/urls.py"}
PENGIRIM = {"delay", "apply_async", "send_task", "apply"}


def _alamat(path):
    return path.relative_to(AKAR).as_posix()


def ubah_status(kode):
    """Lines that change a status beside the machine: update(status=), bulk_update(..., ["status"]), create(status=)."""
    for node in ast.walk(ast.parse(kode)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        kata = {k.arg for k in node.keywords}
        if node.func.attr == "update" and kata & {"status", "tahap"}:
            yield node.lineno, node
        if node.func.attr == "bulk_update":
            teks = [n.value for a in node.args for n in ast.walk(a) if isinstance(n, ast.Constant)]
            if {"status", "tahap"} & set(map(str, teks)):
                yield node.lineno, node


def kirim_tugas(kode):
    """Lines that hand work to Celery."""
    for node in ast.walk(ast.parse(kode)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PENGIRIM:
            yield node.lineno, ast.unparse(node.func)


def sebut_layanan(kode):
    """Imports of a service's modules, and comparisons with a service's name."""
    for node in ast.walk(ast.parse(kode)):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").split(".")[0] in LAYANAN:
            yield node.lineno, f"from {node.module}"
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names if a.name.split(".")[0] in LAYANAN)
        elif isinstance(node, ast.Compare):
            nilai = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
            yield from ((node.lineno, str(n)) for n in nilai if n in LAYANAN)


@pytest.mark.parametrize(
    ("pemeriksa", "jahat"),
    [
        (ubah_status, "Perkara.objects.filter(pk=1).update(status='selesai')"),
        (ubah_status, "qs.update(tahap='x')"),
        (ubah_status, "M.objects.bulk_update(rows, ['status'])"),
        (kirim_tugas, "kirim.delay(1)"),
        (kirim_tugas, "app.send_task('x')"),
        (sebut_layanan, "from pendaftaran.models import Pendaftaran"),
        (sebut_layanan, "import pembatalan.models"),
        (sebut_layanan, "if layanan == 'pelimpahan': pass"),
    ],
)
def test_pemeriksa_dapat_gagal(pemeriksa, jahat):
    assert list(pemeriksa(jahat))


def test_ada_yang_diperiksa():
    assert len(PRODUK) > 80 and len(LAYANAN) >= 6


def test_status_perkara_hanya_lewat_jalankan():
    """Letters and messages have plain status columns; in the mechanism, the services, and on any case: never."""
    salah = [
        f"{_alamat(p)}:{baris}"
        for p in PRODUK
        for baris, node in ubah_status(p.read_text(encoding="utf-8"))
        if _alamat(p).startswith((*LAYANAN, "haji_portal/alur/")) or _tentang_perkara(node)
    ]
    assert salah == []


def _tentang_perkara(node):
    return any(isinstance(n, ast.Name) and n.id in {"Perkara", "Permohonan", "perkara"} for n in ast.walk(node.func))


def test_celery_hanya_dari_efek():
    """Effects are the only way out; a task that is queued elsewhere is lost when the broker is down."""
    salah = [
        f"{_alamat(p)}:{baris} {apa}"
        for p in PRODUK
        if _alamat(p) != "haji_portal/alur/efek.py"
        for baris, apa in kirim_tugas(p.read_text(encoding="utf-8"))
    ]
    assert salah == []


def test_ruang_bersama_tidak_mengenal_layanan():
    salah = [
        f"{_alamat(p)}:{baris} {apa}"
        for p in PRODUK
        if _alamat(p).startswith("haji_portal/")
        and not _alamat(p).startswith("haji_portal/settings/")
        and _alamat(p) not in BOLEH_MENYEBUT_LAYANAN
        for baris, apa in sebut_layanan(p.read_text(encoding="utf-8"))
    ]
    assert salah == []


def test_berkas_tidak_terlalu_panjang():
    panjang = {_alamat(p): len(p.read_text(encoding="utf-8").splitlines()) for p in PRODUK}
    assert {nama: n for nama, n in panjang.items() if n > 400} == {}


def test_nama_berkas_yang_dilarang():
    dilarang = {"services.py", "utils.py", "helpers.py", "signals.py"}
    assert [_alamat(p) for p in PRODUK if p.name in dilarang] == []
