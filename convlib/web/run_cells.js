// Edits and runs the cells of a page, each after those above it.
"use strict";
(() => {
  const convlib = (globalThis.convlib ??= {});
  const { Python, Stopped, NotStarted, Editor, Written, Turn, drawing, kept } = convlib;
  const NEEDS_ADDRESS =
    "To run this, the page needs a web address. Where you have the book's folder, “make book” " +
    "gives it one on this machine.";
  const STOPPED =
    "Stopped. All names are gone with it: Run starts Python anew and runs the cells above first.";
  const ENDS = {
    done: "Done.",
    error: "It stops with an error.",
    elsewhere: "It runs on a computer of your own: take the notebook along, at the top of the page.",
  };
  const IS_AUTHORS = "This is the book's own text.";
  const LONG = 40;
  const STARTS = "Starting Python: some ten seconds …";

  // The line of an error that says what is wrong; Python's own begins with the error's name.
  function cause({ message }) {
    const [line] = message.match(/^\w*(?:Error|Exception)\b.*/mu) ?? message.trim().split("\n");
    return line;
  }

  // Lets keys scroll what is wider than the page.
  function reach(pre) {
    if (pre.scrollWidth > pre.clientWidth) pre.tabIndex = 0;
  }

  // What a cell gives, in the place of what the book shows.
  class Output {
    constructor(cell) {
      this.cell = cell;
      this.place = cell.querySelector(".cell_output");
      this.new = document.createElement("div");
      this.new.className = "run-output";
      if (!this.place) {
        this.place = document.createElement("div");
        this.place.className = "cell_output docutils container";
        cell.querySelector(".cell_input").after(this.place);
      }
      this.old = [...this.place.children];
      this.picture = this.place.querySelector(".explorer, .picture, .bench");
      this.shown = this.picture;
      this.place.prepend(this.new);
    }

    clear() {
      this.new.replaceChildren();
      for (const part of this.old) part.hidden = true;
      const fold = this.place.closest("details");
      if (fold) fold.open = true;
    }

    text(kind, content) {
      const last = this.new.lastElementChild;
      if (kind === "text" && last?.matches(".run-text")) {
        const pre = last.querySelector("pre");
        pre.append(content);
        reach(pre);
        return;
      }
      const box = document.createElement("div");
      box.className = `output highlight-none notranslate run-${kind}`;
      const inner = document.createElement("div");
      inner.className = "highlight";
      const pre = document.createElement("pre");
      pre.append(content);
      inner.append(pre);
      box.append(inner);
      this.new.append(box);
      reach(pre);
    }

    // Keeps a place for a drawing among what else comes.
    slot() {
      const slot = document.createElement("div");
      this.new.append(slot);
      return slot;
    }

    // A drawing takes the place of the book's, within its figure, above its caption.
    draw({ element, mount }, slot) {
      if (this.picture) {
        this.shown.replaceWith(element);
        this.shown = element;
        const part = this.old.find((old) => old.contains(element));
        if (part) part.hidden = false;
      } else {
        slot.append(element);
      }
      mount();
    }

    restore() {
      this.new.replaceChildren();
      for (const part of this.old) part.hidden = false;
      if (this.shown !== this.picture) this.shown.replaceWith(this.picture);
      this.shown = this.picture;
    }
  }

  class Cell extends Written {
    constructor(bar, number, page) {
      const input = bar.closest(".cell_input");
      const code = input.querySelector(":scope > [class*=highlight]");
      super(page, bar.dataset.cell, code.querySelector("pre").textContent.replace(/\n$/, ""), bar);
      Object.assign(this, { bar, input, code, name: `cell ${number}`, text: this.author });
      [this.runButton, this.editButton] = bar.querySelectorAll("button");
      this.says = bar.querySelector("output");
      this.take(kept.read(this.key));
    }

    link() {
      const link = document.createElement("a");
      link.href = `#cell-${this.bar.dataset.cell}`;
      link.textContent = this.title;
      return link;
    }

    get output() {
      this.made ??= new Output(this.input.closest(".cell"));
      return this.made;
    }

    say(...parts) {
      this.says.replaceChildren(...parts);
    }

    // How a sentence names the cell: by what its reader sees.
    get title() {
      const [line] = this.text.trim().split("\n");
      const start = line.length > LONG ? `${line.slice(0, LONG)} …` : line;
      return `the cell that begins with “${start}”`;
    }

    open(text) {
      this.editor = new Editor(text, `Code of ${this.title}`, {
        changed: () => this.type(),
        run: () => this.run(),
      });
      this.text = text;
      this.code.hidden = true;
      this.code.after(this.editor.element);
      this.editButton.textContent = "Start over";
    }

    edit() {
      if (this.editor) {
        this.startOver();
        return;
      }
      this.open(this.text);
      this.editor.area.focus();
    }

    close() {
      this.editor?.element.remove();
      this.editor = undefined;
      this.code.hidden = false;
      this.editButton.textContent = "Edit";
    }

    show(text) {
      this.text = text;
      if (text === this.author) this.close();
      else if (this.editor) this.editor.text = text;
      else this.open(text);
    }

    type() {
      this.text = this.editor.text;
      this.keep();
    }

    get record() {
      const { text, of, others } = this;
      return { text, of, others, title: this.page.title };
    }

    keep() {
      this.say("");
      super.keep();
    }

    startOver() {
      const { text } = this;
      this.show(this.author);
      this.of = kept.version(this.author);
      this.keep();
      this.made?.restore();
      this.say(IS_AUTHORS);
      if (text !== this.author) this.offerBack(text);
      this.editButton.focus();
    }

    // The cell's text, with the reader's own functions where they are to be used.
    get source() {
      return this.turn?.replacement ?? this.text;
    }

    run() {
      return this.page.run(this);
    }

    setRunning(isRunning) {
      this.runButton.textContent = isRunning ? "Stop" : "Run";
      this.bar.classList.toggle("is-running", isRunning);
    }

    // Runs this cell alone; returns how it ended: "done", "error" or "elsewhere".
    async runAlone(isQuiet) {
      let isFirst = true;
      const shown = [];
      const { output } = this;
      const tell = (kind, content) => {
        if (isFirst) output.clear();
        isFirst = false;
        if (kind === "drawing") {
          const slot = output.slot();
          shown.push(this.page.draw(content).then((it) => output.draw(it, slot)));
        } else {
          output.text(kind, kind === "error" ? this.page.inWords(content, this) : content);
        }
      };
      const { name, source } = this;
      const asked = { ask: "run", source, name, quiet: isQuiet };
      const end = await this.page.python.ask(asked, tell);
      await Promise.all(shown);
      if (end !== "error") this.page.ran.set(this, source);
      if (isFirst && !isQuiet) output.clear();
      return end;
    }
  }

  class Page {
    constructor(bars, boxes, settings, load) {
      this.settings = settings;
      this.load = load;
      this.title = document.querySelector("h1")?.firstChild.textContent ?? settings.page;
      this.python = new Python(settings);
      this.ran = new Map();
      this.cells = bars.map((bar, number) => new Cell(bar, number, this));
      this.turns = boxes.map((box) => new Turn(box, this));
      addEventListener("storage", ({ key }) => this.hear(key));
      addEventListener("pageshow", ({ persisted }) => persisted && this.hear(null));
      addEventListener("beforeunload", (event) => {
        if (this.written.some(({ unkept }) => unkept)) event.preventDefault();
      });
    }

    get written() {
      return [...this.cells, ...this.turns];
    }

    // Another tab has changed what is kept under a key, or, with null, under any.
    hear(key) {
      for (const thing of this.written) if (key === null || key === thing.key) thing.hear();
    }

    draw(markup) {
      const isThere = document.querySelector(".explorer:not([data-key])");
      const loadExplorer = async () => isThere || this.load(this.settings.explorer);
      return drawing(markup, (message) => this.python.ask(message), loadExplorer);
    }

    // Names cells, in the lines of an error, by what the reader sees.
    inWords(error, here) {
      return error.replace(/^cell (\d+)(?=, line )/gmu, (_, number) => {
        const cell = this.cells[number];
        return cell === here ? "this cell" : cell.title;
      });
    }

    run(cell) {
      const { cells } = this;
      const count = cells.indexOf(cell);
      return this.after(count, cell, async () => {
        const end = ENDS[await cell.runAlone(false)];
        return [end, ...this.readersOwn(count)].join(" ");
      });
    }

    // Says which of the reader's functions stand in the place of the book's, down to a cell.
    readersOwn(count) {
      const used = this.turns.filter(
        ({ cell, replacement }) => replacement !== undefined && this.cells.indexOf(cell) <= count,
      );
      return used.map((turn) => `It was run with your ${turn.function}.`);
    }

    // Runs the first cells that have not run with the text they have now, and then does the work;
    // `asking` says how it goes, and last what the work returns.
    async after(count, asking, work) {
      if (this.running) {
        this.stop();
        return;
      }
      if (location.protocol === "file:") {
        asking.say(NEEDS_ADDRESS);
        return;
      }
      this.running = asking;
      asking.setRunning(true);
      try {
        if (!this.python.started) asking.say(STARTS);
        await this.python.start((_, sentence) => asking.say(sentence));
        asking.say("Running …");
        const failing = await this.firstFailing(this.notRun(count));
        if (failing) {
          asking.say("This needs ", failing.link(), ", which stops with an error: look there first.");
          return;
        }
        asking.say(await work());
      } catch (error) {
        this.ran.clear();
        asking.say(error instanceof Stopped ? error.message : this.explain(error));
        this.python.stop();
      } finally {
        this.running = undefined;
        asking.setRunning(false);
      }
    }

    // Returns those of the first cells of the book that have not run with the text they have now.
    notRun(count) {
      const above = this.cells.slice(0, count).filter(({ bar }) => !("own" in bar.dataset));
      return above.filter((cell) => this.ran.get(cell) !== cell.source);
    }

    // Runs cells one after the other; returns the first that stops with an error.
    async firstFailing([cell, ...rest]) {
      if (!cell) return undefined;
      if ((await cell.runAlone(true)) === "error") return cell;
      return this.firstFailing(rest);
    }

    stop() {
      this.python.stop(STOPPED);
    }

    explain(error) {
      if (error instanceof NotStarted) {
        const { host } = new URL(this.settings.pyodide);
        return (
          `Python could not be fetched from ${host}. Perhaps this machine is offline, something ` +
          "blocks that address, or a file there is damaged. What you wrote is kept, and Run tries " +
          `again. (${cause(error)})`
        );
      }
      return (
        "Python broke down. What you wrote is kept; Run starts Python anew and runs the cells " +
        `above first. (${cause(error)})`
      );
    }
  }

  Object.assign(convlib, { Page });
})();
