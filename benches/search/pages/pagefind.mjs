// Pagefind as its documentation drives it: `init` when the box gets focus, then ten results with their data.

let pagefind;

async function open() {
  pagefind = await import('/pagefind/pagefind.js');
  await pagefind.init();
}

async function search(query, limit) {
  const found = await pagefind.search(query);
  const shown = await Promise.all(found.results.slice(0, limit).map((result) => result.data()));
  return { total: found.results.length, titles: shown.map((page) => page.meta.title), titlesAt: performance.now() };
}

window.measured = {
  open,
  search,
  /** Every result, by the hash of its page. */
  async all(query) {
    return (await pagefind.search(query)).results.map((result) => result.id);
  },
};
