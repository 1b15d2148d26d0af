// A plain static host for one site and the pages that measure it. It compresses as GitHub Pages does:
// gzip for text and WebAssembly, nothing for names it does not know (a stock nginx compresses HTML alone,
// and what `gzip_types` lists). Names with a hash are cached for ever, everything else for ten minutes.

import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';

const PAGES = fileURLToPath(new URL('pages/', import.meta.url));

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** `search/index/<hash>/12`, `search/engine/<hash>.wasm`, `en_1a2b3c4.pf_index`. */
const HASHED = /[-_/.][0-9a-f]{7,}(?:[/.]|$)/;

/** What an engine is made of, as against the index it reads. */
const ENGINE = /\.(?:m?js|wasm)$|\/wasm\.[^/]*\.pagefind$|^\/measure\//;

/**
 * Serves `folder`, and these pages below /measure/. Settings can be changed at any time: `delay`, in
 * milliseconds, is what each answer waits for; with `forgetIndex` no part of an index may be cached, so
 * that a second visit finds the engine and nothing else. The log has each request, with the bytes of its
 * answer, headers included.
 */
export async function serve(folder) {
  const host = { delay: 0, forgetIndex: false, log: [], files: new Map() };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://host/');
    const entry = { path: pathname, bytes: 0 };
    host.log.push(entry);
    const { bytesWritten } = request.socket;
    response.on('finish', () => {
      entry.bytes = request.socket.bytesWritten - bytesWritten;
    });
    if (host.delay > 0) await new Promise((resolve) => setTimeout(resolve, host.delay));
    const file = read(host, folder, pathname);
    if (!file) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    const cached = host.forgetIndex && !ENGINE.test(pathname) ? 'no-store' : file.cache;
    const headers = { 'content-type': file.type, 'cache-control': cached, 'content-length': file.body.length };
    if (file.gzip) headers['content-encoding'] = 'gzip';
    response.writeHead(200, headers).end(file.body);
  });
  // A connection that closes while the browser reuses it would cost a repeated request.
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  host.origin = `http://127.0.0.1:${server.address().port}`;
  host.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return host;
}

/** A file as it is sent; remembered, so that neither the disk nor compression is measured. */
function read(host, folder, pathname) {
  if (host.files.has(pathname)) return host.files.get(pathname);
  const [root, below] = pathname.startsWith('/measure/') ? [PAGES, pathname.slice(9)] : [folder, pathname.slice(1)];
  const name = path.resolve(root, `./${decodeURIComponent(below)}`);
  if (!name.startsWith(path.resolve(root)) || !statSync(name, { throwIfNoEntry: false })?.isFile()) return undefined;
  const raw = readFileSync(name);
  const type = TYPES[path.extname(name)];
  const file = {
    type: type ?? 'application/octet-stream',
    cache: HASHED.test(pathname) ? 'public, max-age=31536000, immutable' : 'max-age=600',
    gzip: type !== undefined,
    body: type === undefined ? raw : gzipSync(raw, { level: constants.Z_DEFAULT_COMPRESSION }),
  };
  host.files.set(pathname, file);
  return file;
}
