/* Webcam for portraits: live picture with a face guide, 3x4 crop, and the photo put into the form's own file input.
   Without a camera, permission or JavaScript the upload field is simply used by hand. */
(() => {
  "use strict";
  const LEBAR = 1200, TINGGI = 1600;

  function siapkan(kotak) {
    const masukan = document.getElementById(kotak.dataset.kamera);
    if (!masukan || kotak.dataset.siap || !navigator.mediaDevices?.getUserMedia || !window.DataTransfer) return;
    kotak.dataset.siap = "1";
    kotak.hidden = false;
    const video = kotak.querySelector("video"), kanvas = kotak.querySelector("canvas"), layar = kotak.querySelector(".kamera-layar");
    const nyala = kotak.querySelector("[data-kamera-nyala]"), ambil = kotak.querySelector("[data-kamera-ambil]");
    const ulang = kotak.querySelector("[data-kamera-ulang]"), kabar = kotak.querySelector(".kamera-kabar");
    let aliran = null;
    layar.hidden = true;

    const padam = () => { aliran?.getTracks().forEach((jalur) => jalur.stop()); aliran = null; };

    async function hidupkan() {
      kabar.textContent = "Menyalakan kamera…";
      try {
        aliran = await navigator.mediaDevices.getUserMedia({ audio: false,
          video: { width: { ideal: 1920 }, height: { ideal: 1440 }, facingMode: "user" } });
      } catch (galat) {
        kabar.textContent = galat.name === "NotAllowedError"
          ? "Kamera tidak diizinkan. Izinkan kamera pada peramban, atau unggah foto."
          : "Kamera tidak ditemukan atau sedang dipakai aplikasi lain. Sambungkan kamera, atau unggah foto.";
        return;
      }
      layar.hidden = false;
      kanvas.hidden = true;
      video.srcObject = aliran;
      await video.play();
      kabar.textContent = "Kamera menyala. Sesuaikan wajah dengan garis bantu.";
      nyala.hidden = true; ulang.hidden = true; ambil.hidden = false;
      ambil.focus();
    }

    function latar(gambar) {
      // Average brightness of the upper corners: a hint only, the officer decides.
      const titik = [...gambar.getImageData(20, 20, 160, 160).data, ...gambar.getImageData(LEBAR - 180, 20, 160, 160).data];
      let jumlah = 0;
      for (let i = 0; i < titik.length; i += 4) jumlah += (titik[i] + titik[i + 1] + titik[i + 2]) / 3;
      return jumlah / (titik.length / 4);
    }

    function jepret() {
      const lebarVideo = video.videoWidth, tinggiVideo = video.videoHeight;
      if (!lebarVideo) return;
      const lebar = Math.min(lebarVideo, tinggiVideo * 3 / 4), tinggi = lebar * 4 / 3;
      kanvas.width = LEBAR; kanvas.height = TINGGI;
      const gambar = kanvas.getContext("2d", { willReadFrequently: true });
      gambar.drawImage(video, (lebarVideo - lebar) / 2, (tinggiVideo - tinggi) / 2, lebar, tinggi, 0, 0, LEBAR, TINGGI);
      const terang = latar(gambar);
      kanvas.toBlob((gumpal) => {
        const wadah = new DataTransfer();
        wadah.items.add(new File([gumpal], "foto-kamera.jpg", { type: "image/jpeg" }));
        masukan.files = wadah.files;
        masukan.dispatchEvent(new Event("change", { bubbles: true }));
        masukan.dispatchEvent(new Event("input", { bubbles: true }));
        kabar.textContent = terang < 170
          ? "Foto diambil, tetapi latarnya tampak gelap. Pastikan latar putih, lalu ulangi bila perlu."
          : "Foto diambil. Periksa, lalu simpan atau ulangi.";
      }, "image/jpeg", 0.92);
      kanvas.hidden = false;
      padam();
      ambil.hidden = true; ulang.hidden = false;
      ulang.focus();
    }

    nyala.addEventListener("click", hidupkan);
    ulang.addEventListener("click", hidupkan);
    ambil.addEventListener("click", jepret);
    window.addEventListener("pagehide", padam);
  }

  const semua = (akar) => akar.querySelectorAll?.("[data-kamera]").forEach(siapkan);
  semua(document);
  document.addEventListener("htmx:load", (acara) => semua(acara.target));
})();
