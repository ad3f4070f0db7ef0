// A link from a half-written step to another saves first: the form is sent and goes on to where the link led.
// Whatever is sent tells when, so that an autosave that comes late does not undo what was sent after it.
(() => {
  "use strict";

  const STEP = /\/([a-z]+)\/(?:\?[^#]*)?(#\w+)?$/;

  const written = () => document.querySelector("form[data-draft]");
  let isChanged = false;

  const leaveThrough = (form, href) => {
    const [, step, field = ""] = href.match(STEP) ?? [];
    if (!step) return false;
    const goto = document.createElement("input");
    goto.type = "hidden";
    goto.name = "goto";
    goto.value = step + field;
    form.append(goto);
    form.requestSubmit();
    return true;
  };

  document.addEventListener("input", (event) => {
    if (event.target.closest("form") === written()) isChanged = true;
  });

  document.addEventListener("formdata", (event) => {
    if (event.target === written()) event.formData.set("moment", Date.now());
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".steps a, .criteria a, .written__head a, .send .form-actions a");
    const form = written();
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || !form || !isChanged || modified) return;
    const href = link.getAttribute("href");
    if (!href.startsWith("#") && leaveThrough(form, href)) event.preventDefault();
  });
})();
