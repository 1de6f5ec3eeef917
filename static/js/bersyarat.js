/* Fields and answers that concern only some answers to other questions: `data-bila` = {"question": ["answer", ...]}.
   Hidden until one of those answers is given. An extra: without JavaScript everything is shown, and the server decides. */
(() => {
  "use strict";
  const nilai = (form, nama) => {
    const isian = [...form.querySelectorAll(`[name="${CSS.escape(nama)}"]`)].filter((e) => !e.closest("[hidden]"));
    const satu = isian.find((e) => (e.type === "radio" || e.type === "checkbox" ? e.checked : true));
    return satu ? satu.value : "";
  };
  const cocok = (form, e) => Object.entries(JSON.parse(e.dataset.bila)).every(([nama, boleh]) => boleh.includes(nilai(form, nama)));

  // The only answer that is left needs no click; an answer that is gone is no answer.
  function aturPilihan(form) {
    form.querySelectorAll("input[type=radio][data-bila]").forEach((radio) => {
      const label = radio.closest("label");
      label.hidden = !cocok(form, radio);
      if (label.hidden) radio.checked = false;
    });
    form.querySelectorAll("fieldset.isian").forEach((isian) => {
      const semua = [...isian.querySelectorAll("input[type=radio][data-bila]")];
      if (!semua.length) return;
      const tampak = semua.filter((radio) => !radio.closest("label").hidden);
      // Beside an answer that is always open the others may go without taking the question along.
      const bebas = isian.querySelector("input[type=radio]:not([data-bila])");
      isian.hidden = !tampak.length && !bebas;
      if (tampak.length === 1 && !bebas) tampak[0].checked = true;
    });
  }

  function atur(form) {
    aturPilihan(form);
    form.querySelectorAll("[data-bila]:not([type=radio])").forEach((e) => { e.closest(".isian").hidden = !cocok(form, e); });
    form.querySelectorAll("fieldset.kartu").forEach((kartu) => { kartu.hidden = !kartu.querySelector(".isian:not([hidden])"); });
  }

  document.querySelectorAll("form").forEach((form) => {
    if (!form.querySelector("[data-bila]")) return;
    form.addEventListener("change", () => atur(form));
    atur(form);
  });
})();
