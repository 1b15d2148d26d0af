// Recent searches stay in the reader's own browser. Storage may be full, forbidden or missing: then there are none.

const MOST = 6;

/** The recent searches of the site at `root`; several sites may share an origin. */
export function recent(root) {
  const key = `bokgi-search:${new URL(root).pathname}`;
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
      return Array.isArray(kept) ? kept.filter((it) => typeof it === "string").slice(0, MOST) : [];
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
    add: (query) => query && write([query, ...read().filter((it) => it !== query)].slice(0, MOST)),
    clear: () => write([]),
  };
}
