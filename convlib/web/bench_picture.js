// The bench of pictures: a photograph, a kernel or three weights, and the picture that they make.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    Mistake,
    product,
    numberText,
    exactText,
    enclosed,
    COLOURS,
    decodePicture,
    finiteNumber,
    computePicture,
    valueAt,
    patchAt,
    weightWords,
    pictureSentence,
    pictureLines,
    PictureState,
    PictureView,
    unpackImage,
    readImage,
    make,
    setText,
    Grid,
    button,
    stepper,
    slider,
    choice,
    toggle,
    benchHistory,
    listenToHistory,
    benchCopies,
  } = globalThis.convlib;

  const HINT =
    "Point at a picture, drag over the left one, or walk there with the arrow keys. Choose, drop or paste a picture of your own: it";
  const STAYS = "stays in this browser.";
  const GOES = "goes to your own kernel and nowhere else.";
  const WEIGHT = { min: -8, max: 8, step: 0.1 };
  const STRENGTH = { min: -4, max: 4, step: 0.05 };
  const BIAS = { min: -255, max: 255, step: 1 };
  const WIDE = 3; // columns that fit every page
  const DARK = 117; // levels below it have light numbers on them

  function hasFile({ dataTransfer }) {
    return [...dataTransfer.types].includes("Files");
  }

  class PictureBench extends PictureState {
    constructor(element, { source, kernels, ...options }) {
      super(options);
      [this.element, this.source, this.kernels] = [element, source, kernels];
      this.chosen = { kernel: [1, 1], weights: [0, 0] }; // the weight that the slider moves
      this.pointed = null; // the output pixel under the pointer
      this.build();
      this.draw();
    }

    // ---------------------------------------------------------------- elements

    build() {
      this.history = benchHistory(this);
      this.copies = benchCopies(this);
      this.note = make("p", { class: "bench-note", "aria-live": "polite" });
      this.sentence = make("p", { class: "bench-sentence", "aria-live": "polite" });
      const over = (half) => (i, j) => this.point([i, j], half);
      const to = (half) => (i, j) => this.choose([i, j], half);
      this.views = {
        picture: new PictureView("picture", {
          point: over(true),
          leave: () => this.point(),
          choose: to(true),
          walk: (rows, columns) => this.walk(rows, columns),
        }),
        output: new PictureView("output", {
          point: over(false),
          leave: () => this.point(),
          choose: to(false),
        }),
      };
      this.mode = toggle(
        "what the kernel reads",
        [
          [false, "grey"],
          [true, "colour"],
        ],
        (isColour) => this.edit({ isColour }),
      );
      this.buildKernel();
      this.buildArithmetic();
      this.element.classList.add("bench", "mounted");
      this.element.setAttribute("role", "group");
      this.element.setAttribute("aria-label", "Bench of pictures");
      listenToHistory(this.element, this);
      this.element.replaceChildren(
        make(
          "div",
          { class: "bench-bar" },
          make("span", { class: "buttons" }, ...this.ownPicture(), this.mode.element),
          this.history.element,
        ),
        make(
          "div",
          { class: "bench-pictures" },
          this.views.picture.element,
          this.views.output.element,
        ),
        make("div", { class: "bench-chosen" }, this.note),
        make("div", { class: "bench-weights" }, this.kernelPanel, this.dials),
        this.arithmetic,
        this.sentence,
        this.copies.element,
      );
      this.listen();
    }

    ownPicture() {
      this.file = make("input", {
        type: "file",
        accept: "image/*",
        "aria-label": "Choose a picture of your own",
        onchange: () => {
          this.open(this.file.files);
          this.file.value = "";
        },
      });
      this.back = button("The book's", "Back to the picture of the book", () =>
        this.setImage(this.firstImage),
      );
      const label = make("label", { class: "file" }, this.file, "Your own picture…");
      return [label, this.back];
    }

    editable(name) {
      return new Grid(
        name,
        {
          choose: (...at) => {
            this.chosen[name] = at;
            this.merge = null;
            this.refusal = "";
            this.draw();
          },
          write: (i, j, text) =>
            this.attempt(() => this.write(name, i, j, finiteNumber("kernel", text))),
          step: (i, j, by) => this.step(name, i, j, by),
          unstep: () => {
            this.undo();
            this.future.pop();
          },
          paste: (i, j, text) => this.paste(name, i, j, text),
        },
        { isEditable: true },
      );
    }

    buildKernel() {
      this.grids = { kernel: this.editable("kernel"), weights: this.editable("weights") };
      this.sizes = ["rows", "columns"].map((label, axis) => {
        const control = stepper(label, { step: (by) => this.resize("kernel", axis, by) });
        control.element.setAttribute("aria-label", `kernel: ${label}`);
        return control;
      });
      this.size = make("span", { class: "bench-size" }, ...this.sizes.map((s) => s.element));
      this.named = choice("named", [["", "your own"]], (name) =>
        name ? this.edit(this.kernels[name]) : this.draw(),
      );
      this.kernelTitle = make("div", { class: "bench-title" });
      this.kernelPanel = make(
        "div",
        { class: "bench-panel bench-grids" },
        this.kernelTitle,
        this.grids.kernel.element,
        this.grids.weights.element,
        this.named.element,
        this.size,
      );
      const release = () => (this.merge = null);
      const weight = (at) => (value) => {
        const name = this.state.isColour ? "weights" : "kernel";
        const [i, j] = at ?? this.chosen.kernel;
        this.write(name, i, j, value, `${name} ${i} ${j}`);
      };
      const setting = (name) => (value) => this.edit({ [name]: value }, name);
      this.weight = slider("weight", WEIGHT, { slide: weight(), release });
      this.colours = COLOURS.map((name, c) =>
        slider(name, WEIGHT, { slide: weight([0, c]), release }),
      );
      this.strength = slider("strength", STRENGTH, { slide: setting("strength"), release });
      this.bias = slider("bias", BIAS, { slide: setting("bias"), release });
      const all = [this.weight, ...this.colours, this.strength, this.bias];
      this.dials = make("div", { class: "bench-dials" }, ...all.map((s) => s.element));
    }

    buildArithmetic() {
      for (const name of ["patch", "laid", "products"]) {
        this.grids[name] = new Grid({ laid: "kernel" }[name] ?? name, {}, { isPicture: true });
      }
      this.total = make("div", { class: "cell total" }, "");
      this.titles = {};
      const panel = (name, child) => {
        this.titles[name] = make("div", { class: "bench-title" });
        return make("div", { class: "bench-panel" }, this.titles[name], child);
      };
      const term = (sign, name, child) =>
        make(
          "div",
          { class: "bench-term" },
          make("span", { class: "sign" }, sign),
          panel(name, child),
        );
      this.arithmetic = make(
        "div",
        { class: "bench-grids bench-arithmetic bench-pixels" },
        panel("patch", this.grids.patch.element),
        term("×", "laid", this.grids.laid.element),
        term("=", "products", this.grids.products.element),
        term("→", "total", this.total),
      );
    }

    // ---------------------------------------------------------------- the reader's picture

    listen() {
      const { element } = this;
      element.addEventListener("dragover", (event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        element.classList.add("dropping");
      });
      for (const end of ["dragleave", "drop"]) {
        element.addEventListener(end, () => element.classList.remove("dropping"));
      }
      element.addEventListener("drop", (event) => {
        if (!hasFile(event)) return;
        event.preventDefault();
        this.open(event.dataTransfer.files);
      });
      element.addEventListener("paste", (event) => {
        const { files } = event.clipboardData;
        if (!files.length || event.defaultPrevented) return;
        event.preventDefault();
        this.open(files);
      });
    }

    // Of several pictures that are being read, the one that was asked for last is shown.
    async open(files) {
      const asked = (this.asked = {});
      try {
        const image = await readImage(files);
        if (asked === this.asked) this.setImage(image);
      } catch (mistake) {
        if (!(mistake instanceof Mistake)) throw mistake;
        if (asked === this.asked) this.refuse(mistake.message);
      }
    }

    // ---------------------------------------------------------------- pointing

    // The output pixel whose window has this pixel in its middle, or the nearest one there is.
    reached([i, j], isInput) {
      const { window, shape } = this.shown;
      return [i, j].map((at, a) =>
        Math.min(Math.max(at - (isInput ? window[a] >> 1 : 0), 0), shape[a] - 1),
      );
    }

    point(pixel = null, isInput = false) {
      const place = pixel && !this.shown.error ? this.reached(pixel, isInput) : null;
      if (String(place) === String(this.pointed)) return;
      this.pointed = place;
      this.draw();
    }

    choose(pixel, isInput) {
      if (this.shown.error) return;
      this.pointed = null;
      this.move(this.reached(pixel, isInput));
    }

    walk(rows, columns) {
      if (this.shown.error) return;
      this.pointed = null;
      const [i, j] = this.place();
      this.move(this.reached([i + rows, j + columns], false));
    }

    place() {
      const { shape } = this.shown;
      return (this.pointed ?? this.state.place).map((at, a) => Math.min(at, shape[a] - 1));
    }

    // ---------------------------------------------------------------- drawing

    draw() {
      const { state } = this;
      this.shown = computePicture(state, this.shown);
      this.drawControls();
      this.showNote();
      if (this.shown.error) this.drawError();
      else this.drawAll();
    }

    drawControls() {
      const { state } = this;
      const name = state.isColour ? "weights" : "kernel";
      const rows = state[name];
      this.mode.show(state.isColour);
      this.mode.element.hidden = state.image.shape.length === 2;
      this.back.hidden = this.isFirstImage;
      this.drawNames(name, rows);
      const texts = weightWords(rows);
      const [i, j] = (this.chosen[name] = this.chosen[name].map((at, a) =>
        Math.min(at, (a ? rows[0] : rows).length - 1),
      ));
      this.grids[name].show({
        texts,
        mark: (a, b) => `kernel${a === i && b === j ? " lit" : ""}`,
        editText: (a, b) =>
          texts[a][b].includes("/") ? texts[a][b].replace("−", "-") : exactText(rows[a][b]),
      });
      setText(
        this.kernelTitle,
        state.isColour ? COLOURS.join(", ") : `kernel ${rows.length}×${rows[0].length}`,
      );
      this.kernelPanel.style.setProperty("--widest", rows[0].length);
      this.kernelPanel.style.setProperty("--sum", rows[0].length);
      this.sizes[0].show(String(rows.length));
      this.sizes[1].show(String(rows[0].length));
      if (state.isColour) this.colours.forEach((one, c) => one.show(rows[0][c], texts[0][c]));
      else this.weight.show(rows[i][j], texts[i][j], `weight, row ${i}, column ${j}`);
      this.strength.show(state.strength, numberText(state.strength));
      this.bias.show(state.bias, numberText(state.bias));
      const hidden = [
        [this.grids.kernel.element, state.isColour],
        [this.grids.weights.element, !state.isColour],
        [this.size, state.isColour],
        [this.weight.element, state.isColour],
        ...this.colours.map(({ element }) => [element, !state.isColour]),
      ];
      for (const [element, isHidden] of hidden) element.hidden = isHidden;
      this.history.show();
      const source = this.isFirstImage ? this.source : "bench.image";
      this.copies.show(pictureLines(state, source));
    }

    // Names the kernels that the picture can be read with, and the one that is laid on it.
    drawNames(field, rows) {
      const names = Object.keys(this.kernels).filter((name) => field in this.kernels[name]);
      const { select } = this.named;
      if (this.namesOf !== field) {
        const options = ["", ...names].map((name) =>
          make("option", { value: name }, name || "your own"),
        );
        select.replaceChildren(...options);
        this.namesOf = field;
      }
      const text = JSON.stringify(rows);
      select.value = names.find((name) => JSON.stringify(this.kernels[name][field]) === text) ?? "";
    }

    say(sentence, isError = false) {
      setText(this.sentence, sentence);
      this.sentence.classList.toggle("refused", isError);
    }

    // What was refused is said in place of any other note.
    showNote() {
      const { says } = this.state.image;
      const stays = this.on.link ? STAYS : GOES;
      setText(this.note, this.refusal || (says ? `${says} It ${stays}` : `${HINT} ${stays}`));
      this.note.classList.toggle("refused", Boolean(this.refusal));
    }

    // Nothing of an output that does not exist is shown.
    drawError() {
      this.views.picture.show({ image: this.shown.x, frame: null, label: "picture" });
      this.views.output.element.hidden = true;
      this.arithmetic.hidden = true;
      this.say(this.shown.error, true);
    }

    drawAll() {
      const { state, shown } = this;
      const place = this.place();
      const { shape, output, window, x } = shown;
      this.views.output.element.hidden = false;
      this.views.picture.show({
        image: x,
        frame: [...place, ...window],
        label: `Picture, ${x.shape.slice(-2).join(" by ")} pixels: the arrow keys move the window`,
      });
      this.views.output.show({
        image: { shape, data: output.data },
        frame: [...place, 1, 1],
        label: `Output, ${shape.join(" by ")} pixels`,
      });
      this.drawArithmetic(place);
      this.say(pictureSentence(state, shown, place));
    }

    drawArithmetic(place) {
      const { state, shown } = this;
      const patch = patchAt(shown, place);
      const weights = weightWords(shown.rows);
      const products = patch.map((row, a) => row.map((pixel, b) => product(pixel, shown.rows[a][b])));
      this.arithmetic.hidden = false;
      this.grids.patch.show({
        texts: patch.map((row) => row.map(numberText)),
        mark: (a, b) => (patch[a][b] < DARK ? "pixel dark" : "pixel"),
      });
      for (const [a, row] of this.grids.patch.cells.entries()) {
        for (const [b, cell] of row.entries()) cell.style.setProperty("--level", patch[a][b]);
      }
      // On a narrow page wide grids scroll sideways, which the keyboard must reach.
      for (const name of ["patch", "laid", "products"]) {
        this.grids[name].element.tabIndex = patch[0].length > WIDE ? 0 : -1;
      }
      this.grids.laid.show({ texts: weights, mark: () => "kernel" });
      this.grids.products.show({ texts: products.map((row) => row.map(numberText)) });
      setText(this.titles.patch, state.isColour ? "pixel" : "patch");
      setText(this.titles.laid, state.isColour ? "weights" : "kernel");
      setText(this.titles.products, "products");
      const strength = state.strength === 1 ? "" : `${enclosed(numberText(state.strength))} · `;
      const bias = state.bias ? ` + ${enclosed(numberText(state.bias))}` : "";
      setText(this.titles.total, `${strength}sum${bias}`);
      setText(this.total, numberText(valueAt(shown, place)));
      this.arithmetic.style.setProperty("--widest", shown.window[1]);
      this.arithmetic.style.setProperty("--sum", 3 * shown.rows[0].length + 1);
    }
  }

  // Named kernels come as text, each written like the kernel of a state.
  function readNamed(texts) {
    return Object.fromEntries(
      Object.entries(texts).map(([name, text]) => {
        const { isColour, kernel, weights } = decodePicture(`1;${text}`);
        return [name, isColour ? { weights } : { kernel }];
      }),
    );
  }

  globalThis.convlib.benches.picture = {
    make: async (element, { given, ...options }) => {
      const firstImage = await unpackImage(given.image);
      const kernels = readNamed(given.kernels);
      return new PictureBench(element, { ...options, firstImage, kernels, source: given.source });
    },
    problem: (text, { firstImage }) =>
      computePicture({ ...decodePicture(text), image: firstImage }).error,
  };
})();
