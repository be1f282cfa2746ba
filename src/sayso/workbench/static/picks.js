// The brief in the making: ids that this browser keeps until they are taken out. They stand in the
// address of the brief too, so it can be sent as a link.

const KEY = "sayso picks " + document.querySelector(".brand span").textContent;
// Pictures of what the brief cites, picked on the page of each.
const PICTURES = ["map", "timeline", "network", "dispute"];
const note = document.querySelector(".live");

const picks = () => {
  try { return JSON.parse(localStorage.getItem(KEY) ?? "[]"); } catch { return []; }
};

function keep(ids) {
  localStorage.setItem(KEY, JSON.stringify(ids));
  show();
}

function show() {
  const link = document.querySelector('.bar nav a[href^="/brief"]');
  const ids = picks();
  link.textContent = ids.length ? `Brief (${ids.length})` : "Brief";
  link.href = address(ids);
  for (const one of document.querySelectorAll("main .finding")) {
    mark(one, idOf(one), ids);
  }
  const dispute = location.pathname.match(/^\/disputes\/(\w+)/)?.[1];
  if (dispute) {
    mark(document.querySelector("main h1 + p"), dispute, ids);
    mark(document.querySelector(".over-time figcaption"), "dispute", ids);
  }
  const picture = pictureHere();
  if (picture) mark(document.querySelector("main .intro"), picture, ids);
}

// The same as the key, for who has none.
function mark(one, id, ids) {
  if (!one || !id) return;
  const there = ids.includes(id);
  if (one.matches(".finding")) one.classList.toggle("picked", there);
  let button = one.querySelector("button[data-act=pick]");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "pick";
    button.dataset.act = "pick";
    button.dataset.on = id;
    const line = one.matches("tr") ? one.querySelector("td") : [...one.querySelectorAll(".meta")].at(-1);
    (line ?? one).append(" ", button);
  }
  button.textContent = there ? "In the brief" : "To the brief";
  button.setAttribute("aria-pressed", there);
}

// On the page of the brief its title and pictures stay as they are.
function address(ids) {
  const found = ids.filter((one) => !PICTURES.includes(one));
  if (!ids.length) return "/brief";
  const query = new URLSearchParams(location.pathname === "/brief" ? location.search : "");
  query.set("pick", found.join(","));
  if (location.pathname !== "/brief" || !location.search) {
    for (const one of ids) if (PICTURES.includes(one)) query.append("picture", one);
  }
  return `/brief?${query}`;
}

function pictureHere() {
  const name = location.pathname.slice(1);
  return PICTURES.includes(name) && name !== "dispute" ? name : null;
}

// A finding, a dispute in a list, or the dispute that the page is about.
function idOf(one) {
  return one?.dataset.id ?? one?.dataset.href?.match(/^\/disputes\/(\w+)/)?.[1];
}

function say(words) {
  note.textContent = words;
  note.hidden = false;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { note.hidden = true; }, 4000);
}

function toggle() {
  const id = idOf(document.querySelector("main .finding.on"))
    ?? location.pathname.match(/^\/disputes\/(\w+)/)?.[1] ?? pictureHere();
  if (!id) { say("Choose a finding first: j or ↓."); return; }
  turn(id);
}

function turn(id) {
  const ids = picks();
  const there = ids.includes(id);
  const dispute = location.pathname.match(/^\/disputes\/(\w+)/)?.[1];
  // A dispute is drawn over time only where the brief holds it.
  const more = id === "dispute" && !ids.includes(dispute) ? [dispute, id] : [id];
  keep(there ? ids.filter((one) => one !== id) : [...ids, ...more]);
  say(there ? "Taken out of the brief." : "Put into the brief.");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "b" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.target.matches?.("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  toggle();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (button?.dataset.act === "unpick") {
    const given = new URLSearchParams(location.search).get("pick")?.split(",");
    const shown = given ? [...given, ...picks().filter((one) => PICTURES.includes(one))] : picks();
    keep(shown.filter((one) => one !== button.dataset.on));
    location.href = address(picks());
  }
  if (button?.dataset.act === "pick") turn(button.dataset.on);
  if (button?.dataset.act === "empty") { keep([]); location.href = "/brief"; }
});

show();
new MutationObserver(show).observe(document.querySelector("main"), { childList: true });
if (location.pathname === "/brief" && !location.search && picks().length) {
  location.replace(address(picks()));
}
