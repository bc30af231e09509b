// Pictures as bytes: the page's own, packed in it, and those that the reader brings, which are read
// here and go nowhere.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { Mistake, inflated } = globalThis.convlib;
  const MOST_PIXELS = 256; // rows and columns of a picture on a bench

  // Bytes that travel as the differences of neighbours, deflated.
  async function unpackImage({ shape, packed }) {
    const data = new Uint8Array(await inflated(packed).arrayBuffer());
    for (let at = 1; at < data.length; at++) data[at] += data[at - 1];
    return { shape, data };
  }

  // Reads the first picture of some files, turned as its camera says, and reduced if it is large.
  async function readImage(files) {
    const file = [...files].find(({ type }) => type.startsWith("image/"));
    if (!file) throw new Mistake("That is no picture; choose a file such as a JPEG or a PNG");
    let bitmap;
    try {
      bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      throw new Mistake("Your browser cannot read this picture; try a JPEG or a PNG");
    }
    const { width, height } = bitmap;
    const scale = Math.min(1, MOST_PIXELS / Math.max(width, height));
    const size = [height, width].map((n) => Math.max(1, Math.round(n * scale)));
    const image = { shape: [3, ...size], data: reduced(bitmap, size), isOwn: true };
    bitmap.close();
    const what = `Your picture of ${height}×${width} pixels`;
    image.says = scale < 1 ? `${what} is reduced to ${size.join("×")}.` : `${what}.`;
    return image;
  }

  // Halves a picture until it is small enough, so that every pixel counts in what is left.
  function reduced(bitmap, [height, width]) {
    let source = bitmap;
    while (source.height > 2 * height && source.width > 2 * width) {
      source = drawn(source, Math.ceil(source.height / 2), Math.ceil(source.width / 2));
    }
    const { data } = drawn(source, height, width)
      .getContext("2d")
      .getImageData(0, 0, width, height);
    const pixels = height * width;
    const channels = new Uint8Array(3 * pixels);
    for (let at = 0; at < pixels; at++) {
      for (let c = 0; c < 3; c++) channels[c * pixels + at] = data[4 * at + c];
    }
    return channels;
  }

  // Where a picture is transparent, it is laid on white.
  function drawn(source, height, width) {
    const canvas = Object.assign(document.createElement("canvas"), { height, width });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(source, 0, 0, width, height);
    return canvas;
  }

  Object.assign(globalThis.convlib, { unpackImage, readImage });
})();
