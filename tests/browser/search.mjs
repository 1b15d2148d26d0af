// The search box in the published site, as a reader uses it: keyboard alone, fingers, an input method; and what is
// left of it where the engine cannot run.
//
// What is found and in which order is the engine's own tests' business.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { BASE, CONTENT, VIEWPORTS, bundledReports, inspectContrast, inspectTargets, publish, serving, visit, watching, withPage } from './support.mjs';

/** What is looked for in each language; the report is the best answer to the words. */
const ASKED = {
  ko: { words: '커넥션 풀', service: 'payment-api', count: /^보고서 \d+건$/, nothing: '찾은 보고서가 없습니다.' },
  en: { words: 'connection pool', service: 'payment-api', count: /^\d+ reports?$/, nothing: 'Nothing found.' },
};
const INPUT = '.search-input';
const OPTION = '.search-list [role=option]';
const HIT = '.search-hit [role=option]';

const sites = {};

before(async () => {
  for (const lang of ['ko', 'en']) {
    const files = {
      'bokgi.toml': `[content]\nroot = "content"\n\n[site]\nlang = "${lang}"\n`,
      ...Object.fromEntries(bundledReports().map((file) => [`content/${file}`, readFileSync(path.join(CONTENT, file))])),
    };
    sites[lang] = await serving(publish(`search-${lang}`, files), BASE);
  }
});

/** A page with the site's home, the words' language, and a list of what went wrong. */
async function at(lang, { address = '', options = {}, prepare } = {}, work) {
  const site = sites[lang];
  // A profile of its own: recent searches stay in it.
  await withPage({ viewport: VIEWPORTS.desktop, own: Math.random(), ...options }, async (page) => {
    const wrong = [];
    page.on('console', (message) => wrong.push(`${message.type()}: ${message.text()}`));
    await prepare?.(page, site);
    const go = await watching(page, site);
    wrong.push(...(await go(BASE + address)));
    await work(page, { site, wrong, words: ASKED[lang] });
    wrong.push(...(await page.evaluate(() => window.violations ?? [])));
    assert.deepEqual(wrong, [], 'the browser complains');
  });
}

/** Opens the box with a key and waits until it can be used. */
async function opened(page, key = '/') {
  await page.keyboard.press(key);
  await page.locator('.search .search-group').first().waitFor();
}

/** Types a query and waits for all of its answer. */
async function asked(page, query) {
  await page.locator(INPUT).fill('');
  await page.keyboard.type(query);
  await answered(page);
}

async function answered(page) {
  await page.locator('.search:not([data-busy]) .search-status:not(:empty)').waitFor();
}

const value = (page) => page.locator(INPUT).inputValue();
const query = (page) => new URL(page.url()).searchParams.get('q');
const selected = (page) => page.locator(`${OPTION}[aria-selected=true]`);

for (const lang of ['ko', 'en']) {
  describe(`search with a keyboard, ${lang}`, () => {
    it('loads nothing before it is wanted', () =>
      at(lang, {}, async (page) => {
        const requests = [];
        page.on('request', (request) => requests.push(request.url()));
        await page.mouse.move(5, 400);
        assert.deepEqual(requests, []);
        await page.locator('.search-open').hover();
        await page.waitForFunction(() => document.querySelector('dialog.search'));
        assert.ok(requests.length > 0);
        assert.equal(await page.locator('dialog.search').isVisible(), false);
      }));

    it('asks, walks through the answers, opens one, and finds all of it again on the way back', () =>
      at(lang, {}, async (page, { words }) => {
        await opened(page);
        assert.ok(await page.locator(`${INPUT}:focus`).count(), 'the input has the focus');
        await asked(page, words.words);
        assert.match(await page.locator('.search-status').textContent(), words.count);
        assert.equal(query(page), words.words);
        assert.equal(await selected(page).count(), 0, 'nothing is selected while the caret is used');
        const count = await page.locator(HIT).count();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('End');
        assert.equal(await selected(page).getAttribute('id'), `search-option-${count - 1}`);
        await page.keyboard.press('ArrowDown');
        assert.equal(await selected(page).getAttribute('id'), `search-option-${count - 1}`, 'the last one stays');
        await page.keyboard.press('Home');
        await page.keyboard.press('ArrowDown');
        assert.equal(await page.locator(INPUT).getAttribute('aria-activedescendant'), 'search-option-1');
        assert.equal(await selected(page).getAttribute('id'), 'search-option-1');
        assert.ok(await page.locator(`${INPUT}:focus`).count(), 'the focus stays in the input');
        const href = await selected(page).getAttribute('href');
        await Promise.all([page.waitForURL(href), page.keyboard.press('Enter')]);
        await page.goBack();
        await answered(page);
        assert.equal(await value(page), words.words);
        assert.equal(await page.locator(HIT).count(), count);
        assert.equal(await selected(page).getAttribute('href'), href);
      }));

    it('opens with Ctrl+K as well, closes with Esc, and gives the focus back', () =>
      at(lang, {}, async (page, { words }) => {
        const link = page.locator('header nav a').nth(1);
        await link.focus();
        await opened(page, 'Control+k');
        await asked(page, words.words);
        await page.keyboard.press('Escape');
        assert.equal(await page.locator('dialog.search').isVisible(), false);
        assert.ok(await link.evaluate((it) => it === document.activeElement));
        await page.waitForURL((url) => !url.searchParams.has('q'));
        await page.keyboard.press('Control+k');
        assert.equal(await value(page), words.words, 'the query is still there');
        await page.keyboard.press('Control+k');
        await page.keyboard.type('x');
        assert.equal(await value(page), 'x', 'and is replaced by what is typed');
      }));

    it('opens the first result when Enter comes before the answer', () =>
      at(lang, {}, async (page, { words }) => {
        await opened(page);
        await page.keyboard.insertText(words.words);
        await Promise.all([page.waitForURL(/\/r\/[^/]+\//), page.keyboard.press('Enter')]);
      }));

    it('tells programs what it is', () =>
      at(lang, {}, async (page, { words }) => {
        await opened(page);
        const sound = async () => {
          const problems = await page.evaluate(() => {
            const found = [];
            const input = document.querySelector('.search-input');
            const list = document.getElementById(input.getAttribute('aria-controls'));
            if (list?.getAttribute('role') !== 'listbox' || !list.getAttribute('aria-label')) found.push('the input controls no named list box');
            if (input.getAttribute('aria-expanded') !== String(list.querySelector('[role=option]') !== null)) found.push('aria-expanded is wrong');
            for (const child of list.querySelectorAll(':scope > *')) if (!['group', 'option'].includes(child.getAttribute('role'))) found.push(`${child.outerHTML.slice(0, 80)} is no option`);
            for (const option of list.querySelectorAll('[role=option]')) {
              if (!option.textContent.trim() || !option.hasAttribute('aria-selected')) found.push('an option without a name or a state');
              if (option.querySelector('a, button, input, [tabindex]')) found.push('something in an option can be focused');
            }
            for (const group of list.querySelectorAll('[role=group]')) if (!document.getElementById(group.getAttribute('aria-labelledby'))?.textContent.trim()) found.push('a group without a name');
            for (const control of document.querySelectorAll('.search button, .search input')) if (!(control.getAttribute('aria-label') ?? control.textContent).trim()) found.push(`no name: ${control.className}`);
            if (!document.querySelector('.search').getAttribute('aria-label')) found.push('the box has no name');
            const ids = [...document.querySelectorAll('[id]')].map((it) => it.id);
            if (new Set(ids).size !== ids.length) found.push('an id twice');
            return found;
          });
          assert.deepEqual(problems, []);
        };
        await sound();
        await asked(page, words.words);
        await sound();
        assert.equal(await page.locator('.search-status').getAttribute('role'), 'status');
        await asked(page, 'qqqxyzzy');
        await sound();
        assert.equal(await page.locator('.search-status').textContent(), words.nothing);
      }));
  });

  describe(`search with an input method, ${lang}`, () => {
    it('finds while a syllable is unfinished, and leaves its keys alone', () =>
      at(lang, {}, async (page) => {
        await opened(page);
        const session = await page.context().newCDPSession(page);
        const compose = (text) => session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
        for (const text of ['ㅈ', '자', '장']) await compose(text);
        await answered(page);
        assert.ok((await page.locator(HIT).count()) > 0, 'an unfinished word has results');
        const address = page.url();
        for (const key of ['Enter', 'ArrowDown', 'Home']) {
          await page.locator(INPUT).dispatchEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true });
          await page.locator(INPUT).dispatchEvent('keydown', { key, keyCode: 229, bubbles: true, cancelable: true });
        }
        assert.equal(await selected(page).count(), 0);
        assert.equal(await value(page), '장');
        await session.send('Input.insertText', { text: '장애' });
        await answered(page);
        assert.equal(await value(page), '장애');
        assert.equal(page.url().split('?')[0], address.split('?')[0]);
        await page.keyboard.press('ArrowDown');
        assert.equal(await selected(page).count(), 1);
      }));
  });

  describe(`the search box on a phone, ${lang}`, () => {
    for (const colorScheme of ['light', 'dark']) {
      it(`fills the screen and can be read and hit, in ${colorScheme}`, () =>
        at(lang, { options: { viewport: VIEWPORTS.phone, colorScheme, hasTouch: true, isMobile: true } }, async (page, { words }) => {
          await page.locator('.search-open').tap();
          await page.locator('.search .search-group').first().waitFor();
          const looked = async (what) => {
            const { problems } = await page.evaluate(inspectContrast);
            assert.deepEqual(problems, [], what);
            const measures = await page.evaluate(() => {
              const box = document.querySelector('.search').getBoundingClientRect();
              const body = document.querySelector('.search-body');
              return { box: [box.left, box.top, box.width, box.height], sideways: body.scrollWidth - body.clientWidth, font: Number.parseFloat(getComputedStyle(document.querySelector('.search-input')).fontSize) };
            });
            assert.deepEqual(measures.box, [0, 0, VIEWPORTS.phone.width, VIEWPORTS.phone.height]);
            assert.ok(measures.sideways <= 0, `${what} scrolls sideways`);
            assert.ok(measures.font >= 16, 'a smaller font makes phones zoom');
          };
          await looked('the empty box');
          await page.locator(INPUT).fill(words.words);
          await answered(page);
          await page.locator('.search-facets > summary').tap();
          await looked('results and filters');
          const small = await page.evaluate(() => [...document.querySelectorAll('.search :is(button, summary, [role=option])')].filter((it) => it.checkVisibility()).map((it) => [it.className || it.localName, it.getBoundingClientRect().width, it.getBoundingClientRect().height]).filter(([, width, height]) => width < 24 || height < 24));
          assert.deepEqual(small, []);
          await page.locator('.search-facets .chip').first().tap();
          await answered(page);
          assert.equal(await page.locator('.search-active .chip').count(), 1);
          await page.locator('.search-close').tap();
          assert.equal(await page.locator('dialog.search').isVisible(), false);
        }));
    }
  });

  describe(`what is looked for, ${lang}`, () => {
    it('is in the address, which can be shared', () =>
      at(lang, { address: `search/?q=${encodeURIComponent(ASKED[lang].words)}` }, async (page, { words }) => {
        await answered(page);
        assert.equal(await value(page), words.words);
        assert.ok((await page.locator(HIT).count()) > 0);
        await page.keyboard.press('Escape');
        await page.waitForURL((url) => !url.searchParams.has('q'));
        assert.ok((await page.locator('main .titles a').count()) >= bundledReports().length, 'below are all titles');
      }));

    it('is remembered, and forgotten when asked', () =>
      at(lang, {}, async (page, { words }) => {
        await opened(page);
        await asked(page, words.words);
        await Promise.all([page.waitForURL(/\/r\//), page.keyboard.press('Enter')]);
        await opened(page);
        assert.equal(await page.locator('.search-recent [role=option]').textContent(), words.words);
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await answered(page);
        assert.equal(await value(page), words.words);
        await page.locator('.search-clear').click();
        await page.locator('.search-forget').click();
        assert.equal(await page.locator('.search-recent').count(), 0);
        assert.equal(await page.evaluate(() => localStorage.length), 0);
        assert.ok(await page.locator(`${INPUT}:focus`).count());
      }));

    it('is narrowed by filters that stand in the query', () =>
      at(lang, {}, async (page, { words }) => {
        await opened(page);
        await asked(page, words.words);
        const all = await page.locator('.search-status').textContent();
        const chip = page.locator('.search-facets .chip').first();
        const count = Number(await chip.locator('small').textContent());
        await chip.click();
        await answered(page);
        const narrowed = await value(page);
        assert.match(narrowed, new RegExp(`^${words.words} [a-z]+:\\S+ $`));
        assert.equal(query(page), narrowed);
        assert.equal(await page.locator('.search-hit').count(), count);
        assert.ok(await page.locator(`${INPUT}:focus`).count(), 'typing goes on');
        await page.locator('.search-active .chip').click();
        await answered(page);
        assert.equal((await value(page)).trim(), words.words);
        assert.equal(await page.locator('.search-status').textContent(), all);
        await page.locator('.search-hit [data-service]').first().click();
        await answered(page);
        assert.match(await value(page), /service:/);
        assert.ok(!page.url().includes('/r/'), 'the chip of a result does not open it');
      }));

    it('may have been typed on the wrong keyboard layout, or be broken', () =>
      at(lang, {}, async (page) => {
        await opened(page);
        await asked(page, 'wkddo');
        assert.ok((await page.locator('.search-hit').count()) > 0);
        const acts = page.locator('.search-notes .search-act');
        assert.equal(await acts.count(), 2);
        await acts.first().click();
        await answered(page);
        assert.equal(await value(page), '장애');
        assert.equal(await acts.count(), 0);
        await asked(page, '"장애');
        assert.equal(await page.locator('.search-notes p').count(), 1, 'the quotation mark is not closed');
      }));
  });

  describe(`where search cannot run, ${lang}`, () => {
    const withoutEngine = (page) => page.addInitScript(() => delete globalThis.WebAssembly);

    it('titles and facets are searched without WebAssembly, and it says so', () =>
      at(lang, { prepare: withoutEngine }, async (page) => {
        await opened(page);
        await asked(page, 'pool');
        assert.match(await page.locator('.search-trouble').textContent(), /WebAssembly/);
        assert.ok((await page.locator('.search-hit mark').count()) > 0);
        await asked(page, 'service:payment-api');
        const count = await page.locator('.search-hit').count();
        assert.ok(count > 0 && count < bundledReports().length);
        await asked(page, 'service:payment-api -severity:SEV1');
        assert.ok((await page.locator('.search-hit').count()) < count);
      }));

    it('without JavaScript a page has all titles', () =>
      withPage({ javaScriptEnabled: false }, async (page) => {
        await visit(page, sites[lang].origin + BASE);
        await page.locator('.search-open').click();
        await page.waitForURL(/\/search\/$/);
        assert.equal(await page.locator('.titles a').count(), bundledReports().length);
      }));

    it('a failed load is said, and can be tried again', () =>
      withPage({ viewport: VIEWPORTS.desktop, own: Math.random() }, async (page) => {
        await page.route(/search\/engine\/.*\.wasm$/, (route) => route.abort());
        await visit(page, sites[lang].origin + BASE);
        await opened(page);
        await asked(page, 'pool');
        assert.ok((await page.locator('.search-hit').count()) > 0, 'titles are searched');
        assert.equal(await page.locator('.search-passage').count(), 0);
        await page.unroute(/search\/engine\/.*\.wasm$/);
        await page.locator('.search-trouble .search-act').click();
        await page.locator('.search-snippet').first().waitFor();
        assert.equal(await page.locator('.search-trouble').count(), 0);
      }));

    it('a new build under an open page is found by itself', () =>
      withPage({ viewport: VIEWPORTS.desktop, own: Math.random() }, async (page) => {
        let times = 0;
        await page.route(/search\/index\.json$/, async (route) => {
          times += 1;
          const response = await route.fetch();
          const index = await response.json();
          // What the page knew at first is no more.
          await route.fulfill({ response, json: times === 1 ? { ...index, index: 'index/gone' } : index });
        });
        await visit(page, sites[lang].origin + BASE);
        await opened(page);
        await asked(page, ASKED[lang].words);
        await page.locator('.search-snippet').first().waitFor();
        assert.equal(times, 2);
        assert.equal(await page.locator('.search-trouble').count(), 0);
      }));
  });
}
