"use strict";

const PAUSE = 1500;
const element = (id) => document.getElementById(id);
const seen = new Set();
let mails = [];
let shown = null;
let part = "html";
let isFirstLook = true;

function make(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function age(date) {
  const seconds = Math.max(0, (Date.now() - new Date(date)) / 1000);
  if (seconds < 60) return "now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

function entry(mail) {
  const button = make("button", seen.has(mail.name) ? "" : "unread", "");
  button.type = "button";
  button.append(make("span", "subject", mail.subject), make("span", "to", mail.to), make("span", "age", age(mail.date)));
  button.setAttribute("aria-current", String(mail.name === shown));
  button.addEventListener("click", () => show(mail.name));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function link(address) {
  const item = document.createElement("li");
  const anchor = make("a", "", address);
  anchor.href = address;
  anchor.target = "_blank";
  anchor.rel = "noreferrer";
  item.append(anchor);
  const token = new URL(address).searchParams.get("token");
  if (token) {
    const copy = make("button", "", "Copy token");
    copy.type = "button";
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(token);
      copy.textContent = "Copied";
      setTimeout(() => { copy.textContent = "Copy token"; }, PAUSE);
    });
    item.append(copy);
  }
  return item;
}

function draw() {
  const focused = [...element("list").children].findIndex((item) => item.contains(document.activeElement));
  element("list").replaceChildren(...mails.map(entry));
  if (focused >= 0) element("list").children[focused]?.querySelector("button").focus();
  element("nothing").hidden = mails.length > 0;
  element("state").textContent = mails.length === 1 ? "1 mail" : `${mails.length} mails`;
}

function body() {
  // Not through `src`: every mail would be an entry of the browser's history.
  element("body").contentWindow.location.replace(`/dev/mail/messages/${shown}/${part}`);
}

function show(name) {
  const mail = mails.find((it) => it.name === name);
  if (!mail) return;
  shown = name;
  seen.add(name);
  for (const field of ["subject", "to", "from"]) element(field).textContent = mail[field];
  element("date").textContent = `${new Date(mail.date).toLocaleString()} · ${mail.language}`;
  element("links").replaceChildren(...mail.links.map(link));
  element("mail").hidden = false;
  body();
  draw();
}

async function look() {
  try {
    const answer = await fetch("/dev/mail/messages");
    const newest = await answer.json();
    if (isFirstLook) newest.slice(1).forEach((mail) => seen.add(mail.name));
    const wasEmpty = mails.length === 0;
    mails = newest;
    draw();
    if (wasEmpty && mails.length > 0) show(mails[0].name);
    isFirstLook = false;
  } catch {
    element("state").textContent = "The server does not answer. Looking again…";
  }
  setTimeout(look, PAUSE);
}

for (const tab of document.querySelectorAll("[role=tab]")) {
  tab.addEventListener("click", () => {
    part = tab.dataset.part;
    for (const other of document.querySelectorAll("[role=tab]")) {
      other.setAttribute("aria-selected", String(other === tab));
    }
    body();
  });
}

look();
