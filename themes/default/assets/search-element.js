// What the parts of the search box are made with: elements, and words with holes.

/** An element with attributes and children; what is null or false is left out. Text stays text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The text with what was found in `<mark>`. Marks count characters, not UTF-16 units. */
export function marked(text, marks = []) {
  const characters = Array.from(text);
  const parts = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (from > at) parts.push(characters.slice(at, from).join(""));
    parts.push(element("mark", {}, characters.slice(from, to).join("")));
    at = to;
  }
  parts.push(characters.slice(at).join(""));
  return parts.filter((part) => part !== "");
}

/** Which particle follows: Korean chooses by how the word before ends. Both, where its sound is not known. */
function particle(word, [closed, open]) {
  const last = Array.from(word.replace(/[^\p{L}\p{N}]+$/u, "")).at(-1) ?? "";
  const syllable = last.normalize("NFC").codePointAt(0) - 0xac00;
  if (!(syllable >= 0 && syllable < 11172)) return closed === "으로" ? "(으)로" : `${closed}(${open})`;
  const final = syllable % 28;
  // 로 follows ㄹ as well.
  return final === 0 || (closed === "으로" && final === 8) ? open : closed;
}

/** Fills the holes of a text: `{count}` by name, `{은/는}` by what fills the hole before it. */
export function fill(text, holes) {
  let before = "";
  return (text ?? "").replace(/\{([^}]+)\}/g, (_, hole) => {
    if (hole.includes("/")) return particle(before, hole.split("/"));
    before = String(holes[hole] ?? "");
    return before;
  });
}

/** The words of the interface, by key; `count` chooses between one and many. */
export function speaker(words = {}) {
  return (key, holes = {}) => fill((holes.count === 1 && words[`${key}_one`]) || words[key], holes);
}
