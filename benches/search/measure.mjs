// Bokgi's search in a browser, beside Pagefind's on the same site in the same run.
//
//     cargo build --release
//     npm --prefix benches/search ci
//     node benches/search/measure.mjs --content DIR [--content DIR …] [--markdown] [--json FILE]
//
// Each DIR is a project (a folder with `content/`). It is published by the program that BOKGI names
// (`target/release/bokgi`), and its report pages are indexed by Pagefind as well: by the one that PAGEFIND
// names, else by that of this folder's package.json; without one, only ours is measured.
//
// What is measured, and how. A server of our own sends the files over HTTP/1.1, so Chromium has six
// connections; `server.mjs` says how it compresses. Bytes (headers included) come from the server's log,
// times from Chromium (DevTools protocol, events of the network). A visit begins when the search
// box gets focus; "at once" means the query is given at that moment, "typed later" that the engine had
// opened before and nothing was under way. It ends when ten titles can be shown; what snippets take beyond that stands apart.
// "Cold" is a fresh profile; "cached" has the engine's files (scripts, modules) in its cache, and nothing
// of the index. Rounds are the longest chain of requests in which each began after the one before had
// ended, counted in the run in which every answer is delayed by 50 ms. Opening connections costs nothing
// here: on a real network each new one takes another round trip, for either engine. Queries are words as
// they stand in the reports, chosen by a fixed seed. Machines are noisy: compare figures of one run only.
//
// Other options: --work DIR keeps the sites (default: a temporary folder), --queries N for each of five
// kinds (4), --parts N for each kind of word part (40), --delay MS (50), CHROMIUM names a browser.

import { accessSync, constants, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';
import { chooseParts, chooseQueries, readReports } from './queries.mjs';
import { completeness, firstResults, warm } from './runs.mjs';
import { serve } from './server.mjs';
import { pagefind, pagefindAddresses, publish } from './sites.mjs';
import { tables } from './tables.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));

const { values: options } = parseArgs({
  options: {
    content: { type: 'string', multiple: true, default: [] },
    work: { type: 'string' },
    queries: { type: 'string', default: '4' },
    parts: { type: 'string', default: '40' },
    delay: { type: 'string', default: '50' },
    markdown: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

/** A program to be run, or nothing. */
function programAt(file) {
  try {
    accessSync(file, constants.X_OK);
    return path.resolve(file);
  } catch {
    return undefined;
  }
}

function fail(message, help) {
  process.stderr.write(`error: ${message}\n help: ${help}\n`);
  process.exit(2);
}

const tell = (text) => process.stderr.write(`${text}\n`);

async function measure(project, at, { bokgi, indexer, browser, work }) {
  const site = path.join(work, `site-${at}`);
  tell(`${project}: publish`);
  const published = publish(bokgi, path.resolve(project), site);
  const reports = readReports(site);
  const queries = chooseQueries(reports, Number(options.queries), 1);
  const others = chooseQueries(reports, Number(options.queries), 2);
  const parts = chooseParts(reports, Number(options.parts), 3);
  const result = { project, reports: reports.length, ours: { published }, queries, others };

  const engines = [];
  if (!published.engine) tell(`${project}: the site has no search of ours`);
  else {
    const plainPage = 'ours.html?worker=worker.mjs';
    engines.push({ name: 'ours', page: 'ours.html?worker=/assets/search-worker.js', plainPage, addressOf: (url) => url });
  }
  if (indexer) {
    tell(`${project}: Pagefind indexes`);
    result.pagefind = { published: pagefind(indexer, site) };
    const addresses = pagefindAddresses(site);
    engines.push({ name: 'pagefind', page: 'pagefind.html', addressOf: (hash) => addresses.get(hash) });
  }
  const host = await serve(site);
  const settings = engines.map((engine) => ({ browser, host, ...engine }));
  tell(`${project}: first results`);
  const first = await firstResults(host, settings, queries, [0, Number(options.delay)]);
  for (const engine of settings) {
    result[engine.name].first = first.get(engine.name);
    tell(`${project}: ${engine.name}, warm`);
    result[engine.name].warm = await warm(engine, others);
    tell(`${project}: ${engine.name}, completeness`);
    result[engine.name].completeness = await completeness(engine, parts);
  }
  host.close();
  return result;
}

if (options.content.length === 0) fail('no reports to measure', 'name projects: --content DIR');
const bokgi = programAt(process.env.BOKGI ?? path.join(HERE, '../../target/release/bokgi'));
if (!bokgi) fail('there is no bokgi to build sites with', 'run `cargo build --release`, or name one in BOKGI');
const chromium = programAt(process.env.CHROMIUM ?? '/usr/bin/chromium');
if (!chromium) fail('there is no Chromium', 'install it, or name one in CHROMIUM');
const indexer = programAt(process.env.PAGEFIND ?? path.join(HERE, 'node_modules/.bin/pagefind'));
if (!indexer) tell('Pagefind is not installed (npm --prefix benches/search ci): only ours is measured.');

const work = path.resolve(options.work ?? mkdtempSync(path.join(tmpdir(), 'bokgi-measure-')));
const browser = launch(chromium);
try {
  const setting = { bokgi, indexer, browser, work };
  const results = { browser: await browser.version(), delay: Number(options.delay), sites: [] };
  for (const [at, project] of options.content.entries()) {
    results.sites.push(await measure(project, at, setting));
    if (options.json) writeFileSync(options.json, `${JSON.stringify(results, undefined, 1)}\n`);
  }
  process.stdout.write(tables(results, { markdown: options.markdown }));
} finally {
  await browser.close();
  if (!options.work && existsSync(work)) rmSync(work, { recursive: true, force: true });
}
