// What moves or depends on the reader: overdue marks and the day they are seen on, the drawing of an
// incident's course, keyboard focus, the printed page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { BASE, REPOSITORY, VIEWPORTS, build, inTabs, inspectContrast, kindOf, pagesOf, publish, report, serving, temporary, visit, withPage } from './support.mjs';

const PROMISES = `---
title: Promises
id: INC-1
status: final
date: 2026-01-05
---

## Summary

Four promises of each shape.

## Action items

- [ ] Late in a list (owner: @a, due: 2026-05-01)
- [ ] Not yet due in a list (owner: @a, due: 2026-07-01)
- [ ] Due today in a list (owner: @a, due: 2026-06-01)
- [x] Done in a list (owner: @a, due: 2026-05-01)
- [ ] Undated in a list (owner: @a)
- [ ] Vague in a list (owner: @a, due: sprint 12)

| Action | Owner | Due | Status |
|---|---|---|---|
| Late in a table | @b | 2026-05-31 | open |
| Begun in a table | @b | 2026-05-22 | in progress |
| Later in a table | @b | 2026-06-02 | open |
| Done in a table | @b | 2026-05-01 | done |
| Dropped in a table | @b | 2026-05-01 | won't do |
`;

describe('overdue marks', () => {
  const sites = {};

  before(async () => {
    for (const lang of ['en', 'ko']) {
      const files = { 'bokgi.toml': `[content]\nroot = "content"\n\n[site]\nlang = "${lang}"\n`, 'content/2026-01-05-promises.md': PROMISES };
      sites[lang] = await serving(publish(`promises-${lang}`, files), BASE);
    }
  });

  /** The marks of a page on a day, each with the action it stands in. */
  const marks = (lang, page, now, timezoneId = 'Asia/Seoul') =>
    withPage({ timezoneId }, async (tab) => {
      await tab.clock.setFixedTime(new Date(now));
      await visit(tab, `${sites[lang].origin}${BASE}${page}`);
      const found = await tab.locator('.overdue').evaluateAll((all) =>
        all.map((it) => [it.closest('.action').innerText.trim().split(/ in a (list|table)/).slice(0, 2).join(' in a '), it.textContent]),
      );
      return Object.fromEntries(found);
    });

  const EXPECTED = { 'Late in a list': '31 d overdue', 'Late in a table': '1 d overdue', 'Begun in a table': '10 d overdue' };

  for (const page of ['r/INC-1/', '']) {
    it(`stand beside open actions past their day, and no other, on /${page}`, async () => {
      assert.deepEqual(await marks('en', page, '2026-06-01T12:00:00+09:00'), EXPECTED);
    });
  }

  it('speak the language of the site', async () => {
    const found = await marks('ko', 'r/INC-1/', '2026-06-01T12:00:00+09:00');
    assert.deepEqual(found, { 'Late in a list': '31일 지남', 'Late in a table': '1일 지남', 'Begun in a table': '10일 지남' });
  });

  it("go by the reader's own day, from its first minute to its last", async () => {
    for (const [now, zone] of [
      ['2026-06-01T00:01:00+09:00', 'Asia/Seoul'],
      ['2026-06-01T23:59:00+09:00', 'Asia/Seoul'],
      ['2026-06-01T00:01:00-07:00', 'America/Los_Angeles'],
      ['2026-06-01T23:59:00-07:00', 'America/Los_Angeles'],
    ]) {
      assert.deepEqual(await marks('en', 'r/INC-1/', now, zone), EXPECTED, `at ${now}`);
    }
    assert.deepEqual(await marks('en', 'r/INC-1/', '2026-01-05T12:00:00+09:00'), {}, 'nothing is overdue on the day of the incident');
  });
});

describe("the drawing of an incident's course", () => {
  let site;
  let reports;
  let index;

  before(async () => {
    site = await serving(build(REPOSITORY, path.join(temporary, 'drawings')), BASE);
    reports = pagesOf(site.folder).filter((page) => kindOf(page) === 'report' && readFileSync(path.join(site.folder, page, 'index.html'), 'utf8').includes('class="drawing"'));
    index = JSON.parse(readFileSync(path.join(site.folder, 'index.json'), 'utf8')).reports;
    assert.ok(reports.length > 5, `only ${reports.length} reports have a drawing`);
  });

  /** Runs in the page: what is drawn, in pixels, and what the list below says. */
  const measure = () => {
    const drawing = document.querySelector('.drawing');
    const box = (it) => it.getBoundingClientRect();
    const svg = box(drawing.querySelector('svg'));
    const classOf = (it) => it.getAttribute('class').split(' ').find((name) => name !== 'mark');
    return {
      width: svg.width,
      page: document.documentElement.clientWidth,
      marks: [...drawing.querySelectorAll('.mark:has(circle)')].map((mark) => {
        const circle = box(mark.querySelector('circle'));
        return { phase: classOf(mark), number: mark.textContent.trim(), x: circle.left + circle.width / 2, y: circle.top + circle.height / 2, radius: circle.width / 2, left: svg.left };
      }),
      inside: [...drawing.querySelectorAll('svg *')].every((it) => box(it).top >= svg.top - 2 && box(it).bottom <= svg.bottom + 2),
      axis: [...drawing.querySelectorAll('.axis')].map((it) => ({ text: it.textContent, left: box(it).left, right: box(it).right })),
      stretches: [...drawing.querySelectorAll('.stretch')].map((it) => ({ left: box(it).left, right: box(it).right })),
      list: [...drawing.querySelectorAll('.phases li')].map((it) => ({ phase: it.className, number: it.querySelector('.number').textContent, time: it.querySelector('time').textContent })),
    };
  };

  for (const [viewport, size] of Object.entries(VIEWPORTS)) {
    it(`is in time order, to scale and legible on ${viewport}`, async () => {
      const problems = [];
      await inTabs({ viewport: size }, reports, () => {}, async (page, tab) => {
        await visit(tab, `${site.origin}${BASE}${page}`);
        const { width, page: pageWidth, marks, axis, list, stretches, inside } = await tab.evaluate(measure);
        const wrong = (words) => problems.push(`/${page}: ${words}`);
        if (marks.length < 1) wrong('no mark');
        // Neighbours in time may share a minute; none stands left of what came before.
        marks.forEach((mark, at) => {
          if (at > 0 && mark.x < marks[at - 1].x - 0.01) wrong(`${mark.phase} is drawn before ${marks[at - 1].phase}`);
          for (const other of marks.slice(0, at)) {
            const apart = Math.hypot(mark.x - other.x, mark.y - other.y);
            if (apart < mark.radius + other.radius - 1.5) wrong(`${mark.phase} covers ${other.phase}: ${apart.toFixed(1)} px`);
          }
        });
        axis.forEach((label, at) => {
          if (at > 0 && label.left < axis[at - 1].right + 2) wrong(`the labels ${axis[at - 1].text} and ${label.text} touch`);
          if (label.left < 0 || label.right > pageWidth) wrong(`the label ${label.text} leaves the page`);
        });
        stretches.forEach((stretch, at) => {
          if (at > 0 && Math.abs(stretch.left - stretches[at - 1].right) > 1) wrong('there is a gap between stretches');
        });
        if (!inside) wrong('something is drawn outside of its frame');
        const pairs = (all) => all.map(({ phase, number }) => `${number} ${phase}`).join(', ');
        if (pairs(marks) !== pairs(list)) wrong(`drawn ${pairs(marks)}, listed ${pairs(list)}`);

        // The same moments as in the data: positions are their share of the whole course.
        const record = index.find((it) => it.url === page);
        const moments = new Map(record.phases.map(({ phase, at }) => [phase, at]));
        const since = (phase) => Date.parse(moments.get(phase)) - Date.parse(moments.get('started'));
        const last = marks.at(-1);
        for (const [at, mark] of marks.entries()) {
          const known = moments.get(mark.phase);
          if (!known) wrong(`${mark.phase} is not in index.json`);
          // Over several days the list says the day too: `10-28 13:37`.
          else if (!known.replace('T', ' ').includes(list[at].time)) wrong(`${mark.phase} is listed at ${list[at].time}, and is at ${known}`);
          else if (['resolved', 'mitigated'].includes(last.phase) && since(last.phase) > 0) {
            const span = last.x - marks[0].x;
            const expected = marks[0].x + (span * since(mark.phase)) / since(last.phase);
            if (Math.abs(expected - mark.x) > Math.max(1, width * 0.002)) wrong(`${mark.phase} is drawn at ${mark.x.toFixed(1)} px instead of ${expected.toFixed(1)} px`);
          }
        }
      });
      report(problems, '', viewport);
    });
  }
});

describe('with a keyboard', () => {
  let site;

  before(async () => {
    site = await serving(build(REPOSITORY, path.join(temporary, 'keyboard')), BASE);
  });

  it('the first stop skips to the content', () =>
    withPage({ viewport: VIEWPORTS.desktop }, async (page) => {
      await visit(page, `${site.origin}${BASE}reports/`);
      await page.keyboard.press('Tab');
      const skip = page.locator(':focus');
      assert.equal(await skip.getAttribute('href'), '#main');
      const box = await skip.boundingBox();
      assert.ok(box.x >= 0 && box.y >= 0, 'the link is in sight while it has the focus');
      await page.keyboard.press('Enter');
      assert.ok(page.url().endsWith('#main'));
      await page.keyboard.press('Tab');
      assert.ok(await page.locator('main :focus').count(), 'the next stop is in the content');
    }));

  for (const scheme of ['light', 'dark']) {
    it(`every stop is in sight and outlined, in ${scheme}`, async () => {
      const pages = ['', 'about/', 'r/2026-03-14-payment-pool-exhaustion/'];
      await inTabs({ viewport: VIEWPORTS.desktop, colorScheme: scheme }, pages, () => {}, async (name, page) => {
        await visit(page, site.origin + BASE + name);
        const order = [];
        for (let stop = 0; stop < 20; stop += 1) {
          await page.keyboard.press('Tab');
          const seen = await page.evaluate(() => {
            const at = document.activeElement;
            if (!at || at === document.body) return undefined;
            const style = getComputedStyle(at);
            const box = at.getBoundingClientRect();
            return { name: at.textContent.trim().slice(0, 30), tag: at.localName, outline: style.outlineStyle, width: Number.parseFloat(style.outlineWidth), colour: style.outlineColor, page: getComputedStyle(document.body).backgroundColor, visible: box.bottom > 0 && box.top < innerHeight && box.width > 0 };
          });
          if (!seen) break;
          assert.ok(seen.visible, `/${name}: ${seen.tag} ${JSON.stringify(seen.name)} has the focus out of sight`);
          assert.ok(seen.outline === 'solid' && seen.width >= 2, `/${name}: ${seen.tag} ${JSON.stringify(seen.name)} has the outline ${seen.outline} ${seen.width} px`);
          assert.notEqual(seen.colour, seen.page);
          order.push(seen.name);
        }
        assert.ok(order.length > 6, `/${name} has only ${order.length} stops`);
      });
    });
  }
});

describe('in print', () => {
  let site;

  before(async () => {
    site = await serving(build(REPOSITORY, path.join(temporary, 'print')), BASE);
  });

  it('navigation stays on the screen, and the report is there, in dark on white', () =>
    withPage({ viewport: VIEWPORTS.desktop, colorScheme: 'dark' }, async (page) => {
      await visit(page, `${site.origin}${BASE}r/2026-03-14-payment-pool-exhaustion/`);
      const left = ['header.site', 'footer.site', '.contents', '.skip', '.source', '.anchor'];
      const kept = ['h1', '.durations', '.facts', '.drawing svg', '.prose h2', '.prose .table', '.tally'];
      for (const selector of [...left, ...kept]) assert.ok(await page.locator(selector).count(), `${selector} is not on the page at all`);
      assert.ok(await page.locator('header.site').isVisible(), 'on the screen there is navigation');
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      for (const selector of left) assert.ok(await page.locator(selector).first().isHidden(), `${selector} is printed`);
      for (const selector of kept) assert.ok(await page.locator(selector).first().isVisible(), `${selector} is not printed`);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(paper, 'rgb(255, 255, 255)');
      const { problems, measured } = await page.evaluate(inspectContrast);
      assert.ok(measured.main > 50);
      assert.deepEqual(problems, []);
      const wide = await page.evaluate(() => [...document.querySelectorAll('main pre, main .table')].filter((it) => it.scrollWidth > it.clientWidth + 1).length);
      assert.equal(wide, 0, 'nothing is cut off that paper cannot scroll');
    }));

  it('home has its title', () =>
    withPage({ viewport: VIEWPORTS.desktop }, async (page) => {
      await visit(page, site.origin + BASE);
      await page.emulateMedia({ media: 'print' });
      const box = await page.locator('h1').boundingBox();
      assert.ok(box.width > 20 && box.height > 20, `the title of the printed page is ${box.width} by ${box.height} px`);
    }));
});
