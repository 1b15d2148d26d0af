// Asks the engine in its worker, or where that cannot run, looks through the titles. Whoever asks gets the same
// answers from both, only for the newest question, and a word about what went wrong.

/** Answers go to `told({ answer, whole, trouble })`; `trouble` is the key of a sentence, or nothing. */
export function client(root, told) {
  const folder = new URL("search/", root);
  let number = 0;
  let question;
  let worker;
  let ready;
  let restarts = 0;
  /** Why titles are searched instead; for good, or until the next try. */
  let instead;

  const index = async () => {
    const response = await fetch(new URL("index.json", folder), { cache: "no-cache" });
    if (!response.ok) throw new Error(`index.json: ${response.status}`);
    return response.json();
  };

  const titles = async (asked) => {
    try {
      const { search } = await import("./search-titles.js");
      const answer = await search(folder, asked.query, asked.limit);
      if (asked.number === number) told({ answer, whole: true, trouble: instead });
    } catch {
      if (asked.number === number) told({ trouble: "offline" });
    }
  };

  const fallBack = (reason) => {
    instead = reason;
    worker?.terminate();
    worker = undefined;
    if (question) titles(question);
  };

  const listen = ({ data }) => {
    if (data.failed === "stale" && restarts === 0) {
      // A new build stands where the old one was: begin again with its index.
      restarts += 1;
      worker.terminate();
      worker = undefined;
      if (question) send(question);
    } else if (data.failed === "impossible") {
      fallBack("titles_only");
    } else if (data.failed === "offline") {
      if (data.number === number) told({ trouble: "offline" });
    } else if (data.failed) {
      fallBack("engine_missing");
    } else if (data.number === number) {
      if (data.whole) restarts = 0;
      told({ answer: data.answer, whole: data.whole });
    }
  };

  const start = () => {
    const started = new Worker(new URL("search-worker.js", import.meta.url), { type: "module" });
    started.addEventListener("message", listen);
    started.addEventListener("error", (event) => {
      event.preventDefault();
      if (started === worker) fallBack("engine_missing");
    });
    worker = started;
    // The worker loads while the index is asked for.
    ready = index().then((manifest) => started.postMessage({ manifest }));
  };

  const send = async (asked) => {
    try {
      if (!worker) start();
      const started = worker;
      await ready;
      if (asked && started === worker && asked.number === number) worker.postMessage(asked);
    } catch {
      fallBack("engine_missing");
    }
  };

  const ask = (query, typing, limit) => {
    number += 1;
    question = { number, query, typing, limit };
    if (instead) titles(question);
    else send(question);
  };

  if (typeof WebAssembly === "undefined" || typeof Worker === "undefined") instead = "titles_only";

  return {
    ask,
    /** Begins to load what the first question will need. */
    warm: () => instead || send(),
    /** Nothing is wanted any more. */
    forget: () => {
      number += 1;
      question = undefined;
    },
    /** Asks the last question again, from the beginning. */
    retry: () => {
      if (instead === "engine_missing") instead = undefined;
      restarts = 0;
      if (question) ask(question.query, question.typing, question.limit);
    },
  };
}
