// Shows an element only while an answer calls for it. data-shown-when holds the field's name, alone (any answer)
// or with the answers: data-shown-when="finished=no", data-shown-when="caller=relative|other".
// Without JavaScript everything is shown.
(() => {
  "use strict";

  const answers = (form, name) =>
    new FormData(form).getAll(name).filter((answer) => answer !== "");

  const isCalledFor = (form, condition) => {
    const [name, wanted] = condition.split("=");
    const given = answers(form, name);
    return wanted === undefined
      ? given.length > 0
      : given.some((answer) => wanted.split("|").includes(answer));
  };

  const refresh = (root) => {
    for (const element of root.querySelectorAll("[data-shown-when]")) {
      const form = element.closest("form");
      if (form) element.hidden = !isCalledFor(form, element.dataset.shownWhen);
    }
  };

  document.addEventListener("DOMContentLoaded", () => refresh(document));
  document.addEventListener("htmx:afterSettle", () => refresh(document));
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form");
    if (form) refresh(form);
  });
})();
