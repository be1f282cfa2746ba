// The brief in the making: ids that this browser keeps until they are taken out. They stand in the
// address of the brief too, so it can be sent as a link.

const KEY = "sayso picks " + document.querySelector(".brand span").textContent;
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
    one.classList.toggle("picked", ids.includes(idOf(one)));
  }
}

// On the page of the brief its title and pictures stay as they are.
function address(ids) {
  if (!ids.length) return "/brief";
  const query = new URLSearchParams(location.pathname === "/brief" ? location.search : "");
  query.set("pick", ids.join(","));
  return `/brief?${query}`;
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
    ?? location.pathname.match(/^\/disputes\/(\w+)/)?.[1];
  if (!id) { say("Choose a finding first: j or ↓."); return; }
  const ids = picks();
  const there = ids.includes(id);
  keep(there ? ids.filter((one) => one !== id) : [...ids, id]);
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
    const shown = new URLSearchParams(location.search).get("pick")?.split(",") ?? picks();
    keep(shown.filter((one) => one !== button.dataset.on));
    location.href = address(picks());
  }
  if (button?.dataset.act === "empty") { keep([]); location.href = "/brief"; }
});

show();
new MutationObserver(show).observe(document.querySelector("main"), { childList: true });
if (location.pathname === "/brief" && !location.search && picks().length) {
  location.replace(address(picks()));
}
