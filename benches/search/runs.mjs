// The runs of one engine on one site: first results in fresh profiles, a warm session, completeness.

import { rounds } from './browser.mjs';

const LIMIT = 10;

/** From the box getting focus, the query given at once, until ten titles are there. */
const AT_ONCE = (query) => `(async () => {
  const start = performance.now();
  await measured.open();
  const opened = performance.now() - start;
  const answer = await measured.search(${JSON.stringify(query)}, ${LIMIT});
  return { ...answer, opened, time: performance.now() - start };
})()`;

const QUERY = (query) => `(async () => {
  const start = performance.now();
  const answer = await measured.search(${JSON.stringify(query)}, ${LIMIT});
  return { ...answer, time: performance.now() - start };
})()`;

/** The rest of the same answer: snippets. */
const REST = (query) => `(async () => {
  const start = performance.now();
  const snippets = await measured.complete(${JSON.stringify(query)}, ${LIMIT});
  return { snippets, time: performance.now() - start };
})()`;

/**
 * What the network did: Chromium says when, the host what and how much. A request that did not reach the
 * host was answered from the cache and is none.
 */
function traffic(tab, host) {
  const log = host.log.splice(0);
  const list = [];
  for (const { url, status, start, end, failed } of tab.take()) {
    const path = new URL(url).pathname;
    const at = log.findIndex((entry) => entry.path === path);
    if (at < 0) continue;
    const [{ bytes }] = log.splice(at, 1);
    if (failed || status >= 400) throw new Error(`${url}: ${failed ?? status}`);
    list.push({ path, start, end, bytes });
  }
  if (log.length > 0) throw new Error(`the browser did not tell of ${log.map(({ path }) => path).join(', ')}`);
  const origin = list[0]?.start ?? 0;
  return {
    bytes: list.reduce((sum, request) => sum + request.bytes, 0),
    requests: list.length,
    rounds: rounds(list),
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
  const address = `${host.origin}/measure/${page}.html`;
  host.forgetIndex = true;
  for (const { name, cached, later } of RUNS) {
    const profile = await browser.profile();
    if (cached) {
      const before = await profile.visit(address);
      await before.run(AT_ONCE('warm'));
      await before.close();
    }
    const tab = await profile.visit(address);
    host.log.length = 0;
    if (later) {
      await tab.run('measured.open()');
      await tab.quiet();
      traffic(tab, host);
    }
    const answer = await tab.run(later ? QUERY(query) : AT_ONCE(query));
    result[name] = { ...answer, ...traffic(tab, host) };
    const rest = await tab.run(REST(query));
    result[name].rest = { ...rest, ...traffic(tab, host) };
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
  const tab = await profile.visit(`${host.origin}/measure/${page}.html`);
  await tab.run('measured.open()');
  await tab.quiet();
  const results = [];
  for (const pass of ['next', 'again']) {
    for (const { kind, query } of queries) {
      tab.take();
      host.log.length = 0;
      const answer = await tab.run(QUERY(query));
      const rest = await tab.run(REST(query));
      results.push({ pass, kind, query, ...answer, rest, ...traffic(tab, host) });
    }
  }
  await profile.close();
  return results;
}

/** For each part of a word, the share of the reports which contain it that is found. */
export async function completeness({ browser, host, page, addressOf }, parts) {
  const profile = await browser.profile();
  const tab = await profile.visit(`${host.origin}/measure/${page}.html`);
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
