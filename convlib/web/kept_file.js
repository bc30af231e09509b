// A reader's work as one file: written, and read with no trust in what it says.
"use strict";
(() => {
  const convlib = (globalThis.convlib ??= {});
  const { kept } = convlib;
  const BOOK = "Patch by Patch";
  const LARGEST = 5_000_000; // bytes, what browsers keep of one site
  const PAGE = /^[\w-]+(?:\/[\w-]+)*$/;
  const CELL = /^[\w-]+$/;
  const UNCHANGED = "Nothing here has changed.";

  // A file that this page does not take; its message is a sentence for the reader.
  class Refused extends Error {
    constructor(why) {
      super(`${why} ${UNCHANGED}`);
    }
  }

  // Splits a key into the page and the cell that it names, or returns null.
  function place(key) {
    const [page, cell = "", ...rest] = key.slice(kept.PREFIX.length).split(":");
    return PAGE.test(page) && CELL.test(cell) && !rest.length ? { page, cell } : null;
  }

  function write(records) {
    const cells = records.map(([key, record]) => ({ ...record, ...place(key), version: undefined }));
    const saved = new Date().toISOString();
    return `${JSON.stringify({ book: BOOK, version: kept.VERSION, saved, cells }, null, 2)}\n`;
  }

  function isString(value) {
    return typeof value === "string";
  }

  // Returns [key, record] of a cell as a file tells it, with what this book knows of it alone.
  function cellOf(told, number) {
    const { page, cell, text, of, title, changed, passed, others = [] } = told ?? {};
    const isWhole =
      [page, cell, text, of, title].every(isString) && PAGE.test(page) && CELL.test(cell) &&
      Array.isArray(others) && others.every((other) => isString(other?.text));
    if (!isWhole) throw new Refused(`Cell ${number} of this file is damaged.`);
    const record = { text, of, title, others: others.map((other) => ({ text: other.text, from: "file" })) };
    if (isString(changed) && !Number.isNaN(Date.parse(changed))) record.changed = changed;
    if (passed) record.passed = true;
    return [kept.keyOf(page, cell), record];
  }

  // Returns the records of a file's text; throws Refused with what to tell the reader.
  function read(text) {
    let told;
    try {
      told = JSON.parse(text);
    } catch {
      throw new Refused("This file cannot be read: it is of another kind, or its end is missing.");
    }
    if (told?.book !== BOOK) throw new Refused("This file is not of this book.");
    if (told.version !== kept.VERSION) {
      throw new Refused(
        `This file is of version ${JSON.stringify(told.version)}; this page reads version ${kept.VERSION}.`,
      );
    }
    if (!Array.isArray(told.cells)) throw new Refused("This file has no list of cells.");
    return told.cells.map((cell, index) => cellOf(cell, index + 1));
  }

  // Joins a record of a file with what is kept here: the kept text stays the first.
  function joined(here, theirs) {
    if (!here) return { ...theirs, others: kept.distinct(theirs.others, theirs.text) };
    const beside = [{ text: theirs.text, from: "file" }, ...theirs.others];
    const passed = here.passed || (here.text === theirs.text && theirs.passed) || undefined;
    return { ...here, passed, others: kept.distinct([...(here.others ?? []), ...beside], here.text) };
  }

  convlib.keptFile = { LARGEST, Refused, place, write, read, joined };
})();
