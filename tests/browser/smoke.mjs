// The published site as a browser sees it: every kind of page, phone and desktop, light and dark,
// with and without JavaScript, below a base path; and a hostile report that must stay text.
//
// What the pages say is the Rust tests' business. `../run` installs what this needs and runs it.
// Environment:
//   BOKGI        the binary (default: ../../target/release/bokgi)
//   BOKGI_SITE   a site that was already built, instead of building content/
//   CHROMIUM     the browser (default: /usr/bin/chromium)
//   SCREENSHOTS  1 writes screenshots/<site>/<page>-<viewport>-<scheme>.png

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const REPOSITORY = path.resolve(HERE, '../..');
const CONTENT = path.join(REPOSITORY, 'content');
const BASE = '/kb/';
// The day that counts as today: 2026-06-01.
const TODAY = '1780272000';

const VIEWPORTS = {
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

const temporary = mkdtempSync(path.join(tmpdir(), 'bokgi-browser-'));

/** Publishes the project in `folder` to `output`, and returns that. */
function build(folder, output) {
  const binary = path.resolve(HERE, process.env.BOKGI ?? '../../target/release/bokgi');
  try {
    accessSync(binary, constants.X_OK);
  } catch {
    assert.fail(`no bokgi at ${binary}: run \`cargo build --release\`, or name one in BOKGI`);
  }
  // An environment of its own: a reader's locale or zone must not choose what is tested.
  const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', SOURCE_DATE_EPOCH: TODAY };
  const args = ['build', '--output', output];
  try {
    execFileSync(binary, args, { cwd: folder, env, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    assert.fail(`\`bokgi ${args.join(' ')}\` in ${folder} failed: ${error.message}\n${error.stderr ?? ''}`);
  }
  return output;
}

/** Writes a project with these files and publishes it. */
function publish(name, files) {
  const project = path.join(temporary, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  }
  return build(project, path.join(project, 'site'));
}

/** The bundled reports, as paths below content/. */
function bundledReports() {
  return readdirSync(CONTENT, { recursive: true }).filter((file) => file.endsWith('.md'));
}

/** The file of the site that an address stands for, as plain static hosts decide it. */
function fileOf(site, pathname) {
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
async function serve(folder, base) {
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
function rootOf404(folder) {
  const [, root] = readFileSync(path.join(folder, '404.html'), 'utf8').match(/href="([^"]*)assets\/style\.css"/) ?? [];
  assert.ok(root?.startsWith('/') && root.endsWith('/'), `404.html finds its style below ${JSON.stringify(root)}, not below an absolute path`);
  return root;
}

/** Every page of a site as its address below the base; of the pages of single rules, the longest. */
function pagesOf(folder) {
  const found = [];
  const walk = (below) => {
    for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true })) {
      const inside = below + entry.name;
      if (entry.isDirectory()) walk(`${inside}/`);
      else if (entry.name === 'index.html') found.push(below);
      else if (entry.name.endsWith('.html')) found.push(inside);
    }
  };
  walk('');
  const isRule = (page) => /^rules\/[^/]+\/$/.test(page);
  const length = (page) => statSync(path.join(folder, page, 'index.html')).size;
  const longest = found.filter(isRule).sort((a, b) => length(b) - length(a) || (a < b ? -1 : 1))[0];
  return found.filter((page) => !isRule(page) || page === longest).sort();
}

// ---------------------------------------------------------------- what is asked of a page

/** Opens an address and waits until its scripts, if it has any, have what they ask for. */
async function visit(page, address) {
  const response = await page.goto(address, { waitUntil: 'load' });
  if (await page.locator('script').count()) await page.waitForLoadState('networkidle');
  return response;
}

/** Opens a page and returns what went wrong on the way, as the network and the browser tell it. */
async function open(page, site, address, expectedStatus) {
  const problems = [];
  page.on('console', (message) => {
    // The browser reports the status of the error page itself as an error.
    const own = expectedStatus === 404 && message.location().url === page.url();
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
  const response = await visit(page, site.origin + address);
  if (response.status() !== expectedStatus) problems.push(`status ${response.status()} instead of ${expectedStatus}`);
  for (const violation of await page.evaluate(() => window.violations)) problems.push(`CSP violation: ${violation}`);
  return problems;
}

/** Runs in the page: structure, images, width, and words that a narrow column tears apart. */
function inspectStructure(width) {
  const problems = [];
  const describe = (element) => {
    const name = element.localName + (element.id && `#${element.id}`) + [...element.classList].map((it) => `.${it}`).join('');
    return `<${name}> ${JSON.stringify((element.innerText ?? '').trim().slice(0, 40))}`;
  };
  const headings = document.querySelectorAll('h1');
  if (headings.length !== 1) problems.push(`${headings.length} h1 instead of one: ${[...headings].map(describe).join(', ')}`);
  if (!document.documentElement.lang) problems.push('html has no lang');
  if (!document.title.trim()) problems.push('no title');
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
    if (!text.parentElement.closest('td, th, dd, h1, h2, h3, nav')) continue;
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
function inspectContrast() {
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

/** Runs in the page: every address it leads to, as written and as resolved. */
function collectLinks() {
  return [...document.querySelectorAll('a[href], area[href], link[href]')].map((link) => ({
    written: link.getAttribute('href'),
    resolved: link.href,
  }));
}

/** The ids of a file, as the browser that has `page` open parses them; remembered. */
async function idsOf(file, page, site) {
  site.ids ??= new Map();
  if (!site.ids.has(file)) {
    const read = (html) => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('[id]')].map((it) => it.id);
    site.ids.set(file, new Set(await page.evaluate(read, readFileSync(file, 'utf8'))));
  }
  return site.ids.get(file);
}

/** Which links of the page, opened at `address`, lead nowhere. Other origins are not asked. */
async function deadLinks(page, site, address) {
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

// ---------------------------------------------------------------- the tests

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
async function serving(folder, base) {
  const site = await serve(folder, base);
  servers.push(site);
  return site;
}

// Pages keep nothing in the browser, so those with the same settings share a profile: a new one
// takes longer than most tests.
const contexts = new Map();

/** Opens a fresh page, hands it over, and closes it whatever happens. */
async function withPage(options, work) {
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
function report(problems, page, viewport) {
  if (problems.length === 0) return;
  const error = new Error(`/${page} on ${viewport}:\n${problems.map((it) => `  - ${it}`).join('\n')}`);
  error.stack = error.message;
  throw error;
}

// Two at a time: the browser has processes of its own.
const PARALLEL = { concurrency: 2 };

/** One subtest for each page. */
async function each(t, pages, check) {
  assert.ok(pages.length > 0, 'there are no pages');
  await Promise.all(pages.map((page) => t.test(`/${page}`, () => check(page))));
}

async function screenshot(page, site, name, viewport, scheme) {
  if (process.env.SCREENSHOTS !== '1') return;
  const file = `${name.replace(/\/$/, '').replace(/[^\p{L}\p{N}.-]+/gu, '_') || 'home'}-${viewport}-${scheme}.png`;
  await page.screenshot({ path: path.join(HERE, 'screenshots', site, file), fullPage: true });
}

/** All that is asked of one page in one viewport. `address` is where it is opened. */
async function inspect({ site, name, page: pageName, address, status, viewport, lang }) {
  await withPage({ viewport: VIEWPORTS[viewport], colorScheme: 'light' }, async (page) => {
    const problems = await open(page, site, address, status);
    problems.push(...(await page.evaluate(inspectStructure, VIEWPORTS[viewport].width)));
    const pageLang = await page.locator('html').getAttribute('lang');
    if (lang && pageLang !== lang) problems.push(`html lang is ${JSON.stringify(pageLang)}, the site's language ${lang}`);

    problems.push(...(await deadLinks(page, site, address)));

    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      const contrast = await page.evaluate(inspectContrast);
      problems.push(...contrast.problems.map((it) => `${scheme}: ${it}`));
      for (const place of Object.keys(contrast.measured)) {
        assert.ok(contrast.measured[place] > 0, `/${pageName}: no text in ${place}, its contrast was not measured`);
      }
      const fits = scheme === 'light' ? contrast.page > 0.5 : contrast.page < 0.1;
      if (!fits) problems.push(`${scheme}: the page's background has luminance ${contrast.page.toFixed(2)}`);
      await screenshot(page, name, pageName, viewport, scheme);
    }
    report(problems, pageName, `${viewport} (${VIEWPORTS[viewport].width} px)`);
  });
}

/**
 * The tests of one whole site. `publishSite` says where it is, `lang` its language, `errorBase`
 * where its error page is to be at home; without it, where the error page says.
 */
function describeSite(title, { name, publishSite, lang, errorBase }) {
  describe(title, () => {
    let site;
    let errorSite;
    let pages;

    before(async () => {
      const folder = publishSite();
      site = await serving(folder, BASE);
      errorSite = await serving(folder, errorBase ?? rootOf404(folder));
      pages = pagesOf(folder);
    });

    it('has all kinds of pages', () => {
      const reports = pages.filter((page) => /^r\/[^/]+\/$/.test(page));
      assert.ok(reports.length > 0, `no page of a report among ${pages.join(' ')}`);
      for (const page of ['', 'rules/', '404.html']) assert.ok(pages.includes(page), `no page /${page} among ${pages.join(' ')}`);
      assert.ok(pages.some((page) => /^rules\/[^/]+\/$/.test(page)), `no page of a rule among ${pages.join(' ')}`);
      if (!process.env.BOKGI_SITE) {
        const sources = bundledReports();
        assert.ok(sources.length > 0, 'content/ holds no report');
        assert.equal(reports.length, sources.length, 'every file of content/ has a page');
      }
    });

    for (const viewport of Object.keys(VIEWPORTS)) {
      it(`every page is sound on ${viewport}`, PARALLEL, (t) =>
        each(t, pages.filter((page) => page !== '404.html'), (page) => inspect({ site, name, page, address: BASE + page, status: 200, viewport, lang })),
      );

      it(`the error page is sound on ${viewport}, however deep the missing address`, async () => {
        const address = `${errorSite.base}r/no-such-report/`;
        await inspect({ site: errorSite, name, page: '404.html', address, status: 404, viewport, lang });
      });
    }

    it('says the same without JavaScript', PARALLEL, (t) => {
      const textOf = (page, javaScriptEnabled) =>
        withPage({ javaScriptEnabled }, async (tab) => {
          await visit(tab, site.origin + BASE + page);
          return tab.locator('body').innerText();
        });
      return each(t, pages, async (page) => {
        const plain = await textOf(page, false);
        assert.ok(plain.length > 40, `/${page} is empty without JavaScript: ${JSON.stringify(plain)}`);
        assert.equal(plain, await textOf(page, true), `/${page} says something else with JavaScript`);
      });
    });
  });
}

describeSite('the bundled reports', {
  name: 'bundled',
  publishSite: () =>
    process.env.BOKGI_SITE ? path.resolve(process.env.BOKGI_SITE) : build(REPOSITORY, path.join(temporary, 'bundled')),
});

if (!process.env.BOKGI_SITE) {
  describeSite('in Korean, published below a path that base_url names', {
    name: 'korean',
    lang: 'ko',
    publishSite: () =>
      publish('korean', {
        'bokgi.toml': `[content]\nroot = "content"\n\n[site]\nlang = "ko"\ntitle = "장애 회고"\nbase_url = "https://postmortems.example${BASE}"\n`,
        ...Object.fromEntries(bundledReports().map((file) => [`content/${file}`, readFileSync(path.join(CONTENT, file))])),
      }),
    errorBase: BASE,
  });
}

describe('a hostile report', () => {
  const TITLE = '<script>alert(1)</script>';
  // `ran` tells of a script that opens no dialog.
  const RUN = 'window.ran=(window.ran||0)+1;alert(1)';
  const REPORT = `---
title: "${TITLE}"
status: final
severity: "<img src=x onerror=${RUN}>"
date: 2026-01-05
services: ["<img src=x onerror=${RUN}>", "\\"><script>${RUN}</script>"]
tags: ["<svg onload=${RUN}>", "javascript:${RUN}"]
roles: { commander: "<img src=x onerror=${RUN}>" }
---

## Summary

Kept text. <img src=x onerror="${RUN}"> <svg onload="${RUN}"><script>${RUN}</script></svg>
<b onmouseover="${RUN}">bold</b> [link](javascript:${RUN}) [data](data:text/html,<script>${RUN}</script>)
<a href="java&#x0A;script:${RUN}">raw link</a> ![image](javascript:${RUN}) <javascript:${RUN}>

<script>${RUN}</script>
<svg onload="${RUN}"></svg>
<details open ontoggle="${RUN}"><summary>More</summary></details>
<iframe srcdoc="<script>parent.ran=1;alert(1)</script>"></iframe>
<object data="javascript:${RUN}"></object>
<base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=javascript:${RUN}">
<link rel="stylesheet" href="https://evil.example/x.css">
<style>body { background: url(https://evil.example/x.png) }</style>
<form action="javascript:${RUN}"><button autofocus onfocus="${RUN}">button</button></form>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${RUN}&gt;">

## Impact <img src=x onerror="${RUN}">

| <img src=x onerror="${RUN}"> | b |
|---|---|
| <svg onload="${RUN}"> | [x](javascript:${RUN}) |

## Timeline

- 10:00 <img src=x onerror="${RUN}"> started
- 10:05 [x](vbscript:${RUN}) ended

\`\`\`<img src=x onerror=${RUN}>
</code></pre><script>${RUN}</script>
\`\`\`

Last words.[^1]

[^1]: <img src=x onerror="${RUN}">
`;
  let site;
  let pages;

  before(async () => {
    const folder = publish('hostile', {
      'bokgi.toml': '[content]\nroot = "content"\n',
      'content/2026-01-05-hostile.md': REPORT,
    });
    site = await serving(folder, BASE);
    pages = pagesOf(folder).filter((page) => page === '' || page.startsWith('r/'));
    assert.ok(pages.includes('') && pages.length === 2, `home and the hostile report have a page each, not ${pages.join(' ')}`);
  });

  /** What ran: dialogs, and calls that opened none. Sends every element the events it may wait for. */
  async function whatRan(page, show) {
    const ran = [];
    page.on('dialog', async (dialog) => {
      ran.push(`a dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(site.origin) && !request.url().startsWith('data:')) ran.push(`a request to ${request.url()}`);
    });
    await show();
    await page.evaluate(() => {
      for (const element of document.body.querySelectorAll('*')) {
        for (const event of ['mouseover', 'focus', 'toggle']) element.dispatchEvent(new Event(event));
      }
    });
    const calls = await page.evaluate(() => window.ran ?? 0);
    if (calls) ran.push(`${calls} calls of the planted script`);
    return ran;
  }

  it('would be noticed if it ran', async () => {
    const ran = await withPage({}, (page) =>
      whatRan(page, async () => {
        await page.goto('about:blank');
        await page.setContent(`<body><img src="data:," onerror="${RUN}"><b onmouseover="${RUN}">b</b></body>`);
      }),
    );
    assert.ok(ran.some((it) => it.startsWith('a dialog')), `the control page opened no dialog: ${ran.join('; ')}`);
    assert.ok(ran.some((it) => it.includes('calls')), `the control page's script was not counted: ${ran.join('; ')}`);
  });

  // Without the policy the markup alone must be harmless; with it, nothing may lean on it.
  for (const bypassCSP of [true, false]) {
    it(`runs nothing ${bypassCSP ? 'even without' : 'and offends no'} content security policy`, (t) =>
      each(t, pages, (name) =>
        withPage({ bypassCSP }, async (page) => {
          const violations = [];
          page.on('console', (message) => {
            if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
          });
          const ran = await whatRan(page, () => visit(page, site.origin + BASE + name));
          assert.deepEqual(ran, [], `/${name} ran something`);
          assert.deepEqual(violations, [], `/${name} leaves it to the content security policy`);
        }),
      ));
  }

  it('is shown as the text it is', async () => {
    await withPage({}, async (page) => {
      const shown = pages.find((name) => name.startsWith('r/'));
      await page.goto(site.origin + BASE + shown);
      assert.equal((await page.locator('h1').innerText()).trim(), TITLE, 'the title is shown as written');
      assert.ok((await page.title()).includes(TITLE), 'the title of the window is as written');
      const text = await page.locator('main').innerText();
      for (const words of ['Kept text.', 'Last words.', 'ended']) assert.ok(text.includes(words), `/${shown} lost ${JSON.stringify(words)}`);
    });
  });

  it('leaves no element or attribute that could run', (t) =>
    each(t, pages, (name) =>
      withPage({}, async (page) => {
        await visit(page, site.origin + BASE + name);
        const harmful = await page.evaluate(() => {
          const found = [...document.querySelectorAll('main :is(script, style, link, base, meta, iframe, object, embed, form)')];
          const addresses = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href'];
          for (const element of document.querySelectorAll('*')) {
            for (const { name: attribute, value } of element.attributes) {
              const scheme = value.replace(/[\u0000-\u0020]/g, '').toLowerCase();
              if (/^on|^style$|^srcdoc$/.test(attribute)) found.push(element);
              else if (addresses.includes(attribute) && /^(javascript|vbscript|data:text)/.test(scheme)) found.push(element);
            }
          }
          return found.map((element) => element.outerHTML.slice(0, 160));
        });
        assert.deepEqual(harmful, [], `/${name} holds markup that could run`);
      }),
    ));
});

// Tags that a writer names in prose, or forgets to close, are the writer's text like any other:
// they neither take the rest of the report with them nor change the page around it.
describe('a careless report', PARALLEL, () => {
  const SLIPS = {
    'a script tag in prose': 'The <script> tag was missing.',
    'a style tag in prose': 'The <style> tag was missing.',
    'a title tag in prose': 'The <title> tag was missing.',
    'a textarea tag in prose': 'The <textarea> tag was missing.',
    'a template tag in prose': 'The <template> tag was missing.',
    'a plaintext tag in prose': 'The <plaintext> tag was missing.',
    'a link that is not closed': 'The <a href="#impact"> tag was not closed.',
    'a comment that is not closed': '<div><!-- to be checked',
    'end tags of the page': 'Text </p></div></article></main></body> text.',
    'a heading of the first level': '<h1>Loud</h1>',
    'an id of the page': '<div id="main">Taken</div>',
    'an id of a heading': '<div id="impact">Taken</div>',
  };
  let site;

  before(async () => {
    const reports = Object.values(SLIPS).map((slip, at) => [
      `content/2026-01-05-slip-${at}.md`,
      `---\ntitle: Slip ${at}\nstatus: final\ndate: 2026-01-05\n---\n\n## Summary\n\n${slip}\n\n## Impact\n\nThe last words.\n`,
    ]);
    site = await serving(publish('careless', { 'bokgi.toml': '[content]\nroot = "content"\n', ...Object.fromEntries(reports) }), BASE);
  });

  for (const [at, name] of Object.keys(SLIPS).entries()) {
    it(`keeps the rest after ${name}`, async () => {
      const address = `${BASE}r/2026-01-05-slip-${at}/`;
      await withPage({ viewport: VIEWPORTS.phone }, async (page) => {
        const problems = await open(page, site, address, 200);
        problems.push(...(await page.evaluate(inspectStructure, VIEWPORTS.phone.width)));
        problems.push(...(await deadLinks(page, site, address)));
        const [headings, paragraphs, footers] = await page.evaluate(() =>
          ['main h2', 'main p', 'body > footer'].map((it) => [...document.querySelectorAll(it)].map((found) => found.innerText.replace(/#$/, '').trim())),
        );
        if (!headings.includes('Impact')) problems.push(`no heading "Impact" after it, only ${JSON.stringify(headings)}`);
        if (!paragraphs.includes('The last words.')) problems.push(`no paragraph "The last words." after it, but ${JSON.stringify(paragraphs)}`);
        if (footers.length !== 1) problems.push('the footer is no longer where it was');
        if (await page.locator('main h2 a:not(.anchor), main a p, main a:has-text("The last words.")').count()) problems.push('the rest became a link');
        report(problems, address.slice(BASE.length), `phone, after ${JSON.stringify(Object.values(SLIPS)[at])}`);
      });
    });
  }
});

describe('the test server', () => {
  it('stays in its folder', async () => {
    const folder = path.join(temporary, 'served');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, '404.html'), 'nothing here');
    writeFileSync(path.join(temporary, 'secret.txt'), 'secret');
    const site = await serving(folder, BASE);
    for (const address of ['../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt', '%zz', '%00', `/${temporary}/secret.txt`]) {
      const status = await new Promise((resolve, reject) => {
        get(site.origin, { path: BASE + address }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
      assert.equal(status, 404, `${address} leads out of the folder`);
    }
  });
});
