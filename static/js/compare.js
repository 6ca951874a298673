// Keys of the comparison: n and p step through changes, [ and ] through articles, v goes on to the next view.
// Everything works without this file; a link on the page leaves it out (?keys=off).
(() => {
  "use strict";
  if (document.body.dataset.keys === "off") return; // the member switched single keys off

  // A change is focused, not only scrolled to: its name says number, place, kind and words.
  const step = (selector, by) => {
    const all = [...document.querySelectorAll(selector)].filter((one) => one.offsetParent !== null);
    if (!all.length) return;
    const from = document.activeElement.closest(selector);
    let next = all.indexOf(from) + by;
    if (!from) {
      const below = all.findIndex((one) => one.getBoundingClientRect().top > 0);
      next = by > 0 ? below : (below < 0 ? all.length : below) - 1;
    }
    const target = all[next];
    if (!target) return;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: target.offsetHeight > window.innerHeight / 2 ? "start" : "center" });
    window.history.replaceState(null, "", "#" + target.id);
  };

  const otherView = () => {
    const views = [...document.querySelectorAll(".views a")];
    const now = views.findIndex((one) => one.hasAttribute("aria-current"));
    if (now >= 0) views[(now + 1) % views.length].click();
  };

  const keys = {
    n: () => step(".change", 1),
    p: () => step(".change", -1),
    "]": () => step(".compared", 1),
    "[": () => step(".compared", -1),
    v: otherView,
  };

  // Before other listeners, and alone: the workspace's own script knows n and p too.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const act = keys[event.key];
    if (!act) return;
    event.stopPropagation();
    event.preventDefault();
    act();
  }, true);
})();
