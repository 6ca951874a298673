// Writing notes beside the words of an article. Without this file the links lead to the same forms as pages.
(() => {
  "use strict";
  const noted = document.getElementById("noted");
  const popover = document.getElementById("note-popover");
  const add = document.getElementById("add-note");
  const alert = document.getElementById("alert");
  const keys = document.body.dataset.keys !== "off" && noted && noted.dataset.keys !== "off";
  let opener = null;
  let typed = false;
  let again = 0;

  // ---- the selection, as places in the paragraphs of the law ----

  // Characters (not UTF-16 units) from the start of the paragraph; the numbers of notes are no words of the law.
  const length = (paragraph, node, offset) => {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    if (node) range.setEnd(node, offset);
    const copy = range.cloneContents();
    copy.querySelectorAll(".ref").forEach((one) => one.remove());
    return [...copy.textContent].length;
  };

  const selection = () => {
    const chosen = window.getSelection();
    if (!noted || !add || !chosen.rangeCount || chosen.isCollapsed || !chosen.toString().trim()) return null;
    const range = chosen.getRangeAt(0);
    const all = [...noted.querySelectorAll("p[data-eid]")].filter((one) => range.intersectsNode(one));
    if (!all.length) return null;
    const first = all[0];
    const last = all[all.length - 1];
    return {
      range,
      part: last.closest("[data-part]"),
      query: new URLSearchParams({
        first: first.dataset.eid,
        start: first.contains(range.startContainer) ? length(first, range.startContainer, range.startOffset) : 0,
        last: last.dataset.eid,
        end: last.contains(range.endContainer) ? length(last, range.endContainer, range.endOffset) : length(last),
      }),
    };
  };

  // Below the selection, so that the menus of touch screens do not cover it.
  const offer = () => {
    const found = selection();
    add.hidden = !found;
    if (!found) return;
    const boxes = found.range.getClientRects();
    const box = boxes[boxes.length - 1] || found.range.getBoundingClientRect();
    const frame = noted.getBoundingClientRect();
    found.part.append(add);
    add.style.top = `${box.bottom - found.part.getBoundingClientRect().top + 6}px`;
    add.style.left = `${Math.max(0, Math.min(box.right - 96, frame.right - 140) - found.part.getBoundingClientRect().left)}px`;
    add.firstElementChild.href = `${noted.dataset.noteAddress}?${found.query}`;
  };

  let wait = 0;
  if (add) {
    document.addEventListener("selectionchange", () => {
      window.clearTimeout(wait);
      wait = window.setTimeout(offer, 120);
    });
    add.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  }

  // ---- the form beside the words ----

  const open = (link) => {
    const part = link.closest("[data-part]");
    if (!popover || !part || !window.htmx) return false;
    opener = link.closest("#add-note") ? part.querySelector(".note-on a") : link;
    part.querySelector(".words").after(popover);
    popover.hidden = false;
    typed = false;
    window.htmx.ajax("GET", link.href, { target: popover, swap: "innerHTML" });
    if (add) add.hidden = true;
    return true;
  };

  const close = () => {
    if (typed && !window.confirm(popover.dataset.ask)) return;
    const form = popover.querySelector("form");
    if (typed && form) window.htmx.trigger(form, "again"); // the words are kept now, not in two seconds
    popover.hidden = true;
    if (opener && opener.isConnected) opener.focus();
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    const link = event.target.closest("[data-note-form]");
    if (link && open(link)) event.preventDefault();
    else if (event.target.closest(".close-note") && popover && popover.contains(event.target)) {
      event.preventDefault();
      close();
    } else if (event.target.closest(".change-quote")) {
      const quote = document.getElementById("f-quote");
      quote.readOnly = false;
      quote.focus();
      event.target.remove();
    } else {
      const mark = event.target.closest("mark[data-note]");
      if (mark && window.getSelection().isCollapsed) window.location.hash = `t${mark.dataset.note}`;
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target.closest(".note-form")) typed = true;
    if (event.target.id !== "find-standard") return;
    const wanted = event.target.value.trim().toLowerCase();
    document.querySelectorAll("#f-standards .check").forEach((one) => {
      one.hidden = !one.textContent.toLowerCase().includes(wanted) && !one.querySelector("input").checked;
    });
  });

  const ready = () => {
    const find = document.querySelector(".find-standard");
    if (find) find.hidden = false;
  };
  document.addEventListener("htmx:afterSwap", ready);
  ready();

  // ---- keeping what is typed ----

  const ours = (event) => event.target.closest && event.target.closest(".note-form");

  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = ours(event);
    const kept = document.getElementById("kept");
    if (!form && event.detail.target !== kept) return;
    if (!kept || event.detail.xhr.status !== 200) return;
    event.detail.shouldSwap = false; // a swap would give the focus back to where it was two seconds ago
    kept.removeAttribute("aria-busy");
    kept.textContent = event.detail.xhr.responseText.trim();
    if (alert && alert.dataset.unsaved) alert.textContent = "";
    if (alert) delete alert.dataset.unsaved;
  });

  const lost = (event) => {
    const form = ours(event);
    if (!form || !alert) return;
    alert.textContent = form.dataset.unsaved;
    alert.dataset.unsaved = "1";
    window.clearTimeout(again);
    again = window.setTimeout(() => form.isConnected && window.htmx.trigger(form, "again"), 10000);
  };
  document.addEventListener("htmx:responseError", lost);
  document.addEventListener("htmx:sendError", lost);

  document.addEventListener("submit", (event) => {
    const form = ours(event);
    if (!form || window.navigator.onLine) return;
    event.preventDefault(); // the browser would leave the page for its own message
    lost(event);
  });

  // ---- keys ----

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest("form");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button.main, button:not([type=button])"));
      return;
    }
    if (event.key === "Escape" && popover && !popover.hidden) {
      close();
      return;
    }
    if (!keys || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (event.key === "c" && add) {
      const found = selection();
      if (found) offer();
      const part = found ? null : document.activeElement.closest("[data-part]");
      const link = found ? add.firstElementChild : part && part.querySelector(".note-on a");
      if (link && open(link)) event.preventDefault();
    }
    const by = { "[": -1, "]": 1 }[event.key];
    if (!by) return;
    const all = [...document.querySelectorAll(".nearby a[href]")];
    const next = all[all.findIndex((one) => one.hasAttribute("aria-current")) + by];
    if (next) next.click();
  });
})();
