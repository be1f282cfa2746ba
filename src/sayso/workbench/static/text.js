// The text of a document in code points, as Python counts them: a JavaScript string counts an emoji
// as two, so nothing here uses its lengths for offsets.

// The text nodes, without what the page adds to the text.
export function textNodes() {
  const text = document.querySelector(".text");
  if (!text) return [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => node.parentElement.closest("summary")
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  const nodes = [];
  let start = 0;
  while (walker.nextNode()) {
    const length = [...walker.currentNode.data].length;
    nodes.push({ node: walker.currentNode, start, end: start + length });
    start += length;
  }
  return nodes;
}

export function offsetOf(container, offset, nodes = textNodes()) {
  if (container.nodeType === Node.TEXT_NODE) {
    const found = nodes.find((one) => one.node === container);
    return found ? found.start + [...container.data.slice(0, offset)].length : null;
  }
  const edge = document.createRange();
  edge.setStart(container, offset);
  edge.collapse(true);
  const next = nodes.find((one) => edge.comparePoint(one.node, 0) >= 0);
  return next ? next.start : (nodes.at(-1)?.end ?? null);
}

export function markedText() {
  const marked = window.getSelection();
  const text = document.querySelector(".text");
  if (!text || !marked.rangeCount || marked.isCollapsed) return null;
  const range = marked.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

export function rangeOf(start, end, nodes = textNodes()) {
  const range = document.createRange();
  for (const { node, start: first, end: last } of nodes) {
    const inside = (at) => [...node.data].slice(0, at - first).join("").length;
    if (first <= start && start < last) range.setStart(node, inside(start));
    if (first < end && end <= last) { range.setEnd(node, inside(end)); return range; }
  }
  return range;
}

// A text with its characters as people see them (an accent belongs to its letter, a family is one
// emoji) and its words; places are code points all the same.
export class Characters {
  #whole; #unitOf; #pointOf; #segments; #kinds;

  constructor(nodes) {
    this.#whole = nodes.map((one) => one.node.data).join("");
    this.points = [...this.#whole];
    this.#unitOf = new Uint32Array(this.points.length + 1);
    this.#pointOf = new Uint32Array(this.#whole.length + 1);
    let unit = 0;
    this.points.forEach((point, place) => {
      this.#unitOf[place] = unit;
      this.#pointOf.fill(place, unit, unit + point.length);
      unit += point.length;
    });
    this.#unitOf[this.points.length] = unit;
    this.#pointOf[unit] = this.points.length;
    this.#segments = Intl.Segmenter ? new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(this.#whole) : null;
  }

  get length() { return this.points.length; }

  cut(start, end) { return this.points.slice(start, end).join(""); }

  // From where to where the character at a place reaches.
  around(place) {
    const found = this.#segments?.containing(this.#unitOf[place]);
    if (!found) return { start: place, end: Math.min(place + 1, this.length) };
    return { start: this.#pointOf[found.index], end: this.#pointOf[found.index + found.segment.length] };
  }

  before(place) { return place > 0 ? this.around(place - 1).start : 0; }

  after(place) { return place < this.length ? this.around(place).end : place; }

  // The nearest place that is not inside a character.
  edge(place) {
    if (place <= 0 || place >= this.length) return Math.max(0, Math.min(place, this.length));
    const { start, end } = this.around(place);
    return place - start <= end - place ? start : end;
  }

  // The next edge of a word: a start stands before something that is not white space, an end
  // behind it.
  word(place, which, by) {
    this.#kinds ??= kinds(this.points);
    const kind = this.#kinds;
    let at = place;
    const isEdge = () => kind[at - 1] !== kind[at] && kind[which === "start" ? at : at - 1] !== "space";
    do { at += by; } while (at > 0 && at < kind.length && !isEdge());
    return Math.max(0, Math.min(at, kind.length));
  }
}

// White space, words, and other characters; a combining mark or a joiner is of the kind of the
// character that it hangs on, so that nothing is cut from its accent and no emoji in two.
function kinds(text) {
  let last = "space";
  return text.map((char) => {
    if (/\s/u.test(char)) last = "space";
    else if (!/[\p{M}\u200d]/u.test(char)) last = /[\p{L}\p{N}]/u.test(char) ? "word" : "other";
    return last;
  });
}
