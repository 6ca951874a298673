// Keys of the match step: 1 to 6 answer. Everything works without this file.
(() => {
  "use strict";
  const form = document.getElementById("answer");
  if (!form) return;
  const filled = (side) => [...form.querySelectorAll(`[data-side=${side}]`)].filter((field) => field.value.trim());
  const free = (side) => [...form.querySelectorAll(`[data-side=${side}]`)].find((field) => !field.value.trim());

  // Split and Merged need more than one number: the key leads to the field that waits for it.
  const missing = (choice) => {
    if (choice === "split" && filled("new").length < 2) return free("new");
    if (choice === "merged" && filled("old").length < 2) return free("old");
    return null;
  };

  if (document.body.dataset.keys === "off") return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
    const button = form.querySelector(`[data-key="${event.key}"]`);
    if (!button || button.disabled) return;
    event.preventDefault();
    const field = missing(button.value);
    if (field) {
      form.querySelector(".targets").open = true;
      field.focus();
    } else {
      button.click();
    }
  });

  // Looking at other articles sends no reason and no answer.
  const why = document.getElementById("why");
  if (why) form.querySelector("[data-look]").addEventListener("click", () => why.removeAttribute("required"));
})();
