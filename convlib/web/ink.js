// Numbers as ink on a canvas: the larger, the darker; what is below 0 in a colour of its own.
"use strict";
globalThis.convlib ??= {};
(() => {
  const NAMES = { above: "--draw-ink", below: "--draw-strong-edge" };

  // Returns the colours of the theme, as the lower bytes of a pixel.
  function coloursOf() {
    const style = getComputedStyle(document.body);
    const read = (name) => Number.parseInt(style.getPropertyValue(name).trim().slice(1), 16) || 0;
    return { above: turned(read(NAMES.above)), below: turned(read(NAMES.below)) };
  }

  // From red, green, blue to the order of a pixel's bytes.
  function turned(colour) {
    return ((colour & 255) << 16) | (colour & 0xff00) | (colour >> 16);
  }

  // What a canvas of this size is painted with, kept for the next time.
  function brush(canvas, height, width) {
    if (canvas.brush && canvas.width === width && canvas.height === height) return canvas.brush;
    Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d");
    const image = context.createImageData(width, height);
    // Each pixel is one number: alpha, blue, green, red.
    canvas.brush = { context, image, pixels: new Uint32Array(image.data.buffer) };
    return canvas.brush;
  }

  // Paints height × width numbers, from `from` on, one pixel each; `most` gets all of the ink.
  function paint(canvas, [height, width], data, from, most, { above, below }) {
    const { context, image, pixels } = brush(canvas, height, width);
    const scale = most > 0 ? 255 / most : 0;
    for (let at = 0; at < height * width; at++) {
      const value = data[from + at];
      const alpha = Math.min(Math.round(scale * Math.abs(value)), 255);
      pixels[at] = (alpha << 24) | (value < 0 ? below : above);
    }
    context.putImageData(image, 0, 0);
  }

  Object.assign(globalThis.convlib, { coloursOf, paint });
})();
