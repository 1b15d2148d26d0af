// Which pieces of the index a query asks for, round by round, without a browser: for whoever changes what
// lies where in a bundle.
//
//     node benches/search/rounds.mjs SITE [QUERY …]
//
// SITE is a published site. Without queries, twenty are chosen from its reports as measure.mjs does. For each
// round its pieces, their bytes as they are sent, and the time of the call that asked for them.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { chooseQueries, readReports } from './queries.mjs';

const [folder, ...given] = process.argv.slice(2);
const search = path.resolve(folder, 'search');
const manifest = JSON.parse(readFileSync(path.join(search, 'index.json'), 'utf8'));
const queries = given.length > 0 ? given : chooseQueries(readReports(folder), 4, 1).map(({ query }) => query);

// The site's script is a module, whatever package.json lies above it.
const glue = readFileSync(path.join(search, manifest.glue)).toString('base64');
const { initSync, Searcher } = await import(`data:text/javascript;base64,${glue}`);
initSync({ module: readFileSync(path.join(search, manifest.engine)) });

const pieces = new Map();

function piece(number) {
  if (!pieces.has(number)) {
    const sent = readFileSync(path.join(search, manifest.index, String(number)));
    pieces.set(number, { sent: sent.length, bytes: manifest.packing ? inflateRawSync(sent) : sent });
  }
  return pieces.get(number);
}

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
const sums = [];

for (const query of queries) {
  const searcher = new Searcher();
  const lines = [];
  let sent = 0;
  let rounds = 0;
  const supply = (numbers, time) => {
    const parts = numbers.map(piece);
    numbers.forEach((number, at) => searcher.supply(number, parts[at].bytes));
    const bytes = parts.reduce((sum, part) => sum + part.sent, 0);
    sent += bytes;
    rounds += 1;
    lines.push(`  ${kib(bytes).padStart(10)}  after ${time.toFixed(1)} ms: ${numbers.join(' ')}`);
  };
  const until = (call) => {
    for (;;) {
      const start = performance.now();
      const value = call();
      const time = performance.now() - start;
      if (value) {
        lines.push(`              answered in ${time.toFixed(1)} ms`);
        return value;
      }
      supply([...searcher.wanted()], time);
    }
  };
  supply([0], 0);
  until(() => searcher.open());
  const { total } = JSON.parse(until(() => searcher.search(query, true, 0, 10, false)));
  const titles = { sent, rounds };
  until(() => searcher.search(query, true, 0, 10, true));
  sums.push(titles);
  process.stdout.write(`${query}: ${total} reports; titles after ${titles.rounds} rounds, ${kib(titles.sent)}; ` +
    `all after ${rounds}, ${kib(sent)}\n${lines.join('\n')}\n`);
}
const worst = (key) => Math.max(...sums.map((sum) => sum[key]));
process.stdout.write(`titles, worst of ${sums.length}: ${worst('rounds')} rounds, ${kib(worst('sent'))} of the index\n`);
