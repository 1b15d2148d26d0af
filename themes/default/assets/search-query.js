// Filters are part of the query's text: what is chosen with the mouse can be read, edited, shared and asked of the
// command as well. Here that text is taken apart, as far as filters go; what else it means is the engine's business.

const QUOTE = /["“”„＂«»]/;
const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s_-]+/g, "");

/** The parts of a query between spaces, with quotation marks respected, and where they stand. */
export function parts(text) {
  const found = [];
  let start = -1;
  let quoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    const ends = at === text.length || (!quoted && /\s/.test(text[at]));
    if (ends && start >= 0) {
      found.push({ text: text.slice(start, at), start, end: at });
      start = -1;
    } else if (!ends) {
      if (start < 0) start = at;
      if (QUOTE.test(text[at])) quoted = !quoted;
    }
  }
  return found;
}

/** The filters of a query: which field, what for, whether it is excluded, and where they stand. */
export function filters(text, fields) {
  const found = [];
  for (const part of parts(text)) {
    const [, sign, name, rest] = /^([-－−]?)([\p{L}]+)[:：](.+)$/su.exec(part.text) ?? [];
    const field = name && fields.find((it) => it.name === name.toLowerCase() || it.korean === name || it.also?.includes(name.toLowerCase()));
    const value = rest?.replace(/["“”„＂«»]/g, "").trim();
    if (field && value) found.push({ field: field.name, value, not: sign !== "", parts: [part] });
  }
  return years(found);
}

/** A year is asked for as `after:2025 before:2026`; to a reader that is one filter. */
function years(found) {
  const after = found.find((it) => it.field === "after" && !it.not && /^\d{4}$/.test(it.value));
  const before = after && found.find((it) => it.field === "before" && !it.not && it.value === String(Number(after.value) + 1));
  if (!before) return found;
  const year = { field: "year", value: after.value, not: false, parts: [...after.parts, ...before.parts] };
  return [...found.filter((it) => it !== after && it !== before), year];
}

/** Whether a filter asks for this value already. */
export function asks(found, field, value) {
  return found.some((it) => it.field === field && !it.not && it.value.split(/[,，]/).some((one) => fold(one) === fold(value)));
}

/** The query with one more filter. */
export function adding(text, field, value) {
  const quoted = /[\s,，|"“”]/.test(value) ? `"${value.replaceAll('"', "")}"` : value;
  const filter = field === "year" ? `after:${value} before:${String(Number(value) + 1).padStart(4, "0")}` : `${field}:${quoted}`;
  return `${text.trim()} ${filter} `.trimStart();
}

/** The query without a filter. */
export function without(text, filter) {
  const cut = [...filter.parts].sort((one, other) => other.start - one.start);
  const rest = cut.reduce((left, part) => left.slice(0, part.start) + left.slice(part.end), text);
  return rest.replace(/\s+/g, " ").trimStart();
}

/** Recent searches that are kept. */
const RECENT = 6;

/**
 * The recent searches of the site at `root`; several sites may share an origin. They stay in the reader's own
 * browser. Its storage may be full, forbidden or missing: then there are none.
 */
export function recent(root) {
  const key = `bokgi-search:${new URL(root).pathname}`;
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((it) => typeof it === "string").slice(0, RECENT) : [];
    } catch {
      return [];
    }
  };
  const write = (queries) => {
    try {
      if (queries.length > 0) localStorage.setItem(key, JSON.stringify(queries));
      else localStorage.removeItem(key);
    } catch {
      // Nothing is lost but a convenience.
    }
  };
  return {
    all: read,
    add: (query) => query && write([query, ...read().filter((it) => it !== query)].slice(0, RECENT)),
    clear: () => write([]),
  };
}
