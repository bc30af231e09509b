// Keeps what a reader writes in the reader's browser, cell by cell, and says where it cannot.
//
// A record is {text, of, title, changed}: `of` names the author's text that it was made from.
// `passed` is there when it passed its check, and `others` holds texts that stand beside it,
// {text, from}, until the reader chooses. What this version can't read stays as it is.
"use strict";
(() => {
  const convlib = (globalThis.convlib ??= {});
  const PREFIX = "patch-by-patch:";
  const VERSION = 1;
  const NO_ROOM =
    "This browser has no room left to keep what you write: copy it before you leave.";
  const KEEPS_NOTHING = "This browser keeps nothing: copy what you write before you leave.";
  const NOT_OURS =
    "Something that this version of the book cannot read is kept for this cell. It stays; what " +
    "you write now is not kept. Copy it before you leave, or see the page “Your work”.";
  const seen = new Map(); // the text under each key, as far as this tab knows

  // A short name of the author's text, to notice that it has changed.
  function version(text) {
    let hash = 5381;
    for (const letter of text) hash = (hash * 33 + letter.codePointAt(0)) % 4294967296;
    return hash.toString(36);
  }

  function isText(other) {
    return typeof other?.text === "string" && typeof other.from === "string";
  }

  // Returns the record that a string holds, or null for anything else.
  function understood(string) {
    try {
      const kept = JSON.parse(string);
      const { text, of, title, others = [] } = kept;
      const isOurs =
        kept.version === VERSION && [text, of, title].every((part) => typeof part === "string");
      return isOurs && Array.isArray(others) && others.every(isText) ? kept : null;
    } catch {
      return null;
    }
  }

  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  // Returns what is kept under a key, or null.
  const peek = (key) => understood(stored(key));

  // The same; from now on this tab knows it.
  function read(key) {
    const kept = peek(key);
    seen.set(key, kept?.text);
    return kept;
  }

  // Returns a text that another tab has kept and this one has not seen.
  function unseen(key, there, text) {
    return there && there.text !== seen.get(key) && there.text !== text ? there : null;
  }

  // Returns the texts without those that stand there already.
  function distinct(others, text) {
    const texts = new Set([text]);
    return others.filter((other) => !texts.has(other.text) && texts.add(other.text));
  }

  // Keeps a record; returns what to say if that is not possible.
  function write(key, kept) {
    const string = stored(key);
    const there = understood(string);
    if (string !== null && !there) return NOT_OURS;
    const news = unseen(key, there, kept.text);
    const beside = kept.others ?? there?.others ?? [];
    const others = distinct(
      news ? [{ text: news.text, from: "tab" }, ...beside, ...(news.others ?? [])] : beside,
      kept.text,
    );
    const changed = new Date().toISOString();
    try {
      const record = { changed, ...kept, others: others.length ? others : undefined };
      localStorage.setItem(key, JSON.stringify({ ...record, version: VERSION }));
      seen.set(key, kept.text);
      return "";
    } catch (error) {
      return error.name === "QuotaExceededError" ? NO_ROOM : KEEPS_NOTHING;
    }
  }

  // Forgets a record, unless another tab has written it anew or another version of the book.
  function remove(key) {
    const there = peek(key);
    if (!there || unseen(key, there, undefined)) return;
    localStorage.removeItem(key);
    seen.delete(key);
  }

  // Returns all that is kept, in the order of pages: [key, record or null, the string itself].
  function all() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(PREFIX))
        .toSorted()
        .map((key) => [key, read(key), stored(key)]);
    } catch {
      return [];
    }
  }

  const keyOf = (page, cell) => `${PREFIX}${page}:${cell}`;
  convlib.kept = { PREFIX, VERSION, version, understood, distinct, peek, read, write, remove, all, keyOf };
})();
