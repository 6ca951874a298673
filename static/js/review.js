// Keys of a review item: "a" opens the question before publishing, "r" goes to the reason for a return.
(() => {
  "use strict";
  if (document.body.dataset.keys === "off") return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
    const control = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!control) return;
    event.preventDefault();
    if (control.matches("a")) control.click();
    else control.focus();
  });
})();
