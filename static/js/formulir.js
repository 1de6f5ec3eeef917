/* Forms: no double submit, typed text survives a lost page, unsaved work warns before leaving.
   Everything here is an extra: without JavaScript the server answers a repeat with "sudah dilakukan". */
(() => {
  "use strict";
  const RAHASIA = new Set(["password", "file", "hidden"]);
  const kunci = (form) => `draf:${form.action}:${form.dataset.langkah || ""}`;
  const isian = (form) => [...form.elements].filter((e) => e.name && e.name !== "nik" && !RAHASIA.has(e.type)
    && !e.closest("[data-tanpa-draf]") && e.autocomplete !== "off" && e.tagName !== "BUTTON");
  let terkirim = false;

  const baca = (kunciDraf) => {
    try { return JSON.parse(sessionStorage.getItem(kunciDraf) || "null"); } catch { return null; }
  };

  function simpan(form) {
    const isi = isian(form).map((e) => [e.name, e.type === "checkbox" || e.type === "radio" ? (e.checked ? e.value : null) : e.value]);
    try { sessionStorage.setItem(kunci(form), JSON.stringify(isi)); } catch { /* private mode: no draft, nothing lost on the page itself */ }
  }

  function pulihkan(form) {
    const draf = baca(kunci(form));
    if (!draf || form.querySelector("[aria-invalid=true], .ringkasan-galat")) return;
    const semua = isian(form);
    if (semua.length !== draf.length || semua.some((e, i) => e.name !== draf[i][0])) return;
    let pulih = false;
    semua.forEach((e, i) => {
      const nilai = draf[i][1];
      if (e.type === "checkbox" || e.type === "radio") { if ((nilai !== null) !== e.checked) { e.checked = nilai !== null; pulih = true; } }
      else if (nilai && e.value !== nilai) { e.value = nilai; pulih = true; }
    });
    if (!pulih) return;
    const p = document.createElement("p");
    p.className = "pesan pesan-info";
    p.setAttribute("role", "status");
    p.textContent = "Isian Anda yang belum dikirim sudah dipulihkan. Periksa sebelum mengirim.";
    form.prepend(p);
    form.dataset.berubah = "1";
  }

  function siapkan(form) {
    if (form.dataset.siap || form.method !== "post" || form.closest("[data-tanpa-draf]")) return;
    form.dataset.siap = "1";
    pulihkan(form);
    form.addEventListener("input", () => { form.dataset.berubah = "1"; simpan(form); });
  }

  document.addEventListener("submit", (acara) => {
    const form = acara.target;
    if (form.method !== "post") return;
    if (form.dataset.terkirim && Date.now() - Number(form.dataset.terkirim) < 15000) { acara.preventDefault(); return; }
    form.dataset.terkirim = String(Date.now());
    terkirim = true;
    const tombol = acara.submitter;
    if (tombol) setTimeout(() => tombol.setAttribute("aria-busy", "true"), 0);
    if (form.matches("[data-keluar]")) sessionStorage.clear();
    if (!form.closest("[data-tanpa-draf]")) {
      try { sessionStorage.setItem("draf-terkirim", kunci(form)); } catch { /* see above */ }
    }
  });

  window.addEventListener("beforeunload", (acara) => {
    if (!terkirim && document.querySelector("form[data-berubah]:not([data-tanpa-draf])")) acara.preventDefault();
  });

  window.addEventListener("pageshow", (acara) => {
    terkirim = false;
    if (acara.persisted) document.querySelectorAll("form[data-terkirim]").forEach((f) => { delete f.dataset.terkirim; });
    document.querySelectorAll("[aria-busy=true]").forEach((b) => b.removeAttribute("aria-busy"));
  });

  // One click for the usual case of a checklist; a line that was judged already keeps its verdict.
  function tandaiSemua(tombol) {
    tombol.hidden = false;
    tombol.addEventListener("click", () => {
      const form = tombol.closest("form");
      form.querySelectorAll(`[type=radio][value="${CSS.escape(tombol.dataset.semua)}"]`).forEach((radio) => {
        if (!form.querySelector(`[name="${CSS.escape(radio.name)}"]:checked`)) radio.checked = true;
      });
      form.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  function mulai() {
    document.querySelectorAll("[data-semua]").forEach(tandaiSemua);
    // A page without form errors after a submit means that it arrived: its draft is no longer needed.
    const terakhir = sessionStorage.getItem("draf-terkirim");
    if (terakhir && !document.querySelector(".ringkasan-galat, .pesan-danger")) sessionStorage.removeItem(terakhir);
    sessionStorage.removeItem("draf-terkirim");
    document.querySelectorAll("form").forEach(siapkan);
    document.querySelector("[data-fokus]")?.focus();
  }
  try { mulai(); } catch { document.querySelectorAll("form").forEach(siapkan); }
  document.addEventListener("htmx:load", (acara) => acara.target.querySelectorAll?.("form").forEach(siapkan));
})();
