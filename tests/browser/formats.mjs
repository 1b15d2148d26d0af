// What the site publishes for programs: the feed, the index and its schema, redirects, plain texts.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { BASE, REPOSITORY, bokgi, build, fetched, inTabs, publish, serving, temporary, withPage } from './support.mjs';

const HOME = `https://postmortems.example${BASE}`;
const MOVED = {
  'bokgi.toml': `[content]\nroot = "content"\n\n[site]\nbase_url = "${HOME}"\nindexed = true\n`,
  'content/2026-01-05-moved.md':
    '---\ntitle: "Moved & <renamed>"\nid: INC-7\naliases: [OLD-7, 옛이름]\nstatus: final\ndate: 2026-01-05\n---\n\n## Summary\n\nIt moved & "stayed" <whole>.\n',
};

describe('what is for programs', () => {
  let plain;
  let based;

  before(async () => {
    plain = await serving(build(REPOSITORY, path.join(temporary, 'programs')), BASE);
    based = await serving(publish('moved', MOVED), BASE);
  });

  const read = (site, file) => readFileSync(path.join(site.folder, file), 'utf8');

  /** The feed as the browser's own XML parser reads it. */
  const feedOf = (site) =>
    withPage({}, async (page) => {
      await page.goto(site.origin + site.base);
      return page.evaluate((text) => {
        const document = new DOMParser().parseFromString(text, 'application/xml');
        const error = document.querySelector('parsererror')?.textContent;
        const texts = (element, name) => [...element.children].filter((it) => it.localName === name).map((it) => it.textContent);
        const links = (element) => [...element.children].filter((it) => it.localName === 'link').map((it) => [it.getAttribute('rel'), it.getAttribute('href')]);
        const feed = document.documentElement;
        const entries = [...feed.children].filter((it) => it.localName === 'entry');
        return {
          error,
          name: `${feed.namespaceURI} ${feed.localName}`,
          id: texts(feed, 'id'),
          updated: texts(feed, 'updated'),
          links: links(feed),
          entries: entries.map((it) => ({ title: texts(it, 'title'), id: texts(it, 'id'), updated: texts(it, 'updated'), links: links(it), summary: texts(it, 'summary'), content: texts(it, 'content') })),
        };
      }, read(site, 'feed.xml'));
    });

  for (const [name, siteOf, absolute] of [
    ['relative to the feed where no address is set', () => plain, false],
    ['absolute where base_url is set', () => based, true],
  ]) {
    it(`feed.xml is well-formed Atom, its links ${name}`, async () => {
      const site = siteOf();
      const feed = await feedOf(site);
      assert.equal(feed.error, undefined, 'feed.xml is not well-formed');
      assert.equal(feed.name, 'http://www.w3.org/2005/Atom feed');
      assert.ok(feed.entries.length > 0, 'the feed has no entry');
      const ids = [feed.id, ...feed.entries.map((it) => it.id)];
      for (const id of ids) assert.match(id.join(' '), /^(tag|https):\S+$/, 'an id is one IRI');
      assert.equal(new Set(ids.map(String)).size, ids.length, 'ids are unique');
      for (const { title, updated, links, summary, content } of [...feed.entries]) {
        assert.ok(title.length === 1 && title[0].trim(), 'an entry has one title');
        assert.ok(updated.length === 1 && !Number.isNaN(Date.parse(updated[0])), `${title}: updated is ${updated}`);
        assert.ok(summary.length + content.length > 0, `${title} has neither summary nor content`);
        assert.ok(links.length > 0, `${title} has no link`);
      }
      const times = feed.entries.map((it) => Date.parse(it.updated[0]));
      assert.ok(Date.parse(feed.updated[0]) >= Math.max(...times), 'the feed is as new as its newest entry');
      const links = [...feed.links, ...feed.entries.flatMap((it) => it.links)];
      for (const [, href] of links) {
        if (absolute) assert.ok(href.startsWith(HOME), `${href} is not below ${HOME}`);
        else assert.doesNotMatch(href, /^[a-z]+:|^\//, `${href} is not relative`);
        const url = new URL(absolute ? BASE + href.slice(HOME.length) : href, `${site.origin}${BASE}feed.xml`);
        assert.equal((await fetched(url)).status, 200, `the feed leads to nothing: ${href}`);
      }
    });
  }

  it('the feed keeps the characters of a title', async () => {
    const feed = await feedOf(based);
    assert.deepEqual(feed.entries.map((it) => it.title), [['Moved & <renamed>']]);
    assert.match(feed.entries[0].summary[0], /It moved & "stayed"/);
  });

  it('index.json is what index.schema.json says', () => {
    const schema = JSON.parse(read(plain, 'index.schema.json'));
    const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
    assert.ok(ajv.validateSchema(schema), ajv.errorsText());
    const validate = ajv.compile(schema);
    for (const site of [plain, based]) {
      const index = JSON.parse(read(site, 'index.json'));
      assert.ok(index.reports.length > 0, 'index.json holds no report');
      const kinds = (errors) => [...new Set((errors ?? []).map((it) => `${it.instancePath.replace(/\d+/g, 'N')} ${it.message}`))];
      assert.ok(validate(index), `index.json is not what its schema says:\n${kinds(validate.errors).join('\n')}`);
      for (const { url, markdown } of index.reports) {
        for (const file of [`${decodeURIComponent(url)}index.html`, decodeURIComponent(markdown)]) {
          assert.ok(statSync(path.join(site.folder, file), { throwIfNoEntry: false })?.isFile(), `index.json names ${file}, which is not there`);
        }
      }
    }
    // A schema that takes anything would take these.
    for (const wrong of [{}, { version: 1 }, { version: 'one', reports: [] }, { version: 1, reports: [{}] }]) {
      assert.ok(!validate(wrong), `the schema takes ${JSON.stringify(wrong)}`);
    }
  });

  for (const [of, right, wrong] of [
    [
      'config',
      [{}, { check: { fail_on: 'warning', levels: { SEC001: 'off' } }, rules: { 'too-few-whys': { steps: 2 } }, owners: { '@kim': 'payments' } }],
      [{ chekc: {} }, { check: { fail_on: 'bad' } }, { rules: { 'too-few-whys': { steps: 'two' } } }],
    ],
    [
      'front-matter',
      [
        null,
        { title: 'Outage', severity: 'SEV1', trigger: '배포', causes: ['software/performance'], layout: 'post', started_at: null },
        { status: '초안', reviews: [{ level: '팀', date: '2026-03-20' }], impact: { users: 4 }, related: ['INC-1', 7] },
      ],
      [{ sevrity: 'SEV1' }, { services: { a: 1 } }, { impact: { users: 'four' } }, { reviews: [{ date: '2026-03-20' }] }],
    ],
  ]) {
    it(`the schema of ${of} takes what is right and nothing else`, () => {
      const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
      const schema = JSON.parse(bokgi(REPOSITORY, ['schema', of]));
      assert.ok(ajv.validateSchema(schema), ajv.errorsText());
      const validate = ajv.compile(schema);
      for (const value of right) assert.ok(validate(value), `${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}`);
      for (const value of wrong) assert.ok(!validate(value), `the schema takes ${JSON.stringify(value)}`);
    });
  }

  it('llms.txt and the Markdown copies lead to files', () => {
    const text = read(plain, 'llms.txt');
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
    assert.equal(links.length, JSON.parse(read(plain, 'index.json')).reports.length, 'llms.txt has a link for each report');
    for (const link of links) assert.ok(read(plain, decodeURIComponent(link)).trim().length > 100, `${link} is empty`);
  });

  it('sitemap.xml names every page once where the address is known', async () => {
    const locations = [...read(based, 'sitemap.xml').matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, it]) => it);
    assert.equal(new Set(locations).size, locations.length);
    assert.ok(locations.includes(HOME) && locations.includes(`${HOME}r/INC-7/`), locations.slice(0, 5).join(' '));
    for (const location of locations) assert.equal((await fetched(based.origin + BASE + location.slice(HOME.length))).status, 200, location);
    assert.ok(!readdirSync(plain.folder).includes('sitemap.xml'), 'a sitemap without addresses is none');
    assert.match(read(based, 'robots.txt'), /Allow: \/\nSitemap: /);
    assert.match(read(plain, 'robots.txt'), /Disallow: \//);
  });

  it('redirects from former ids work with and without JavaScript', async () => {
    for (const javaScriptEnabled of [true, false]) {
      await inTabs({ javaScriptEnabled }, ['OLD-7', '옛이름'], () => {}, async (alias, page) => {
        await page.goto(`${based.origin}${BASE}r/${encodeURIComponent(alias)}/`);
        await page.waitForURL(`${based.origin}${BASE}r/INC-7/`, { timeout: 5000 });
        assert.equal(await page.locator('h1').innerText(), 'Moved & <renamed>');
      });
    }
    const html = read(based, 'r/OLD-7/index.html');
    assert.match(html, /<a href="[^"]*r\/INC-7\/">/, 'a reader whose browser does not forward has a link');
    assert.match(html, /noindex/);
  });
});
