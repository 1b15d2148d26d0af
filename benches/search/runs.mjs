// The runs of one engine on one site: first results in fresh profiles, a warm session, completeness.

import { rounds } from './browser.mjs';

const LIMIT = 10;

/** From the box getting focus (or, once open, from the query) until ten titles are there, then until all is. */
const SEARCH = (query, open) => `(async () => {
  const start = performance.now();
  ${open ? 'await measured.open();' : ''}
  const { titlesAt, ...answer } = await measured.search(${JSON.stringify(query)}, ${LIMIT});
  return { ...answer, at: titlesAt, time: titlesAt - start, whole: performance.now() - start };
})()`;

/**
 * What the network did: Chromium says when, the host what and how much. A request that did not reach the
 * host was answered from the cache and is none.
 */
function traffic(tab, host, answer) {
  const log = host.log.splice(0);
  const list = [];
  for (const { url, status, start, end, failed } of tab.take()) {
    const path = new URL(url).pathname;
    const at = log.findIndex((entry) => entry.path === path);
    if (at < 0) continue;
    const [{ bytes }] = log.splice(at, 1);
    if (failed || status >= 400) throw new Error(`${url}: ${failed ?? status}`);
    list.push({ path, start, end: end ?? Infinity, bytes });
  }
  if (log.length > 0) throw new Error(`the browser did not tell of ${log.map(({ path }) => path).join(', ')}`);
  // Titles took what had arrived when they came.
  const titles = list.filter(({ end }) => end <= tab.origin + answer.at);
  const sum = (requests) => requests.reduce((bytes, request) => bytes + request.bytes, 0);
  const origin = list[0]?.start ?? 0;
  return {
    ...answer,
    bytes: sum(titles),
    requests: titles.length,
    rounds: rounds(titles),
    rest: { time: answer.whole - answer.time, bytes: sum(list) - sum(titles), rounds: rounds(list) - rounds(titles) },
    list: list.map(({ path, start, end, bytes }) => ({ path, start: start - origin, end: end - origin, bytes })),
  };
}

const RUNS = [
  { name: 'cold, at once', cached: false, later: false },
  { name: 'cached, at once', cached: true, later: false },
  { name: 'typed later', cached: false, later: true },
];

/** One query for the first time, in each of these ways. */
async function first({ browser, host, page }, query) {
  const result = {};
  const address = `${host.origin}/measure/${page}`;
  host.forgetIndex = true;
  for (const { name, cached, later } of RUNS) {
    const profile = await browser.profile();
    if (cached) {
      const before = await profile.visit(address);
      await before.run(SEARCH('warm', true));
      await before.close();
    }
    const tab = await profile.visit(address);
    if (later) {
      await tab.run('measured.open()');
      await tab.quiet();
      tab.take();
    }
    host.log.length = 0;
    result[name] = traffic(tab, host, await tab.run(SEARCH(query, !later)));
    await profile.close();
  }
  host.forgetIndex = false;
  return result;
}

/** Every query for the first time, on loopback and with each answer delayed; the engines take turns. */
export async function firstResults(host, settings, queries, delays) {
  const results = new Map(settings.map(({ name }) => [name, []]));
  for (const delay of delays) {
    for (const { kind, query } of queries) {
      for (const setting of settings) {
        host.delay = delay;
        results.get(setting.name).push({ delay, kind, query, ...(await first(setting, query)) });
        host.delay = 0;
      }
    }
  }
  return results;
}

/** One session: other queries one after another, then all of them again. */
export async function warm({ browser, host, page }, queries) {
  const profile = await browser.profile();
  const tab = await profile.visit(`${host.origin}/measure/${page}`);
  await tab.run('measured.open()');
  await tab.quiet();
  const results = [];
  for (const pass of ['next', 'again']) {
    for (const { kind, query } of queries) {
      tab.take();
      host.log.length = 0;
      results.push({ pass, kind, query, ...traffic(tab, host, await tab.run(SEARCH(query, false))) });
    }
  }
  await profile.close();
  return results;
}

/** For each part of a word, the share of the reports which contain it that is found. */
export async function completeness({ browser, host, page, plainPage = page, addressOf }, parts) {
  const profile = await browser.profile();
  const tab = await profile.visit(`${host.origin}/measure/${plainPage}`);
  await tab.run('measured.open()');
  const results = [];
  for (const { kind, query, containing } of parts) {
    const found = new Set((await tab.run(`measured.all(${JSON.stringify(query)})`)).map(addressOf));
    const hit = containing.filter((url) => found.has(url)).length;
    results.push({ kind, query, containing: containing.length, found: found.size, share: hit / containing.length });
  }
  await profile.close();
  return results;
}
