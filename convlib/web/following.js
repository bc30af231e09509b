// What follows from the state of a bench of numbers: the output, what its window sees, the size, in
// numbers and in words. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const {
    Mistake,
    array,
    nested,
    convArguments,
    poolArguments,
    conv2d,
    maxpool,
    avgpool,
    flip,
    span,
    numberText,
    weightTexts,
    enclosed,
    biasText,
    sumOfProducts,
  } = globalThis.convlib;

  const MOST_DRAWN = 24; // rows and columns of an image with its padding

  // Computes everything that is shown: {output, call, …}, or {error}, convlib's sentence.
  function compute(state) {
    try {
      return state.pool ? pooled(state) : convolved(state);
    } catch (mistake) {
      if (mistake instanceof Mistake) return { error: mistake.message };
      throw mistake;
    }
  }

  function convolved(state) {
    const [x, kernel] = [array(state.image), array(state.kernel)];
    const laid = state.flipped ? flip(kernel) : kernel;
    const call = convArguments(x, laid, state.bias, state);
    checkDrawn(state.image, call);
    const output = nested(conv2d(x, laid, state.bias, state));
    return { output, call, window: laid.shape, laid: nested(laid) };
  }

  function pooled(state) {
    const x = array(state.image);
    const options = { ...state, dilation: state.pool === "mean" ? 1 : state.dilation };
    const call = poolArguments(x, state.size, options);
    checkDrawn(state.image, call);
    if (state.pool === "mean")
      return { output: nested(avgpool(x, state.size, options)), call, window: state.size };
    const [y, winners] = maxpool(x, state.size, { ...options, return_indices: true });
    return { output: nested(y), winners: nested(winners), call, window: state.size };
  }

  function checkDrawn(image, { padding }) {
    const [height, width] = [image.length, image[0].length].map(
      (n, a) => n + padding[a][0] + padding[a][1],
    );
    if (Math.max(height, width) <= MOST_DRAWN) return;
    throw new Mistake(
      `The image padded to ${height}×${width} is too large to be drawn here; convlib takes it`,
    );
  }

  // Lists the pixels, along both axes, that the cells of the window see from one place.
  function seen({ call, window }, place) {
    return place.map((at, a) =>
      Array.from(
        { length: window[a] },
        (_, cell) => at * call.stride[a] - call.padding[a][0] + cell * call.dilation[a],
      ),
    );
  }

  // Lists, along both axes, the places from which a pixel is seen.
  function reached({ call, window, output }, pixel) {
    const places = [output.length, output[0].length];
    return pixel.map((n, a) =>
      Array.from({ length: places[a] }, (_, at) => at).filter((at) => {
        const from = n + call.padding[a][0] - at * call.stride[a];
        return from >= 0 && from % call.dilation[a] === 0 && from / call.dilation[a] < window[a];
      }),
    );
  }

  // ---------------------------------------------------------------- the patch

  // The pixels under the window, undefined where there are none.
  function pixelsUnder({ image }, shown, place) {
    const [rows, columns] = seen(shown, place);
    return rows.map((i) => columns.map((j) => image[i]?.[j]));
  }

  // What stands where an image is padded: nothing where a pool does not count it.
  function paddingText({ pool, count_include_pad }) {
    return pool === "max" || (pool && !count_include_pad) ? "" : "0";
  }

  // Padding is written, what hangs over it is not.
  function patchTexts(state, shown, place) {
    const { image } = state;
    const [[, bottom], [, right]] = shown.call.padding;
    const [rows, columns] = seen(shown, place);
    const outside = (i, j) =>
      i < image.length + bottom && j < image[0].length + right ? paddingText(state) : "";
    return pixelsUnder(state, shown, place).map((line, a) =>
      line.map((pixel, b) =>
        pixel === undefined ? outside(rows[a], columns[b]) : numberText(pixel),
      ),
    );
  }

  // ---------------------------------------------------------------- words

  function listing(texts, separator, most = 16) {
    const shown = texts.slice(0, most).join(separator);
    return texts.length > most ? `${shown}${separator}…` : shown;
  }

  // Writes how the output cell at a place comes about.
  function numbersSentence(state, shown, place) {
    const texts = patchTexts(state, shown, place);
    const total = numberText(shown.output[place[0]][place[1]]);
    const how = state.pool
      ? pooledText(state.pool, texts, total)
      : summedText(state, shown, texts, total);
    return `Row ${place[0]}, column ${place[1]}: ${how}.`;
  }

  function pooledText(pool, texts, total) {
    const values = texts.flat().filter(Boolean);
    if (!values.length) return "the window sees only padding";
    return pool === "max"
      ? `the largest of ${listing(values, ", ")} is ${total}`
      : `(${listing(values.map(enclosed), " + ")}) / ${values.length} = ${total}`;
  }

  function summedText({ bias }, { laid }, texts, total) {
    const weights = weightTexts(laid);
    const factors = texts.flatMap((row, a) => row.map((text, b) => [text, weights[a][b]]));
    return `${sumOfProducts(factors)}${biasText(bias)} = ${total}`;
  }

  function range(what, numbers) {
    const isRun = numbers.length > 1 && numbers.at(-1) - numbers[0] === numbers.length - 1;
    const listed = isRun ? `${numbers[0]} to ${numbers.at(-1)}` : numbers.join(", ");
    return `${what}${numbers.length === 1 ? "" : "s"} ${listed}`;
  }

  function counted(n, what) {
    return `${n} ${what}${n === 1 ? "" : "s"}`;
  }

  function sizeText(rows) {
    return `${rows.length}×${rows[0].length}`;
  }

  function formula(state, { call, window, output }) {
    const { stride, padding, dilation } = call;
    const image = [state.image.length, state.image[0].length];
    const places = [output.length, output[0].length];
    const lines = image.map((n, a) => {
      const [before, after] = padding[a];
      const room = `(${n} + ${before} + ${after} − ${dilation[a]}·(${window[a]} − 1) − 1)`;
      const rounding = state.pool && state.ceil_mode;
      const divided = rounding ? `⌈${room} / ${stride[a]}⌉` : `${room} // ${stride[a]}`;
      const exact = rounding
        ? Math.ceil((n + before + after - span(window[a], dilation[a])) / stride[a]) + 1
        : places[a];
      const less =
        exact === places[a] ? "" : ` − ${exact - places[a]} that would start in the padding`;
      return `${divided} + 1${less} = ${places[a]}`;
    });
    const named =
      lines[0] === lines[1]
        ? [["rows and columns", lines[0]]]
        : [
            ["rows", lines[0]],
            ["columns", lines[1]],
          ];
    return named.map(([name, line]) => `output ${name} = ${line}`);
  }

  Object.assign(globalThis.convlib, {
    compute,
    seen,
    reached,
    pixelsUnder,
    paddingText,
    patchTexts,
    numbersSentence,
    range,
    counted,
    sizeText,
    formula,
  });
})();
