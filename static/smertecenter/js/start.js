// Starts the design system, gives htmx its CSRF token, and says so when a background request fails.
(() => {
  "use strict";

  // The design system speaks only Danish when left to start these itself.
  const startLimit = (field) => {
    const { leftOver, tooMany } = field.dataset;
    const limit = new DKFDS.CharacterLimit(field, {
      character_remaining: leftOver,
      characters_remaining: leftOver,
      character_too_many: tooMany,
      characters_too_many: tooMany,
    });
    limit.init();
    limit.silentUpdateMessages();
  };

  // What arrives later is started piece by piece: a second DKFDS.init would build the menu twice.
  const startParts = (scope) => {
    for (const alert of scope.querySelectorAll(".alert.has-close")) new DKFDS.Alert(alert).init();
    for (const field of scope.querySelectorAll("[data-left-over]")) startLimit(field);
  };

  // Only what changed is read out, and only when it did.
  const announce = (scope) => {
    const news = scope.querySelector("[data-announce]")?.textContent.trim();
    const announcer = document.getElementById("announcer");
    if (news && announcer.textContent !== news) announcer.textContent = news;
  };

  const showBrokenLine = () => {
    const messages = document.querySelector("dialog[open]") ?? document.getElementById("messages");
    const template = document.getElementById("line-broken");
    if (!messages || !template || messages.querySelector("[data-line-broken]")) return;
    const alert = template.content.firstElementChild.cloneNode(true);
    alert.dataset.lineBroken = "";
    messages.prepend(alert);
    new DKFDS.Alert(alert).init();
  };

  const clearBrokenLine = () => {
    for (const alert of document.querySelectorAll("[data-line-broken]")) alert.remove();
  };

  const onFailure = () => {
    const status = document.getElementById("draft-status");
    if (status) status.textContent = status.dataset.offline;
    showBrokenLine();
  };

  document.addEventListener("DOMContentLoaded", () => {
    DKFDS.init();
    for (const field of document.querySelectorAll("[data-left-over]")) startLimit(field);
    document.querySelector("[data-error-summary]")?.focus();
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt === document.body) return;
    startParts(event.detail.elt);
    announce(event.detail.elt);
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (event.detail.verb !== "get" && token) event.detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:sendError", onFailure);
  document.addEventListener("htmx:timeout", onFailure);
  document.addEventListener("htmx:responseError", onFailure);
  document.addEventListener("htmx:afterOnLoad", clearBrokenLine);
})();
