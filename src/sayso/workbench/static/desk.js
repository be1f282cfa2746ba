// Keys, judgements and fresh pages.

import { correct, finish, moveWord, outcome } from "./correcting.js";
import { markedText, rangeOf } from "./text.js";

const formToken = document.querySelector('meta[name="form-token"]').content;
const status = document.querySelector(".live");
let selected = -1;

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

// Correcting: the ends of the words or of the source, the holder; or a statement that was missed.

function open(given) {
  if (!document.querySelector("dialog.correct")) return;
  correct(given, {
    say,
    leave: () => {
      if (!current()) { CSS.highlights?.delete("finding"); return; }
      light(current(), false);
      current().focus({ preventScroll: true });
    },
  });
}

function startCorrecting() {
  const chosen = current();
  if (!chosen?.dataset.start) { say("Choose a finding of this text first: j or ↓."); return; }
  const marked = markedText();
  const { id, start, end, sourceStart, sourceEnd, holder } = chosen.dataset;
  open({
    on: id,
    start: marked?.start ?? Number(start),
    end: marked?.end ?? Number(end),
    source: sourceStart ? { start: Number(sourceStart), end: Number(sourceEnd) } : null,
    holder,
  });
}

function startAdding() {
  const marked = markedText();
  const pane = document.querySelector(".pane");
  if (!marked || !pane) { say("Mark some text of the report first."); return; }
  open({ on: pane.dataset.document, adding: true, ...marked });
}

async function saveCorrection(form) {
  const made = outcome(form);
  finish();
  await judge(made, made.value.act ? "Added." : "Corrected.");
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
  s: () => document.querySelector(".keep input")?.focus(),
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
  if (act === "drop") attempt(() => send(`/searches/${on}/withdraw`), "Dropped.");
  if (act === "part") judge({ on, decision: "different", value: { other } }, "Parted.");
  if (act === "cancel") finish();
  if (move) moveWord(move, Number(by));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const { act, on } = form.dataset;
  if (act === "correct") {
    event.preventDefault();
    saveCorrection(form);
    return;
  }
  if (!act) return;
  event.preventDefault();
  const because = form.elements.because?.value || null;
  if (act === "keep") {
    const name = form.elements.name.value;
    const query = new URLSearchParams(location.search).toString();
    document.activeElement.blur();
    attempt(() => send("/searches", { name, listed: form.dataset.listed, query }), "Saved.");
  }
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
