/* The page of a running batch: its lines arrive one by one, this counts them into a bar.
   Loaded where it stands, before the lines; without JavaScript the lines still arrive. */
(() => {
  "use strict";
  const kotak = document.querySelector("[data-kemajuan]");
  if (!kotak) return;
  const banyak = Number(kotak.dataset.kemajuan);
  const bilah = kotak.querySelector("progress");
  const teks = kotak.querySelector("[role=status]");
  const angka = kotak.querySelector("[data-angka]");
  kotak.hidden = false;

  let terakhir = -1;
  const hitung = () => {
    const selesai = document.querySelectorAll("[data-hasil]").length;
    // Writing the count changes the page too: without this the observer would call itself for ever.
    if (selesai === terakhir) return;
    terakhir = selesai;
    bilah.value = selesai;
    const kata = `${selesai} dari ${banyak}`;
    document.title = `${kata} · ${kotak.dataset.judul}`;
    // Read aloud now and then, not at every line.
    if (selesai % 10 === 0 || selesai === banyak) teks.textContent = kata;
    angka.textContent = kata;
  };
  const pengamat = new MutationObserver(hitung);
  pengamat.observe(document.documentElement, { childList: true, subtree: true });

  const tamat = () => {
    pengamat.disconnect();
    hitung();
    const akhir = document.querySelector("[data-akhir]");
    if (akhir) { akhir.focus(); return; }
    const putus = document.createElement("p");
    putus.className = "pesan pesan-warning";
    putus.setAttribute("role", "alert");
    putus.textContent = `Sambungan terputus. Yang tertulis selesai sudah selesai; sisanya tetap menunggu di ${kotak.dataset.sisa}.`;
    kotak.after(putus);
  };
  document.addEventListener("DOMContentLoaded", tamat);
})();
