// The page "Your work": lists what a reader has written, saves it, takes it in, deletes it.
"use strict";
(() => {
  const { kept, keptFile } = globalThis.convlib;
  const root = document.documentElement.dataset.content_root;
  const home = document.getElementById("work-list");
  const NOTHING =
    "You have not written anything yet: write in a box Your turn, or press Edit at a cell.";
  const NO_STORE =
    "This browser keeps nothing for this site, so there is nothing to list. What you write on a " +
    "page is there until you leave it. A private window or a setting may forbid keeping.";
  const NO_ROOM = "There is no room for this file in this browser. Nothing here has changed.";
  const LONGEST = 44; // letters of a cell's first line

  function count(number, name) {
    return `${number} ${name}${number === 1 ? "" : "s"}`;
  }

  function make(name, properties = {}, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  function button(name, press) {
    const made = make("button", { type: "button", textContent: name });
    made.addEventListener("click", press);
    return made;
  }

  function canKeep() {
    try {
      localStorage.setItem(`${kept.PREFIX}try`, "");
      localStorage.removeItem(`${kept.PREFIX}try`);
      return true;
    } catch (error) {
      return error.name === "QuotaExceededError";
    }
  }

  // ---------------------------------------------------------------- changes that can be undone

  // Puts strings under keys, null for none: all of them or, where there is no room, not one.
  function put(changes) {
    const before = new Map();
    try {
      for (const [key, string] of changes) {
        before.set(key, localStorage.getItem(key));
        if (string === null) localStorage.removeItem(key);
        else localStorage.setItem(key, string);
      }
    } catch {
      putBack(before, changes);
      return null;
    }
    return before;
  }

  // Puts back what was there, but for what another tab has changed in the meantime.
  function putBack(before, changes) {
    for (const [key, string] of before) {
      if (localStorage.getItem(key) !== changes.get(key)) continue;
      if (string === null) localStorage.removeItem(key);
      else localStorage.setItem(key, string);
    }
  }

  function change(changes, sentence) {
    const before = put(changes);
    list();
    if (!before) {
      say(NO_ROOM);
      return;
    }
    say(sentence, () => {
      putBack(before, changes);
      list();
      say("It is as it was before.");
    });
  }

  // ---------------------------------------------------------------- the list

  const says = make("output");
  let takeBack;
  const undo = button("Undo", () => takeBack());
  const chapters = make("div");
  const summary = make("p");

  function say(sentence, back) {
    says.textContent = sentence;
    undo.hidden = !back;
    takeBack = back;
  }

  // What a cell is called: the function that it writes, or its first line of code.
  function label(text) {
    const [, name] = text.match(/^\s*def (\w+)/m) ?? [];
    const line = text.split("\n").find((part) => /^\s*[^#\s]/.test(part)) ?? "an empty cell";
    const first = line.trim();
    return name ?? (first.length > LONGEST ? `${first.slice(0, LONGEST)} …` : first);
  }

  function when(changed) {
    const date = new Date(changed);
    const format = { dateStyle: "medium", timeStyle: "short" };
    return Number.isNaN(date.getTime()) ? "" : date.toLocaleString("en-GB", format);
  }

  function remove(key, name) {
    const made = button("Delete", () => {
      change(new Map([[key, null]]), `Deleted: ${name}.`);
      undo.focus();
    });
    made.setAttribute("aria-label", `Delete ${name}`);
    return made;
  }

  function folded(title, content) {
    const pre = make("pre", { tabIndex: 0 }, content);
    return make("details", {}, make("summary", {}, title), pre);
  }

  function cellItem([key, record]) {
    const { page, cell } = keptFile.place(key);
    const name = label(record.text);
    const link = make("a", { href: `${root}${page}.html#cell-${cell}` }, make("code", {}, name));
    const notes = [
      when(record.changed),
      record.passed ? "passed its check" : "",
      record.others ? `${count(record.others.length, "text")} beside it` : "",
    ].filter(Boolean);
    const shown = [folded("Show the text", record.text)];
    for (const other of record.others ?? []) shown.push(folded("Show the text beside it", other.text));
    return make(
      "li", {},
      make("div", { className: "work-line" }, link,
        make("span", { className: "work-notes" }, notes.join(" · ")), remove(key, name)),
      ...shown,
    );
  }

  function unreadItem([key, , string]) {
    const name = key.slice(kept.PREFIX.length);
    return make(
      "li", {},
      make("div", { className: "work-line" }, make("code", {}, name), remove(key, name)),
      folded("Show what is there", string),
    );
  }

  function section(title, items) {
    return make("section", {}, make("h2", {}, title), make("ul", {}, ...items));
  }

  const isOurs = ([key, record]) => Boolean(record && keptFile.place(key));

  // Returns what can be read, and what another version of the book or an accident has left.
  function sorted() {
    const all = kept.all();
    const { true: ours = [], false: unread = [] } = Object.groupBy(all, isOurs);
    return [ours, unread];
  }

  function list() {
    const [records, unread] = sorted();
    const pages = Map.groupBy(records, ([key]) => keptFile.place(key).page);
    const passed = records.filter(([, record]) => record.passed).length;
    const checked = passed ? ` ${count(passed, "check")} passed.` : "";
    summary.textContent = records.length
      ? `${count(records.length, "cell")} of ${count(pages.size, "page")}.${checked}`
      : NOTHING;
    chapters.replaceChildren(
      ...[...pages].map(([, cells]) => section(cells[0][1].title, cells.map(cellItem))),
    );
    if (unread.length) {
      chapters.append(section("What this version of the book cannot read", unread.map(unreadItem)));
    }
    for (const each of [save, removeAll]) each.disabled = !records.length;
  }

  // ---------------------------------------------------------------- all at once

  function saveFile() {
    const [records] = sorted();
    const file = new Blob([keptFile.write(records)], { type: "application/json" });
    const href = URL.createObjectURL(file);
    const day = new Date().toISOString().slice(0, 10);
    make("a", { href, download: `patch-by-patch-${day}.json` }).click();
    URL.revokeObjectURL(href);
    say(`${count(records.length, "cell")} saved in a file.`);
  }

  // Returns what a file changes here: strings under keys, and how many there are of each kind.
  function changesOf(records) {
    const changes = new Map();
    const counts = { new: 0, same: 0, beside: 0, kept: 0 };
    for (const [key, theirs] of records) {
      const string = changes.get(key) ?? localStorage.getItem(key);
      const here = kept.understood(string);
      if (string !== null && !here) {
        counts.kept += 1;
        continue;
      }
      const after = keptFile.joined(here, theirs);
      const gained = (after.others?.length ?? 0) - (here?.others?.length ?? 0);
      counts[here ? (gained ? "beside" : "same") : "new"] += 1;
      const others = after.others?.length ? after.others : undefined;
      changes.set(key, JSON.stringify({ ...after, others, version: kept.VERSION }));
    }
    return [changes, counts];
  }

  function told(counts) {
    const parts = [
      `${count(counts.new, "cell")} taken in.`,
      counts.same ? `${counts.same} ${counts.same === 1 ? "was" : "were"} here already.` : "",
      counts.beside
        ? `${counts.beside} have another text here: yours is shown, and the chapter offers both.` : "",
      counts.kept ? `${counts.kept} left out, where something stands that cannot be read.` : "",
    ];
    return parts.filter(Boolean).join(" ");
  }

  async function takeFile(file) {
    try {
      if (file.size > keptFile.LARGEST) throw new keptFile.Refused("This file is too large.");
      const [changes, counts] = changesOf(keptFile.read(await file.text()));
      change(changes, told(counts));
    } catch (error) {
      say(error instanceof keptFile.Refused ? error.message : `The file cannot be opened: ${error.message}.`);
    }
  }

  function deleteAll() {
    const [records] = sorted();
    if (!confirm(`Delete what you wrote in ${count(records.length, "cell")}?`)) return;
    change(new Map(records.map(([key]) => [key, null])), `${count(records.length, "cell")} deleted.`);
    undo.focus();
  }

  // ---------------------------------------------------------------- the page

  const save = button("Save as a file", saveFile);
  const removeAll = button("Delete all", deleteAll);
  const input = make("input", { type: "file", accept: ".json,application/json", hidden: true });
  const take = button("Take in a file", () => input.click());
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (file) await takeFile(file);
    input.value = "";
  });

  if (canKeep()) {
    home.replaceChildren(
      summary,
      make("div", { className: "work-buttons" }, save, take, input, removeAll),
      make("p", { className: "work-says" }, says, " ", undo),
      chapters,
    );
    say("");
    list();
    addEventListener("storage", list);
    addEventListener("pageshow", ({ persisted }) => persisted && list());
  } else {
    home.textContent = NO_STORE;
  }
})();
