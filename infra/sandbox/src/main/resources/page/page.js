// Reads the stand-ins once a second and draws what changed; an unchanged part is not touched.
const ZONE = "America/Los_Angeles";
const PIXELS_PER_MINUTE = 1.5;
const MARGIN_MINUTES = 20;
const PEOPLE = {
  "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11": {name: "Ingrid Testwell MD", address: "ingrid.testwell@example.invalid"},
  "3f8a9b7c6d5e4f10a293847561bbccdd": {name: "Omar Samplesson NP", address: "omar.samplesson@example.invalid"},
};
const GONE = new Set(["cancelled", "entered-in-error"]);

const $ = (id) => document.getElementById(id);
const dayOf = new Intl.DateTimeFormat("en-CA", {timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit"});
const clock = new Intl.DateTimeFormat("en-US", {timeZone: ZONE, hour: "numeric", minute: "2-digit"});
const clock24 = new Intl.DateTimeFormat("en-GB", {timeZone: ZONE, hour: "2-digit", minute: "2-digit"});
const longDay = new Intl.DateTimeFormat("en-US", {timeZone: "UTC", weekday: "short", month: "short", day: "numeric", year: "numeric"});
const moment = new Intl.DateTimeFormat("en-US", {timeZone: ZONE, month: "short", day: "numeric", hour: "numeric", minute: "2-digit", second: "2-digit"});

let chosen = /^#\d{4}-\d{2}-\d{2}$/.test(location.hash) ? location.hash.slice(1) : null;
let world = {appointments: [], outlook: [], google: []};
let first = true;

const today = () => dayOf.format(new Date());
const minutes = (time) => {
  const [h, m] = clock24.format(time).split(":").map(Number);
  return h * 60 + m;
};
const shift = (day, days) => {
  const date = new Date(day + "T12:00:00Z");
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

/** The next day that has a live appointment, else the last one that had, else today. */
function bookedDay() {
  const days = world.appointments.filter((a) => !a.gone).map((a) => dayOf.format(a.start)).sort();
  return days.find((day) => day >= today()) ?? days.at(-1) ?? today();
}

/** Makes the children of a node those of the items: kept if unchanged, replaced if not. */
function sync(parent, items, key, draw) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let before = null;
  for (const item of items) {
    const name = String(key(item));
    const signature = JSON.stringify(item);
    let node = old.get(name);
    if (!node || node.signature !== signature) {
      const drawn = draw(item);
      drawn.dataset.key = name;
      drawn.signature = signature;
      if (!first) drawn.classList.add("fresh");
      if (node) {
        const open = node.querySelector("details")?.open;
        if (open && drawn.querySelector("details")) drawn.querySelector("details").open = true;
        node.replaceWith(drawn);
      }
      node = drawn;
    }
    old.delete(name);
    const place = before ? before.nextSibling : parent.firstChild;
    if (place !== node) parent.insertBefore(node, place);
    before = node;
  }
  for (const node of old.values()) node.remove();
}

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== null && child !== ""));
  return node;
}

const text = (node, value) => { if (node.textContent !== value) node.textContent = value; };

// ---- reading -------------------------------------------------------------------------------

function fromCanvas(state) {
  return (state?.appointments ?? []).map((a) => {
    const reference = (kind) => (a.participant ?? [])
      .map((p) => p.actor?.reference ?? "").find((r) => r.startsWith(kind + "/"))?.slice(kind.length + 1);
    const patient = reference("Patient");
    const block = !patient && (a.identifier ?? []).some((i) => i.value?.startsWith("block-"));
    const type = a.appointmentType?.coding?.[0]?.display ?? (patient ? "Visit" : "Blocked time");
    return {
      id: a.id, who: reference("Practitioner") ?? "unknown", start: +new Date(a.start), end: +new Date(a.end),
      gone: GONE.has(a.status), block, title: block ? a.description || "Busy" : type,
      note: block ? "meeting" : a.status,
      more: [type, a.description, a.status, patient && "patient " + patient.slice(0, 8)].filter(Boolean).join(" · "),
    };
  });
}

function fromOutlook(state) {
  return (state?.mailboxes ?? []).map((mailbox) => ({address: mailbox.address, events: mailbox.events.map((e) => ({
    id: e.id, start: +new Date(e.start.dateTime.slice(0, 19) + "Z"), end: +new Date(e.end.dateTime.slice(0, 19) + "Z"),
    gone: false, title: e.subject || "(no subject)", note: e.location?.displayName || e.showAs,
    more: [e.subject, e.location?.displayName, e.showAs, e.sensitivity, e.bodyPreview].filter(Boolean).join(" · "),
  }))}));
}

// Google's descriptions are HTML.
function asText(html) {
  return new DOMParser().parseFromString((html ?? "").replaceAll("<br>", "\n"), "text/html").body.textContent;
}

function fromGoogle(state) {
  return (state?.calendars ?? []).map((calendar) => ({address: calendar.address, events: calendar.events
    .filter((e) => e.start).map((e) => ({
      id: e.id, start: +new Date(e.start.dateTime ?? e.start.date), end: +new Date(e.end.dateTime ?? e.end.date),
      gone: e.status === "cancelled", title: e.summary || "(no title)", note: e.location || e.transparency || "busy",
      more: [e.summary, e.location, asText(e.description), e.status].filter(Boolean).join(" · "),
    }))}));
}

async function read(path) {
  const answer = await fetch(path, {cache: "no-store", signal: AbortSignal.timeout(5000)});
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(path + " answered " + answer.status);
  return answer.json();
}

// ---- drawing -------------------------------------------------------------------------------

/** Side by side where entries overlap: each gets a column and the number of columns. */
function arrange(entries) {
  const sorted = [...entries].sort((a, b) => a.start - b.start || a.end - b.end);
  let group = [];
  let until = -Infinity;
  const close = () => {
    const columns = Math.max(0, ...group.map((e) => e.column + 1));
    group.forEach((e) => { e.columns = columns; });
    group = [];
  };
  for (const entry of sorted) {
    if (entry.start >= until) close();
    const taken = new Set(group.filter((e) => e.end > entry.start).map((e) => e.column));
    entry.column = 0;
    while (taken.has(entry.column)) entry.column++;
    group.push(entry);
    until = Math.max(until, entry.end);
  }
  close();
  return sorted;
}

function drawEntry(kind, entry, from) {
  const height = Math.max(17, (entry.end - entry.start) / 60000 * PIXELS_PER_MINUTE - 2);
  const columns = entry.columns ?? 1;
  const step = kind === "canvas" && !entry.gone && columns === 1
    ? element("em", "step " + (entry.places ? "good" : "warn"), entry.places || "…") : null;
  const time = clock.format(entry.start).replace(/\s.*/, "");
  const node = element("div", "entry " + kind + (entry.block ? " block" : "") + (entry.gone ? " gone" : "") + (entry.alone ? " alone" : ""),
    height < 30 ? element("span", "", element("strong", "", time), " " + entry.title) : element("b", "", time),
    height < 30 ? null : element("span", "", entry.title),
    height < 48 ? null : element("span", "note", entry.note ?? ""), step);
  const top = (minutes(entry.start) - from) * PIXELS_PER_MINUTE;
  node.style.top = top + 1 + "px";
  node.style.height = height + "px";
  node.style.left = `calc(${100 * (entry.column ?? 0) / columns}% + 2px)`;
  node.style.width = `calc(${100 / columns}% - 4px)`;
  node.title = `${clock.format(entry.start)} – ${clock.format(entry.end)}  ${entry.more}`
    + (kind === "canvas" && !entry.gone ? `\n${entry.block ? "meeting" : "also"} in: ${entry.places || (entry.block ? "no calendar" : "no calendar yet")}` : "")
    + (entry.alone ? "\nnot in Canvas at this time" : "");
  return node;
}

function drawLanes(person) {
  const {from, to, now} = person;
  const height = (to - from) * PIXELS_PER_MINUTE + "px";
  const hours = element("div", "hours");
  hours.style.height = height;
  const lines = [];
  for (let at = Math.ceil(from / 60) * 60; at < to; at += 60) {
    const label = element("span", "", `${(at / 60 + 11) % 12 + 1} ${at < 720 ? "am" : "pm"}`);
    label.style.top = (at - from) * PIXELS_PER_MINUTE + "px";
    hours.append(label);
    lines.push(at);
  }
  const lane = (kind, entries) => {
    const node = element("div", "lane");
    node.style.height = height;
    for (const at of lines) {
      const line = element("i");
      line.style.top = (at - from) * PIXELS_PER_MINUTE + "px";
      node.append(line);
    }
    if (now !== null) {
      const line = element("i", "now");
      line.style.top = (now - from) * PIXELS_PER_MINUTE + "px";
      node.append(line);
    }
    entries.filter((e) => e.gone).forEach((e) => node.append(drawEntry(kind, e, from)));
    arrange(entries.filter((e) => !e.gone)).forEach((e) => node.append(drawEntry(kind, e, from)));
    return node;
  };
  const live = person.canvas.filter((e) => !e.gone && !e.block).length;
  const blocks = person.canvas.filter((e) => !e.gone && e.block).length;
  return element("article", "practitioner",
    element("h2", "", person.name, element("small", "", (live === 1 ? "1 appointment" : live + " appointments")
      + (blocks ? `, ${blocks} blocked by meetings` : ""))),
    element("div", "lanes",
      element("div", "lane-name"), element("div", "lane-name canvas", "Canvas"),
      element("div", "lane-name outlook", "Outlook"), element("div", "lane-name google", "Google"),
      hours, lane("canvas", person.canvas), lane("outlook", person.outlook), lane("google", person.google)));
}

function people(day) {
  const on = (entries) => entries.filter((e) => dayOf.format(e.start) === day);
  const at = (calendars, address) => on(calendars.find((c) => c.address === address)?.events ?? []);
  const keys = new Set([...Object.keys(PEOPLE), ...world.appointments.map((a) => a.who)]);
  const same = (a) => (b) => !b.gone && a.start === b.start && a.end === b.end;
  return [...keys].map((key) => {
    const known = PEOPLE[key] ?? {name: "Practitioner " + key.slice(0, 8), address: ""};
    const person = {
      key, name: known.name,
      canvas: on(world.appointments).filter((a) => a.who === key),
      outlook: at(world.outlook, known.address), google: at(world.google, known.address),
    };
    person.canvas = person.canvas.map((a) => ({...a, places: [
      person.outlook.some(same(a)) && "O", person.google.some(same(a)) && "G"].filter(Boolean).join(" ")}));
    const alone = (e) => ({...e, alone: !e.gone && !person.canvas.some((a) => same(e)(a))});
    return {...person, outlook: person.outlook.map(alone), google: person.google.map(alone)};
  });
}

function drawDay() {
  const day = chosen ?? bookedDay();
  text($("day-name"), longDay.format(new Date(day + "T12:00:00Z")));
  if ($("day").value !== day && document.activeElement !== $("day")) $("day").value = day;
  $("follow").setAttribute("aria-pressed", String(chosen === null));
  const all = people(day);
  const times = all.flatMap((p) => [...p.canvas, ...p.outlook, ...p.google]);
  const starts = times.map((e) => minutes(e.start));
  const ends = times.map((e) => minutes(e.start) + (e.end - e.start) / 60000);
  const from = Math.floor(Math.min(480, ...starts) / 60) * 60 - MARGIN_MINUTES;
  const to = Math.ceil(Math.max(1020, ...ends) / 60) * 60 + MARGIN_MINUTES;
  const present = minutes(new Date());
  const now = day === today() && present > from && present < to ? present : null;
  sync($("practitioners"), all.map((p) => ({...p, from, to, now})), (p) => p.key, drawLanes);
  const shown = all.flatMap((p) => p.canvas).filter((a) => !a.gone);
  const live = shown.filter((a) => !a.block);
  const blocks = shown.length - live.length;
  const waiting = live.filter((a) => !a.places).length;
  const extra = all.flatMap((p) => [...p.outlook, ...p.google]).filter((e) => e.alone).length;
  $("empty").hidden = times.length > 0;
  text($("empty"), chosen === null ? "No appointments yet. Book one and it appears here." : "Nothing on this day.");
  const parts = [element("span", "", element("b", "", String(live.length)), live.length === 1 ? " appointment" : " appointments")];
  if (live.length) parts.push(" · ", waiting
    ? element("span", "warn", waiting + " not in a calendar yet") : element("span", "good", "all in a calendar"));
  if (blocks) parts.push(" · ", element("span", "", blocks + (blocks === 1 ? " block" : " blocks") + " for meetings"));
  if (extra) parts.push(" · ", element("span", "warn", extra + " only in a calendar"));
  const summary = element("p", "", ...parts);
  if ($("summary").textContent !== summary.textContent) $("summary").replaceChildren(...summary.childNodes);
}

function invitation(raw) {
  if (!raw) return null;
  const mime = atob(raw).replace(/\r\n[ \t]+/g, " ");
  return /text\/calendar[^\r\n]*method="?(\w+)/i.exec(mime)?.[1]?.toUpperCase() ?? null;
}

/** A text with its links to follow; nothing of it is read as HTML. */
function linked(words) {
  return words.split(/(https?:\/\/[\x21-\x7e]+)/).map((part, index) => {
    if (index % 2 === 0) return part;
    const link = element("a", "", part);
    link.href = part;
    link.rel = "noreferrer";
    link.target = "_blank";
    return link;
  });
}

function drawMessage(message) {
  const sms = message.channel === "sms";
  const invite = invitation(message.raw);
  const head = element("header", "", element("span", "chip " + message.channel, sms ? "SMS" : "E-mail"),
    invite ? element("span", "chip invite", invite === "CANCEL" ? "cancels invite" : "invite") : null,
    element("span", "to", message.to), element("time", "", moment.format(new Date(message.at))));
  if (sms) return element("article", "message", head, element("pre", "bubble", ...linked(message.text.trim())));
  const details = element("details", "", element("summary", "", "As the patient sees it"), element("pre", "", message.text.trim()));
  details.addEventListener("toggle", () => {
    if (!details.open || details.querySelector("iframe")) return;
    const frame = element("iframe", "mail");
    frame.setAttribute("sandbox", "");
    frame.title = message.subject ?? "(no subject)";
    frame.src = "/outbox/" + encodeURIComponent(message.id) + "/html";
    details.querySelector("pre").before(frame);
  });
  return element("article", "message", head, element("h3", "", message.subject ?? "(no subject)"), details);
}

function drawOutbox(outbox) {
  const messages = [...(outbox?.messages ?? [])].reverse();
  text($("outbox-count"), String(messages.length));
  $("outbox-empty").hidden = messages.length > 0;
  sync($("outbox"), messages.slice(0, 100), (m) => m.id, drawMessage);
}

const TROUBLES = {doubt: "In doubt", suppressed: "Written to no more"};

function drawTrouble(trouble) {
  const settled = trouble.state === "settled";
  return element("article", "message" + (trouble.what === "doubt" && !settled ? " trouble" : ""),
    element("header", "", element("span", "chip " + trouble.channel, trouble.channel === "sms" ? "SMS" : "E-mail"),
      element("span", "", TROUBLES[trouble.what] ?? trouble.what), element("time", "", moment.format(new Date(trouble.since)))),
    element("p", "ids", [trouble.why ?? trouble.state, trouble.visit && "visit " + trouble.visit, trouble.id].filter(Boolean).join(" · ")));
}

function drawTroubles(answer) {
  const troubles = [...(answer?.troubles ?? [])].sort((a, b) => b.since.localeCompare(a.since));
  $("troubles-panel").hidden = !answer;
  text($("troubles-count"), String(troubles.length));
  $("troubles-empty").hidden = troubles.length > 0;
  sync($("troubles"), troubles.slice(0, 100), (t) => t.what + t.id, drawTrouble);
}

function drawQueue(queue) {
  const number = (count, name, className) =>
    element("span", "number " + (count ? className : ""), element("b", "", String(count)), " " + name);
  const node = element("article", "queue" + (queue.dead ? " trouble" : ""), element("div", "",
    element("h3", "", queue.name), number(queue.waiting, "waiting", "busy"),
    number(queue.inFlight, "in flight", "busy"), number(queue.dead, "dead", "dead")));
  if (queue.messages?.length) {
    node.append(element("details", "", element("summary", "", "Messages"), element("pre", "", queue.messages
      .map((m) => typeof m === "string" ? m : `${m.state ?? ""}  ${m.body ?? JSON.stringify(m)}`).join("\n\n"))));
  }
  return node;
}

function drawQueues(answer) {
  $("queues-panel").hidden = !answer;
  sync($("queues"), answer?.queues ?? [], (q) => q.name, drawQueue);
}

// ---- reconciliation ------------------------------------------------------------------------

const FINDINGS = {missing: "missing", differs: "changed by hand", misplaced: "in the wrong calendar", orphaned: "without a visit",
  duplicate: "double", unknownToLedger: "unknown to the ledger", leftBehind: "left behind",
  untold: "not told"};
const MEETING_FINDINGS = {missing: "missing", misplaced: "at another time", differs: "changed by hand", unexpected: "without a meeting",
  duplicate: "double", untracked: "unknown to the ledger", conflict: "refused: a visit is there"};
const OUTCOMES = {agrees: "in step", planned: "out of step", repairing: "being put right", held: "held: too much would go", unknown: "not known"};

function drawCertificate(certificate) {
  const counts = Object.entries(FINDINGS).filter(([name]) => certificate[name])
    .map(([name, words]) => element("span", "number busy", element("b", "", String(certificate[name])), " " + words));
  const meetings = certificate.meetings ?? {};
  const blockCounts = Object.entries(MEETING_FINDINGS).filter(([name]) => meetings[name])
    .map(([name, words]) => element("span", "number busy", element("b", "", String(meetings[name])), " " + words));
  if (meetings.compared || meetings.blocks) {
    blockCounts.unshift(element("span", "number", element("b", "", String(meetings.blocks)), " of " + meetings.compared + " blocks for meetings"));
  }
  const unread = Object.entries({...certificate.unread, ...meetings.unread}).map(([key, why]) => key + ": " + why)
    .concat((meetings.stopped ?? []).map((key) => key + ": stopped"));
  const good = certificate.outcome === "agrees";
  const bad = certificate.outcome === "held" || certificate.outcome === "unknown";
  const node = element("article", "queue" + (bad ? " trouble" : ""), element("div", "",
    element("h3", "", certificate.practitioner, " ", element("em", good ? "good" : "warn", OUTCOMES[certificate.outcome] ?? certificate.outcome)),
    element("span", "number", element("b", "", String(certificate.standing)), " of " + certificate.wanted + " entries"), ...counts, ...blockCounts));
  const lines = [certificate.reason, ...unread, ...(certificate.findings ?? []).map((f) => `${f.finding}  ${f.visit}  ${f.calendar}  → ${f.repair}`),
    ...(meetings.findings ?? []).map((f) => `${f.finding}  block ${f.block}  ${f.start}  ${f.appointment}`)];
  if (lines.some(Boolean)) {
    node.append(element("details", "", element("summary", "", "Details"), element("pre", "", lines.filter(Boolean).join("\n"))));
  }
  return node;
}

function drawSteps(runs) {
  const run = runs?.reconcile;
  $("steps-panel").hidden = !runs;
  $("steps-empty").hidden = Boolean(run);
  text($("steps-when"), run ? clock.format(new Date(run.at)) + (run.answer?.dryRun ? ", compared only" : "") : "");
  const failed = run?.failure ? [{practitioner: "", outcome: "unknown", reason: run.failure, standing: 0, wanted: 0}] : [];
  sync($("steps"), run?.answer?.certificates ?? failed, (c) => c.practitioner, drawCertificate);
}

async function reconcile(dryRun) {
  text($("steps-doing"), "looking …");
  try {
    const answer = await fetch("/local/run/reconcile", {method: "POST", body: JSON.stringify({dryRun})});
    text($("steps-doing"), answer.ok ? "" : "did not finish: " + answer.status);
  } catch (failure) {
    text($("steps-doing"), String(failure));
  }
}

// ---- the round -----------------------------------------------------------------------------

async function round() {
  try {
    const [canvas, outlook, google, outbox, queues, runs] = await Promise.all(
      ["/canvas-control/state", "/graph-control/state", "/google-control/state", "/outbox", "/local/queues", "/local/runs"].map(read));
    world = {appointments: fromCanvas(canvas), outlook: fromOutlook(outlook), google: fromGoogle(google)};
    drawDay();
    drawOutbox(outbox);
    drawQueues(queues);
    drawSteps(runs);
    first = false;
    $("live").classList.remove("lost");
    text($("live-text"), "live · clinic time");
  } catch (failure) {
    console.warn(failure);
    $("live").classList.add("lost");
    text($("live-text"), "no answer, trying again");
  }
  setTimeout(round, document.hidden ? 5000 : 1000);
}

function choose(day) {
  chosen = day;
  history.replaceState(null, "", day ? "#" + day : location.pathname);
  first = true;
  drawDay();
  first = false;
}

$("previous").onclick = () => choose(shift(chosen ?? bookedDay(), -1));
$("next").onclick = () => choose(shift(chosen ?? bookedDay(), 1));
$("compare").onclick = () => reconcile(true);
$("put-right").onclick = () => reconcile(false);
$("follow").onclick = () => choose(null);
$("day").onchange = () => { if ($("day").value) choose($("day").value); };
$("day").parentElement.onclick = () => $("day").showPicker?.();
round();
