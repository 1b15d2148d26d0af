// The sites: built by bokgi, indexed by Pagefind, each timed and weighed.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';

/** Runs a program; its wall time, processor time and memory, as far as /usr/bin/time is there. */
function timed(program, args, options) {
  const clock = '/usr/bin/time';
  const command = existsSync(clock) ? [clock, '-f', '\n%U %S %M', program, ...args] : [program, ...args];
  const start = process.hrtime.bigint();
  const { status, stderr, stdout, error } = spawnSync(command[0], command.slice(1), { ...options, encoding: 'utf8', maxBuffer: 2 ** 30 });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (error || status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}\n${stdout}`);
  const [user, system, memory] = (stderr.trim().split('\n').pop() ?? '').split(' ').map(Number);
  return { wall, cpu: user + system, memory: memory / 1024 };
}

/** Bytes and number of the files below a folder that a test is true of. */
function weigh(folder, test = () => true) {
  if (!existsSync(folder)) return { files: 0, bytes: 0 };
  const files = readdirSync(folder, { recursive: true })
    .filter((name) => test(name) && statSync(path.join(folder, name)).isFile());
  return { files: files.length, bytes: files.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0) };
}

/** A file as it stands and as hosts compress it. */
function weights(file) {
  const raw = readFileSync(file);
  return { raw: raw.length, gzip: gzipSync(raw).length, brotli: brotliCompressSync(raw).length };
}

/** Publishes the reports of `project` into `site`, and measures what the index costs. */
export function publish(bokgi, project, site) {
  rmSync(site, { recursive: true, force: true });
  mkdirSync(path.dirname(site), { recursive: true });
  // A copy, so that the folder's own `.bokgi/` is left alone.
  const copy = `${site}-project`;
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const name of ['content', 'bokgi.toml', 'themes']) {
    if (existsSync(path.join(project, name))) cpSync(path.join(project, name), path.join(copy, name), { recursive: true });
  }
  const options = { cwd: copy };
  const check = timed('/bin/sh', ['-c', '"$0" check --format concise >/dev/null 2>&1 || [ $? -eq 1 ]', bokgi], options);
  const unindexed = timed('/bin/sh', ['-c', '"$0" search 없는낱말 >/dev/null 2>&1 || [ $? -eq 1 ]', bokgi], options);
  const build = timed(bokgi, ['build', '--output', site], options);
  const indexed = timed('/bin/sh', ['-c', '"$0" search 없는낱말 >/dev/null 2>&1 || [ $? -eq 1 ]', bokgi], options);
  rmSync(copy, { recursive: true, force: true });
  const search = path.join(site, 'search');
  const list = path.join(search, 'index.json');
  const manifest = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : undefined;
  return {
    check,
    unindexed,
    build,
    indexed,
    site: weigh(site, (name) => !name.startsWith('pagefind')),
    index: weigh(search, (name) => /^(?:index\/[0-9a-f]+\/\d+|index\.json)$/.test(name)),
    engine: manifest && {
      module: weights(path.join(search, manifest.engine)),
      glue: weights(path.join(search, manifest.glue)),
    },
  };
}

/** Indexes the same pages with Pagefind. It takes the language from each page's `<html lang>`. */
export function pagefind(program, site) {
  const output = path.join(site, 'pagefind');
  rmSync(output, { recursive: true, force: true });
  const args = ['--site', site, '--glob', 'r/**/*.html', '--root-selector', 'article.report'];
  const time = timed(program, [...args, '--quiet'], {});
  const entry = JSON.parse(readFileSync(path.join(output, 'pagefind-entry.json'), 'utf8'));
  const language = Object.values(entry.languages).sort((a, b) => b.page_count - a.page_count)[0];
  return {
    time,
    languages: Object.fromEntries(Object.entries(entry.languages).map(([name, { page_count }]) => [name, page_count])),
    index: weigh(output, (name) => /\.pf_|entry\.json$/.test(name)),
    engine: {
      module: weights(path.join(output, `wasm.${language.wasm ?? 'unknown'}.pagefind`)),
      glue: weights(path.join(output, 'pagefind.js')),
      worker: weights(path.join(output, 'pagefind-worker.js')),
    },
  };
}

/** The address of each page by its hash, which is what an unopened result of Pagefind tells. */
export function pagefindAddresses(site) {
  const folder = path.join(site, 'pagefind/fragment');
  return new Map(
    readdirSync(folder).map((name) => {
      const text = gunzipSync(readFileSync(path.join(folder, name))).toString('utf8');
      // A few bytes say what the file is.
      const { url } = JSON.parse(text.slice(text.indexOf('{')));
      return [name.replace(/\.pf_fragment$/, ''), url.replace(/^\//, '')];
    }),
  );
}
