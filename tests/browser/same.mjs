// One search in three places: the command, `serve` and the published site give the same answers, to the letter.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { BASE, CONTENT, HERE, REPOSITORY, TODAY, build, serving, temporary, watching, withPage } from './support.mjs';

/** More reports than the bundled ones, so that the index is in pieces, half of them Korean. */
const MORE = path.join(REPOSITORY, 'tests/fixtures/similar');

const QUERIES = [
  '장애', '장애가', '커넥션 풀', '커넥션풀', '풀', '결제', '고갈되었습니다', '느려지면서', '배포 롤백', '인증서 만료',
  'pool', 'connection pool', 'connections', 'retries', 'timeout', 'OutOfMemoryError', 'payment-api', 'v2.87.0',
  'redis 타임아웃', 'kafka 컨슈머 지연', '"connection pool"', '"커넥션 풀"', 'pool -redis', '결제 OR 주문', 'title:결제',
  'severity:SEV1', '서비스:payment-api 풀', 'cause:process after:2026-01', 'before:2026-03 장애', 'status:open 알람',
  'wkddo', '커넥셔 풀', 'conection pool', '장애\u0000"', 'service:', 'after:never pool', '"pool', '-', 'zzzzqq', 'ａｐｉ',
  '결제'.normalize('NFD'), 'pay* OR', 'ㅈ', '障害', '장애 '.repeat(80), '🔥', '<b>pool</b>', 'constructor',
];

const binary = path.resolve(HERE, process.env.BOKGI ?? '../../target/release/bokgi');
const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', SOURCE_DATE_EPOCH: TODAY };

let project;
let site;
let server;
let api;

before(async () => {
  project = path.join(temporary, 'same');
  mkdirSync(path.join(project, 'content'), { recursive: true });
  writeFileSync(path.join(project, 'bokgi.toml'), '[content]\nroot = "content"\n');
  cpSync(CONTENT, path.join(project, 'content'), { recursive: true });
  cpSync(MORE, path.join(project, 'content/more'), { recursive: true });
  cpSync(path.join(REPOSITORY, 'themes'), path.join(project, 'themes'), { recursive: true });
  site = await serving(build(project, path.join(project, 'site')), BASE);
  server = spawn(binary, ['serve', '--port', '0'], { cwd: project, env, stdio: ['ignore', 'ignore', 'pipe'] });
  api = await new Promise((resolve, reject) => {
    let said = '';
    server.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const [, origin] = said.match(/(http:\/\/[^/]+)\//) ?? [];
      if (origin) resolve(`${origin}/api/search`);
    });
    server.once('exit', () => reject(new Error(said)));
  });
});

after(() => server?.kill());

/** What the command prints; to find nothing is no error here. */
function command(query) {
  const args = ['search', '--format', 'json', '--', query];
  const { stdout } = spawnSync(binary, args, { cwd: project, env, encoding: 'utf8' });
  return JSON.parse(stdout);
}

async function served(query) {
  return (await fetch(`${api}?${new URLSearchParams({ q: query })}`)).json();
}

/** The answers of the worker of the published site. */
async function published(queries) {
  let answers;
  await withPage({}, async (page) => {
    const go = await watching(page, site);
    assert.deepEqual(await go(BASE), []);
    answers = await page.evaluate(async ({ base, queries }) => {
      const manifest = await (await fetch(`${base}search/index.json`)).json();
      const worker = new Worker(`${base}assets/search-worker.js`, { type: 'module' });
      worker.postMessage({ manifest });
      const answers = [];
      for (const [number, query] of queries.entries()) {
        const answer = new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => {
            if (data.failed) reject(new Error(`${query}: ${data.failed}`));
            else if (data.number === number && data.whole) resolve(data.answer);
          };
        });
        worker.postMessage({ number, query, typing: false, limit: 10 });
        answers.push(await answer);
      }
      return answers;
    }, { base: BASE, queries });
  });
  return answers;
}

describe('one search in three places', () => {
  it('is asked of an index in pieces', () => {
    const { index, pieces } = JSON.parse(readFileSync(path.join(site.folder, 'search/index.json')));
    assert.equal(readdirSync(path.join(site.folder, 'search', index)).length, pieces);
    assert.ok(pieces > 20, `${pieces} pieces`);
  });

  it('gives the same reports, passages, snippets and counts', async () => {
    // A command line cannot hold a null character.
    const queries = QUERIES.filter((query) => !query.includes('\u0000'));
    const there = await published(queries);
    let hits = 0;
    for (const [at, query] of queries.entries()) {
      const here = command(query);
      assert.deepEqual(there[at], here, `the browser, asked for ${query}`);
      assert.deepEqual(await served(query), here, `serve, asked for ${query}`);
      hits += here.hits.length;
    }
    assert.ok(hits > 150, `${hits} results in all`);
  });

  it('answers any query', async () => {
    for (const answer of await published(QUERIES)) assert.equal(answer.version, 1);
  });
});
