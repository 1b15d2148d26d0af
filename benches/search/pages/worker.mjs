// The loop around the engine as plain as it can be: call, fetch at once all that was wanted, supply it, call
// again. It speaks as the site's own worker does, and can be asked for titles alone.

let manifest;
let opening;

async function fetchPiece(number) {
  const address = `/search/${manifest.index}/${number}`;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  let body = await response.blob();
  const { packing } = manifest;
  if (packing) body = new Response(body.stream().pipeThrough(new DecompressionStream(packing)));
  return new Uint8Array(await body.arrayBuffer());
}

async function open(given) {
  manifest = given;
  // The first piece is always wanted: it comes beside the engine.
  const first = fetchPiece(0);
  const module = WebAssembly.compileStreaming(fetch(`/search/${manifest.engine}`));
  const { default: init, Searcher } = await import(`/search/${manifest.glue}`);
  await init({ module_or_path: await module });
  const searcher = new Searcher();
  searcher.supply(0, await first);
  await until(searcher, () => searcher.open() || undefined);
  return searcher;
}

async function until(searcher, attempt) {
  for (;;) {
    const result = attempt();
    if (result !== undefined) return result;
    const wanted = [...searcher.wanted()];
    if (wanted.length === 0) throw new Error('nothing found and nothing wanted');
    const pieces = await Promise.all(wanted.map(fetchPiece));
    wanted.forEach((piece, at) => searcher.supply(piece, pieces[at]));
  }
}

async function answer({ number, query, typing, limit, titles }) {
  const searcher = await opening;
  const ask = async (whole) => {
    const text = await until(searcher, () => searcher.search(query, typing, 0, limit, whole));
    postMessage({ number, whole, answer: JSON.parse(text) });
  };
  await ask(false);
  if (!titles) await ask(true);
}

onmessage = ({ data }) => {
  if (data.manifest) opening = open(data.manifest);
  else answer(data).catch((error) => postMessage({ number: data.number, failed: String(error) }));
};
