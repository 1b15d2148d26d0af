// The published site as a browser sees it: every page of it, phone and desktop, light and dark, with
// and without JavaScript, below a base path.
//
// What the pages say is the Rust tests' business. `../run` installs what this needs and runs it. The
// other files are loaded here, so that all share one browser.
// Environment:
//   BOKGI        the binary (default: ../../target/release/bokgi)
//   BOKGI_SITE   a site that was already built, instead of building content/
//   CHROMIUM     the browser (default: /usr/bin/chromium)
//   SCREENSHOTS  1 writes screenshots/<site>/<page>-<viewport>-<scheme>.png

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import {
  BASE,
  CONTENT,
  HERE,
  REPOSITORY,
  VIEWPORTS,
  build,
  bundledReports,
  crawl,
  deadLinks,
  inTabs,
  inspectContrast,
  inspectStructure,
  inspectTargets,
  kindOf,
  pagesOf,
  publish,
  report,
  rootOf404,
  serving,
  temporary,
  visit,
  watching,
  withPage,
} from './support.mjs';
import './hostile.mjs';
import './formats.mjs';
import './behaviour.mjs';
import './search.mjs';

async function screenshot(page, site, name, viewport, scheme) {
  if (process.env.SCREENSHOTS !== '1') return;
  const file = `${name.replace(/\/$/, '').replace(/[^\p{L}\p{N}.-]+/gu, '_') || 'home'}-${viewport}-${scheme}.png`;
  await page.screenshot({ path: path.join(HERE, 'screenshots', site, file), fullPage: true });
}

/** What is asked of every page, in a tab that is on it. */
async function glance(tab, lang) {
  const problems = await tab.evaluate(inspectStructure, VIEWPORTS.phone.width);
  const pageLang = await tab.locator('html').getAttribute('lang');
  if (lang && pageLang !== lang) problems.push(`html lang is ${JSON.stringify(pageLang)}, the site's language ${lang}`);
  return problems;
}

/** All that is asked of one page in a tab that is on it. */
async function inspect(tab, { site, name, page, address, lang }) {
  const problems = [...(await glance(tab, lang)), ...(await deadLinks(tab, site, address))];
  for (const [viewport, size] of Object.entries(VIEWPORTS)) {
    const found = (them) => problems.push(...them.map((it) => `${viewport} (${size.width} px): ${it}`));
    await tab.setViewportSize(size);
    if (viewport !== 'phone') found(await tab.evaluate(inspectStructure, size.width));
    const targets = await tab.evaluate(inspectTargets);
    assert.ok(targets.measured > 4, `/${page} has ${targets.measured} targets`);
    found(targets.problems);
    for (const scheme of ['light', 'dark']) {
      await tab.emulateMedia({ colorScheme: scheme });
      const contrast = await tab.evaluate(inspectContrast);
      found(contrast.problems.map((it) => `${scheme}: ${it}`));
      for (const place of Object.keys(contrast.measured)) {
        assert.ok(contrast.measured[place] > 0, `/${page}: no text in ${place}, its contrast was not measured`);
      }
      const fits = scheme === 'light' ? contrast.page > 0.5 : contrast.page < 0.1;
      if (!fits) found([`${scheme}: the page's background has luminance ${contrast.page.toFixed(2)}`]);
      await screenshot(tab, name, page, viewport, scheme);
    }
  }
  await tab.setViewportSize(VIEWPORTS.phone);
  await tab.emulateMedia({ colorScheme: 'light' });
  return problems;
}

/**
 * The tests of one whole site. `publishSite` says where it is, `lang` its language, `errorBase`
 * where its error page is to be at home; without it, where the error page says. Of the kinds whose
 * pages all look alike, the `most` longest are opened, and fewer looked at more closely.
 */
function describeSite(title, { name, publishSite, lang, errorBase, most = Infinity }) {
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

    const of = (kinds) => pages.filter((page) => kinds.includes(kindOf(page)));
    const length = (page) => readFileSync(path.join(site.folder, page, 'index.html')).length;
    const longest = (all, most) => [...all].sort((a, b) => length(b) - length(a)).slice(0, most);

    it('has all kinds of pages', () => {
      const count = (kind) => pages.filter((page) => kindOf(page) === kind).length;
      for (const kind of ['home', 'list', 'facets', 'facet value', 'report', 'rules', 'rule', 'about', 'error page']) {
        assert.ok(count(kind) > 0, `no page of the kind "${kind}" among ${pages.join(' ')}`);
      }
      if (!process.env.BOKGI_SITE) {
        const sources = bundledReports();
        assert.ok(sources.length > 0, 'content/ holds no report');
        assert.equal(count('report'), sources.length, 'every file of content/ has a page');
      }
    });

    const groups = {
      'home, lists, facets, rules and the page about': ['home', 'list', 'facets', 'rules', 'about', 'unknown'],
      'every report': ['report'],
      'the pages of values': ['facet value'],
      'the pages of rules': ['rule'],
    };
    for (const [group, kinds] of Object.entries(groups)) {
      it(`${group}: sound on phone and desktop, in light and dark`, async () => {
        const all = [];
        const alike = kinds.some((kind) => ['facet value', 'rule'].includes(kind));
        const found = alike ? longest(of(kinds), most) : of(kinds);
        const closely = new Set(alike ? found.slice(0, 5) : found);
        const check = async (page, tab, go) => {
          const address = BASE + encodeURI(page);
          const problems = await go(address);
          problems.push(...(await (closely.has(page) ? inspect(tab, { site, name, page, address, lang }) : glance(tab, lang))));
          all.push(...problems.map((it) => `/${page}: ${it}`));
        };
        await inTabs({ viewport: VIEWPORTS.phone }, found, (tab) => watching(tab, site), check);
        report(all.slice(0, 30), '', group);
      });
    }

    it('has an error page that is sound, however deep the missing address', () =>
      withPage({ viewport: VIEWPORTS.phone }, async (tab) => {
        const address = `${errorSite.base}r/no-such-report/`;
        const problems = await (await watching(tab, errorSite))(address, 404);
        problems.push(...(await inspect(tab, { site: errorSite, name, page: '404.html', address, lang })));
        report(problems, '404.html', 'any viewport');
      }));

    it('leads from home to every page, and nowhere else', () => crawl(site, pages));

    it('says the same without JavaScript', async () => {
      const textOf = async (page, tab) => {
        await visit(tab, site.origin + BASE + encodeURI(page));
        // What depends on today is all that a script may add.
        return tab.evaluate(() => {
          for (const mark of document.querySelectorAll('.overdue')) mark.remove();
          return document.body.innerText.replace(/\s+/g, ' ').trim();
        });
      };
      const shown = [...of(['home', 'list', 'facets', 'report', 'rules', 'about', 'error page']), ...longest(of(['facet value', 'rule']), 2)];
      const texts = { true: new Map(), false: new Map() };
      for (const javaScriptEnabled of [true, false]) {
        await inTabs({ javaScriptEnabled }, shown, () => {}, async (page, tab) => {
          texts[javaScriptEnabled].set(page, await textOf(page, tab));
        });
      }
      for (const page of shown) {
        const plain = texts.false.get(page);
        assert.ok(plain.length > 40, `/${page} is empty without JavaScript: ${JSON.stringify(plain)}`);
        assert.equal(plain, texts.true.get(page), `/${page} says something else with JavaScript`);
      }
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
    most: 8,
    publishSite: () =>
      publish('korean', {
        'bokgi.toml': `[content]\nroot = "content"\n\n[site]\nlang = "ko"\ntitle = "장애 회고"\nbase_url = "https://postmortems.example${BASE}"\n`,
        ...Object.fromEntries(bundledReports().map((file) => [`content/${file}`, readFileSync(path.join(CONTENT, file))])),
      }),
    errorBase: BASE,
  });
}
