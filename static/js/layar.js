/* The screen of the waiting room: asks every few seconds, shows and speaks new calls, says when it has lost the portal.
   Without a voice, or before somebody has touched the screen once, everything is still shown. */
(() => {
  "use strict";
  const JEDA = 3000, JEDA_TERPANJANG = 30000, BASI = 15000, GANTI_INFO = 12000;
  const isi = document.querySelector("[data-layar]");
  if (!isi) return;
  const cari = (nama) => document.querySelector(`[data-${nama}]`);
  let akhir = Number(isi.dataset.akhir), berhasil = Date.now(), selisih = 0, jeda = JEDA, info = [cari("info").textContent], ke = 0;

  const ganti = (unsur, teks) => { if (unsur.textContent !== teks) unsur.textContent = teks; };
  function baris(unsur, nama, isian) {
    const satu = document.createElement(unsur);
    isian.forEach(([jenis, teks]) => { const u = document.createElement(jenis); u.textContent = teks; satu.append(u); });
    satu.dataset.kunci = nama;
    return satu;
  }

  /* Voice */
  const pengeras = { siap: false, antre: [], bicara: false };
  const suara = () => (window.speechSynthesis?.getVoices() || []).find((s) => /^id([-_]|$)/i.test(s.lang));
  let lonceng = null;
  function ketuk() {
    try {
      lonceng ||= new AudioContext();
      lonceng.resume();
      [[660, 0], [880, 0.28]].forEach(([nada, mulai]) => {
        const o = lonceng.createOscillator(), v = lonceng.createGain(), t = lonceng.currentTime + mulai;
        o.frequency.value = nada;
        v.gain.setValueAtTime(0.25, t); v.gain.exponentialRampToValueAtTime(0.001, t + 0.5);
        o.connect(v).connect(lonceng.destination); o.start(t); o.stop(t + 0.55);
      });
    } catch { /* no sound device: the screen shows the number */ }
  }
  function petunjuk() {
    const kotak = cari("suara"), tombol = kotak.querySelector("button");
    const kata = !("speechSynthesis" in window) || !suara() ? "Tidak ada suara bahasa Indonesia; panggilan ditandai lonceng." : "";
    ganti(cari("suara-kata"), kata);
    tombol.hidden = pengeras.siap;
    kotak.hidden = pengeras.siap && !kata;
  }
  function ucapkan() {
    if (pengeras.bicara || !pengeras.antre.length || !pengeras.siap) return;
    const teks = pengeras.antre.shift(), pilihan = suara();
    pengeras.bicara = true;
    ketuk();
    const selesai = () => { clearTimeout(batas); if (pengeras.bicara) { pengeras.bicara = false; setTimeout(ucapkan, 400); } };
    // Some browsers never say that they have finished: the next call must not wait for it for ever.
    const batas = setTimeout(() => { window.speechSynthesis?.cancel(); selesai(); }, pilihan ? 15000 : 1500);
    if (!pilihan) return;
    const ujar = new SpeechSynthesisUtterance(teks);
    ujar.voice = pilihan; ujar.lang = pilihan.lang; ujar.rate = 0.9;
    ujar.onend = selesai; ujar.onerror = selesai;
    setTimeout(() => window.speechSynthesis.speak(ujar), 900);
  }
  function nyalakan() {
    if (pengeras.siap) return;
    pengeras.siap = true;
    ketuk();
    if ("speechSynthesis" in window) window.speechSynthesis.speak(new SpeechSynthesisUtterance(""));
    petunjuk();
    ucapkan();
  }
  ["pointerdown", "keydown"].forEach((acara) => document.addEventListener(acara, nyalakan));
  window.speechSynthesis?.addEventListener?.("voiceschanged", petunjuk);
  // A kiosk browser that is allowed to play sound needs no touch; sticky activation says so too after a reload.
  if (navigator.userActivation?.hasBeenActive || navigator.getAutoplayPolicy?.("audiocontext") === "allowed") pengeras.siap = true;
  else { try { lonceng = new AudioContext(); if (lonceng.state === "running") pengeras.siap = true; } catch { /* as above */ } }
  petunjuk();

  /* News */
  function tampilkan(kabar) {
    const kini = kabar.panggilan[0];
    ganti(cari("nomor"), kini ? kini.nomor : "–");
    ganti(cari("tujuan"), kini ? kini.loket : kabar.tutup || "Belum ada panggilan");
    cari("daftar").replaceChildren(...kabar.panggilan.map((p) => baris("li", p.nomor, [["strong", p.nomor], ["span", p.loket]])));
    cari("loket").replaceChildren(...kabar.loket.map((p) => baris("p", p.loket, [["span", p.loket], ["strong", p.nomor]])));
    ganti(cari("menunggu"), String(kabar.menunggu));
    info = kabar.info;
    selisih = Date.parse(kabar.jam) - Date.now();
    if (kabar.suara.length) {
      pengeras.antre.push(...kabar.suara.map((s) => s.teks));
      pengeras.antre.splice(0, Math.max(0, pengeras.antre.length - 6));
      const utama = document.querySelector(".layar-utama");
      utama.classList.remove("layar-baru"); void utama.offsetWidth; utama.classList.add("layar-baru");
      if (pengeras.siap) ucapkan(); else pengeras.antre.length = 0;
    }
    akhir = kabar.akhir;
  }
  async function tanya() {
    const pembatal = new AbortController();
    const batas = setTimeout(() => pembatal.abort(), 8000);
    try {
      const jawab = await fetch(`${isi.dataset.layar}?sesudah=${akhir}`, { signal: pembatal.signal });
      if (jawab.status === 410 || jawab.status === 404) { location.reload(); return; }
      if (!jawab.ok) throw new Error(String(jawab.status));
      tampilkan(await jawab.json());
      berhasil = Date.now(); jeda = JEDA;
    } catch { jeda = Math.min(jeda * 2, JEDA_TERPANJANG); } finally { clearTimeout(batas); }
    segar();
    setTimeout(tanya, jeda);
  }
  function segar() {
    const basi = Date.now() - berhasil > BASI;
    cari("putus").hidden = !basi;
    document.body.classList.toggle("layar-basi", basi);
  }

  /* Clock, on the office's time zone and the portal's clock; the running lines */
  const zona = isi.dataset.zona, pukul = new Intl.DateTimeFormat("id-ID", { timeZone: zona, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const hari = new Intl.DateTimeFormat("id-ID", { timeZone: zona, weekday: "long", day: "numeric", month: "long", year: "numeric" });
  setInterval(() => {
    const kini = new Date(Date.now() + selisih);
    ganti(cari("jam"), `${pukul.format(kini).replace(":", ".")} ${isi.dataset.zonaKata}`);
    ganti(cari("tanggal"), hari.format(kini));
    segar();
  }, 1000);
  setInterval(() => { ke += 1; ganti(cari("info"), info[ke % info.length] || ""); }, GANTI_INFO);
  const terjaga = () => navigator.wakeLock?.request("screen").catch(() => { /* the screen's own setting decides */ });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") { terjaga(); window.speechSynthesis?.resume(); } });
  terjaga();
  setTimeout(tanya, JEDA);
})();
