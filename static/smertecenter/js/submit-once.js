// A form that is being sent cannot be sent again until the page is shown anew or the answer is here.
// A form that may be sent twice (a download) says data-resend.
(() => {
  "use strict";

  const sending = new Set();

  const block = (form) => {
    sending.add(form);
    for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
      button.setAttribute("aria-disabled", "true");
    }
  };

  const release = (form) => {
    sending.delete(form);
    for (const button of form.querySelectorAll("button[aria-disabled], input[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  };

  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.method === "dialog" || "resend" in form.dataset) return;
      if (sending.has(form)) stop(event);
      else block(form);
    },
    true,
  );
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, requestConfig, xhr } = event.detail;
    const sent = requestConfig.triggeringEvent?.type === "submit"; // not a draft saved meanwhile
    if (sent && !xhr.getResponseHeader("HX-Redirect")) release(elt);
  });
  window.addEventListener("pageshow", () => {
    for (const form of [...sending]) release(form);
  });

  // A refused action keeps its button, focusable so that the reason is read out, but does nothing.
  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest?.(".refused [aria-disabled=true]")) stop(event);
    },
    true,
  );
})();
