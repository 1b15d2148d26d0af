// What all browser tests share: a published site, a server for it, one browser, and the questions
// that are asked of every page.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { accessSync, constants, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const HERE = path.dirname(fileURLToPath(import.meta.url));
export const REPOSITORY = path.resolve(HERE, '../..');
export const CONTENT = path.join(REPOSITORY, 'content');
export const BASE = '/kb/';
// The day that counts as today: 2026-06-01.
export const TODAY = '1780272000';

export const VIEWPORTS = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1280, height: 900 },
};

const CONTENT_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

// ---------------------------------------------------------------- sites and their server

export const temporary = mkdtempSync(path.join(tmpdir(), 'bokgi-browser-'));

/** Runs `bokgi` in `folder`, and returns what it prints. */
export function bokgi(folder, args) {
  const binary = path.resolve(HERE, process.env.BOKGI ?? '../../target/release/bokgi');
  try {
    accessSync(binary, constants.X_OK);
  } catch {
    assert.fail(`no bokgi at ${binary}: run \`cargo build --release\`, or name one in BOKGI`);
  }
  // An environment of its own: a reader's locale or zone must not choose what is tested.
  const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', SOURCE_DATE_EPOCH: TODAY };
  try {
    return execFileSync(binary, args, { cwd: folder, env, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    return assert.fail(`\`bokgi ${args.join(' ')}\` in ${folder} failed: ${error.message}\n${error.stderr ?? ''}`);
  }
}

/** Publishes the project in `folder` to `output`, and returns that. */
export function build(folder, output) {
  bokgi(folder, ['build', '--output', output]);
  return output;
}

/** Writes a project with these files and publishes it. */
export function publish(name, files) {
  const project = path.join(temporary, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  }
  // The theme as it stands, whatever the binary was built with.
  cpSync(path.join(REPOSITORY, 'themes'), path.join(project, 'themes'), { recursive: true });
  return build(project, path.join(project, 'site'));
}

/** The bundled reports, as paths below content/. */
export function bundledReports() {
  return readdirSync(CONTENT, { recursive: true }).filter((file) => file.endsWith('.md'));
}

/** The file of the site that an address stands for, as plain static hosts decide it. */
export function fileOf(site, pathname) {
  let decoded;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (!decoded.startsWith(site.base) || decoded.includes('\0')) return undefined;
  let file = path.resolve(site.folder, `./${decoded.slice(site.base.length)}`);
  if (file !== site.folder && !file.startsWith(site.folder + path.sep)) return undefined;
  if (decoded.endsWith('/')) file = path.join(file, 'index.html');
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

/** Serves a folder below `base` on a free port; everything else is answered by its 404.html. */
export async function serve(folder, base) {
  const site = { folder: path.resolve(folder), base };
  site.server = createServer((request, response) => {
    const file = fileOf(site, request.url.split('?')[0]);
    const answer = file ?? path.join(site.folder, '404.html');
    const body = readFileSync(answer);
    const type = CONTENT_TYPES[path.extname(answer).toLowerCase()] ?? 'application/octet-stream';
    response.writeHead(file ? 200 : 404, { 'content-type': type, 'x-content-type-options': 'nosniff' });
    response.end(body);
  });
  await new Promise((resolve) => site.server.listen(0, '127.0.0.1', resolve));
  site.origin = `http://127.0.0.1:${site.server.address().port}`;
  return site;
}

/** Where an error page believes the site to lie: it is shown at any address, so it cannot be relative. */
export function rootOf404(folder) {
  const [, root] = readFileSync(path.join(folder, '404.html'), 'utf8').match(/href="([^"]*)assets\/style\.css"/) ?? [];
  assert.ok(root?.startsWith('/') && root.endsWith('/'), `404.html finds its style below ${JSON.stringify(root)}, not below an absolute path`);
  return root;
}

/** Every page of a site as its address below the base: `r/2026-01-05-slip/`, `404.html`. */
export function pagesOf(folder) {
  const files = readdirSync(folder, { recursive: true }).map((file) => file.split(path.sep).join('/'));
  return files
    .filter((file) => file.endsWith('.html'))
    .map((file) => file.replace(/(^|\/)index\.html$/, '$1'))
    .sort();
}

/** What a page is, by its address. */
export function kindOf(page) {
  if (/^r\/[^/]+\/$/.test(page)) return 'report';
  if (/^rules\/[^/]+\/$/.test(page)) return 'rule';
  if (/^by\/./.test(page)) return 'facet value';
  if (/^reports\/page\//.test(page)) return 'list';
  return { '': 'home', 'reports/': 'list', 'by/': 'facets', 'rules/': 'rules', 'about/': 'about', '404.html': 'error page' }[page] ?? 'unknown';
}

// ---------------------------------------------------------------- what is asked of a page

/** Opens an address and waits until its scripts have run. */
export async function visit(page, address) {
  // Scripts of a page are deferred: they have run before it is loaded.
  return page.goto(address, { waitUntil: 'load' });
}

/**
 * Listens to what goes wrong in a tab, as the network and the browser tell it. The function it returns
 * opens an address and returns its problems.
 */
export async function watching(page, site) {
  let problems = [];
  let expected = 200;
  page.on('console', (message) => {
    // The browser reports the status of the error page itself as an error.
    const own = expected === 404 && message.location().url === page.url();
    if (message.type() === 'error' && !own) problems.push(`console error: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught error: ${error.message}`));
  page.on('dialog', async (dialog) => {
    problems.push(`a dialog opened: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== site.origin) problems.push(`request to another origin: ${request.url()}`);
  });
  page.on('requestfailed', (request) => problems.push(`request failed: ${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.request().isNavigationRequest()) {
      problems.push(`request failed: ${response.url()}: ${response.status()}`);
    }
  });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });
  return async (address, expectedStatus = 200) => {
    problems = [];
    expected = expectedStatus;
    const response = await visit(page, site.origin + address);
    if (response.status() !== expected) problems.push(`status ${response.status()} instead of ${expected}`);
    for (const violation of await page.evaluate(() => window.violations)) problems.push(`CSP violation: ${violation}`);
    return problems;
  };
}

/** Opens a page and returns what went wrong on the way. */
export async function open(page, site, address, expectedStatus) {
  return (await watching(page, site))(address, expectedStatus);
}

/** Runs in the page: structure, images, width, and words that a narrow column tears apart. */
export function inspectStructure(width) {
  const problems = [];
  const describe = (element) => {
    const name = element.localName + (element.id && `#${element.id}`) + [...element.classList].map((it) => `.${it}`).join('');
    return `<${name}> ${JSON.stringify((element.innerText ?? '').trim().slice(0, 40))}`;
  };
  const headings = document.querySelectorAll('h1');
  if (headings.length !== 1) problems.push(`${headings.length} h1 instead of one: ${[...headings].map(describe).join(', ')}`);
  if (!document.documentElement.lang) problems.push('html has no lang');
  if (!document.title.trim()) problems.push('no title');
  if (document.querySelectorAll('main').length !== 1) problems.push(`${document.querySelectorAll('main').length} main instead of one`);
  for (const nav of document.querySelectorAll('nav:not([aria-label], [aria-labelledby])')) problems.push(`nav without a name: ${describe(nav)}`);
  // A box of a task list is a mark before its text and cannot be used.
  for (const control of document.querySelectorAll('button, select, textarea, input:not([type=hidden])')) {
    if (!control.labels?.length && !control.getAttribute('aria-label') && !control.textContent.trim()) problems.push(`control without a name: ${describe(control)}`);
  }
  if (document.querySelector('main script, main style, [style]')) problems.push('a script, a style or a style attribute in the page');
  // What a report's own headings are is its writer's business.
  if (!document.querySelector('main > article.report:not(.page)')) {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((it) => Number(it.localName[1]));
    levels.forEach((level, at) => {
      if (level > (levels[at - 1] ?? 0) + 1) problems.push(`h${level} follows h${levels[at - 1] ?? 0}`);
    });
  }
  for (const image of document.querySelectorAll('img:not([alt])')) problems.push(`img without alt: ${image.outerHTML.slice(0, 120)}`);
  const ids = new Set();
  for (const { id } of document.querySelectorAll('[id]')) {
    if (ids.has(id)) problems.push(`id twice: ${id}`);
    ids.add(id);
  }

  const wide = document.documentElement.scrollWidth;
  if (wide > width) {
    // A box that scrolls or clips by itself does not widen the document.
    const contained = (element) => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== 'visible') return true;
      }
      return false;
    };
    const culprits = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !contained(element))
      .sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right);
    problems.push(
      `the document scrolls sideways: ${wide} px in ${width} px, by ` +
        culprits.slice(0, 4).map((it) => `${describe(it)} to ${Math.round(it.getBoundingClientRect().right)} px`).join(', '),
    );
  }

  // "22/24" above "0" is another number. A table that is too wide scrolls; what has no place to
  // break and is long, an address say, may break anywhere.
  const torn = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.parentElement.closest('td, th, dd, h1, h2, h3, nav, .figures, .badge, .kicker, .phases, .tally')) continue;
    for (const token of text.data.matchAll(/[^\s-]+/g)) {
      if (token[0].length > 16) continue;
      for (const word of token[0].matchAll(/[\p{L}\p{N}]+(?:[.,:]\p{N}+)*%?/gu)) {
        const range = document.createRange();
        range.setStart(text, token.index + word.index);
        range.setEnd(text, token.index + word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].filter((it) => it.width > 0).map((it) => Math.round(it.top)));
        if (lines.size > 1) torn.push(word[0]);
      }
    }
  }
  if (torn.length > 0) problems.push(`${torn.length} short words broken over lines: ${torn.slice(0, 8).join(' ')}`);
  return problems;
}

/**
 * Runs in the page: the contrast of all text with what is behind it, WCAG 2.2 success criterion
 * 1.4.3. Returns how many texts were measured, so that a test can tell "fine" from "nothing seen".
 */
export function inspectContrast() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const colours = new Map();
  // The browser itself reads its computed colours, whatever their notation.
  const rgba = (colour) => {
    if (!colours.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      colours.set(colour, [red, green, blue, alpha / 255]);
    }
    return colours.get(colour);
  };
  const over = ([r, g, b, a], [r2, g2, b2]) => [r * a + r2 * (1 - a), g * a + g2 * (1 - a), b * a + b2 * (1 - a), 1];
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((it) => (it / 255 <= 0.04045 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const backgroundOf = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    // Below the page is the browser's own canvas.
    return layers.reverse().reduce((below, layer) => over(layer, below), rgba('Canvas'));
  };

  const problems = new Map();
  const measured = { main: 0, 'nav a': 0, footer: 0 };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.data.trim();
    if (!text || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const [red, green, blue, alpha] = rgba(style.color);
    let opacity = alpha;
    for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    const background = backgroundOf(element);
    const contrast = ratio(over([red, green, blue, opacity], background), background);
    const size = Number.parseFloat(style.fontSize);
    // Large print, and never for what every page consists of.
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    for (const place of Object.keys(measured)) if (element.closest(place)) measured[place] += 1;
    if (contrast < (large ? 3 : 4.5)) {
      const classes = [...element.classList].map((it) => `.${it}`).join('');
      const key = `${element.localName}${classes} in ${element.parentElement.localName}: contrast ${contrast.toFixed(2)}, ${style.color} on rgb(${background.slice(0, 3).map(Math.round).join(', ')}), ${size} px`;
      if (!problems.has(key)) problems.set(key, text.slice(0, 40));
    }
  }
  return {
    problems: [...problems].map(([key, text]) => `${key}, ${JSON.stringify(text)}`),
    measured,
    page: luminance(backgroundOf(document.body)),
  };
}

/**
 * Runs in the page: what a finger or a pointer cannot hit, WCAG 2.2 success criterion 2.5.8: 24 by 24
 * px, or as much room around. Links in a line of text are exempt.
 */
export function inspectTargets() {
  const inline = (link) => {
    const block = link.closest('p, li, dd, td, th, h1, h2, h3, h4, h5, h6, blockquote, summary') ?? link.parentElement;
    if (getComputedStyle(link).display !== 'inline') return false;
    const others = [...block.querySelectorAll('a')].reduce((text, it) => text.replace(it.textContent, ''), block.textContent);
    return /[\p{L}\p{N}]/u.test(others.replace(/\d{4}-\d{2}-\d{2}/g, ''));
  };
  const targets = [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not(:disabled)')]
    .filter((it) => it.checkVisibility() && !it.matches('.skip, .anchor') && !inline(it))
    .flatMap((element) => [...element.getClientRects()].filter((box) => box.width > 0).map((box) => ({ element, box })));
  const small = ({ box }) => box.width < 23.99 || box.height < 23.99;
  const problems = [];
  for (const target of targets.filter(small)) {
    const x = target.box.left + target.box.width / 2;
    const y = target.box.top + target.box.height / 2;
    const hit = targets.find(({ element, box }) => {
      if (element === target.element) return false;
      const other = small({ box });
      const near = other ? [box.left + box.width / 2, box.top + box.height / 2] : [Math.min(Math.max(x, box.left), box.right), Math.min(Math.max(y, box.top), box.bottom)];
      return Math.hypot(near[0] - x, near[1] - y) < (other ? 24 : 12) - 0.01;
    });
    if (hit) {
      const size = `${Math.round(target.box.width)} by ${Math.round(target.box.height)} px`;
      problems.push(`${JSON.stringify(target.element.textContent.trim().slice(0, 30))} is ${size}, and beside ${JSON.stringify(hit.element.textContent.trim().slice(0, 30))}`);
    }
  }
  return { problems: problems.slice(0, 5), measured: targets.length };
}

/** Runs in the page: every address it leads to, as written and as resolved. */
export function collectLinks() {
  return [...document.querySelectorAll('a[href], area[href], link[href]')].map((link) => ({
    written: link.getAttribute('href'),
    resolved: link.href,
  }));
}

/** The ids of a file, as the browser that has `page` open parses them; remembered. */
export async function idsOf(file, page, site) {
  site.ids ??= new Map();
  if (!site.ids.has(file)) {
    const read = (html) => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('[id]')].map((it) => it.id);
    site.ids.set(file, new Set(await page.evaluate(read, readFileSync(file, 'utf8'))));
  }
  return site.ids.get(file);
}

/** Which links of the page, opened at `address`, lead nowhere. Other origins are not asked. */
export async function deadLinks(page, site, address) {
  const links = await page.evaluate(collectLinks);
  const problems = links.length > 0 ? [] : ['there is not one link'];
  for (const { written, resolved } of links) {
    const url = new URL(resolved);
    if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) problems.push(`link with the scheme ${url.protocol} ${written}`);
    if (url.origin !== site.origin) continue;
    // A link within an error page stays in it, whatever address it is shown at.
    const file = fileOf(site, url.pathname) ?? (url.pathname === address && url.hash ? path.join(site.folder, '404.html') : undefined);
    if (!file) {
      problems.push(`link to nothing: ${written} (${url.pathname})`);
    } else if (url.hash.length > 1 && file.endsWith('.html')) {
      const id = decodeURIComponent(url.hash.slice(1));
      if (!(await idsOf(file, page, site)).has(id)) problems.push(`link to a missing id: ${written} (no "${id}" in ${path.relative(site.folder, file)})`);
    }
  }
  return problems;
}

/** What a page refers to, and its ids, as its text has them: our attributes are in double quotes. */
function references(html) {
  const text = (value) => value.replace(/&(amp|lt|gt|quot|#39|#x27|#x2F);/g, (entity) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x2F;': '/' })[entity] ?? "'");
  const tags = [...html.matchAll(/<[a-z][^<>]*>/gi)].map(([tag]) => tag);
  const values = (name) => tags.flatMap((tag) => [...tag.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value]) => text(value)));
  const forward = tags.flatMap((tag) => [.../http-equiv="refresh" content="0; url=([^"]*)"/.exec(tag)?.slice(1) ?? []].map(text));
  return { links: [...values('href'), ...values('src'), ...forward], ids: new Set(values('id')) };
}

/** Asks a server for an address, as a crawler does. */
export async function fetched(url) {
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.text() };
}

/**
 * Follows every link from home over http, and every link of every file in the folder itself: all lead
 * somewhere, and every page is led to.
 */
export async function crawl(site, pages) {
  const problems = [];
  const home = site.origin + site.base;
  const seen = new Map();
  const queue = [{ url: home, from: 'the start' }];
  const anchors = [];
  while (queue.length > 0) {
    const { url, from } = queue.shift();
    if (seen.has(url)) continue;
    const { status, type, body } = await fetched(url);
    const here = type.startsWith('text/html') ? references(body) : { links: [], ids: undefined };
    seen.set(url, here.ids);
    if (status !== 200) problems.push(`${from} leads to ${url}: ${status}`);
    for (const link of here.links) {
      const target = new URL(link, url);
      const hash = decodeURIComponent(target.hash.slice(1));
      target.hash = '';
      if (target.origin !== site.origin) continue;
      if (!target.pathname.startsWith(site.base)) problems.push(`${url} leads out of the site: ${link}`);
      if (hash) anchors.push({ url: target.href, hash, from: url });
      queue.push({ url: target.href, from: url });
    }
  }
  for (const { url, hash, from } of anchors) {
    if (seen.get(url) && !seen.get(url).has(hash)) problems.push(`${from} leads to #${hash}, which ${url} does not have`);
  }
  const alone = pages.filter((page) => page !== '404.html' && !seen.has(home + encodeURI(page)));
  for (const page of alone) {
    if (!/http-equiv="refresh"/.test(readFileSync(path.join(site.folder, page, 'index.html'), 'utf8'))) problems.push(`nothing leads to /${page}`);
  }

  let followed = 0;
  for (const page of pages.filter((it) => it !== '404.html')) {
    const file = path.join(site.folder, page, page.endsWith('.html') ? '' : 'index.html');
    for (const link of references(readFileSync(file, 'utf8')).links) {
      if (/^[a-z][a-z0-9+.-]*:|^#/i.test(link)) continue;
      followed += 1;
      if (link.startsWith('/')) problems.push(`/${page} has a link that only works at one place: ${link}`);
      const target = path.resolve(path.dirname(file), decodeURIComponent(link.split('#')[0]));
      const found = statSync(target, { throwIfNoEntry: false });
      const exists = found?.isFile() || (found?.isDirectory() && /(^|\/)(\.{1,2}\/)*$/.test(link.split('#')[0]) && statSync(path.join(target, 'index.html'), { throwIfNoEntry: false }));
      if (!exists) problems.push(`/${page} leads to no file: ${link}`);
    }
  }
  assert.ok(seen.size > pages.length, `only ${seen.size} addresses were found from home`);
  assert.ok(followed > pages.length, `only ${followed} links were found in the files`);
  report(problems.slice(0, 30), '', `a crawl of ${seen.size} addresses`);
}

// ---------------------------------------------------------------- the browser

let browser;
const servers = [];

before(async () => {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  try {
    accessSync(executablePath, constants.X_OK);
  } catch {
    assert.fail(`no Chromium at ${executablePath}: run tests/run, or name one in CHROMIUM`);
  }
  browser = await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A request to another origin is a failure; it must not get out either.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
});

after(async () => {
  await browser?.close();
  for (const { server } of servers) server.close();
  rmSync(temporary, { recursive: true, force: true });
});

/** A server that lives as long as the tests. */
export async function serving(folder, base) {
  const site = await serve(folder, base);
  servers.push(site);
  return site;
}

// Pages keep nothing in the browser, so those with the same settings share a profile: a new one
// takes longer than most tests.
const contexts = new Map();

/** Opens a fresh page, hands it over, and closes it whatever happens. */
export async function withPage(options, work) {
  const key = JSON.stringify(options);
  if (!contexts.has(key)) contexts.set(key, await browser.newContext({ reducedMotion: 'reduce', ...options }));
  const page = await contexts.get(key).newPage();
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}

/** Fails with the list, and without the stack that node would print below it. */
export function report(problems, page, viewport) {
  if (problems.length === 0) return;
  const error = new Error(`/${page} on ${viewport}:\n${problems.map((it) => `  - ${it}`).join('\n')}`);
  error.stack = error.message;
  throw error;
}

// Two at a time: the browser has processes of its own.
export const PARALLEL = { concurrency: 2 };

/** Several tabs, each with what `prepare` makes of it, take their turns at the items. */
export async function inTabs(options, items, prepare, work) {
  assert.ok(items.length > 0, 'there is nothing to visit');
  const queue = [...items];
  const tab = () =>
    withPage(options, async (page) => {
      const prepared = await prepare(page);
      while (queue.length > 0) await work(queue.shift(), page, prepared);
    });
  await Promise.all(Array.from({ length: Math.min(3, items.length) }, tab));
}
