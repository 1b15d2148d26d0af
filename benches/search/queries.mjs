// What is asked: words as they stand in the reports, chosen by chance that is the same in every run.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const KOREAN = /^[가-힣]{2,}$/;
const ENGLISH = /^[a-z]{4,}$/;

/** Chance that depends on the seed alone (mulberry32). */
function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The reports of a site by their addresses, from the Markdown copies published beside the pages. */
export function readReports(site) {
  const folder = path.join(site, 'r');
  const names = readdirSync(folder).filter((name) => name.endsWith('.md')).sort();
  return names.map((name) => ({ url: `r/${name.slice(0, -3)}/`, text: plain(readFileSync(path.join(folder, name), 'utf8')) }));
}

/** The prose of a report: no front matter, no code, no addresses; lines are kept. */
function plain(markdown) {
  return markdown
    .normalize('NFC')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/^(```|~~~)[\s\S]*?^\1.*$/gm, '')
    .replace(/`[^`\n]*`|https?:\S+|\]\([^)]*\)|<[^>\n]*>/g, ' ')
    .toLowerCase();
}

/** Words in which nothing else hangs on either side: not a part of `order-cache`. */
function wordsOf(line) {
  return line.split(/\s+/).map((token) => token.replace(/^[("'*_[]+|[)"'*_\],.:;!?]+$/g, ''));
}

/** Queries of `count` for each kind, of words that stand in at least ten reports (if that many have them). */
export function chooseQueries(reports, count, seed) {
  const random = chance(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const frequencies = new Map();
  for (const { text } of reports) {
    for (const word of new Set(wordsOf(text))) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  }
  const enough = Math.min(10, Math.ceil(reports.length / 10));
  const known = (word, shape) => shape.test(word) && frequencies.get(word) >= enough;
  const kinds = {
    'Korean word': [KOREAN],
    'Korean words': [KOREAN, KOREAN],
    'English word': [ENGLISH],
    'English words': [ENGLISH, ENGLISH],
    mixed: [KOREAN, ENGLISH],
  };
  const queries = [];
  for (const [kind, shapes] of Object.entries(kinds)) {
    const chosen = new Set();
    for (let attempt = 0; chosen.size < count && attempt < 100_000; attempt += 1) {
      const words = wordsOf(pick(pick(reports).text.split('\n')));
      const taken = shapes.map((shape) => pick(words.filter((word) => known(word, shape))));
      if (taken.every(Boolean) && new Set(taken).size === taken.length) chosen.add(taken.join(' '));
    }
    queries.push(...[...chosen].map((query) => ({ kind, query })));
  }
  return queries;
}

/**
 * Korean words as somebody would look for them, each with the reports it stands in: whole words; their
 * beginnings, to be found where a word begins with them; what stands inside of them, to be found there.
 */
export function chooseParts(reports, count, seed) {
  const random = chance(seed);
  const between = (low, high) => low + Math.floor(random() * (high - low + 1));
  const pick = (list) => list[Math.floor(random() * list.length)];
  const cuts = {
    'whole word': { cut: (word) => word, boundary: (part) => new RegExp(`(?<![가-힣])${part}(?![가-힣])`) },
    'word beginning': { cut: (word) => word.slice(0, between(2, word.length - 1)), boundary: (part) => new RegExp(`(?<![가-힣])${part}`) },
    'inside a word': {
      cut: (word) => {
        const length = between(2, word.length - 1);
        return word.slice(between(1, word.length - length)).slice(0, length);
      },
      boundary: (part) => new RegExp(part),
    },
  };
  const parts = [];
  for (const [kind, { cut, boundary }] of Object.entries(cuts)) {
    const chosen = new Set();
    for (let attempt = 0; chosen.size < count && attempt < 100_000; attempt += 1) {
      const word = pick(pick(reports).text.match(/[가-힣]{3,}/g) ?? ['']);
      if (word !== '') chosen.add(cut(word));
    }
    for (const part of chosen) {
      const pattern = boundary(part);
      const containing = reports.filter(({ text }) => text.includes(part) && pattern.test(text)).map(({ url }) => url);
      parts.push({ kind, query: part, containing });
    }
  }
  return parts;
}
