// An editor of Python: a native textarea that lies, transparent, over its own coloured copy.
"use strict";
(() => {
  const convlib = (globalThis.convlib ??= {});
  const WORDS =
    "False None True and as assert async await break class continue def del elif else except " +
    "finally for from global if import in is lambda nonlocal not or pass raise return try while " +
    "with yield";
  const KEYWORDS = new Set(WORDS.split(" "));
  const BUILT_IN = new Set(
    "abs all any dict divmod enumerate float int len list map max min print range reversed round set sorted str sum tuple zip".split(
      " ",
    ),
  );
  const TOKENS =
    /(#.*)|([rbf]{0,2}(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(\d[\w.]*)|([^\W\d]\w*)|([-+*/%@&|^~<>=!]+)/giu;
  const INDENT = "    ";
  let count = 0;

  function kind(name, before) {
    if (KEYWORDS.has(name)) return "k";
    if (/\b(?:def|class)\s+$/.test(before)) return "nf";
    return BUILT_IN.has(name) ? "nb" : "";
  }

  // Colours Python with the classes of the page's own style sheet; every part goes in as text.
  function coloured(text) {
    const parts = document.createDocumentFragment();
    let end = 0;
    for (const match of text.matchAll(TOKENS)) {
      const [token, comment, string, number, name] = match;
      parts.append(text.slice(end, match.index));
      end = match.index + token.length;
      const span = document.createElement("span");
      span.textContent = token;
      span.className = comment ? "c1" : string ? "s2" : number ? "mi"
        : name ? kind(name, text.slice(0, match.index)) : "o";
      parts.append(span.className ? span : token);
    }
    parts.append(text.slice(end), "\n");
    return parts;
  }

  class Editor {
    // `element` is an editor that stands on the page already.
    constructor(text, label, { changed, run }, element) {
      this.element = element ?? this.build(label);
      this.copy = this.element.querySelector("pre");
      this.area = this.element.querySelector("textarea");
      this.text = text;
      this.indents = false;
      this.area.addEventListener("input", () => {
        this.indents = true;
        this.paint();
        changed(this.text);
      });
      this.area.addEventListener("pointerdown", () => (this.indents = true));
      this.area.addEventListener("blur", () => (this.indents = false));
      this.area.addEventListener("keydown", (event) => this.press(event, run));
    }

    // Copies the editor that the page holds for its cells (book/_ext/editors.py).
    build(label) {
      const element = document.querySelector("#cell-editor").content.firstElementChild.cloneNode(true);
      const area = element.querySelector("textarea");
      const id = `editor-help-${++count}`;
      area.setAttribute("aria-label", label);
      area.setAttribute("aria-describedby", id);
      element.querySelector(".editor-help").id = id;
      return element;
    }

    get text() {
      return this.area.value;
    }

    set text(text) {
      this.area.value = text;
      this.paint();
    }

    paint() {
      this.copy.replaceChildren(coloured(this.text));
      this.area.rows = this.text.split("\n").length;
    }

    press(event, run) {
      if (event.key === "Escape") this.indents = false;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.shiftKey)) {
        event.preventDefault();
        run();
      } else if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        this.type(`\n${this.indentOfNext()}`);
      } else if (event.key === "Tab" && this.indents && !event.ctrlKey && !event.altKey) {
        event.preventDefault();
        if (event.shiftKey) this.outdent();
        else this.type(INDENT);
      }
    }

    line() {
      const { selectionStart: at } = this.area;
      return this.text.slice(this.text.lastIndexOf("\n", at - 1) + 1, at);
    }

    indentOfNext() {
      const line = this.line();
      return line.match(/^ */)[0] + (line.trimEnd().endsWith(":") ? INDENT : "");
    }

    outdent() {
      const end = this.area.selectionStart;
      const start = end - this.line().length;
      const spaces = Math.min(this.text.slice(start).match(/^ */)[0].length, INDENT.length);
      if (!spaces) return;
      this.area.setSelectionRange(start, start + spaces);
      this.type("");
      this.area.setSelectionRange(Math.max(start, end - spaces), Math.max(start, end - spaces));
    }

    // Types as the reader would, so that the browser's own undo knows it.
    type(text) {
      this.area.focus();
      const typed = text ? document.execCommand("insertText", false, text)
        : document.execCommand("delete");
      if (typed) return;
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
      this.area.dispatchEvent(new Event("input"));
    }
  }

  Object.assign(convlib, { Editor });
})();
