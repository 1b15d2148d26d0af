// Where the engine cannot run, titles and facets are still searched: plain substrings, in answers of the same shape.
// Loaded only then.

import { filters, parts } from "./search-query.js";

const fold = (text) => text.normalize("NFKC").toLowerCase();
/** `config change`, `config_change` and `Config-Change` are one value. */
const value = (text) => fold(text).replace(/[\s_-]+/g, "");
const FIELDS = ["service", "cause", "trigger", "detection", "mitigation", "dependency", "severity", "status", "team", "kind", "tag", "year", "id", "title", "after", "before"];

let loaded;

/** The titles, read once; after a failure they can be asked for again. */
function titles(folder) {
  loaded ??= (async () => {
    const [file, start] = await Promise.all(["titles.json", "start.json"].map((name) => fetch(new URL(name, folder), { cache: "no-cache" })));
    if (!file.ok || !start.ok) throw new Error("no titles");
    const { reports, labels, total } = await file.json();
    const { fields } = await start.json();
    const known = FIELDS.map((name) => ({ name, korean: fields.find((it) => it.name === name)?.korean ?? { after: "이후", before: "이전", title: "제목" }[name] }));
    for (const report of reports) {
      const names = Object.entries(report.facets).flatMap(([facet, keys]) => keys.flatMap((key) => [key, labels[facet]?.[key]?.en, labels[facet]?.[key]?.ko]));
      report.text = fold([report.title, report.id, report.severity, ...report.services, ...names].filter(Boolean).join("\n"));
    }
    return { reports, labels, total, fields: known };
  })();
  loaded.catch(() => (loaded = undefined));
  return loaded;
}

/** Whether a report has what a filter asks for; a cause counts for what is above it. */
function passes(report, { field, value: wanted }, labels) {
  const alternatives = wanted.split(/[,，]/).map((it) => value(it.trim())).filter(Boolean);
  if (field === "after") return (report.date ?? "") >= wanted;
  if (field === "before") return report.date !== null && report.date < wanted;
  if (field === "title") return alternatives.some((it) => value(report.title).includes(it));
  if (field === "id") return alternatives.includes(value(report.id));
  const keys = report.facets[field] ?? [];
  const names = keys.flatMap((key) => [key, labels[field]?.[key]?.en, labels[field]?.[key]?.ko]).filter(Boolean).map(value);
  return alternatives.some((it) => names.some((name) => name === it || name.startsWith(`${it}/`)));
}

function counted(reports, labels, fields) {
  return fields
    .map(({ name }) => {
      const counts = new Map();
      for (const report of reports) for (const key of report.facets[name] ?? []) counts.set(key, (counts.get(key) ?? 0) + 1);
      const values = [...counts].map(([key, count]) => ({ value: key, label: labels[name]?.[key] ?? null, count }));
      return { facet: name, values: values.sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1)) };
    })
    .filter(({ values }) => values.length > 0);
}

/** Where the words stand in a title, in characters. */
function marks(title, words) {
  const characters = Array.from(title);
  const folded = characters.map((it) => fold(it));
  const found = [];
  for (let at = 0; at < characters.length; at += 1) {
    for (const word of words) {
      let end = at;
      let left = word;
      while (left && end < characters.length && left.startsWith(folded[end])) left = left.slice(folded[end++].length);
      if (!left && end > at && (found.at(-1)?.[1] ?? 0) <= at) found.push([at, end]);
    }
  }
  return found;
}

/** The reports whose titles, names and facets have all words, newest first. */
export async function search(folder, query, limit) {
  const { reports, labels, total, fields } = await titles(folder);
  const asked = filters(query, fields).flatMap((filter) =>
    filter.field === "year" ? [{ ...filter, field: "after" }, { ...filter, field: "before", value: String(Number(filter.value) + 1) }] : [filter],
  );
  const taken = new Set(asked.flatMap((filter) => filter.parts.map((part) => part.start)));
  const words = parts(query)
    .filter((part) => !taken.has(part.start) && !["OR", "AND", "|"].includes(part.text))
    .map(({ text }) => ({ not: /^[-－−]./.test(text), word: fold(text.replace(/^[-－−]/, "").replace(/["“”„＂«»*]/g, "")).trim() }))
    .filter(({ word }) => /[\p{L}\p{N}]/u.test(word));
  const found = reports.filter(
    (report) => asked.every((filter) => passes(report, filter, labels) !== filter.not) && words.every(({ word, not }) => report.text.includes(word) !== not),
  );
  const wanted = words.filter(({ not }) => !not).map(({ word }) => word);
  return {
    version: 1,
    query,
    total: found.length,
    notes: total > reports.length ? [{ kind: "newest", count: reports.length }] : [],
    hits: found.slice(0, limit).map(({ text, facets, ...report }) => ({ ...report, path: "", title_marks: marks(report.title, wanted), passages: [], more: 0, score: 0 })),
    facets: counted(found, labels, fields),
  };
}
