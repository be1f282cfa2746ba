// Correcting a finding where it stands: two handles at the ends of its words, or of the words for
// its source, moved by hand or by keys; and another source from a list.

import { Characters, offsetOf, rangeOf, textNodes } from "./text.js";

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /[\p{L}\p{N}]/u;

let job = null;
let drag = null;

const panel = () => document.querySelector("dialog.correct");
const handleOf = (end) => document.querySelector(`.handle[data-end=${end}]`);
const other = (end) => (end === "start" ? "end" : "start");

// `given`: on, start, end, source ({start, end} or null), holder (id), adding; `save` takes what
// is to be stored, `leave` is called at the end of it, `say` shows a line.
export function correct(given, { save, leave, say }) {
  const nodes = textNodes();
  job = {
    ...given, nodes, save, leave, say,
    text: new Characters(nodes),
    spans: { words: { start: given.start, end: given.end }, source: given.source ?? null },
    moves: "words", active: "end", movedSource: false,
  };
  const dialog = panel();
  dialog.querySelector("h2").textContent = given.adding ? "Add a statement" : "Correct";
  dialog.querySelector(".act-choice").hidden = !given.adding;
  dialog.querySelector("input[name=because]").value = "";
  dialog.querySelector("input[name=moves][value=words]").checked = true;
  holders.choose(optionOf(given.holder ?? ""));
  for (const end of ["start", "end"]) handleOf(end).hidden = false;
  document.documentElement.classList.add("correcting");
  for (const fold of document.querySelectorAll(".text details:not([open])")) {
    if (rangeOf(given.start, given.end, nodes).intersectsNode(fold)) fold.open = true;
  }
  dialog.show();
  show();
  into();
  handleOf("end").focus({ preventScroll: true });
}

export function finish() {
  if (!job) return;
  const { leave } = job;
  job = drag = null;
  for (const end of ["start", "end"]) handleOf(end).hidden = true;
  document.documentElement.classList.remove("correcting", "dragging");
  CSS.highlights?.delete("source");
  if (panel().open) panel().close();
  leave();
}

// What is stored: code points of the text.
export function outcome(form) {
  const { on, adding, spans, movedSource } = job;
  const value = { ...spans.words };
  const holder = holders.chosen();
  if (holder.id) value.holder = holder.id;
  if (spans.source && movedSource) {
    value.holder_start = spans.source.start;
    value.holder_end = spans.source.end;
  }
  if (adding) value.act = form.elements.act.value;
  return { on, decision: "correct", value, because: form.elements.because.value || null };
}

// Moving an end

const span = () => job.spans[job.moves];

function put(which, place) {
  const at = { ...span() };
  const { text } = job;
  // The ends never meet: one character at least is left between them.
  at[which] = which === "start"
    ? Math.min(place, text.before(at.end)) : Math.max(place, text.after(at.start));
  job.spans[job.moves] = at;
  if (job.moves === "source") job.movedSource = true;
  show();
}

export function moveWord(which, by) {
  const place = job.text.word(span()[which], which, by);
  if (which === "start" ? place < span().end : place > span().start) put(which, place);
}

function moveCharacter(which, by) {
  const { text } = job;
  put(which, by > 0 ? text.after(span()[which]) : text.before(span()[which]));
}

// The arrow to the right goes on in a paragraph from left to right, and back in one from right to
// left, whatever stands inside it: so the same key never goes to and fro.
function forward(key, which) {
  const place = Math.max(0, span()[which] - (which === "end" ? 1 : 0));
  const node = job.nodes.find((one) => one.start <= place && place < one.end)?.node;
  const paragraph = node?.parentElement.closest("p, div");
  const leftwards = paragraph && getComputedStyle(paragraph).direction === "rtl";
  return (key === "ArrowRight") !== leftwards ? 1 : -1;
}

function moveTo(what) {
  if (what === "source" && !job.spans.source) {
    const { start, end } = job.spans.words;
    const near = job.text.around(Math.max(0, start - 1) || end - 1);
    job.spans.source = start > 0 ? near : { start, end };
  }
  job.moves = what;
  panel().querySelector(`input[name=moves][value=${what}]`).checked = true;
  show();
  into();
}

// Showing it

function show() {
  const { start, end } = span();
  const { text, nodes, spans } = job;
  panel().querySelector(".preview").textContent = text.cut(start, end);
  if (CSS.highlights) {
    const { words, source } = spans;
    CSS.highlights.set("finding", new Highlight(rangeOf(words.start, words.end, nodes)));
    if (source) CSS.highlights.set("source", new Highlight(rangeOf(source.start, source.end, nodes)));
  }
  for (const which of ["start", "end"]) {
    const handle = handleOf(which);
    const words = which === "start" ? text.cut(start, Math.min(end, start + 24)) : text.cut(Math.max(start, end - 24), end);
    const what = job.moves === "words" ? "the words" : "the source";
    handle.setAttribute("aria-label", `${which === "start" ? "Start" : "End"} of ${what}`);
    handle.setAttribute("aria-valuemax", text.length);
    handle.setAttribute("aria-valuenow", span()[which]);
    handle.setAttribute("aria-valuetext", which === "start" ? `begins: ${words}` : `ends: ${words}`);
  }
  place();
}

function place() {
  if (!job) return;
  const origin = document.querySelector(".reading").getBoundingClientRect();
  for (const which of ["start", "end"]) {
    const handle = handleOf(which);
    const edge = edgeOf(which);
    handle.classList.toggle("nowhere", !edge);
    if (!edge) continue;
    // Set by script, not written into the page: the policy lets scripts set styles.
    handle.style.left = `${edge.x - origin.left}px`;
    handle.style.top = `${edge.top - origin.top}px`;
    handle.style.height = `${edge.bottom - edge.top}px`;
  }
}

// Where an end stands on the page: beside the first or the last character that can be seen.
function edgeOf(which) {
  const { start, end } = span();
  const { text, nodes } = job;
  let at = which === "start" ? text.around(start) : text.around(end - 1);
  for (let tries = 0; tries < 200 && at.start < end && at.end > start; tries += 1) {
    const rects = rangeOf(at.start, at.end, nodes).getClientRects();
    const rect = which === "start" ? rects[0] : rects[rects.length - 1];
    if (rect?.height) {
      const letters = text.cut(at.start, at.end);
      const leftwards = RIGHT_TO_LEFT.test(letters) || (!LETTER.test(letters) && rtlAround(at.start));
      const x = (which === "start") !== leftwards ? rect.left : rect.right;
      return { x, top: rect.top, bottom: rect.bottom };
    }
    if (which === "start" ? at.end >= text.length : at.start <= 0) break;
    at = which === "start" ? text.around(at.end) : text.around(at.start - 1);
  }
  return null;
}

// Whether a mark or a space stands among letters from right to left.
function rtlAround(place) {
  const near = job.text.points.slice(Math.max(0, place - 12), place + 12).filter((one) => LETTER.test(one));
  return near.length > 0 && near.every((one) => RIGHT_TO_LEFT.test(one));
}

function into() {
  const edge = edgeOf(job.active);
  if (edge && (edge.top < 90 || edge.bottom > innerHeight * 0.5)) {
    scrollBy({ top: edge.top - innerHeight / 4, behavior: "instant" });
  }
}

// Dragging

function placeAt(x, y) {
  const text = document.querySelector(".text");
  const box = text.getBoundingClientRect();
  const inX = Math.max(box.left + 1, Math.min(x, box.right - 1));
  const inY = Math.max(box.top + 1, Math.min(y, box.bottom - 1));
  let node; let offset;
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(inX, inY);
    [node, offset] = [caret?.offsetNode, caret?.offset];
  } else {
    const caret = document.caretRangeFromPoint?.(inX, inY);
    [node, offset] = [caret?.startContainer, caret?.startOffset];
  }
  if (!node || !text.contains(node)) return null;
  const found = offsetOf(node, offset, job.nodes);
  return found === null ? null : job.text.edge(found);
}

function dragTo(x, y) {
  const found = placeAt(x - drag.dx, y - drag.dy);
  if (found !== null && found !== span()[drag.which]) put(drag.which, found);
}

// Near the edge of the window the text moves on under the finger.
function creep() {
  if (!drag) return;
  const low = panel().getBoundingClientRect();
  const bottom = low.width > innerWidth * 0.9 ? low.top : innerHeight;
  const by = drag.y < 80 ? -9 : drag.y > bottom - 50 ? 9 : 0;
  if (by) {
    scrollBy({ top: by, behavior: "instant" });
    dragTo(drag.x, drag.y);
  }
  requestAnimationFrame(creep);
}

document.addEventListener("pointerdown", (event) => {
  const handle = job && event.target.closest?.(".handle");
  if (!handle || event.button > 0) return;
  event.preventDefault();
  const which = handle.dataset.end;
  const edge = edgeOf(which);
  if (!edge) return;
  job.active = which;
  handle.focus({ preventScroll: true });
  handle.setPointerCapture(event.pointerId);
  // The finger holds the knob below the line; what is meant is the line.
  drag = {
    which, x: event.clientX, y: event.clientY,
    dx: event.clientX - edge.x, dy: event.clientY - (edge.top + edge.bottom) / 2,
  };
  document.documentElement.classList.add("dragging");
  requestAnimationFrame(creep);
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  drag.x = event.clientX;
  drag.y = event.clientY;
  dragTo(drag.x, drag.y);
});

for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    drag = null;
    document.documentElement.classList.remove("dragging");
  });
}

addEventListener("resize", place);
document.addEventListener("toggle", place, true);

// Keys

document.addEventListener("keydown", (event) => {
  if (!job || document.querySelector("dialog.keys[open]")) return;
  const typing = event.target.matches?.("input:not([type=radio]), select, textarea");
  if (event.key === "Escape") {
    event.preventDefault();
    finish();
    return;
  }
  if (typing || event.target.matches?.("input[type=radio]")) return;
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    event.preventDefault();
    const which = event.shiftKey ? other(job.active) : job.active;
    const by = forward(event.key, which);
    if (event.ctrlKey || event.altKey || event.metaKey) moveWord(which, by);
    else moveCharacter(which, by);
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "s") {
    event.preventDefault();
    moveTo(job.moves === "words" ? "source" : "words");
  } else if (event.key === "Enter" && !event.target.matches?.("button, a, summary")) {
    event.preventDefault();
    panel().querySelector("button[value=save]").click();
  } else if (event.key === "?") {
    event.preventDefault();
    document.querySelector("dialog.keys").showModal();
  }
});

document.addEventListener("focusin", (event) => {
  if (job && event.target.matches?.(".handle")) job.active = event.target.dataset.end;
});

document.addEventListener("change", (event) => {
  if (job && event.target.matches?.("input[name=moves]")) moveTo(event.target.value);
});

// The source, from a list that is searched while typing: who stands in this text, and then whoever
// else of the ledger has this name.

const folded = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
const optionOf = (id) => [...options()].find((one) => one.dataset.id === id) ?? options()[0];
const options = () => document.querySelectorAll("#holder-list [role=option]");

const holders = {
  box: () => document.querySelector("input[name=holder_words]"),
  list: () => document.querySelector("#holder-list"),
  shown: () => [...options()].filter((one) => !one.hidden),
  chosen() {
    const one = document.querySelector("#holder-list [aria-selected=true]");
    return { id: one?.dataset.id ?? "", name: one?.textContent ?? "" };
  },
  choose(option) {
    for (const one of options()) one.setAttribute("aria-selected", one === option);
    this.box().value = option?.dataset.id ? option.textContent : "";
    this.close();
  },
  close() {
    this.list().hidden = true;
    this.box().setAttribute("aria-expanded", "false");
    this.point(null);
  },
  filter(words) {
    const wanted = folded(words);
    for (const one of options()) one.hidden = !folded(one.textContent).includes(wanted);
    this.list().hidden = !this.shown().length;
    this.box().setAttribute("aria-expanded", String(!this.list().hidden));
    this.point(wanted ? this.shown()[0] : null);
  },
  point(option) {
    for (const one of options()) one.classList.toggle("at", one === option);
    if (option) {
      this.box().setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.box().removeAttribute("aria-activedescendant");
  },
  step(by) {
    const all = this.shown();
    const at = all.findIndex((one) => one.classList.contains("at"));
    this.point(all[(at + by + all.length) % all.length] ?? null);
  },
  async elsewhere(words) {
    if (folded(words).length < 2) return;
    let found = [];
    try {
      const response = await fetch(`/actors?q=${encodeURIComponent(words)}`, { headers: { accept: "application/json" } });
      if (response.ok) found = (await response.json()).actors;
    } catch { return; /* the list of this text is there all the same */ }
    if (this.box().value !== words || this.list().hidden && !document.activeElement.matches("[name=holder_words]")) return;
    const known = new Set([...options()].map((one) => one.dataset.id));
    for (const { id, name } of found.slice(0, 20)) {
      if (known.has(id)) continue;
      const option = document.createElement("li");
      option.role = "option";
      option.id = `holder-${id}`;
      option.dataset.id = id;
      option.className = "elsewhere";
      option.setAttribute("aria-selected", "false");
      option.textContent = name;
      this.list().append(option);
    }
    this.filter(words);
  },
};

let asked = null;
document.addEventListener("input", (event) => {
  if (!event.target.matches?.("[name=holder_words]")) return;
  const words = event.target.value;
  holders.filter(words);
  clearTimeout(asked);
  asked = setTimeout(() => holders.elsewhere(words), 200);
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("[name=holder_words]")) return;
  const open = !holders.list().hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!open) holders.filter("");
    holders.step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && open) {
    event.preventDefault();
    const at = document.querySelector("#holder-list .at");
    if (at) holders.choose(at);
  } else if (event.key === "Escape" && open) {
    event.preventDefault();
    event.stopPropagation();
    holders.choose(document.querySelector("#holder-list [aria-selected=true]"));
  }
}, true);

document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.("#holder-list [role=option]");
  if (option) {
    event.preventDefault();
    holders.choose(option);
  } else if (event.target.matches?.("[name=holder_words]") && holders.list().hidden) holders.filter("");
});

document.addEventListener("focusout", (event) => {
  if (!event.target.matches?.("[name=holder_words]") || !job) return;
  // Half a name is nobody: what was chosen stands. An emptied field is a choice too.
  const none = !event.target.value.trim();
  holders.choose(none ? options()[0] : document.querySelector("#holder-list [aria-selected=true]"));
});
