// Reports that mean harm, and reports that were written in haste: what they hold stays text, and the
// page around it stays whole.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { BASE, PARALLEL, VIEWPORTS, deadLinks, inTabs, inspectStructure, kindOf, open, pagesOf, publish, report, serving, temporary, visit, withPage } from './support.mjs';

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
    // Wherever the report's words are shown: its page, the lists, the pages of its values.
    pages = pagesOf(folder).filter((page) => !['rule', 'rules', 'about', 'error page'].includes(kindOf(page)));
    const kinds = new Set(pages.map(kindOf));
    for (const kind of ['home', 'list', 'facets', 'facet value', 'report']) assert.ok(kinds.has(kind), `there is no ${kind} among ${pages.join(' ')}`);
  });

  /** What ran: dialogs, and calls that opened none. Sends every element the events it may wait for. */
  async function whatRan(page, show) {
    const ran = [];
    page.removeAllListeners('dialog');
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
    it(`runs nothing ${bypassCSP ? 'even without' : 'and offends no'} content security policy`, () =>
      inTabs({ bypassCSP }, pages, () => {}, async (name, page) => {
        const violations = [];
        page.removeAllListeners('console');
        page.on('console', (message) => {
          if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
        });
        const ran = await whatRan(page, () => visit(page, site.origin + BASE + encodeURI(name)));
        assert.deepEqual(ran, [], `/${name} ran something`);
        assert.deepEqual(violations, [], `/${name} leaves it to the content security policy`);
      }));
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

  it('leaves no element or attribute that could run', () =>
    inTabs({}, pages, () => {}, async (name, page) => {
      await visit(page, site.origin + BASE + encodeURI(name));
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
    }));
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
