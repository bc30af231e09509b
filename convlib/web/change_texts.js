// What a reader changed in a network, in words and as Python. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { numberText, percent } = globalThis.convlib;
  const PYTHON = {
    weight: ({ layer, at, value }) => `p["${layer}.weight"].flat[${at}] = ${value}`,
    bias: ({ layer, at, value }) => `p["${layer}.bias"][${at}] = ${value}`,
    silence: ({ layer, filter }) =>
      `p["${layer}.weight"][${filter}] = p["${layer}.bias"][${filter}] = 0`,
    swap: ({ layer, filter, other }) =>
      ["weight", "bias"]
        .map((name) => {
          const array = `p["${layer}.${name}"]`;
          return `${array}[[${filter}, ${other}]] = ${array}[[${other}, ${filter}]]`;
        })
        .join("\n"),
  };
  const PYTHON_POOLS = { mean: "nn.AvgPool(2)", off: "nn.MaxPool(1, stride=2)" };
  const POOL_WORDS = {
    max: "With pools that keep the largest",
    mean: "With the mean in the place of the largest",
    off: "With pooling off (of every four numbers the first is kept)",
  };

  // ---------------------------------------------------------------- words

  // Says what one edit did: "Without filter 3 of convolution 1". `titles` names the layers.
  function editText(edit, titles) {
    const where = (titles[edit.layer] ?? "").toLowerCase();
    const { what, filter, other, value } = edit;
    if (what === "pool") return POOL_WORDS[edit.how];
    const thing = where === "scores" ? "score" : "filter";
    const of = where === "scores" ? "" : ` of ${where}`;
    if (what === "silence") return `Without ${thing} ${filter}${of}`;
    if (what === "swap") return `With ${thing}s ${filter} and ${other}${of} swapped`;
    if (what === "bias") return `With bias ${edit.at}${of} at ${numberText(value)}`;
    return `With a weight of ${thing} ${edit.filter}${of} at ${numberText(value)}`;
  }

  function movedText([down, right]) {
    const parts = [
      [down, "down", "up"],
      [right, "to the right", "to the left"],
    ];
    const said = parts
      .filter(([by]) => by)
      .map(([by, more, less]) => `${Math.abs(by)} ${by > 0 ? more : less}`);
    return `Moved ${said.join(" and ")}`;
  }

  // Says in one sentence what all changes did to an answer. Answers are {digit, share}.
  function effectText(edits, shift, titles, now, before) {
    const isMoved = shift.some(Boolean);
    const count = edits.length + (isMoved ? 1 : 0);
    if (!count) return "";
    const what =
      count > 1
        ? `With all ${count} changes`
        : isMoved
          ? movedText(shift)
          : editText(edits[0], titles);
    const isStill = now.digit === before.digit;
    const unchanged = isStill ? "it is" : `it reads ${before.digit}:`;
    return (
      `${what} it ${isStill ? "still " : ""}reads ${now.digit}: ${percent(now.share)}. ` +
      `Unchanged ${unchanged} ${percent(before.share)}.`
    );
  }

  // ---------------------------------------------------------------- Python

  // Writes the lines that give the same image to the same network.
  function networkPython(picture, stage, edits) {
    const [height, width] = picture.shape.slice(-2);
    const isInk = picture.shape.length === 3 && picture.shape[0] === 1;
    const levels = [...picture.data].map((value) => Math.round(255 * value));
    const rows = Array.from({ length: height }, (_, i) =>
      `    [${levels.slice(i * width, (i + 1) * width).join(", ")}],`,
    );
    const image = isInk
      ? ["image = np.array([", ...rows, "], dtype=np.uint8)", "x = image / np.float32(255)"]
      : [];
    const pools = edits.findLast(({ what }) => what === "pool");
    const numbers = edits.filter(({ what }) => what !== "pool");
    const pool = pools && PYTHON_POOLS[pools.how];
    return [
      "import numpy as np",
      "from convlib import nn",
      "",
      ...image,
      stage === null
        ? "# network and, where it is no picture of one map, x (maps, rows, columns) are your own"
        : `network = nn.load_stages()[${stage}].network`,
      ...(numbers.length ? ["p = network.parameters"] : []),
      ...numbers.map((edit) => PYTHON[edit.what](edit)),
      ...(pool
        ? [
            `pooled = [${pool} if isinstance(layer, nn.MaxPool) else layer`,
            "          for layer in network.layers]",
            "network = nn.Network(*pooled)",
          ]
        : []),
      "scores, _ = network(x.reshape(1, -1, *x.shape[-2:]))",
      "print(scores.argmax(), nn.softmax(scores).round(3))",
    ].join("\n");
  }

  Object.assign(globalThis.convlib, { effectText, networkPython });
})();
