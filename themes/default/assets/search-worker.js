// The search engine runs here, beside the page, so that typing never waits for it.
//
// It says which pieces of the index it still needs; those are fetched all at once, and the question is asked again.
// Only the newest question counts: what has been overtaken is dropped between two steps.

const assets = new URL(".", import.meta.url);
const folder = new URL("../search/", assets);

/** The site was built anew while its page was open. */
class Stale extends Error {}
/** The engine cannot run here, whatever is tried. */
class Impossible extends Error {}

/** Far more rounds than any question takes. */
const ROUNDS = 64;

let manifest;
let engine;
let running = false;
let newest;
let busy = false;
const pieces = new Map();

async function fetched(path, options) {
  const response = await fetch(new URL(path, folder), options);
  if (response.status === 404 || response.status === 410) throw new Stale(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function compiled(path) {
  if (typeof WebAssembly === "undefined") throw new Impossible("no WebAssembly");
  const response = await fetched(path, { cache: "force-cache" });
  const typed = response.headers.get("content-type")?.startsWith("application/wasm");
  try {
    // What is compiled while it arrives is kept compiled by browsers. Some servers do not know its type.
    return await (typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    throw error instanceof WebAssembly.CompileError ? new Impossible(error.message) : error;
  }
}

/** A piece of the index, unpacked. */
async function piece(number) {
  const response = await fetched(`${manifest.index}/${number}`, { cache: "force-cache" });
  if (!manifest.packing) return new Uint8Array(await response.arrayBuffer());
  // Chromium calls a request whose body is piped away aborted, so the body is taken first.
  const packed = await response.blob();
  const unpacked = new Response(packed.stream().pipeThrough(new DecompressionStream(manifest.packing)));
  return new Uint8Array(await unpacked.arrayBuffer());
}

/** A piece goes to the engine once; a failed one can be asked for again. */
function supply(searcher, number) {
  if (!pieces.has(number)) {
    const arrival = piece(number).then((bytes) => searcher.supply(number, bytes));
    pieces.set(number, arrival);
    arrival.catch(() => pieces.delete(number));
  }
  return pieces.get(number);
}

async function start() {
  if (manifest.version !== 1) throw new Error("an index of another version");
  // The first piece holds what opening needs, and comes while the engine does.
  const first = piece(0);
  first.catch(() => {});
  const [glue, module] = await Promise.all([import(new URL(manifest.glue, folder)), compiled(manifest.engine)]);
  await glue.default({ module_or_path: module });
  const searcher = new glue.Searcher();
  searcher.supply(0, await first);
  pieces.set(0, Promise.resolve());
  await complete(searcher, () => searcher.open() || undefined, () => false);
  running = true;
  return searcher;
}

/** The engine, as far as it can be started; after a failure it is tried anew. */
function begun() {
  engine ??= start();
  engine.catch(() => (engine = undefined));
  return engine;
}

/** Repeats a call until no piece is missing, or until it is not worth it any more. */
async function complete(searcher, call, overtaken) {
  for (let round = 0; round < ROUNDS; round += 1) {
    const value = call();
    if (value !== undefined) return value;
    await Promise.all(Array.from(searcher.wanted(), (number) => supply(searcher, number)));
    if (overtaken()) return undefined;
  }
  throw "the engine never has enough";
}

async function answer({ number, query, typing, limit }) {
  const searcher = await begun();
  const overtaken = () => newest !== undefined;
  if (overtaken()) return;
  const ask = (whole) => () => searcher.search(query, typing, 0, limit, whole);
  let text = ask(true)();
  if (text === undefined) {
    // Titles come one round earlier than the texts around the words.
    text = await complete(searcher, ask(false), overtaken);
    if (text === undefined) return;
    postMessage({ number, whole: false, answer: JSON.parse(text) });
    text = await complete(searcher, ask(true), overtaken);
    if (text === undefined) return;
  }
  postMessage({ number, whole: true, answer: JSON.parse(text) });
}

function why(error) {
  if (error instanceof Stale) return "stale";
  if (error instanceof Impossible) return "impossible";
  if (!running) return "unloaded";
  // What the engine itself complains of is a string; anything else is the network.
  return typeof error === "string" || error instanceof WebAssembly.RuntimeError ? "broken" : "offline";
}

async function run() {
  busy = true;
  while (newest) {
    // What was typed while the engine was busy is waiting in the queue: let it all arrive.
    await new Promise((resolve) => setTimeout(resolve));
    const question = newest;
    newest = undefined;
    try {
      await answer(question);
    } catch (error) {
      postMessage({ number: question.number, failed: why(error) });
    }
  }
  busy = false;
}

addEventListener("message", ({ data }) => {
  if (data.manifest) {
    // The first message: the engine starts before anything is asked.
    manifest = data.manifest;
    begun();
    return;
  }
  newest = data;
  if (!busy) run();
});
