// What the keyboard and the frame need in the browser; pages work without it.
// Attributes it knows: data-search, data-go="letter", data-row (a link), data-edit, data-key="letter" (pressed in its row), data-open="dialog id", data-close,
// data-modal (a dialog that opens by being drawn), data-count (a textarea), data-most and data-too-large (a file's bytes),
// data-insert="words" with data-into="field id", data-locale and data-title (the frame), data-walk (arrows go through its
// field and buttons; "takes": Enter in the field presses the first button), data-unsaved (leaving the site asks first),
// data-home="field id" (where the focus goes when what it stood on goes away), data-download (a form that brings a file).
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const writing = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]");
  const seen = (element) => element && element.getClientRects().length > 0;

  // ---- keys
  let going = 0;
  const openers = new Map();
  const show = (dialog) => { openers.set(dialog, document.activeElement); dialog.showModal(); };
  const openDialog = (id) => { const dialog = document.getElementById(id); if (dialog && !dialog.open) show(dialog); };
  const step = (by) => {
    const rows = all("[data-row]").filter(seen);
    if (!rows.length) return false;
    const now = rows.findIndex((row) => row === document.activeElement || row.closest("tr, li, .row")?.contains(document.activeElement));
    const next = rows[Math.min(rows.length - 1, Math.max(0, now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  };
  const keys = {
    "/": () => { const field = all("[data-search]").find(seen); field?.focus(); field?.select?.(); return !!field; },
    "?": () => { openDialog("shortcuts"); return true; },
    g: () => { going = Date.now(); return true; },
    j: () => step(1),
    k: () => step(-1),
    e: () => {
      const act = one("[data-edit]", document.activeElement?.closest("tr, li, .row") ?? document.createElement("i"));
      act?.click();
      return !!act;
    },
  };
  const pressInRow = (key) => {
    const act = one(`[data-key="${CSS.escape(key)}"]`, document.activeElement?.closest("tr, li, .row") ?? document.createElement("i"));
    act?.click();
    return !!act;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || one("dialog[open]")) return;
    if (writing(event.target)) { if (event.key === "Escape") event.target.blur(); return; }
    if (going && Date.now() - going < 1500) {
      going = 0;
      const link = all(`[data-go="${CSS.escape(event.key)}"]`)[0];
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (keys[event.key]?.() || pressInRow(event.key)) event.preventDefault();
  });

  // ---- words put in where the cursor stands
  const insertInto = (field, words) => {
    if (!field) return;
    field.focus();
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // ---- dialogs and menus
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-open]");
    if (opener) openDialog(opener.dataset.open);
    const insert = event.target.closest?.("[data-insert]");
    if (insert) insertInto(document.getElementById(insert.dataset.into), insert.dataset.insert);
    const dialog = event.target.closest?.("dialog");
    if (dialog && (event.target === dialog || event.target.closest("[data-close], dialog a[href]"))) {
      if (dialog.dataset.modal === undefined) dialog.close();
      else if (event.target === dialog) one("[data-close]", dialog)?.click();
    }
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("cancel", (event) => {
    // A dialog drawn by the server's word closes by it too: Escape presses its own button.
    if (event.target.matches?.("dialog[data-modal]")) { event.preventDefault(); one("[data-close]", event.target)?.click(); }
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = one("details.menu[open]");
    if (menu) { menu.open = false; one("summary", menu).focus(); }
  });

  // ---- arrows walk through what a search found, or through a choice of buttons
  document.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const walk = event.target.closest?.("[data-walk]");
    if (walk?.dataset.walk === "takes" && event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      one("button", walk)?.click();
    }
    if (!walk || !by) return;
    const stops = all("input, button", walk).filter(seen);
    const next = stops[stops.indexOf(event.target) + by];
    if (next) { event.preventDefault(); next.focus(); }
  });

  // ---- what is not saved is not left without a word; what stands in a field one is in is kept first;
  // a file taken away leaves no page. The framework would hang up here, and the next press would be lost: it hangs up anyway
  // when the page goes (pagehide). Capturing: whichever of us is read first, ours is asked first.
  let takingAway = 0;
  document.addEventListener("click", (event) => { if (event.target.closest?.("a[download]")) takingAway = Date.now(); }, true);
  document.addEventListener("submit", (event) => { if (event.target.matches?.("[data-download]")) takingAway = Date.now(); }, true);
  window.addEventListener("beforeunload", (event) => {
    if (one("[data-unsaved]")) event.preventDefault();
    if (keepTyped() || Date.now() - takingAway < 5000) event.stopImmediatePropagation();
  }, true);
  // Told to the framework as leaving the field, while the focus stays: a telephone puts a page away without another word.
  const keepTyped = () => {
    const field = document.activeElement?.matches?.(".porch input, .porch textarea") ? document.activeElement : null;
    field?.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    return field;
  };
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keepTyped(); });

  // ---- the focus comes home when what it stood on goes away: data-home="field id" around what comes and goes
  let stood = null;
  document.addEventListener("focusin", (event) => {
    stood = { element: event.target, home: event.target.closest?.("[data-home]")?.dataset.home };
  });
  document.addEventListener("pointerdown", (event) => {
    const pressed = event.target.closest?.("button, a");
    if (pressed) stood = { element: pressed, home: pressed.closest("[data-home]")?.dataset.home };
  }, true);
  const comeHome = () => {
    if (!stood?.home || stood.element.isConnected || document.activeElement !== document.body) return;
    document.getElementById(stood.home)?.focus({ preventScroll: true });
  };

  // ---- counters and file drops
  const count = (area) => {
    const told = area.parentElement?.querySelector(".counter");
    if (!told) return;
    const most = Number(area.dataset.count);
    told.textContent = `${area.value.length} / ${most}`;
    told.classList.toggle("over", area.value.length > most);
  };
  document.addEventListener("input", (event) => { if (event.target.matches?.("textarea[data-count]")) count(event.target); });
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(name, (event) => {
      const drop = event.target.closest?.(".drop");
      if (!drop) return;
      event.preventDefault();
      drop.classList.toggle("over", over);
      if (name === "drop" && event.dataTransfer.files.length) takeFiles(one("input[type=file]", drop), event.dataTransfer.files);
    });
  }
  const weigh = (input) => {
    const heavy = input.dataset.most && [...input.files].some((file) => file.size > Number(input.dataset.most));
    input.setCustomValidity(heavy ? input.dataset.tooLarge : "");
    if (heavy) input.reportValidity();
  };
  const takeFiles = (input, files) => { input.files = files; weigh(input); };
  document.addEventListener("change", (event) => { if (event.target.matches?.("input[type=file]")) weigh(event.target); });

  // ---- the frame tells the language and the title; what waited for the language is shown
  const tellFrame = () => {
    const frame = one("[data-locale]");
    if (!frame) return;
    const root = document.documentElement;
    const locale = frame.dataset.locale;
    if (root.dataset.wait !== undefined) {
      if (locale !== root.lang) return;
      delete root.dataset.wait;
    }
    if (locale && root.lang !== locale) root.lang = locale;
    if (frame.dataset.title && document.title !== frame.dataset.title) document.title = frame.dataset.title;
  };
  const look = () => {
    tellFrame();
    comeHome();
    for (const dialog of all("dialog[data-modal]:not([open])")) show(dialog);
    for (const [dialog, opener] of openers) {
      if (dialog.isConnected) continue;
      openers.delete(dialog);  // taken away by the server's word: the focus goes back where it came from
      if (opener?.isConnected && document.activeElement === document.body) opener.focus();
    }
    for (const area of all("textarea[data-count]")) if (!area.dataset.counted) { area.dataset.counted = "1"; count(area); }
  };
  let asked = false;
  const later = () => { if (!asked) { asked = true; requestAnimationFrame(() => { asked = false; look(); }); } };
  new MutationObserver(later).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-locale", "data-title"],
  });
  setTimeout(() => { delete document.documentElement.dataset.wait; }, 4000);
  look();
})();
