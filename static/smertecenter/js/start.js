// Starts the design system, sends the CSRF token of now, and says so when a background request fails.
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

  const clearFailure = () => {
    for (const alert of document.querySelectorAll("[data-failure]")) alert.remove();
  };

  const showFailure = (which) => {
    const messages = document.querySelector("dialog[open]") ?? document.getElementById("messages");
    const template = document.getElementById(which);
    if (!messages || !template || messages.querySelector(`[data-failure=${which}]`)) return;
    clearFailure();
    const alert = template.content.firstElementChild.cloneNode(true);
    alert.dataset.failure = which;
    messages.prepend(alert);
    new DKFDS.Alert(alert).init();
  };

  const onFailure = (event) => {
    const status = document.getElementById("draft-status");
    if (status) status.textContent = status.dataset.offline;
    showFailure(event.detail.xhr?.status === 401 ? "signed-out" : "line-broken");
  };

  // The token changes when somebody signs in, also in another tab: what counts is the cookie's, not the page's.
  const TOKEN = /(?:^|; )smertecenter_csrf=([^;]+)/;
  const token = () => document.cookie.match(TOKEN)?.[1];

  document.addEventListener(
    "submit",
    (event) => {
      const field = event.target.elements.namedItem("csrfmiddlewaretoken");
      if (field && token()) field.value = token();
    },
    true,
  );

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
    if (event.detail.verb === "get" || !token()) return;
    event.detail.headers["X-CSRFToken"] = token();
    event.detail.formData.delete("csrfmiddlewaretoken");
  });
  document.addEventListener("htmx:sendError", onFailure);
  document.addEventListener("htmx:timeout", onFailure);
  document.addEventListener("htmx:responseError", onFailure);
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.successful) clearFailure();
  });
})();
