// The bench of pictures: a photograph, a kernel or three weights, and the picture that they make.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    product,
    numberText,
    enclosed,
    biasText,
    decodePicture,
    computePicture,
    valueAt,
    patchAt,
    weightWords,
    pictureSentence,
    pictureLines,
    PictureState,
    PictureView,
    PictureWeights,
    OwnPicture,
    ArithmeticRow,
    unpackImage,
    make,
    button,
    toggle,
    benchHistory,
    benchCopies,
    benchNote,
    benchSentence,
    showBench,
  } = globalThis.convlib;

  const HINT =
    "Point at a picture, drag over the left one, or walk there with the arrow keys. Choose, drop or paste a picture of your own: it";
  const STAYS = "stays in this browser.";
  const GOES = "goes to your own kernel and nowhere else.";
  const READ = [
    [false, "grey"],
    [true, "colour"],
  ];
  const WIDE = 3; // columns that fit every page
  const DARK = 117; // levels below it have light numbers on them

  class PictureBench extends PictureState {
    constructor(element, { source, kernels, ...options }) {
      super(options);
      [this.element, this.source] = [element, source];
      this.chosen = { kernel: [1, 1], weights: [0, 0] }; // the weight that the slider moves
      this.pointed = null; // the output pixel under the pointer
      this.build(kernels);
      this.draw();
    }

    // ---------------------------------------------------------------- elements

    build(kernels) {
      this.history = benchHistory(this);
      this.note = benchNote(this);
      this.weights = new PictureWeights(this, kernels);
      this.arithmetic = new ArithmeticRow();
      this.arithmetic.element.classList.add("bench-pixels");
      this.sentence = benchSentence();
      this.copies = benchCopies(this);
      showBench(
        this,
        "Bench of pictures",
        make(
          "div",
          { class: "bench-bar" },
          make("span", { class: "buttons" }, ...this.buildSource()),
          this.history.element,
        ),
        this.buildViews(),
        make("div", { class: "bench-chosen" }, this.note.element),
        this.weights.element,
        this.arithmetic.element,
        this.sentence.element,
        this.copies.element,
      );
    }

    // What is read: the reader's picture or the book's, in grey or in colour.
    buildSource() {
      const own = new OwnPicture(this.element, {
        take: (image) => this.setImage(image),
        refuse: (sentence) => this.refuse(sentence),
      });
      this.back = button("The book's", "Back to the picture of the book", () =>
        this.setImage(this.firstImage),
      );
      this.mode = toggle("what the kernel reads", READ, (isColour) => this.edit({ isColour }));
      return [own.element, this.back, this.mode.element];
    }

    buildViews() {
      const on = (isInput) => ({
        point: (...pixel) => this.point(pixel, isInput),
        leave: () => this.point(),
        choose: (...pixel) => this.choose(pixel, isInput),
      });
      const walk = (rows, columns) => this.walk(rows, columns);
      this.picture = new PictureView("picture", { ...on(true), walk });
      this.output = new PictureView("output", on(false));
      return make(
        "div",
        { class: "bench-pictures" },
        this.picture.element,
        this.output.element,
      );
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
      this.mode.show(state.isColour);
      this.mode.element.hidden = state.image.shape.length === 2;
      this.back.hidden = this.isFirstImage;
      this.weights.show(state, this.chosenWeight());
      this.history.show();
      this.copies.show(pictureLines(state, this.isFirstImage ? this.source : "bench.image"));
      this.drawNote();
      if (this.shown.error) this.drawError();
      else this.drawAll();
    }

    // The place of the chosen weight; in a kernel that has become smaller, the nearest one.
    chosenWeight() {
      const name = this.state.isColour ? "weights" : "kernel";
      const rows = this.state[name];
      this.chosen[name] = this.chosen[name].map((at, a) =>
        Math.min(at, (a ? rows[0] : rows).length - 1),
      );
      return this.chosen[name];
    }

    drawNote() {
      const { says } = this.state.image;
      const stays = this.on.link ? STAYS : GOES;
      this.note.show(says ? `${says} It ${stays}` : `${HINT} ${stays}`);
    }

    // Nothing of an output that does not exist is shown.
    drawError() {
      this.picture.show({ image: this.shown.x, frame: null, label: "picture" });
      this.output.element.hidden = true;
      this.arithmetic.element.hidden = true;
      this.sentence.show(this.shown.error, true);
    }

    drawAll() {
      const { shape, output, window, x } = this.shown;
      const place = this.place();
      this.output.element.hidden = false;
      this.picture.show({
        image: x,
        frame: [...place, ...window],
        label: `Picture, ${x.shape.slice(-2).join(" by ")} pixels: the arrow keys move the window`,
      });
      this.output.show({
        image: { shape, data: output.data },
        frame: [...place, 1, 1],
        label: `Output, ${shape.join(" by ")} pixels`,
      });
      this.drawArithmetic(place);
      this.sentence.show(pictureSentence(this.state, this.shown, place));
    }

    drawArithmetic(place) {
      const { state, shown } = this;
      const patch = patchAt(shown, place);
      const products = patch.map((row, a) =>
        row.map((pixel, b) => numberText(product(pixel, shown.rows[a][b]))),
      );
      const strength = state.strength === 1 ? "" : `${enclosed(numberText(state.strength))} · `;
      this.arithmetic.show({
        grids: {
          patch: {
            texts: patch.map((row) => row.map(numberText)),
            mark: (a, b) => (patch[a][b] < DARK ? "pixel dark" : "pixel"),
          },
          laid: { texts: weightWords(shown.rows), mark: () => "kernel" },
          products: { texts: products },
        },
        titles: {
          patch: state.isColour ? "pixel" : "patch",
          laid: state.isColour ? "weights" : "kernel",
          products: "products",
          total: `${strength}sum${biasText(state.bias)}`,
        },
        total: numberText(valueAt(shown, place)),
      });
      this.drawLevels(patch);
    }

    // Gives the patch the greys of its pixels.
    drawLevels(patch) {
      const { grids } = this.arithmetic;
      for (const [a, row] of grids.patch.cells.entries()) {
        for (const [b, cell] of row.entries()) cell.style.setProperty("--level", patch[a][b]);
      }
      // On a narrow page wide grids scroll sideways, which the keyboard must reach.
      for (const { element } of Object.values(grids)) {
        element.tabIndex = patch[0].length > WIDE ? 0 : -1;
      }
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
