// Keeps what a reader writes in the reader's browser, cell by cell, and says where it cannot.
"use strict";
(() => {
  const convlib = (globalThis.convlib ??= {});
  const PREFIX = "patch-by-patch:";
  const VERSION = 1;

  // A short name of the author's text, to notice that it has changed.
  function version(text) {
    let hash = 5381;
    for (const letter of text) hash = (hash * 33 + letter.codePointAt(0)) % 4294967296;
    return hash.toString(36);
  }

  // Returns what is kept under a key: {text, of, title, passed}, or null for anything else.
  function read(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      const isOurs = kept?.version === VERSION && typeof kept.text === "string";
      return isOurs ? kept : null;
    } catch {
      return null;
    }
  }

  // Keeps it; returns what to say if that is not possible.
  function write(key, kept) {
    try {
      localStorage.setItem(key, JSON.stringify({ ...kept, version: VERSION }));
      return "";
    } catch (error) {
      return error.name === "QuotaExceededError"
        ? "This browser has no room left to keep what you write: copy it before you leave."
        : "This browser keeps nothing: copy what you write before you leave.";
    }
  }

  function remove(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // a browser that keeps nothing has nothing to forget
    }
  }

  // Returns all that is kept: [key, kept] in the order of pages.
  function all() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(PREFIX))
        .toSorted()
        .map((key) => [key, read(key)])
        .filter(([, kept]) => kept);
    } catch {
      return [];
    }
  }

  const keyOf = (page, cell) => `${PREFIX}${page}:${cell}`;
  convlib.kept = { PREFIX, version, read, write, remove, all, keyOf };
})();
