// What depends on today: pages give dates, this adds how long an open action is overdue.
(() => {
  const open = new Set(["open", "in-progress"]);
  const korean = document.documentElement.lang === "ko";
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  for (const action of document.querySelectorAll(".action[data-due]")) {
    const due = Date.parse(action.dataset.due);
    if (!open.has(action.dataset.status) || Number.isNaN(due) || due >= today) continue;
    const days = Math.round((today - due) / 86400000);
    const mark = document.createElement("span");
    mark.className = "state overdue";
    mark.lang = korean ? "ko" : "en";
    mark.textContent = korean ? `${days}일 지남` : `${days} d overdue`;
    const place = action.tagName === "TR" ? action.cells[0]
      : action.querySelector(".details, .fields") ?? action.querySelector("p") ?? action;
    if (place === action) {
      const nested = action.querySelector("ul, ol");
      action.insertBefore(mark, nested);
      action.insertBefore(document.createTextNode(" "), nested);
    } else if (place.classList.contains("fields")) {
      place.after(" ", mark);
    } else {
      place.append(" ", mark);
    }
  }
})();
