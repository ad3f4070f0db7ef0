// What is typed into a form with data-keep outlives a reload and a broken line: it stays in this tab until it
// is saved, cancelled, or somebody signs out. The value of data-keep names the person and the form.
(() => {
  "use strict";

  const PREFIX = "keep:";
  const TOKEN = "csrfmiddlewaretoken";
  const kept = () => document.querySelector("form[data-keep]");
  const keyOf = (form) => PREFIX + form.dataset.keep;
  const forget = (form) => sessionStorage.removeItem(keyOf(form));

  const forgetWhere = (isGone) => {
    const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
    for (const key of keys.filter(isGone)) sessionStorage.removeItem(key);
  };

  const keep = (form) => {
    const typed = [...new FormData(form)].filter(([name]) => name !== TOKEN);
    sessionStorage.setItem(keyOf(form), JSON.stringify(Object.fromEntries(typed)));
  };

  // The hidden key of the form comes along: what was sent before the reload is not saved a second time.
  const fill = (field, typed) => {
    if (field.type === "checkbox") field.checked = field.name in typed;
    else if (field.type === "radio") field.checked = typed[field.name] === field.value;
    else if (field.name in typed) field.value = typed[field.name];
  };

  const restore = (form) => {
    const typed = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null");
    if (!typed) return;
    const fields = [...form.elements].filter((field) => field.name && field.name !== TOKEN);
    for (const field of fields) fill(field, typed);
    form.dispatchEvent(new Event("input", { bubbles: true })); // shows what the answers call for
  };

  document.addEventListener("DOMContentLoaded", () => {
    const form = kept();
    if (!form) return;
    const [person] = form.dataset.keep.split(":");
    forgetWhere((key) => !key.startsWith(`${PREFIX}${person}:`));
    if (!form.querySelector("[data-error-summary]")) restore(form);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) keep(form);
  });

  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-forget]")?.closest("form[data-keep]");
    if (form) forget(form);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches(".sign-out")) forgetWhere(() => true);
  });

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const form = kept();
    if (form && event.detail.elt === form && event.detail.xhr.getResponseHeader("HX-Redirect")) forget(form);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.matches("form[data-keep]")) event.target.querySelector("[data-error-summary]")?.focus();
  });
})();
