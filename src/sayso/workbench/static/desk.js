// Keys, judgements and fresh pages. Offsets are code points of the document's text, as in Python:
// a JavaScript string counts an emoji as two, so nothing here uses its lengths for offsets.

const formToken = document.querySelector('meta[name="form-token"]').content;
const status = document.querySelector(".live");
let selected = -1;
let correcting = null;

const findings = () => [...document.querySelectorAll("main .finding")];
const current = () => findings()[selected];

function say(words) {
  status.textContent = words;
  status.hidden = false;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { status.hidden = true; }, 4000);
}

function select(index, { scroll = true } = {}) {
  const all = findings();
  if (!all.length) return;
  selected = Math.max(0, Math.min(index, all.length - 1));
  all.forEach((one, place) => one.classList.toggle("on", place === selected));
  const chosen = all[selected];
  if (scroll) {
    chosen.focus({ preventScroll: true });
    chosen.scrollIntoView({ block: "nearest" });
    light(chosen, true);
  }
}

// The text of the document, without what the page adds to it.

function textNodes() {
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

const codePoints = () => [...textNodes().map((one) => one.node.data).join("")];

function offsetOf(container, offset) {
  const nodes = textNodes();
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

function markedText() {
  const marked = window.getSelection();
  const text = document.querySelector(".text");
  if (!text || !marked.rangeCount || marked.isCollapsed) return null;
  const range = marked.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

function rangeOf(start, end) {
  const range = document.createRange();
  for (const { node, start: first, end: last } of textNodes()) {
    const inside = (at) => [...node.data].slice(0, at - first).join("").length;
    if (first <= start && start < last) range.setStart(node, inside(start));
    if (first < end && end <= last) { range.setEnd(node, inside(end)); return range; }
  }
  return range;
}

function light(finding, scroll) {
  if (!CSS.highlights || !finding.dataset.start) return;
  const range = rangeOf(Number(finding.dataset.start), Number(finding.dataset.end));
  CSS.highlights.set("finding", new Highlight(range));
  if (scroll) {
    const place = range.getBoundingClientRect();
    if (place.top < 80 || place.bottom > innerHeight) {
      scrollBy({ top: place.top - innerHeight / 3 });
    }
  }
}

// Judgements

async function send(address, body) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "x-sayso-form": formToken },
    body: JSON.stringify(body ?? {}),
  });
  const answer = response.headers.get("content-type")?.includes("json")
    ? await response.json() : { error: await response.text() };
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function attempt(work, words) {
  try {
    await work();
  } catch (error) {
    say(error.message);
    return;
  }
  try {
    const now = await ask();  // before the page is fetched: what comes later is still news
    await refresh();
    version = now;
  } catch { /* it is noted; the page shows it when the server answers again */ }
  say(words);
}

const done = JSON.parse(sessionStorage.getItem("done") ?? "[]");

async function judge(body, words) {
  await attempt(async () => {
    done.push((await send("/judgements", body)).id);
    sessionStorage.setItem("done", JSON.stringify(done));
  }, words);
}

async function undo() {
  const last = done.pop();
  sessionStorage.setItem("done", JSON.stringify(done));
  if (!last) { say("Nothing to undo in this session: see Judgements."); return; }
  await attempt(() => send(`/judgements/${last}/withdraw`), "Undone.");
}

async function decide(decision, words) {
  const chosen = current();
  if (!chosen?.dataset.id) { say("Choose a finding first: j or ↓."); return; }
  await judge({ on: chosen.dataset.id, decision }, words);
}

// Correcting: the ends of the words, the holder; or a statement that was missed.

function open(given) {
  const dialog = document.querySelector("dialog.correct");
  if (!dialog) return;
  correcting = given;
  dialog.querySelector("h2").textContent = given.adding ? "Add a statement" : "Correct";
  dialog.querySelector(".act-choice").hidden = !given.adding;
  dialog.querySelector("select[name=holder]").value = given.holder ?? "";
  dialog.querySelector("input[name=because]").value = "";
  preview();
  dialog.showModal();
}

function preview() {
  const { start, end } = correcting;
  document.querySelector(".preview").textContent = codePoints().slice(start, end).join("");
  if (CSS.highlights) CSS.highlights.set("finding", new Highlight(rangeOf(start, end)));
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

function moveEnd(which, by) {
  const kind = kinds(codePoints());
  let at = correcting[which];
  // To the next edge; a start stands before something that is not white space, an end behind it.
  const isEdge = () => kind[at - 1] !== kind[at] && kind[which === "start" ? at : at - 1] !== "space";
  do { at += by; } while (at > 0 && at < kind.length && !isEdge());
  at = Math.max(0, Math.min(at, kind.length));
  const next = { ...correcting, [which]: at };
  if (next.start < next.end) { correcting = next; preview(); }
}

function startCorrecting() {
  const chosen = current();
  if (!chosen?.dataset.start) { say("Choose a finding of this text first: j or ↓."); return; }
  const marked = markedText();
  open({
    on: chosen.dataset.id,
    start: marked?.start ?? Number(chosen.dataset.start),
    end: marked?.end ?? Number(chosen.dataset.end),
    holder: chosen.dataset.holder,
  });
}

function startAdding() {
  const marked = markedText();
  const pane = document.querySelector(".pane");
  if (!marked || !pane) { say("Mark some text of the report first."); return; }
  open({ on: pane.dataset.document, adding: true, ...marked });
}

async function saveCorrection(form) {
  const { on, start, end, adding } = correcting;
  const holder = form.elements.holder;
  const value = { start, end };
  if (holder.value) {
    value.holder = holder.value;
    value.holder_name = holder.selectedOptions[0].textContent;
  }
  if (adding) value.act = form.elements.act.value;
  const because = form.elements.because.value || null;
  await judge({ on, decision: "correct", value, because }, adding ? "Added." : "Corrected.");
}

// Fresh pages

let version = null;

async function ask() {
  const response = await fetch("/live", { headers: { accept: "application/json" } });
  if (response.status === 401) say("Your session has ended: reload the page and log in.");
  if (!response.ok) throw new Error("no answer");
  return (await response.json()).version;
}

async function refresh() {
  const response = await fetch(location.href, { headers: { "x-sayso-partial": "1", accept: "text/html" } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main");
  const old = document.querySelector("main");
  const focused = current()?.dataset.id ?? current()?.dataset.href;
  const held = old.contains(document.activeElement);
  const beside = old.querySelector(".beside")?.scrollTop ?? 0;
  old.replaceChildren(...fresh.childNodes);
  const panel = old.querySelector(".beside");
  if (panel) panel.scrollTop = beside;
  const place = findings().findIndex((one) => (one.dataset.id ?? one.dataset.href) === focused);
  // What left the list (a judged one the queue, say) gives its place to the one after it.
  if (selected >= 0) select(place >= 0 ? place : selected, { scroll: false });
  if (current()) light(current(), false);
  if (held) (current() ?? old).focus({ preventScroll: true });
  listen();
}

async function watch() {
  try {
    const now = await ask();
    const busy = document.querySelector("dialog[open]") || document.activeElement?.matches("input, select, textarea");
    if (version !== null && now !== version && !busy && !markedText()) {
      await refresh();
      say("New in the ledger.");
    }
    if (!busy) version = now;
  } catch { /* the server was stopped: the page stays as it is */ }
  setTimeout(watch, 3000);
}

// Listening

function listen() {
  for (const one of document.querySelectorAll(".pane .card")) {
    one.addEventListener("mouseenter", () => light(one, false));
  }
}

const KEYS = {
  j: () => select(selected + 1), ArrowDown: () => select(selected + 1),
  k: () => select(selected - 1), ArrowUp: () => select(selected - 1),
  y: () => decide("confirm", "Confirmed."), n: () => decide("reject", "Rejected."),
  e: startCorrecting, a: startAdding, u: undo,
  Enter: () => { const href = current()?.dataset.href; if (href) location.href = href; },
  "/": () => document.querySelector('input[type="search"]')?.focus(),
  "?": () => document.querySelector("dialog.keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  const at = event.target;
  if (at.matches?.("input, select, textarea, [contenteditable]")) {
    if (event.key === "Escape") at.blur();
    return;
  }
  if (event.key === "Enter" && at.matches?.("a, button, summary")) return;
  const work = KEYS[event.key];
  if (!work || (event.key.startsWith("Arrow") && !findings().length)) return;
  event.preventDefault();
  work();
});

document.addEventListener("focusin", (event) => {
  const place = findings().indexOf(event.target.closest?.(".finding"));
  if (place >= 0 && place !== selected) select(place, { scroll: false });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act], button[data-move]");
  if (!button) return;
  const { act, move, by, on, other, judgement } = button.dataset;
  if (act === "keys") KEYS["?"]();
  if (act === "withdraw") attempt(() => send(`/judgements/${judgement}/withdraw`), "Withdrawn.");
  if (act === "part") judge({ on, decision: "different", value: { other } }, "Parted.");
  if (move) moveEnd(move, Number(by));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const { act, on } = form.dataset;
  if (act === "correct") {
    if (event.submitter?.value === "save") saveCorrection(form);
    return;
  }
  if (!act) return;
  event.preventDefault();
  const because = form.elements.because?.value || null;
  if (act === "join") judge({ on, decision: "same", because, value: { other: form.elements.other.value } }, "Joined.");
  if (act === "grade") judge({ on, decision: "grade", because, value: { source: form.elements.source.value } }, "Graded.");
});

listen();
// On a narrow screen the menu is longer than its line.
const menu = document.querySelector(".bar nav");
const here = menu?.querySelector("[aria-current]");
if (here) menu.scrollLeft = here.offsetLeft - menu.offsetLeft - 40;
if (location.hash.startsWith("#f-")) {
  const place = findings().findIndex((one) => one.id === location.hash.slice(1));
  if (place >= 0) select(place);
}
watch();
