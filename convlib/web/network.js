// A network of layers on plain arrays: unpacked from the book's data, run forward with everything
// that each layer makes of an image, and changed. Equal to convlib.nn by test. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { conv2d, maxpool, avgpool, relu, dense, softmax, inflated } = globalThis.convlib;

  // ---------------------------------------------------------------- read

  // Reads what Python packed: the length of a header, the header as JSON, the parameters of every
  // stage, and digits in bytes. Returns {stages: [{name, layers}], images, ...header}.
  async function readNetwork(text) {
    const buffer = await inflated(text).arrayBuffer();
    const [length] = new Uint32Array(buffer, 0, 1);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    let at = 4 + length;
    const take = (Type, count) => {
      const part = new Type(buffer, at, count);
      at += part.byteLength;
      return part;
    };
    const stages = header.stages.map(({ scales, ...stage }) => {
      let number = 0;
      const parameter = (shape) => {
        const cells = shape.reduce((a, b) => a * b, 1);
        if (!scales) return { shape, data: take(Float32Array, cells) };
        const scale = scales[number++];
        return { shape, data: new Float32Array(take(Int8Array, cells)).map((whole) => whole * scale) };
      };
      const layers = header.layers.map(({ weight, bias, ...layer }) =>
        weight ? { ...layer, weight: parameter(weight), bias: parameter(bias) } : layer,
      );
      return { ...stage, layers };
    });
    const cells = header.shape.reduce((a, b) => a * b, 1);
    const images = header.labels.map(() => ({
      shape: header.shape,
      data: new Float32Array(take(Uint8Array, cells)).map((level) => level / 255),
    }));
    return { ...header, stages, images };
  }

  // ---------------------------------------------------------------- run

  const RUN = {
    conv: (x, { weight, bias, options }) => conv2d(x, weight, bias, options),
    relu,
    max: (x, { size, options }) => maxpool(x, size, options),
    mean: (x, { size, options }) => avgpool(x, size, options),
    flatten: ({ data }) => ({ shape: [data.length], data }),
    dense: (x, { weight, bias }) => dense(x, weight, bias),
    softmax,
  };

  // Returns the image and what every layer makes of it, in float32 as convlib does. Every array has
  // the shape of one image, without the axis of a batch.
  function forward(layers, image) {
    const outputs = [image];
    for (const layer of layers) {
      const { shape, data } = RUN[layer.kind](outputs.at(-1), layer);
      outputs.push({ shape, data: new Float32Array(data) });
    }
    return outputs;
  }

  function best(data) {
    return data.indexOf(Math.max(...data));
  }

  // ---------------------------------------------------------------- change

  const EDIT = {
    weight: (layer, { at, value }) => write(layer, "weight", (data) => (data[at] = value)),
    bias: (layer, { at, value }) => write(layer, "bias", (data) => (data[at] = value)),
    silence: (layer, { filter }) =>
      eachParameter(layer, (data, size) => data.fill(0, filter * size, (filter + 1) * size)),
    swap: (layer, { filter, other }) =>
      eachParameter(layer, (data, size) => {
        const [a, b] = [filter, other].map((n) => data.slice(n * size, (n + 1) * size));
        data.set(b, filter * size);
        data.set(a, other * size);
      }),
  };
  // What stands in the place of a pool that keeps the largest: the mean, or one number of each
  // window, so that the next layer still gets what it can take.
  const POOLS = {
    max: (layer) => layer,
    mean: (layer) => ({ ...layer, kind: "mean" }),
    off: (layer) => ({ ...layer, size: 1, options: { stride: layer.size } }),
  };

  function write(layer, name, change) {
    const data = layer[name].data.slice();
    change(data, data.length / layer.bias.data.length);
    return { ...layer, [name]: { shape: layer[name].shape, data } };
  }

  function eachParameter(layer, change) {
    return write(write(layer, "weight", change), "bias", change);
  }

  // Returns the layers with these edits, one after the other; the layers stay as they are.
  function edited(layers, edits) {
    const changed = [...layers];
    for (const edit of edits) {
      for (const [number, layer] of changed.entries()) {
        if (edit.what === "pool" && layers[number].kind === "max")
          changed[number] = POOLS[edit.how](layers[number]);
        else if (edit.layer === number) changed[number] = EDIT[edit.what](layer, edit);
      }
    }
    return changed;
  }

  // Moves an image by whole rows and columns; paper comes in from the sides.
  function moved({ shape, data }, [down, right]) {
    const [height, width] = shape.slice(-2);
    const y = new Float32Array(data.length);
    for (let at = 0; at < data.length; at++) {
      const column = at % width;
      const row = Math.floor(at / width) % height;
      const [i, j] = [row - down, column - right];
      if (i >= 0 && j >= 0 && i < height && j < width) y[at] = data[at - down * width - right];
    }
    return { shape, data: y };
  }

  Object.assign(globalThis.convlib, { readNetwork, forward, best, edited, moved });
})();
