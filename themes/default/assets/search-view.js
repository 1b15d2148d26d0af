// What the search box is made of: elements, words with holes, and the box itself without what was found. It opens
// before its words have arrived, so that nothing that is typed is lost; `speak` fills them in.

/** An element with attributes and children; what is null or false is left out. Text stays text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The text with what was found in `<mark>`. Marks count characters, not UTF-16 units. */
export function marked(text, marks = []) {
  const characters = Array.from(text);
  const parts = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (from > at) parts.push(characters.slice(at, from).join(""));
    parts.push(element("mark", {}, characters.slice(from, to).join("")));
    at = to;
  }
  parts.push(characters.slice(at).join(""));
  return parts.filter((part) => part !== "");
}

/** Which particle follows: Korean chooses by how the word before ends. Both, where its sound is not known. */
function particle(word, [closed, open]) {
  const last = Array.from(word.replace(/[^\p{L}\p{N}]+$/u, "")).at(-1) ?? "";
  const syllable = last.normalize("NFC").codePointAt(0) - 0xac00;
  if (!(syllable >= 0 && syllable < 11172)) return closed === "으로" ? "(으)로" : `${closed}(${open})`;
  const final = syllable % 28;
  // 로 follows ㄹ as well.
  return final === 0 || (closed === "으로" && final === 8) ? open : closed;
}

/** Fills the holes of a text: `{count}` by name, `{은/는}` by what fills the hole before it. */
export function fill(text, holes) {
  let before = "";
  return (text ?? "").replace(/\{([^}]+)\}/g, (_, hole) => {
    if (hole.includes("/")) return particle(before, hole.split("/"));
    before = String(holes[hole] ?? "");
    return before;
  });
}

/** The words of the interface, by key; `count` chooses between one and many. */
export function speaker(words = {}) {
  return (key, holes = {}) => fill((holes.count === 1 && words[`${key}_one`]) || words[key], holes);
}

const ICON = '<svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true"><path d="M10.5 10.5 14.5 14.5M6.75 12a5.25 5.25 0 1 1 0-10.5 5.25 5.25 0 0 1 0 10.5Z"/></svg>';
const CROSS = '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="m3.5 3.5 9 9m0-9-9 9"/></svg>';
/** On narrower screens the filters are folded away. */
const WIDE = matchMedia("(min-width: 52rem)");

function icon(markup) {
  const holder = document.createElement("template");
  holder.innerHTML = markup;
  return holder.content;
}

/** Builds the box, named `title` for the time being, and puts it into the page. */
export function build(title) {
  const list = element("div", { id: "search-list", class: "search-list", role: "listbox" });
  const input = element("input", {
    class: "search-input", type: "text", role: "combobox", inputmode: "search", enterkeyhint: "search", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-controls": "search-list", "aria-expanded": "false", "aria-label": title, maxlength: "1000",
  });
  const clear = element("button", { type: "button", class: "search-clear", hidden: true }, icon(CROSS));
  const close = element("button", { type: "button", class: "search-close" });
  const active = element("ul", { class: "search-active" });
  const status = element("p", { class: "search-status", role: "status" });
  const notes = element("div", { class: "search-notes" });
  const more = element("button", { type: "button", class: "search-more", hidden: true });
  const summary = element("summary");
  const values = element("div", { class: "search-values" });
  const facets = element("details", { class: "search-facets", open: WIDE.matches, hidden: true }, summary, values);
  WIDE.addEventListener("change", () => (facets.open = WIDE.matches));
  const keys = element("p", { class: "search-keys", "aria-hidden": "true" });
  const dialog = element("dialog", { class: "search", "aria-label": title },
    element("div", { class: "search-head", role: "search" }, icon(ICON), input, clear, close),
    element("div", { class: "search-body" },
      active,
      element("div", { class: "search-found" }, status, notes, list, more),
      facets),
    keys);
  document.body.append(dialog);
  // A click beside the box is one on the dialog itself.
  dialog.addEventListener("pointerdown", (event) => event.target === dialog && dialog.close());
  close.addEventListener("click", () => dialog.close());
  fitAboveKeyboard(dialog);

  const speak = (say) => {
    dialog.setAttribute("aria-label", say("title"));
    input.setAttribute("aria-label", say("title"));
    input.placeholder = say("placeholder");
    clear.setAttribute("aria-label", say("clear"));
    close.textContent = say("close");
    list.setAttribute("aria-label", say("results"));
    active.setAttribute("aria-label", say("filters"));
    summary.textContent = say("filters");
    more.textContent = say("more");
    const control = /mac|iphone|ipad/i.test(navigator.platform) ? "⌘" : "Ctrl";
    const hints = [["↑ ↓", "move"], ["↵", "open"], [`${control} ↵`, "tab"], ["Esc", "close"]];
    keys.replaceChildren(...hints.map(([key, word]) => element("span", {}, element("kbd", {}, key), ` ${say(`keys_${word}`)}`)));
  };
  return { dialog, input, clear, active, status, notes, list, more, facets, values, speak };
}

/** The keyboard of a phone covers the page instead of shortening it; the box ends above it. */
function fitAboveKeyboard(dialog) {
  const viewport = window.visualViewport;
  const fit = () => {
    const covered = viewport.scale === 1 && viewport.height < window.innerHeight - 80;
    if (covered && dialog.open) dialog.style.setProperty("--search-height", `${Math.round(viewport.height)}px`);
    else if (dialog.hasAttribute("style")) dialog.removeAttribute("style");
  };
  viewport?.addEventListener("resize", fit);
  dialog.addEventListener("close", () => viewport && fit());
}
