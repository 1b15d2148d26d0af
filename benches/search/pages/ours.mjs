// The engine as the site drives it, in a worker and without the interface.

let worker;
let answers = 0;
const waiting = new Map();

function ask(question) {
  return new Promise((resolve, reject) => {
    const id = ++answers;
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, ...question });
  });
}

function open() {
  worker = new Worker('worker.mjs', { type: 'module' });
  worker.onmessage = ({ data: { id, error, ...answer } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(answer);
    else reject(new Error(error));
  };
  return ask({ open: true });
}

async function search(query, limit) {
  const { total, hits } = JSON.parse((await ask({ query, limit, whole: false })).found);
  return { total, titles: hits.map((hit) => hit.title) };
}

window.measured = {
  open,
  search,
  /** Snippets, and how many results have which facets. */
  async complete(query, limit) {
    const { hits } = JSON.parse((await ask({ query, limit, whole: true })).found);
    return hits.filter((hit) => hit.passages.some((passage) => passage.snippet)).length;
  },
  /** Every result, by its address. */
  async all(query) {
    const answer = JSON.parse((await ask({ query, limit: 100_000, whole: false })).found);
    return answer.hits.map((hit) => hit.url);
  },
};
