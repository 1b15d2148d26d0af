// What depends on today: pages give dates, this adds how long an open action is overdue.
(() => {
  const open = new Set(["open", "in-progress"]);
  const korean = document.documentElement.lang === "ko";
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  for (const action of document.querySelectorAll(".action[data-due]")) {
    // Browsers read a year into "sprint 12": only a whole date is one.
    const due = /^\d{4}-\d{2}-\d{2}$/.test(action.dataset.due) ? Date.parse(action.dataset.due) : NaN;
    if (!open.has(action.dataset.status) || !(due < today)) continue;
    const days = Math.round((today - due) / 86400000);
    const mark = document.createElement("span");
    mark.className = "state overdue";
    mark.lang = korean ? "ko" : "en";
    mark.textContent = korean ? `${days}일 지남` : `${days} d overdue`;
    const date = action.querySelector(":scope > .details > .due, :scope > .fields, :scope > p > .fields");
    if (date) {
      date.after(" ", mark);
      continue;
    }
    const place = action.tagName === "TR" ? action.cells[0] : action.querySelector(":scope > p") ?? action;
    // Behind the action's own words, before what is nested below it.
    place.insertBefore(mark, place.querySelector(":scope > :is(ul, ol)"));
    mark.before(" ");
  }
})();

// Search. Nothing of it is loaded before somebody seems to want it: the button is pointed at, or a key is pressed.
(() => {
  const assets = new URL(".", document.currentScript.src);
  const buttons = document.querySelectorAll(".search-open");
  const need = (rel, file) =>
    new Promise((done) => {
      const link = Object.assign(document.createElement("link"), { rel, href: new URL(file, assets).href });
      link.addEventListener("load", done);
      link.addEventListener("error", done);
      document.head.append(link);
    });
  let search;
  const load = () => {
    if (!search) {
      // All at once: a module is found in the one that imports it, so each would wait for the one before.
      const module = import(new URL("search.js", assets));
      const style = need("stylesheet", "search.css");
      for (const part of ["client", "query", "results", "view"]) need("modulepreload", `search-${part}.js`);
      search = style.then(() => module);
      module.catch(() => (search = undefined));
    }
    return search;
  };
  const open = async () => {
    try {
      await (await load()).open();
    } catch {
      // Without the box there is still the page of all titles.
      location.assign(new URL("../search/", assets));
    }
  };
  for (const button of buttons) {
    for (const intent of ["pointerenter", "focus", "touchstart"]) button.addEventListener(intent, load, { passive: true });
    button.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.altKey || event.shiftKey) return;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    // A Korean layout has another letter on the key, the key is the same.
    const isK = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() === "k" : event.code === "KeyK";
    const modified = event.ctrlKey || event.metaKey;
    if (modified ? !isK : event.key !== "/" || typing) return;
    event.preventDefault();
    open();
  });
  if (new URLSearchParams(location.search).has("q")) open();
})();
