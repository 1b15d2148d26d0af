// What was found, as elements: reports with their passages, filters, sentences about the query, and what an empty
// box shows. Options hold text alone, as a list box asks for; whatever else can be pressed stands outside of it.

import { element, marked } from "./search-view.js";
import { adding, asks, without } from "./search-query.js";

/** Values of a facet before the others are folded away. */
const VALUES = 6;

const separate = (nodes) => nodes.filter(Boolean).flatMap((node, at) => (at > 0 ? [" ", node] : [node]));

/** The facts of a report in one line. */
function facts({ date, severity, severityClass, status, services }) {
  return element("span", { class: "search-facts" }, ...separate([
    date && element("time", { datetime: date }, date),
    severity && element("span", { class: `badge ${severityClass ?? ""}` }, severity),
    status && element("span", { class: `badge ${status.id}` }, status.label),
    ...(services ?? []).map((service) => element("span", { class: "chip", "data-service": service }, service)),
  ]));
}

function passageText(passage, { lang, whole }) {
  if (!passage) return [];
  const { heading, snippet } = passage;
  const text = snippet && [snippet.cut_start && "… ", ...marked(snippet.text, snippet.marks), snippet.cut_end && " …"];
  return [element("span", { class: "search-passage", lang }, ...separate([
    heading && element("span", { class: "search-heading" }, heading),
    // While the text is on its way its line is kept free, so that nothing jumps.
    text ? element("span", { class: "search-snippet" }, ...text.filter(Boolean)) : !whole && element("span", { class: "search-snippet" }),
  ]))];
}

/** The reports found, each a group of options: the report, then other passages of it. */
export function hits(answer, { root, say, start, whole }) {
  let number = 0;
  const option = (hit, passage, name, ...children) => {
    const url = new URL(hit.url, root);
    if (passage?.anchor) url.hash = passage.anchor;
    return element("a", { role: "option", id: `search-option-${number++}`, class: name, href: url.href, tabindex: "-1", "aria-selected": "false" }, ...children);
  };
  return answer.hits.map((hit, at) => {
    const [first, ...others] = hit.passages;
    const label = start.statuses?.[hit.status];
    const about = facts({ ...hit, severityClass: start.severities?.[hit.severity], status: label && { id: hit.status, label } });
    const title = element("span", { class: "search-title", id: `search-title-${at}`, lang: hit.lang }, ...marked(hit.title, hit.title_marks));
    const as = { lang: hit.lang, whole };
    const options = [
      option(hit, first, "search-report", ...separate([title, about, ...passageText(first, as)])),
      ...others.map((passage) => option(hit, passage, "search-other", ...passageText(passage, as))),
    ];
    if (hit.more > 0) options.at(-1).append(" ", element("span", { class: "search-further" }, say("more_places", { count: hit.more })));
    return element("div", { role: "group", class: "search-hit", "aria-labelledby": `search-title-${at}` }, options);
  });
}

/** The filters of the query, each with a way to take it away. */
export function activeFilters(query, found, { say, labelOf, change }) {
  return found.map((filter) => {
    const words = `${labelOf(filter.field)}: ${labelOf(filter.field, filter.value)}`;
    const shown = filter.not ? say("filter_not", { filter: words }) : words;
    const remove = () => change(without(query, filter));
    return element("li", {}, element("button", { type: "button", class: "chip", "aria-label": say("filter_remove", { filter: shown }), onclick: remove }, shown, element("span", { "aria-hidden": "true" }, " ×")));
  });
}

/** What the results can be narrowed by: values that some have and some have not. */
export function facetValues(answer, query, found, { say, labelOf, change }) {
  return (answer.facets ?? []).flatMap(({ facet, values }) => {
    const useful = values.filter(({ value, count }) => count < answer.total && !asks(found, facet, value));
    if (useful.length === 0) return [];
    const name = labelOf(facet);
    const chip = ({ value, label, count }) => {
      const shown = label?.[document.documentElement.lang] ?? label?.en ?? value;
      const add = () => change(adding(query, facet, value));
      return element("li", {}, element("button", { type: "button", class: "chip", "aria-label": say("filter_add", { field: name, value: shown, count: String(count) }), onclick: add }, shown, " ", element("small", {}, String(count))));
    };
    const rest = useful.slice(VALUES);
    const folded = rest.length > 0 && element("details", {}, element("summary", {}, say("filters_more", { count: rest.length })), element("ul", {}, rest.map(chip)));
    return [element("section", { "aria-label": name }, element("h3", {}, name), element("ul", {}, useful.slice(0, VALUES).map(chip)), folded)];
  });
}

/** Sentences about the query and about what went wrong, with what can be done. */
export function sentences(answer, trouble, { say, change, retry }) {
  const told = [];
  const button = (key, holes, act) => element("button", { type: "button", class: "search-act", onclick: act }, say(key, holes));
  if (trouble) told.push(element("p", { class: "search-trouble" }, say(trouble), trouble !== "titles_only" && [" ", button("retry", {}, retry)]));
  if (!answer) return told;
  const { query, corrected } = answer;
  if (corrected) {
    const exact = `"${query.replaceAll('"', "")}"`;
    told.push(element("p", {}, say("corrected", { query, corrected }), " ", button("corrected_keep", { corrected }, () => change(corrected)), " ", button("corrected_back", { query }, () => change(exact))));
  }
  for (const { kind, text, count } of answer.notes) {
    // One word about what was done to the query is enough.
    if (corrected && ["some-words", "most-words"].includes(kind)) continue;
    const words = say(`note_${kind.replaceAll("-", "_")}`, { text, count });
    // A newer engine may know more kinds than there are words for.
    if (words) told.push(element("p", {}, words, kind === "perhaps" && [" ", button("corrected_keep", { corrected: text }, () => change(text))]));
  }
  return told;
}

/** Nothing was found: what to try. */
export function nothing(found, { say, root }) {
  return element("p", { class: "search-nothing" }, say(found.length > 0 ? "nothing_filters" : "nothing_words"), " ", element("a", { href: new URL("search/", root).href }, say("all_titles")));
}

/** What an empty box shows: recent searches, the newest reports, filters to begin with, and how to ask. */
export function beginning(start, recent, { root, say, labelOf }) {
  let number = 0;
  const option = (name, attributes, ...children) => element(attributes.href ? "a" : "div", { role: "option", id: `search-option-${number++}`, class: name, tabindex: "-1", "aria-selected": "false", ...attributes }, ...children);
  const group = (key, options, name = "") => options.length > 0 && element("div", { role: "group", class: `search-group ${name}`, "aria-labelledby": `search-group-${key}` }, element("p", { id: `search-group-${key}`, class: "search-group-title", role: "presentation" }, say(key)), options);
  const syntax = ["phrase", "not", "or", "date"].map((key) => [say(`syntax_${key}_example`), say(`syntax_${key}`)]);
  return [
    group("recent", recent.map((query) => option("search-again", { "data-query": query }, query)), "search-recent"),
    group("newest", (start.newest ?? []).map((report) => option("search-report", { href: new URL(report.url, root).href },
      ...separate([element("span", { class: "search-title", lang: report.lang }, report.title), facts({ ...report, severity: report.severity?.label, severityClass: report.severity?.class })])))),
    group("try", (start.suggestions ?? []).map(({ facet, value, label }) => option("chip", { "data-query": adding("", facet, value) }, element("span", { class: "search-field" }, `${labelOf(facet)}: `), label)), "search-chips"),
    group("syntax", syntax.map(([example, meaning]) => option("search-example", { "data-query": example }, element("code", {}, example), " ", element("span", {}, meaning)))),
  ].filter(Boolean);
}
