// The engine as the site drives it, in its worker and without the interface: the manifest is handed over
// first, then questions, each answered once or twice: titles, then everything.

const worker = new URLSearchParams(location.search).get('worker');
let engine;
let questions = 0;
let listener;

async function open() {
  engine = new Worker(worker, { type: 'module' });
  engine.onmessage = ({ data }) => listener?.(data);
  const response = await fetch('/search/index.json', { cache: 'no-cache' });
  engine.postMessage({ manifest: await response.json() });
}

/** Asks, and hands over each answer; ends with the one that is whole, or the first if that is enough. */
function ask(question, heard, enough = ({ whole }) => whole) {
  return new Promise((resolve, reject) => {
    const number = ++questions;
    listener = (message) => {
      if (message.number !== number) return;
      if (message.failed) reject(new Error(message.failed));
      heard(message.answer);
      if (enough(message)) resolve();
    };
    engine.postMessage({ number, typing: true, ...question });
  });
}

window.measured = {
  open,
  async search(query, limit) {
    let titles;
    let rest;
    await ask({ query, limit }, ({ total, hits }) => {
      const snippets = hits.filter((hit) => hit.passages.some((passage) => passage.snippet)).length;
      titles ??= { total, titles: hits.map((hit) => hit.title), titlesAt: performance.now() };
      rest = { snippets };
    });
    return { ...titles, ...rest };
  },
  /** Every result, by its address. Only our own worker leaves snippets out. */
  async all(query) {
    let found;
    await ask({ query, limit: 100_000, titles: true }, ({ hits }) => (found = hits.map((hit) => hit.url)), () => true);
    return found;
  },
};
