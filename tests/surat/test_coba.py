from buatan_surat import *
from haji_portal.surat.terbit import *
from haji_portal.surat.tandatangan import *
from haji_portal.surat.periksa import *
import time
def test_lihat(dunia):
    d=dunia
    s=buat_draf(d.perkara,"sph"); open("/tmp/s-draf.pdf","wb").write(isi_pdf(s))
    s=siapkan(d.perkara,"sph",d.tugas); print(s.nomor,s.tanggal)
    open("/tmp/s-beku.pdf","wb").write(isi_pdf(s))
    t=time.time(); b=tandatangani_pdf(s,d.kepala,SANDI); print("ttd",time.time()-t)
    t=time.time(); b=tandatangani_pdf(s,d.kepala,SANDI); print("ttd2",time.time()-t)
    sahkan(s.pk,s.hash_pdf,b,Petugas(d.kepala,d.tugas))
    s.refresh_from_db(); isi=isi_pdf(s); open("/tmp/s-ttd.pdf","wb").write(isi)
    print(periksa_pdf(isi)); print(periksa_pdf(isi[:5000]+b"x"+isi[5001:]))
    open("/tmp/s-tt.pdf","wb").write(dokumen_pdf(d.perkara,"tanda_terima"))
