// Opens the form behind a link with data-dialog over the same page; without JavaScript the link is followed.
// What was written in it is not thrown away by a slip: closing asks first.
(() => {
  "use strict";

  const dialog = () => document.getElementById("action-dialog");
  const body = () => document.getElementById("action-dialog-body");
  let opener = null;
  let isWritten = false;

  const open = (link) => {
    opener = link;
    htmx.ajax("GET", link.href, { target: body(), swap: "innerHTML", source: body() });
  };

  const focusForm = () => {
    const first = body().querySelector(
      "[data-error-summary], [autofocus], input:not([type=hidden]), select, textarea",
    );
    (first ?? dialog().querySelector("#action-dialog-title"))?.focus();
  };

  const mayClose = () => !isWritten || window.confirm(dialog().dataset.discard);

  document.addEventListener("input", (event) => {
    if (body().contains(event.target)) isWritten = true;
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (link && !modified && event.button === 0) {
      event.preventDefault();
      open(link);
    } else if (event.target.closest("dialog [data-dialog-close]")) {
      event.preventDefault();
      if (event.target.closest("dialog") !== dialog() || mayClose()) event.target.closest("dialog").close();
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== body()) return;
    if (!dialog().open) dialog().showModal();
    focusForm();
  });

  document.addEventListener("DOMContentLoaded", () => {
    dialog()?.addEventListener("cancel", (event) => {
      if (!mayClose()) event.preventDefault();
    });
    dialog()?.addEventListener("close", () => {
      body().replaceChildren();
      isWritten = false;
      opener?.focus({ preventScroll: true });
    });
  });

})();
