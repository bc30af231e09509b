// Numbers as ink on a canvas: the larger, the darker; what is below 0 in a colour of its own.
"use strict";
globalThis.convlib ??= {};
(() => {
  const NAMES = { above: "--draw-ink", below: "--draw-strong-edge" };

  // Returns the colours of the theme that an element stands in, [red, green, blue] each.
  function coloursOf(element) {
    const style = getComputedStyle(element);
    const read = (name) => Number.parseInt(style.getPropertyValue(name).trim().slice(1), 16) || 0;
    return { above: channels(read(NAMES.above)), below: channels(read(NAMES.below)) };
  }

  function channels(colour) {
    return [colour >> 16, (colour >> 8) & 255, colour & 255];
  }

  // Paints height × width numbers, from `from` on, one pixel each; `most` gets all of the ink.
  function paint(canvas, [height, width], data, from, most, colours) {
    if (canvas.width !== width || canvas.height !== height)
      Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d");
    const image = context.createImageData(width, height);
    const pixels = image.data;
    const [[r, g, b], [x, y, z]] = [colours.above, colours.below];
    for (let at = 0; at < height * width; at++) {
      const value = data[from + at];
      const to = 4 * at;
      [pixels[to], pixels[to + 1], pixels[to + 2]] = value < 0 ? [x, y, z] : [r, g, b];
      pixels[to + 3] = most > 0 ? Math.min((255 * Math.abs(value)) / most, 255) : 0;
    }
    context.putImageData(image, 0, 0);
  }

  Object.assign(globalThis.convlib, { coloursOf, paint });
})();
