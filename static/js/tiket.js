/* The ticket on the phone: when its number is called, the phone shakes once and the tab says so. */
(() => {
  "use strict";
  let dipanggil = Boolean(document.querySelector("#tiket[data-dipanggil]"));
  document.addEventListener("htmx:afterSettle", () => {
    const tiket = document.getElementById("tiket");
    if (!tiket) return;
    document.title = tiket.dataset.judul;
    const kini = tiket.hasAttribute("data-dipanggil");
    if (kini && !dipanggil) { navigator.vibrate?.([300, 150, 300]); tiket.scrollIntoView({ block: "start" }); }
    dipanggil = kini;
  });
})();
