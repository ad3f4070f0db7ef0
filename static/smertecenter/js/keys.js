// The keyboard: "/" to the search field, j and k through a worklist, "?" for the list of keys, Ctrl+Enter to save,
// and the page's own keys on elements with data-key. Single keys can be switched off in the list.
(() => {
  "use strict";

  const SWITCH = "smertecenter.single-keys";
  const singleKeysOn = () => localStorage.getItem(SWITCH) !== "off";
  const isTyping = (element) =>
    element.matches?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

  const rowLinks = () => [...document.querySelectorAll("[data-worklist] .row-link")];

  const moveRow = (step) => {
    const links = rowLinks();
    if (links.length === 0) return false;
    const row = document.activeElement.closest("[data-worklist] tr");
    const here = row ? links.indexOf(row.querySelector(".row-link")) : -1;
    const next = here === -1 ? (step > 0 ? 0 : links.length - 1) : here + step;
    const link = links[Math.max(0, Math.min(links.length - 1, next))];
    link.focus();
    link.closest("tr").scrollIntoView({ block: "nearest" });
    return true;
  };

  const press = (key) => {
    const wanted = `[data-key="${CSS.escape(key)}"]`;
    const row = document.activeElement.closest("[data-worklist] tr");
    const target = row?.querySelector(wanted) ?? document.querySelector(`main ${wanted}:not(tr *)`);
    target?.click();
    return Boolean(target);
  };

  const focusSearch = (key) => {
    const field = [...document.querySelectorAll(`[data-focus-key="${CSS.escape(key)}"]`)].find(
      (candidate) => candidate.offsetParent !== null,
    );
    field?.focus();
    field?.select();
    return Boolean(field);
  };

  const keyEntry = ([key, help]) => {
    const entry = document.createElement("div");
    const term = document.createElement("dt");
    const kbd = document.createElement("kbd");
    const description = document.createElement("dd");
    kbd.textContent = key;
    description.textContent = help;
    term.append(kbd);
    entry.append(term, description);
    entry.dataset.own = "";
    return entry;
  };

  const showKeys = () => {
    const dialog = document.getElementById("keys-dialog");
    const list = document.getElementById("keys-list");
    for (const old of list.querySelectorAll("[data-own]")) old.remove();
    for (const entry of list.querySelectorAll("[data-when]")) {
      entry.hidden = !document.querySelector(entry.dataset.when);
    }
    const own = new Map(
      [...document.querySelectorAll("[data-key][data-key-help]")].map((element) => [
        element.dataset.key,
        element.dataset.keyHelp,
      ]),
    );
    list.prepend(...[...own].map(keyEntry));
    dialog.showModal();
    return true;
  };

  const singleKey = (key) => {
    if (key === "?") return showKeys();
    if (key === "j") return moveRow(1);
    if (key === "k") return moveRow(-1);
    return focusSearch(key) || press(key);
  };

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = target.closest?.("form[data-ctrl-enter]");
      if (form) form.requestSubmit();
      return;
    }
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (modified || event.key.length !== 1 || isTyping(target)) return;
    if (!singleKeysOn() || document.querySelector("dialog[open]")) return;
    if (singleKey(event.key)) event.preventDefault();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const keysSwitch = document.getElementById("keys-enabled");
    if (!keysSwitch) return;
    keysSwitch.checked = singleKeysOn();
    keysSwitch.addEventListener("change", () => {
      localStorage.setItem(SWITCH, keysSwitch.checked ? "on" : "off");
    });
    const opener = document.querySelector("[data-open-keys]");
    if (opener) {
      opener.hidden = false;
      opener.addEventListener("click", showKeys);
    }
  });
})();
