// The list under a patient search: arrow down and up move, Enter in the field opens the first one found.
(() => {
  "use strict";

  const links = () => [...document.querySelectorAll("#found .found__patient")];

  const move = (field, step) => {
    const found = links();
    const next = found.indexOf(document.activeElement) + step;
    if (next < 0) field.focus();
    else found[Math.min(next, found.length - 1)]?.focus();
  };

  const STEPS = { ArrowDown: 1, ArrowUp: -1 };

  document.addEventListener("keydown", (event) => {
    const form = document.querySelector("[data-find-patient]");
    const field = form?.querySelector("input[type=search]");
    const isOurs = event.target === field || event.target.closest?.("#found");
    if (!isOurs) return;
    if (event.key in STEPS && links().length > 0) {
      event.preventDefault();
      move(field, STEPS[event.key]);
    } else if (event.key === "Enter" && event.target === field && isAnswered(field)) {
      event.preventDefault();
      links()[0].click();
    }
  });

  // Enter trusts the list only when it answers what stands in the field; else the form is sent.
  let answered = "";
  const isAnswered = (field) => links().length > 0 && field.value === answered;

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.id !== "find-patient") return;
    answered = event.detail.requestConfig.parameters.get?.("q") ?? event.detail.requestConfig.parameters.q;
  });
})();
