/* Uploads on a thin line: photos are made smaller first, files travel in pieces, and a broken connection goes on where
   it stopped. Without JavaScript each file is an ordinary form with its own button. */
(() => {
  "use strict";
  const SISI = 2000, POTONG = 128 * 1024, JEDA = [1, 2, 4, 8, 15, 30];

  // Two FNV-1a sums and the size: the same file is known again after the page was closed.
  function sidik(isi) {
    let a = 0x811c9dc5, b = 0x1000193;
    for (let i = 0; i < isi.length; i += 1) {
      a = Math.imul(a ^ isi[i], 0x01000193) >>> 0;
      b = Math.imul(b ^ isi[isi.length - 1 - i], 0x01000193) >>> 0;
    }
    return `${a.toString(16)}-${b.toString(16)}-${isi.length}`;
  }

  async function kecilkan(berkas) {
    if (!berkas.type.startsWith("image/") || !window.createImageBitmap) return berkas;
    try {
      const gambar = await createImageBitmap(berkas, { imageOrientation: "from-image" });
      const skala = Math.min(1, SISI / Math.max(gambar.width, gambar.height));
      if (skala === 1 && berkas.type === "image/jpeg" && berkas.size < 1500000) return berkas;
      const kanvas = document.createElement("canvas");
      kanvas.width = Math.round(gambar.width * skala);
      kanvas.height = Math.round(gambar.height * skala);
      kanvas.getContext("2d").drawImage(gambar, 0, 0, kanvas.width, kanvas.height);
      const gumpal = await new Promise((selesai) => { kanvas.toBlob(selesai, "image/jpeg", 0.85); });
      if (!gumpal || gumpal.size > berkas.size) return berkas;
      return new File([gumpal], `${berkas.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
    } catch { return berkas; }
  }

  // Until the line is back, at most `detik` seconds.
  const tunggu = (detik) => new Promise((selesai) => {
    const waktu = setTimeout(selesai, detik * 1000);
    window.addEventListener("online", () => { clearTimeout(waktu); selesai(); }, { once: true });
  });

  function siapkan(form) {
    const pilih = form.querySelector("[type=file]"), maju = form.querySelector("progress");
    const kabar = form.querySelector(".unggah-kabar"), tombol = form.querySelector("[type=submit]");
    const alamat = form.dataset.unggah, token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    tombol.hidden = true;
    form.classList.add("pintar");
    form.querySelector("[data-tombol]").className = "btn btn-outline-primary";

    const tulis = (teks, galat) => { kabar.textContent = teks; kabar.classList.toggle("isian-galat", Boolean(galat)); };

    function selesai(html) {
      const wadah = document.createElement("template");
      wadah.innerHTML = html;
      const lama = form.closest("[data-berkas]"), baru = wadah.content.querySelector("[data-berkas]");
      lama.replaceWith(baru);
      document.querySelector(".pesan-danger[data-fokus]")?.remove();
      siapkan(baru.querySelector("[data-unggah]"));
      const kabarBaru = baru.querySelector(".unggah-kabar");
      setTimeout(() => { kabarBaru.textContent = "Tersimpan."; }, 50);
    }

    async function kirim(isi, nama, tanda) {
      let posisi = null;
      for (let gagal = 0; ;) {
        try {
          const jawab = posisi === null
            ? await fetch(`${alamat}?sidik=${tanda}`, { headers: { Accept: "application/json" } })
            : await fetch(alamat, { method: "POST", body: isi.subarray(posisi, posisi + POTONG), headers: {
              "Content-Type": "application/octet-stream", "X-CSRFToken": token, "Upload-Id": tanda,
              "Upload-Offset": String(posisi), "Upload-Length": String(isi.length), "Upload-Name": encodeURIComponent(nama) } });
          if (jawab.status >= 500) throw new Error("server");
          const data = await jawab.json();
          if (data.galat) return tulis(data.galat, true);
          if (data.selesai) return selesai(data.html);
          // Everything has arrived and another request is checking it: ask again in a moment.
          if (jawab.status === 409 && data.posisi >= isi.length) { posisi = null; await tunggu(2); continue; }
          posisi = data.posisi;
          gagal = 0;
          maju.value = Math.round(posisi / isi.length * 100);
          tulis(posisi + POTONG >= isi.length ? "Memeriksa berkas…" : `Mengunggah ${maju.value} %`);
        } catch {
          posisi = null;
          tulis("Sambungan terputus. Dilanjutkan sendiri begitu ada sinyal; jangan tutup halaman ini.");
          await tunggu(JEDA[Math.min(gagal, JEDA.length - 1)]);
          gagal += 1;
        }
      }
    }

    async function mulai() {
      const asal = pilih.files[0];
      if (!asal) return;
      pilih.disabled = true;
      maju.hidden = false;
      maju.value = 0;
      tulis("Menyiapkan berkas…");
      const berkas = await kecilkan(asal);
      const isi = new Uint8Array(await berkas.arrayBuffer());
      await kirim(isi, berkas.name, sidik(isi));
      pilih.disabled = false;
      pilih.value = "";
      maju.hidden = true;
    }
    pilih.addEventListener("change", mulai);
    form.addEventListener("submit", (acara) => { acara.preventDefault(); mulai(); });
  }

  if (window.fetch && window.File && Uint8Array.prototype.subarray) document.querySelectorAll("[data-unggah]").forEach(siapkan);
})();
