// Letters that were asked for by a control with data-shows-letters come into view, and the focus goes to the first:
// they may stand below what the window shows.
(() => {
  "use strict";

  const standing = (target) =>
    target.isConnected ? target : document.getElementById(target.id);

  document.addEventListener("htmx:afterSettle", (event) => {
    const { target, requestConfig } = event.detail;
    if (requestConfig?.elt.dataset.showsLetters === undefined) return;
    const letter = standing(target)?.querySelector(".letter-preview");
    letter?.querySelector("summary").focus({ preventScroll: true });
    letter?.scrollIntoView({ block: "start" });
  });
})();
