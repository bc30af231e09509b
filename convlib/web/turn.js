// A function that the reader writes: an editor, a check, hints one at a time, then the solution.
"use strict";
(() => {
  const convlib = (globalThis.convlib ??= {});
  const { Editor, Written, kept } = convlib;
  const FAILS = "It stops with an error.";
  const RIGHT = "Right.";
  const IS_GONE = "All names are gone with it: Check starts Python anew and runs the cells above first.";
  const USES_BOOKS = "The cells below use the book's function until yours is right.";

  // Returns the hints that stand as folds before the editor, copied; beside it they are hidden.
  function foldedHints(box) {
    return [...box.previousElementSibling.querySelectorAll("details")].map((fold) => {
      const item = document.createElement("li");
      item.hidden = true;
      item.append(...[...fold.children].slice(1).map((part) => part.cloneNode(true)));
      return item;
    });
  }

  class Turn extends Written {
    constructor(box, page) {
      const find = (selector) => box.querySelector(selector);
      const { cell, check, rest, needs } = box.dataset;
      super(page, `${cell}-turn`, find("textarea").defaultValue, find(".turn-bar"));
      this.box = box;
      this.cell = page.cells.find(({ bar }) => bar.dataset.cell === cell);
      this.cell.turn = this;
      this.function = find(".turn-title code").textContent;
      this.checkLine = `from convlib.exercises import ${check}\n${check}(${this.function})`;
      this.rest = rest;
      this.needs = needs.split(" ");
      this.says = find("output");
      this.result = find(".turn-result");
      this.solution = find(".turn-solution");
      const buttons = box.querySelectorAll(".turn-bar button");
      [this.checkButton, this.helpButton, this.startOverButton] = buttons;
      this.use = find(".turn-use");
      this.used = find(".turn-use input");
      const list = find(".turn-hints");
      if (!list.children.length) list.append(...foldedHints(box));
      this.hints = [...list.children];
      this.editor = new Editor(find("textarea").value, "", {
        changed: () => this.change(),
        run: () => this.check(),
      }, find(".editor"));
      this.used.addEventListener("change", () => this.keep());
      const found = kept.read(this.key);
      const typed = this.text; // before this script was there
      this.take(found ?? { text: typed });
      if (!found && typed !== this.author) this.keep();
    }

    note(found) {
      super.note(found);
      this.passed = Boolean(found?.passed);
      this.used.checked = Boolean(found?.used);
      if (this.passed) this.say(RIGHT);
      this.refresh();
    }

    get text() {
      return this.editor.text;
    }

    // What the cells below find in the place of the author's functions.
    get replacement() {
      return this.passed && this.used.checked ? `${this.text}\n\n\n${this.rest}` : undefined;
    }

    say(...parts) {
      this.says.replaceChildren(...parts);
    }

    setRunning(isRunning) {
      this.checkButton.textContent = isRunning ? "Stop" : "Check";
    }

    show(text) {
      this.editor.text = text;
      this.passed = false;
      this.say("");
      this.refresh();
    }

    refresh() {
      this.box.classList.toggle("is-passed", this.passed);
      this.use.hidden = !this.passed;
      this.startOverButton.hidden = this.text === this.author;
      const next = this.hints.find(({ hidden }) => hidden);
      this.helpButton.textContent = next && !this.passed
        ? `Hint ${this.hints.indexOf(next) + 1} of ${this.hints.length}`
        : "Show the solution";
      this.helpButton.hidden = !this.solution.hidden;
    }

    change() {
      const wasUsed = this.replacement !== undefined;
      this.passed = false;
      this.say(wasUsed ? USES_BOOKS : "");
      this.keep();
      this.refresh();
    }

    get record() {
      const { text, of, others, passed, used } = this;
      return { text, of, others, title: this.page.title, passed, used: used.checked };
    }

    help() {
      const next = this.hints.find(({ hidden }) => hidden);
      const shown = next && !this.passed ? next : this.solution;
      shown.hidden = false;
      this.refresh();
      shown.tabIndex = -1;
      shown.focus();
    }

    // As if typed, so that the browser's own undo brings the reader's text back.
    startOver() {
      this.of = kept.version(this.author);
      this.editor.area.select();
      this.editor.type(this.author);
    }

    check() {
      return this.page.after(0, this, () => this.checkAfterFew());
    }

    // Checks after the cells that the author's text needs; when a name is missing, after all above.
    async checkAfterFew() {
      const { page, needs } = this;
      const above = page.notRun(page.cells.indexOf(this.cell));
      const says = await this.checkAlone(above.filter(({ bar }) => needs.includes(bar.dataset.cell)));
      if (!this.lacksName || !above.length) return says;
      await page.firstFailing(above);
      return this.checkAlone([]);
    }

    // Runs the check, some cells before it; returns the sentence that says how it went.
    async checkAlone(cells) {
      const asked = {
        ask: "run",
        source: `${this.text}\n\n${this.checkLine}`,
        name: "yours",
        apart: true,
        first: cells.map(({ source, name }) => [source, name]),
      };
      const { text } = this;
      const given = { text: "", error: "", report: "", told: "", case: "" };
      this.result.replaceChildren();
      const tell = (kind, content) => {
        if (kind === "drawing") this.draw(content);
        else given[kind] += content;
      };
      const end = await this.inTime(this.page.python.ask(asked, tell));
      for (const sentence of given.report.split("\n").filter(Boolean)) this.print(sentence, "p");
      this.printFolded("The case as text", given.case);
      this.print(this.page.inWords(given.error), "pre");
      this.printFolded("What it printed", given.text, true);
      this.passed = end === "done" && text === this.text;
      this.lacksName = /\bNameError\b/u.test(given.told + given.case + given.error);
      this.keep();
      this.refresh();
      if (end === "done") return RIGHT;
      return given.told || FAILS;
    }

    // Ends the worker when an answer does not come in time.
    async inTime(answer) {
      const { seconds, endless } = this.box.dataset;
      const late = () => this.page.python.stop(`${endless} ${IS_GONE}`);
      const timer = setTimeout(late, 1000 * seconds);
      try {
        return await answer;
      } finally {
        clearTimeout(timer);
      }
    }

    async draw(content) {
      const place = document.createElement("div");
      this.result.append(place);
      const { element } = await this.page.draw(content);
      place.append(element);
    }

    // Shows a text in an element, unless it is empty.
    print(text, name, place = this.result) {
      if (!text) return;
      const element = document.createElement(name);
      element.textContent = text;
      if (name === "pre") element.tabIndex = 0;
      place.append(element);
    }

    printFolded(title, text, open = false) {
      if (!text) return;
      const fold = document.createElement("details");
      fold.open = open;
      this.print(title, "summary", fold);
      this.print(text, "pre", fold);
      this.result.append(fold);
    }
  }

  Object.assign(convlib, { Turn });
})();
