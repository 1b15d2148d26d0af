// The loop around the engine: call, fetch at once all that was wanted, supply it, call again.

import init, { Searcher } from '/assets/search-engine.js';

let searcher;
let bundle;

async function fetchBytes(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function open() {
  const text = await (await fetch('/search/index.json', { cache: 'no-cache' })).text();
  const manifest = JSON.parse(text);
  bundle = manifest.bundle;
  // The first piece is always wanted: it comes beside the engine.
  const first = fetchBytes(`/search/${bundle}/0`);
  await init({ module_or_path: `/search/${manifest.engine}` });
  searcher = new Searcher(text);
  searcher.supply(0, await first);
  await until(() => searcher.open() || undefined);
}

async function until(attempt) {
  for (;;) {
    const result = attempt();
    if (result !== undefined) return result;
    const wanted = [...searcher.wanted()];
    if (wanted.length === 0) throw new Error('nothing found and nothing wanted');
    const pieces = await Promise.all(wanted.map((piece) => fetchBytes(`/search/${bundle}/${piece}`)));
    wanted.forEach((piece, at) => searcher.supply(piece, pieces[at]));
  }
}

onmessage = async ({ data: { id, query, limit, whole } }) => {
  try {
    if (query === undefined) await open();
    const found = query === undefined ? undefined : await until(() => searcher.search(query, true, 0, limit, whole));
    postMessage({ id, found });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
};
