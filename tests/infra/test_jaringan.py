"""How far did a request come? Answered by real sockets on the loopback."""

import gzip
import re
import socket
import threading

import pytest

from haji_portal.jaringan import JawabanHilang, TidakTerjangkau, panggil


@pytest.fixture
def lawan():
    """A server that reads one request and answers with the given bytes (None: it hangs until the test ends)."""
    telinga = socket.create_server(("127.0.0.1", 0))
    selesai, diterima = threading.Event(), []

    def buka(jawab: bytes | None) -> str:
        def layani() -> None:
            sambungan, _ = telinga.accept()
            with sambungan:
                diterima.append(_permintaan(sambungan))
                if jawab is None:
                    selesai.wait(10)
                else:
                    sambungan.sendall(jawab)

        threading.Thread(target=layani, daemon=True).start()
        return f"http://127.0.0.1:{telinga.getsockname()[1]}/kirim"

    buka.diterima = diterima
    yield buka
    selesai.set()
    telinga.close()


def _permintaan(sambungan: socket.socket) -> bytes:
    isi = sambungan.recv(65536)
    kepala, _, badan = isi.partition(b"\r\n\r\n")
    panjang = re.search(rb"content-length: (\d+)", kepala, re.IGNORECASE)
    while panjang and len(badan) < int(panjang[1]):
        badan += sambungan.recv(65536)
    return kepala + b"\r\n\r\n" + badan


def test_jawaban_utuh(lawan):
    url = lawan(b'HTTP/1.1 201 Created\r\nContent-Length: 8\r\nX-Nomor: 7\r\n\r\n{"a": 1}')
    jawab = panggil("POST", url, json_={"pesan": "halo"})
    assert (jawab.status, jawab.kepala["x-nomor"], jawab.json()) == (201, "7", {"a": 1})
    assert lawan.diterima[0].endswith(b'{"pesan":"halo"}')


def test_pengalihan_adalah_jawaban(lawan):
    url = lawan(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/lain\r\nContent-Length: 0\r\n\r\n")
    assert panggil("GET", url).status == 302


def test_pintu_tertutup_boleh_diulang():
    with socket.create_server(("127.0.0.1", 0)) as telinga:
        port = telinga.getsockname()[1]
    with pytest.raises(TidakTerjangkau):
        panggil("POST", f"http://127.0.0.1:{port}/", isi=b"rahasia")


@pytest.mark.parametrize(
    "jawab",
    [None, b"", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nsebagian"],
    ids=["diam", "putus", "sebagian"],
)
def test_jawaban_yang_tidak_datang_utuh_tidak_pasti(lawan, jawab):
    with pytest.raises(JawabanHilang) as galat:
        panggil("POST", lawan(jawab), isi=b"rahasia", tunggu=0.3)
    assert "rahasia" not in str(galat.value)


def test_jawaban_terlalu_besar(lawan):
    url = lawan(b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + b"x" * 2000)
    with pytest.raises(JawabanHilang):
        panggil("GET", url, batas=1000)


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/", "http:///x", "apa saja"])
def test_bukan_alamat_web(url):
    with pytest.raises(ValueError, match="http"):
        panggil("GET", url)


def test_jawaban_yang_menetes_tidak_menahan_pekerja(lawan, monkeypatch):
    monkeypatch.setattr("haji_portal.jaringan.BATAS_DETIK", 0.0)
    with pytest.raises(JawabanHilang, match="tidak selesai"):
        panggil("GET", lawan(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nbaru ini"))


@pytest.mark.parametrize("ujung", [b"0\r\n\r\n", b"", b"5\r\nse"], ids=["utuh", "tanpa ujung", "di tengah"])
def test_jawaban_berpotongan(lawan, ujung):
    url = lawan(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n" + ujung)
    if ujung.startswith(b"0"):
        assert panggil("GET", url).isi == b"abcd"
    else:
        with pytest.raises(JawabanHilang):
            panggil("GET", url)


def test_yang_dimampatkan_tidak_dikembangkan(lawan):
    """Never asked for: an archive that grows a thousandfold stays as small as it came."""
    isi = gzip.compress(b" " * 10_000_000)
    url = lawan(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(isi) + isi)
    jawab = panggil("GET", url)
    assert jawab.isi == isi
    with pytest.raises(ValueError):
        jawab.json()
