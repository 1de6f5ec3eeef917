/* The tablet at the door: one question at a time, back to the start when nobody is there, and patience when the
   network is gone. The number is asked for under one key (`kunci`), so that asking again never takes a second one. */
(() => {
  "use strict";
  const DIAM = 45, SISA = 15, KARCIS = 25, SEGARKAN = 60;
  const putus = document.querySelector("[data-putus]");
  let isi = document.querySelector("[data-kios]");
  if (!isi) return;
  const alamat = isi.dataset.alamat;
  let langkah = 0, terakhir = Date.now(), sibuk = false, sentuhan = false, jam = null;

  const kunciBaru = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const bagian = () => [...isi.querySelectorAll("[data-langkah-kios]")];
  const form = () => isi.querySelector("form");

  function tampilkan(ke) {
    const semua = bagian();
    langkah = Math.max(0, Math.min(ke, semua.length - 1));
    semua.forEach((satu, i) => { satu.hidden = i !== langkah; });
    semua[langkah]?.querySelector("legend")?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  function bolehLanjut(satu) {
    const radio = satu.querySelectorAll("[type=radio]");
    return !radio.length || [...radio].some((r) => r.checked);
  }

  // Every step gets its own way on and back; a tap on a tile goes on by itself, arrow keys only move.
  function siapkanLangkah(satu, i, semua) {
    satu.querySelector("legend").tabIndex = -1;
    let baris = satu.querySelector(".kios-tombol");
    if (!baris) { baris = document.createElement("div"); baris.className = "kios-tombol"; satu.append(baris); }
    const tombol = (kata, kelas, arah) => {
      const b = document.createElement("button");
      b.type = "button"; b.className = `btn ${kelas}`; b.textContent = kata;
      b.addEventListener("click", () => { if (arah < 0 || bolehLanjut(satu)) tampilkan(i + arah); });
      return b;
    };
    if (i < semua.length - 1) baris.append(tombol("Lanjut", "btn-primary kios-lanjut", 1));
    if (i > 0) baris.append(tombol("Kembali", "btn-outline-secondary", -1));
    satu.querySelectorAll(".kios-ubin input").forEach((r) => {
      r.addEventListener("click", (e) => { if (e.detail > 0) setTimeout(() => tampilkan(i + 1), 150); });
    });
  }

  function siapkan() {
    const semua = bagian();
    semua.forEach(siapkanLangkah);
    const salah = isi.querySelector("[data-gagal]");
    if (semua.length) tampilkan(salah && bolehLanjut(semua[0]) ? semua.length - 1 : 0);
    form()?.addEventListener("submit", (e) => { e.preventDefault(); kirim(e.submitter); });
    if (isi.hasAttribute("data-karcis")) karcis();
  }

  function ganti(dokumen, sebagai) {
    const baru = dokumen.querySelector("[data-kios]");
    if (!baru) return false;
    clearInterval(jam);
    isi.replaceWith(document.adoptNode(baru));
    isi = document.querySelector("[data-kios]");
    document.title = dokumen.title || sebagai;
    terakhir = Date.now(); sentuhan = false;
    siapkan();
    return true;
  }

  async function ambilHalaman(permintaan) {
    const pembatal = new AbortController();
    const batas = setTimeout(() => pembatal.abort(), 12000);
    try {
      const jawab = await fetch(alamat, { ...permintaan, signal: pembatal.signal, credentials: "same-origin" });
      if (jawab.status >= 500) throw new Error(String(jawab.status));
      return { status: jawab.status, dokumen: new DOMParser().parseFromString(await jawab.text(), "text/html") };
    } finally { clearTimeout(batas); }
  }

  const tidur = (ms) => new Promise((lanjut) => { setTimeout(lanjut, ms); });

  async function kirim(tombol) {
    if (sibuk) return;
    sibuk = true;
    const data = new FormData(form());
    if (tombol?.name) data.set(tombol.name, tombol.value);
    const tirai = document.querySelector("[data-tunggu]"), kata = tirai.querySelector("[data-tunggu-kata]");
    const batal = tirai.querySelector("[data-batal]");
    let berhenti = false;
    batal.onclick = () => { berhenti = true; tirai.hidden = true; sibuk = false; awal(); };
    kata.textContent = ""; batal.hidden = true; tirai.hidden = false;
    for (let jeda = 2000; !berhenti; jeda = Math.min(jeda * 2, 15000)) {
      try {
        const { status, dokumen } = await ambilHalaman({ method: "POST", body: new URLSearchParams(data) });
        if (berhenti) return;
        putus.hidden = true; tirai.hidden = true; sibuk = false;
        if (status === 410 || status === 404 || !ganti(dokumen)) { location.reload(); }
        return;
      } catch {
        if (berhenti) return;
        kata.textContent = "Sambungan terputus. Dicoba lagi dengan sendirinya; Anda tidak perlu mengulang.";
        batal.hidden = false;
        await tidur(jeda);
      }
    }
  }

  // A fresh page: closed offices open, services change, and nothing of the last visitor stays.
  async function awal() {
    if (sibuk) return;
    sentuhan = false;
    const bentuk = form();
    if (bentuk) {
      bentuk.reset();
      bentuk.querySelectorAll("[type=radio]").forEach((r) => { r.checked = false; });
      bentuk.querySelectorAll("[type=text], [type=tel]").forEach((k) => { k.value = ""; });
      const kunci = bentuk.querySelector("[name=kunci]");
      if (kunci) kunci.value = kunciBaru();
      isi.querySelectorAll("[data-gagal]").forEach((g) => g.remove());
      tampilkan(0);
    }
    await segarkan();
  }

  async function segarkan() {
    if (sibuk || sentuhan) return;
    try {
      const { status, dokumen } = await ambilHalaman({ method: "GET" });
      putus.hidden = true;
      if (sibuk || sentuhan) return;
      if (status === 410 || status === 404 || !ganti(dokumen)) location.reload();
    } catch { putus.hidden = false; }
  }

  function karcis() {
    const mundur = isi.querySelector("[data-hitung-mundur]"), cetak = isi.querySelector("[data-cetak-tombol]");
    let sisa = KARCIS;
    mundur.hidden = false; cetak.hidden = false;
    cetak.addEventListener("click", () => window.print());
    isi.querySelector("[data-selesai]").addEventListener("click", (e) => { e.preventDefault(); kembali(); });
    jam = setInterval(() => {
      sisa -= 1;
      mundur.querySelector("[data-sisa]").textContent = String(Math.max(sisa, 0));
      if (sisa <= 0) kembali();
    }, 1000);
    // The QR code is a picture: without waiting for it the paper may come out without.
    if (isi.hasAttribute("data-cetak")) isi.querySelector(".karcis-qr img").decode().then(() => window.print(), () => window.print());
  }

  // The first page is asked for until it comes: the ticket must not stay for the next visitor.
  async function kembali() {
    clearInterval(jam);
    isi.replaceChildren();
    for (let jeda = 2000; ; jeda = Math.min(jeda * 2, 15000)) {
      try {
        const { status, dokumen } = await ambilHalaman({ method: "GET" });
        putus.hidden = true;
        if (status === 410 || status === 404 || !ganti(dokumen)) location.reload();
        return;
      } catch { putus.hidden = false; await tidur(jeda); }
    }
  }

  const dialog = document.querySelector("[data-masih]");
  if (dialog) {
    const jawab = () => { terakhir = Date.now(); dialog.close(); };
    dialog.querySelector("button").addEventListener("click", jawab);
    dialog.addEventListener("cancel", jawab);
  }
  ["pointerdown", "keydown", "input"].forEach((acara) => {
    document.addEventListener(acara, () => { terakhir = Date.now(); if (!isi.hasAttribute("data-karcis")) sentuhan = true; });
  });
  setInterval(() => {
    const diam = (Date.now() - terakhir) / 1000;
    if (sibuk || isi.hasAttribute("data-karcis") || !dialog) return;
    if (!sentuhan) { if (diam >= SEGARKAN) { terakhir = Date.now(); segarkan(); } return; }
    if (diam >= DIAM + SISA) { dialog.close(); terakhir = Date.now(); awal(); return; }
    if (diam >= DIAM && !dialog.open) dialog.showModal();
    dialog.querySelector("[data-sisa]").textContent = String(Math.max(0, Math.ceil(DIAM + SISA - diam)));
  }, 1000);
  const terjaga = () => navigator.wakeLock?.request("screen").catch(() => { /* battery saver: the screen may sleep */ });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") terjaga(); });
  terjaga();
  siapkan();
})();
