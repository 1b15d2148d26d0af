// The search box: a dialog over any page. This file joins its parts: what is typed goes to the engine, what it
// answers goes into the list, and the page's address always says what is being looked for.
//
//   site.js            loads all of this when somebody is about to search
//   search-client.js   asks search-worker.js, where the engine runs, or search-titles.js, where it cannot
//   search-query.js    filters are text of the query; recent queries
//   search-view.js     the box and what it is made of
//   search-results.js  what was found, as elements

import { client } from "./search-client.js";
import { adding, filters, recent } from "./search-query.js";
import { activeFilters, beginning, facetValues, hits, nothing, sentences } from "./search-results.js";
import { build, speaker } from "./search-view.js";

const root = new URL("../", import.meta.url);
/** Reports shown at first, and more at each press. */
const STEP = 10;
const HOVERS = matchMedia("(hover: hover)");

const parts = build(document.querySelector(".search-open")?.textContent.trim() ?? "");
const { dialog, input, list } = parts;
const past = recent(root);
const engine = client(root, answered);

let start = {};
let say = speaker();
/** The answer that is shown. */
let shown;
let limit = STEP;
let typing = false;
/** The option that the arrow keys are on; -1 while the caret is all there is. */
let at = -1;
/** Where the reader was when the page was left. */
let returning = -1;
/** Enter was pressed before the answer was there: the first result is wanted as soon as it is. */
let eager = false;

const options = () => [...list.querySelectorAll("[role=option]")];

function labelOf(field, value) {
  if (value === undefined) return say(`field_${field}`) || field;
  const facet = shown?.facets?.find((it) => it.facet === field);
  const known = facet?.values.find((it) => it.value === value) ?? start.suggestions?.find((it) => it.facet === field && it.value === value);
  const label = known?.label;
  return (typeof label === "string" ? label : label?.[start.lang]) || (field === "status" && start.statuses?.[value]) || value;
}

const about = () => ({ root, say, start, labelOf, change, retry });

const fields = () => [...(start.fields ?? []), { name: "after", korean: "이후", also: ["since"] }, { name: "before", korean: "이전", also: ["until"] }, { name: "title", korean: "제목" }];

/** The address says what is looked for, so that it can be shared, and found again when coming back. */
function note(query) {
  const address = new URL(location.href);
  if (query.trim()) address.searchParams.set("q", query);
  else address.searchParams.delete("q");
  try {
    history.replaceState({ ...history.state, search: { typing, limit, at } }, "", address);
  } catch {
    // Safari takes only so many changes in half a minute; the next answer tries again.
  }
}

function select(to) {
  const all = options();
  all[at]?.setAttribute("aria-selected", "false");
  at = Math.max(-1, Math.min(to, all.length - 1));
  const option = all[at];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}

/** Puts options into the list; the one that was selected stays selected if it is still there. */
function put(children, whole) {
  const selected = options()[at]?.getAttribute("href");
  list.replaceChildren(...children);
  const all = options();
  input.setAttribute("aria-expanded", String(all.length > 0));
  const kept = selected ? all.findIndex((option) => option.getAttribute("href") === selected) : -1;
  at = -1;
  select(whole && returning >= 0 ? returning : kept);
  if (whole) returning = -1;
}

function settle() {
  dialog.removeAttribute("data-busy");
}

/** An empty box: nothing was asked, so there is nothing to answer. */
function rest() {
  engine.forget();
  settle();
  shown = undefined;
  parts.status.textContent = "";
  parts.notes.replaceChildren();
  parts.active.replaceChildren();
  parts.more.hidden = true;
  parts.facets.hidden = true;
  const kept = past.all();
  put(beginning(start, kept, about()), true);
  const forget = () => {
    past.clear();
    rest();
    input.focus();
  };
  if (kept.length > 0) {
    parts.notes.append(Object.assign(document.createElement("button"), { type: "button", className: "search-act search-forget", textContent: say("recent_clear"), onclick: forget }));
  }
}

function answered({ answer, whole, trouble }) {
  if (whole !== false) settle();
  if (!answer) {
    // What is shown stays: it is older than the question, and better than nothing.
    parts.notes.replaceChildren(...sentences(undefined, trouble, about()));
    parts.status.textContent = "";
    return;
  }
  const query = input.value;
  const found = filters(query, fields());
  if (answer.facets || !shown) shown = answer;
  if (whole) note(query);
  parts.status.textContent = answer.total > 0 ? say("count", { count: answer.total }) : say("nothing");
  parts.notes.replaceChildren(...sentences(answer, trouble, about()), ...(answer.total === 0 ? [nothing(found, about())] : []));
  parts.active.replaceChildren(...activeFilters(query, found, about()));
  put(hits(answer, { ...about(), whole }), whole);
  if (eager && options()[0]) follow(options()[0]);
  eager = false;
  parts.more.hidden = answer.hits.length >= answer.total;
  if (!answer.facets) return;
  parts.values.replaceChildren(...facetValues(answer, query, found, about()));
  parts.facets.hidden = false;
}

function ask() {
  parts.clear.hidden = input.value === "";
  if (!input.value.trim()) {
    note("");
    rest();
    return;
  }
  dialog.setAttribute("data-busy", "");
  engine.ask(input.value, typing, limit);
}

/** Another query, chosen instead of typed. */
function change(query) {
  input.value = query;
  typing = false;
  limit = STEP;
  at = -1;
  ask();
  // On a phone the focus brings the keyboard, which would cover what was just asked for.
  if (query === "" || HOVERS.matches) input.focus();
}

function retry() {
  dialog.setAttribute("data-busy", "");
  engine.retry();
}

/** An option was chosen: a query is asked, a report is opened. */
function follow(option, elsewhere) {
  if (option.dataset.query !== undefined) {
    change(option.dataset.query);
    return;
  }
  remember(option);
  if (elsewhere) window.open(option.href, "_blank", "noopener");
  else location.assign(option.href);
}

function remember(option) {
  past.add(input.value.trim());
  at = options().indexOf(option);
  if (input.value.trim()) note(input.value);
}

const KEYS = {
  ArrowDown: () => select(at + 1),
  ArrowUp: () => select(at - 1),
  // Before the arrows were used, these belong to the caret.
  Home: () => at >= 0 && (select(0), true),
  End: () => at >= 0 && (select(Infinity), true),
  Enter: (event) => {
    // While an answer is on its way, the first option is that of another question.
    eager = at < 0 && dialog.hasAttribute("data-busy");
    const option = options()[Math.max(at, 0)];
    if (option && !eager && (at >= 0 || input.value.trim())) follow(option, event.ctrlKey || event.metaKey);
  },
};

input.addEventListener("keydown", (event) => {
  // The keys of an unfinished syllable belong to the input method.
  if (event.isComposing || event.keyCode === 229) return;
  if (event.altKey || event.shiftKey || ((event.ctrlKey || event.metaKey) && event.key !== "Enter")) return;
  if (event.key in KEYS && KEYS[event.key](event) !== false) event.preventDefault();
});
// Unfinished syllables are looked for as well: readers see results while they type.
input.addEventListener("input", () => {
  typing = true;
  eager = false;
  returning = -1;
  limit = STEP;
  if (at >= 0) select(-1);
  ask();
});
list.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  const service = event.target.closest("[data-service]");
  if (service && input.value.trim()) {
    event.preventDefault();
    change(adding(input.value, "service", service.dataset.service));
  } else if (option?.dataset.query !== undefined) {
    follow(option);
  } else if (option) {
    remember(option);
  }
});
// A press on an option must not take the focus, and with it the keyboard of a phone, from the box.
list.addEventListener("mousedown", (event) => event.button === 0 && event.preventDefault());
parts.clear.addEventListener("click", () => change(""));
parts.more.addEventListener("click", () => {
  limit += STEP;
  ask();
});
dialog.addEventListener("close", () => {
  engine.forget();
  settle();
  note("");
  document.documentElement.classList.remove("search-is-open");
});

/** The words and first suggestions, read once; the page of all titles is there for whoever cannot have them. */
let prepared;
async function prepare() {
  const response = await fetch(new URL("search/start.json", root), { cache: "no-cache" });
  if (!response.ok) throw new Error(`start.json: ${response.status}`);
  start = await response.json();
  say = speaker(start.words);
  parts.speak(say);
}

/** Opens the box, with the query of the address if there is one. */
export async function open() {
  if (dialog.open && prepared) {
    input.focus();
    input.select();
    return;
  }
  if (!dialog.open) {
    const kept = history.state?.search;
    const query = new URLSearchParams(location.search).get("q");
    if (query !== null) {
      input.value = query;
      ({ typing = false, limit = STEP } = kept ?? {});
      returning = kept?.at ?? -1;
    }
    // The bar goes away with the page's own scrolling; its room must not.
    document.documentElement.classList.toggle("search-is-open", document.documentElement.scrollHeight > innerHeight);
    dialog.showModal();
  }
  input.focus();
  input.select();
  engine.warm();
  prepared ??= prepare();
  try {
    await prepared;
  } catch (error) {
    prepared = undefined;
    dialog.close();
    throw error;
  }
  if (dialog.open) ask();
}
