// Waves on a map and the picture that they add up to, as numbers, words and text. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { Mistake, numberText, plainNumber } = globalThis.convlib;

  const FINEST = 8; // times that a wave goes up and down
  const SIDE = 64; // pixels of the picture, along each axis: a power of two
  const EIGHTHS = 8;
  const MOST = { waves: 80, strength: 5 };
  const RANGES = {
    down: [-FINEST, FINEST],
    right: [-FINEST, FINEST],
    strength: [1, MOST.strength],
    start: [0, EIGHTHS - 1],
  };
  const NAMES = Object.keys(RANGES);

  // The wave at a place of the map, or at the opposite one.
  function waveAt(waves, [down, right]) {
    return waves.find(
      (wave) =>
        (wave.down === down && wave.right === right) ||
        (wave.down === -down && wave.right === -right),
    );
  }

  // The same wave, named by the later one of its two places.
  function named(wave) {
    if (wave.down > 0 || (wave.down === 0 && wave.right >= 0)) return wave;
    const start = (EIGHTHS - wave.start) % EIGHTHS;
    return { ...wave, down: 0 - wave.down, right: 0 - wave.right, start };
  }

  // The waves with one more, or with one in the place of another; in the order of the map.
  function withWave(waves, wave) {
    const others = waves.filter((other) => other !== waveAt(waves, [wave.down, wave.right]));
    return [...others, named(wave)].toSorted((a, b) => a.down - b.down || a.right - b.right);
  }

  // Adds waves up, row by row: 64×64 numbers.
  function summed(waves) {
    const image = new Float64Array(SIDE * SIDE);
    for (const { down, right, strength, start } of waves) {
      const heights = Array.from(
        { length: SIDE },
        (_, n) => strength * Math.cos(2 * Math.PI * (n / SIDE + start / EIGHTHS)),
      );
      let pixel = 0;
      for (let i = 0; i < SIDE; i++) {
        let step = down * i;
        for (let j = 0; j < SIDE; j++, step += right) image[pixel++] += heights[step & (SIDE - 1)];
      }
    }
    return image;
  }

  function counted(count) {
    return `${count} wave${count === 1 ? "" : "s"}`;
  }

  function rounded(value) {
    return numberText(Number(value.toFixed(6)));
  }

  function extent(image) {
    return `from ${rounded(Math.min(...image))} to ${rounded(Math.max(...image))}`;
  }

  function sentence({ waves, place }, image) {
    const [down, right] = place.map(numberText);
    const found = waveAt(waves, place);
    const told = found
      ? `strength ${found.strength}, starting at ${found.start} eighths of a turn`
      : "no wave";
    const picture = waves.length
      ? `${counted(waves.length)} in the picture, ${extent(image)}`
      : "The picture is even";
    return `Down ${down}, right ${right}: ${told}. ${picture}.`;
  }

  // ---------------------------------------------------------------- as text

  function encodeWaves({ waves, place }) {
    const texts = waves.map((wave) => NAMES.map((name) => wave[name]).join(","));
    const parts = texts.length ? [`w=${texts.join("/")}`] : [];
    if (place.some(Boolean)) parts.push(`o=${place}`);
    return ["1", ...parts].join(";");
  }

  function numbers(text, names) {
    const values = text.split(",").map(plainNumber);
    const isKnown = names.every((name, at) => {
      const [least, most] = RANGES[name];
      return Number.isInteger(values[at]) && values[at] >= least && values[at] <= most;
    });
    if (values.length !== names.length || !isKnown) throw new Mistake("a value cannot be read");
    return values;
  }

  // Reads what `encodeWaves` wrote; whatever else it is handed, it refuses with a sentence.
  function decodeWaves(text) {
    if (text.length > 2000) throw new Mistake("it is too long");
    const [version, ...parts] = text.split(";");
    if (version !== "1") throw new Mistake("it was not written by this version of the bench");
    const read = Object.fromEntries(parts.map((part) => part.split("=")));
    const given = read.w === undefined ? [] : read.w.split("/");
    if (given.length > MOST.waves) throw new Mistake(`it has more than ${MOST.waves} waves`);
    let waves = [];
    for (const part of given) {
      const values = numbers(part, NAMES);
      waves = withWave(waves, Object.fromEntries(NAMES.map((name, at) => [name, values[at]])));
    }
    return { waves, place: numbers(read.o ?? "0,0", ["down", "right"]) };
  }

  // The lines that make the same bench in Python.
  function wavesLines({ waves }) {
    const lines = waves.map((wave) => `    (${NAMES.map((name) => wave[name]).join(", ")}),\n`);
    return `from convlib.explore import bench_waves\n\nwaves = [\n${lines.join("")}]\nbench_waves(waves)\n`;
  }

  Object.assign(globalThis.convlib, {
    WAVES: { FINEST, SIDE, EIGHTHS, MOST },
    waveAt,
    withWave,
    summedWaves: summed,
    wavesSentence: sentence,
    encodeWaves,
    decodeWaves,
    wavesLines,
  });
})();
