/* Keyboard of the staff's desk. Keys work only outside fields; every action is also a visible link or button. */
(() => {
  "use strict";
  const sedangMengetik = (e) => e.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const baris = () => [...document.querySelectorAll("[data-baris] a[data-utama], a[data-baris]")];

  function pindah(arah) {
    const semua = baris();
    if (!semua.length) return false;
    const kini = semua.findIndex((a) => a === document.activeElement || a.closest("[data-baris]")?.contains(document.activeElement));
    const tujuan = kini < 0 ? (arah > 0 ? 0 : semua.length - 1) : Math.min(Math.max(kini + arah, 0), semua.length - 1);
    semua[tujuan].focus();
    semua[tujuan].scrollIntoView({ block: "nearest" });
    return true;
  }

  function jalankan(tombol) {
    const sasaran = document.querySelector(`[data-pintasan="${CSS.escape(tombol)}"]`);
    if (!sasaran) return false;
    if (sasaran.matches("div, details")) {
      if (sasaran.matches("details")) sasaran.open = true;
      sasaran.querySelector("input:not([type=hidden]), textarea, select, button")?.focus();
    } else if (sasaran.matches("input, textarea")) { sasaran.focus(); sasaran.select?.(); } else { sasaran.focus(); sasaran.click(); }
    // A menu opened by its key stands on its first entry: the same key and Enter go the usual way.
    if (sasaran.matches("summary")) sasaran.parentElement.querySelector(".menu-isi a, .menu-isi button")?.focus();
    return true;
  }

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    if (e.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach((d) => { d.open = false; d.querySelector("summary").focus(); });
      if (sedangMengetik(e)) e.target.blur();
      return;
    }
    if (sedangMengetik(e)) return;
    const arah = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[e.key];
    if (arah && document.querySelector("[data-daftar]")) { if (pindah(arah)) e.preventDefault(); return; }
    const centang = e.key === "x" && (document.activeElement.closest("[data-baris]") || document.querySelector(".setuju-kini"))?.querySelector("[type=checkbox]");
    if (centang) { centang.click(); e.preventDefault(); return; }
    if (jalankan(e.key)) e.preventDefault();
  });

  // The opened letter came in by htmx, so that ticks in the list stay: move the mark to its row. On a phone the
  // letter stands below the list, out of sight.
  document.addEventListener("htmx:afterSwap", () => {
    const isi = document.getElementById("setuju-isi");
    if (isi && isi.getBoundingClientRect().top > window.innerHeight * 0.75) { isi.focus({ preventScroll: true }); isi.scrollIntoView(); }
    const nomor = document.querySelector("[data-terbuka]")?.dataset.terbuka;
    document.querySelectorAll(".setuju-baris").forEach((baris) => {
      const kini = Boolean(nomor) && baris.querySelector("a[data-utama]")?.search.includes(`pilih=${nomor}`);
      baris.classList.toggle("setuju-kini", kini);
      const tautan = baris.querySelector("a[data-utama]");
      if (kini) tautan?.setAttribute("aria-current", "true"); else tautan?.removeAttribute("aria-current");
    });
  });

  // One tick for the whole stack; how many are ticked is said beside it.
  const semua = document.querySelector("[data-pilih-semua]");
  if (semua) {
    const induk = semua.querySelector("[type=checkbox]");
    const kotak = [...semua.closest("form").querySelectorAll("[name=perkara]")];
    const sebut = () => {
      const banyak = kotak.filter((k) => k.checked).length;
      induk.checked = banyak === kotak.length && banyak > 0;
      induk.indeterminate = banyak > 0 && banyak < kotak.length;
      semua.querySelector("[data-terpilih]").textContent = banyak ? `${banyak} dipilih` : "";
    };
    semua.hidden = kotak.length < 2;
    induk.addEventListener("change", () => { kotak.forEach((k) => { k.checked = induk.checked; }); sebut(); });
    semua.closest("form").addEventListener("change", (e) => { if (e.target.name === "perkara") sebut(); });
    sebut();
  }

  document.addEventListener("click", (e) => {
    document.querySelectorAll("details.menu[open]").forEach((d) => { if (!d.contains(e.target)) d.open = false; });
  });
})();
