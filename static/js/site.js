// The workspace's few manners: everything works without this file.
(() => {
  "use strict";
  let origin = null; // the control that asked for a change

  document.addEventListener("htmx:beforeRequest", (event) => {
    origin = document.activeElement;
    event.detail.target.setAttribute("aria-busy", "true");
  });

  // Keep the old content when a request fails, and say so.
  const failed = (event) => {
    event.detail.target.removeAttribute("aria-busy");
    const alert = document.getElementById("alert");
    if (alert) alert.textContent = alert.dataset.failed || "";
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);

  // A form that comes back with its errors is shown, not dropped.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    event.detail.target.removeAttribute("aria-busy");
    const next = event.detail.target.querySelector("[data-focus]");
    if (next) next.focus();
    else if (origin && origin.isConnected) origin.focus();
  });

  // A page restored by Back is fetched again: what it shows may no longer be true, or no longer be allowed.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.body.classList.contains("workspace")) window.location.reload();
  });

  // n and p move between changes, outside form fields only, unless the member switched single keys off.
  if (document.body.dataset.keys === "off") return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
    const step = { n: 1, p: -1 }[event.key];
    const changes = [...document.querySelectorAll(".change")];
    if (!step || !changes.length) return;
    const here = changes.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : changes.length - 1) : here + step;
    if (changes[next]) changes[next].focus();
  });
})();
