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
