// The figures as tables: for reading in a terminal, or as Markdown.

const kib = (bytes) => `${(bytes / 1024).toFixed(bytes < 10 * 1024 ? 1 : 0)} KiB`;
const ms = (time) => `${time.toFixed(time < 10 ? 1 : 0)} ms`;
const seconds = (time) => `${time.toFixed(time < 10 ? 2 : 1)} s`;
const percent = (share) => `${(100 * share).toFixed(1)} %`;
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2;
}

/** "median (worst)". */
function spread(numbers, show) {
  return `${show(median(numbers))} (${show(Math.max(...numbers))})`;
}

const count = (number) => String(number);
const NAMES = { ours: 'ours', pagefind: 'Pagefind' };

function enginesOf(site) {
  return Object.keys(NAMES).filter((name) => site[name]?.first);
}

/** The first result: a row for each site, engine, state of the cache and order. */
function firstRows(sites, delay) {
  const rows = [['reports', 'engine', 'visit', 'sent', 'requests', 'rounds', 'loopback', `+${delay} ms each`, 'snippets: sent', 'rounds', `loopback`, `+${delay} ms each`]];
  for (const site of sites) {
    for (const visit of ['cold, at once', 'cached, at once', 'typed later']) {
      for (const engine of enginesOf(site)) {
        const of = (wanted) => site[engine].first.filter((run) => run.delay === wanted).map((run) => run[visit]);
        const [near, far] = [of(0), of(delay)];
        const rest = (runs) => runs.map((run) => run.rest);
        const figures = (runs, key, show) => spread(runs.map((run) => run[key]), show);
        rows.push([
          count(site.reports), NAMES[engine], visit,
          figures(far, 'bytes', kib), figures(far, 'requests', count), figures(far, 'rounds', count),
          figures(near, 'time', ms), figures(far, 'time', ms), ...(far[0].snippets === undefined
            ? ['with the titles', '', '', '']
            : [
                figures(rest(far), 'bytes', kib), figures(rest(far), 'rounds', count),
                figures(rest(near), 'time', ms), figures(rest(far), 'time', ms),
              ]),
        ]);
      }
    }
  }
  return rows;
}

const PARTS = [
  ['scripts', /\.m?js$/],
  ['module', /\.wasm$|wasm\.[^/]*\.pagefind$/],
  ['lists', /index\.json$|entry\.json$|\.pf_meta$/],
  ['first piece', /^\/search\/index\/[0-9a-f]+\/0$/],
  ['pieces', /^\/search\/index\/[0-9a-f]+\/\d+$|\.pf_index$/],
  ['titles and texts', /\.pf_fragment$/],
];

/** What a cold visit is sent until everything is shown, snippets included: requests and bytes of each kind of file. */
function sentRows(sites, delay) {
  const rows = [['reports', 'engine', ...PARTS.map(([name]) => name)]];
  const kindOf = (path) => PARTS.find(([, pattern]) => pattern.test(path))?.[0];
  for (const site of sites) {
    for (const engine of enginesOf(site)) {
      const runs = site[engine].first.filter((run) => run.delay === delay).map((run) => run['cold, at once'].list);
      const cells = PARTS.map(([name]) => {
        const of = runs.map((list) => list.filter(({ path }) => kindOf(path) === name));
        if (of.every((list) => list.length === 0)) return '';
        const bytes = of.map((list) => list.reduce((sum, request) => sum + request.bytes, 0));
        return `${median(of.map((list) => list.length))}: ${spread(bytes, kib)}`;
      });
      rows.push([count(site.reports), NAMES[engine], ...cells]);
    }
  }
  return rows;
}

function warmRows(sites) {
  const rows = [['reports', 'engine', 'another query', 'sent for it', 'requests', 'the same again', 'its snippets']];
  for (const site of sites) {
    for (const engine of enginesOf(site)) {
      const of = (pass, key) => site[engine].warm.filter((run) => run.pass === pass).map((run) => run[key]);
      rows.push([
        count(site.reports), NAMES[engine], spread(of('next', 'time'), ms), spread(of('next', 'bytes'), kib),
        spread(of('next', 'requests'), count), spread(of('again', 'time'), ms),
        spread(of('again', 'rest').map(({ time }) => time), ms),
      ]);
    }
  }
  return rows;
}

function completenessRows(sites) {
  const rows = [['reports', 'Korean', 'engine', 'found on average', 'found of all', 'words with nothing found']];
  for (const site of sites) {
    for (const kind of new Set(enginesOf(site).flatMap((engine) => site[engine].completeness.map((part) => part.kind)))) {
      for (const engine of enginesOf(site)) {
        const parts = site[engine].completeness.filter((part) => part.kind === kind && part.containing > 0);
        const all = parts.reduce((sum, part) => sum + part.containing, 0);
        const found = parts.reduce((sum, part) => sum + part.containing * part.share, 0);
        const none = parts.filter((part) => part.share === 0).length;
        rows.push([count(site.reports), kind, NAMES[engine], percent(mean(parts.map((part) => part.share))), percent(found / all), `${none} of ${parts.length}`]);
      }
    }
  }
  return rows;
}

function indexRows(sites) {
  const rows = [['reports', 'step', 'wall', 'processor', 'memory', 'index', 'files', 'engine as it stands', 'gzip', 'brotli']];
  const row = (reports, step, { wall, cpu, memory }, published) => {
    const parts = published?.engine ? Object.values(published.engine) : [];
    const weight = (key) => (parts.length > 0 ? kib(parts.reduce((sum, part) => sum + part[key], 0)) : '');
    const index = published?.index?.files > 0 ? [kib(published.index.bytes), count(published.index.files)] : ['', ''];
    rows.push([count(reports), step, seconds(wall), seconds(cpu), `${Math.round(memory)} MiB`, ...index, weight('raw'), weight('gzip'), weight('brotli')]);
  };
  for (const { reports, ours, pagefind } of sites) {
    row(reports, 'ours: `check` (reads everything)', ours.published.check);
    row(reports, 'ours: `search` without `.bokgi/` (reads, indexes, keeps the index, searches)', ours.published.unindexed);
    row(reports, 'ours: `build` after that (the whole site)', ours.published.build, ours.published);
    row(reports, 'ours: `search` with `.bokgi/`', ours.published.indexed);
    if (pagefind) row(reports, 'Pagefind: reads the pages, indexes', pagefind.published.time, pagefind.published);
  }
  return rows;
}

function table(rows, markdown) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  const line = (cells) => (markdown ? `| ${cells.join(' | ')} |` : cells.map((cell, at) => cell.padEnd(widths[at])).join('  ').trimEnd());
  const rule = markdown ? `|${rows[0].map(() => '---').join('|')}|` : widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n');
}

/** Everything that was measured. */
export function tables({ browser, delay, sites }, { markdown }) {
  const title = (text) => (markdown ? `## ${text}` : `${text}\n${'='.repeat(text.length)}`);
  const parts = [
    `${browser}, HTTP/1.1. Figures are medians over the queries, with the worst in brackets.`,
    title('Until ten titles'), table(firstRows(sites, delay), markdown),
    title('What is sent: requests and bytes, cold, snippets included'), table(sentRows(sites, delay), markdown),
    title('Warm, loopback'), table(warmRows(sites), markdown),
    title('Completeness'), table(completenessRows(sites), markdown),
    title('Index'), table(indexRows(sites), markdown),
  ];
  const languages = sites.filter((site) => site.pagefind).map((site) => `${site.reports} reports: ${JSON.stringify(site.pagefind.published.languages)}`);
  if (languages.length > 0) parts.push(`Languages Pagefind sees, with their pages: ${languages.join('; ')}.`);
  return `${parts.join('\n\n')}\n`;
}
