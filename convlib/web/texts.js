// Numbers as text, both ways: as drawings and sentences write them, as readers type and paste them,
// as Python reads them, and as an address carries a whole bench. Knows no page.
"use strict";
globalThis.convlib ??= {};
(() => {
  const { Mistake, repr } = globalThis.convlib;
  const MOST = { image: 12, kernel: 7 };
  const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  const NAMED = { nan: NaN, inf: Infinity, infinity: Infinity, "∞": Infinity };

  // ---------------------------------------------------------------- written

  // At most two decimals, halves to the even digit, a true minus: as in every drawing of the book.
  function numberText(value) {
    if (typeof value === "bigint" || Number.isSafeInteger(value)) return minus(String(value));
    if (Number.isNaN(value)) return "nan";
    if (Math.abs(value) === Infinity) return value < 0 ? "−∞" : "∞";
    const hundredths = value * 100;
    const isHalf = Number.isInteger(value * 8) && Math.abs(hundredths % 1) === 0.5;
    const even = isHalf ? (2 * Math.round(hundredths / 2)) / 100 : value;
    const text = Math.abs(value) < 1e21 ? even.toFixed(2).replace(/\.?0+$/, "") : String(value);
    return minus(text === "-0" ? "0" : text);
  }

  function minus(text) {
    return text.startsWith("-") ? `−${text.slice(1)}` : text;
  }

  // Weights such as 1/9 are written as the fractions they stand for, where all are simple; those of
  // one decimal stay as they are.
  function weightTexts(rows) {
    if (rows.flat().every(isTenths)) return rows.map((row) => row.map(numberText));
    const fractions = rows.map((row) => row.map(fraction));
    return fractions.flat().includes(null) ? rows.map((row) => row.map(numberText)) : fractions;
  }

  function isTenths(value) {
    return Math.abs(value * 10 - Math.round(value * 10)) <= 1e-9;
  }

  function fraction(value) {
    for (let bottom = 1; bottom <= 16; bottom++) {
      const top = Math.round(value * bottom);
      if (!(Math.abs(value - top / bottom) <= 1e-12)) continue;
      return minus(bottom === 1 ? String(top || 0) : `${top}/${bottom}`);
    }
    return null;
  }

  // Every digit of a number, as Python writes those that are no numbers.
  function exactText(value) {
    const isLarge = Number.isInteger(value) && !Number.isSafeInteger(value);
    return NUMBER_NAMES[value] ?? (isLarge ? value.toExponential() : String(value));
  }

  // A number as one types it: a fraction as it is shown, every digit of any other.
  function typedText(text, value) {
    return text.includes("/") ? text.replace("−", "-") : exactText(value);
  }

  const NUMBER_NAMES = { NaN: "nan", Infinity: "inf", "-Infinity": "-inf" };

  function enclosed(text) {
    return text.startsWith("−") ? `(${text})` : text;
  }

  // " + 3", or nothing where no bias is added.
  function biasText(bias) {
    return bias === 0 ? "" : ` + ${enclosed(numberText(bias))}`;
  }

  // "3·0 + 2·(−1)": the first few of many, and how many there are.
  function sumOfProducts(factors, most = 12) {
    const products = factors.map(([a, b]) => `${enclosed(a)}·${enclosed(b)}`);
    if (products.length <= most) return products.join(" + ");
    return `${products.slice(0, 3).join(" + ")} + … (${products.length} products)`;
  }

  // ---------------------------------------------------------------- typed and pasted

  // Reads one number as a person types it: 3, −0.5, 1e-3, 1/9, inf, nan.
  function parseNumber(text) {
    const plain = text.trim().replaceAll("−", "-");
    if (/^[+-]?\d+,\d+$/.test(plain)) {
      throw new Mistake(`“${plain}” has a comma; write the decimal point as a point`);
    }
    const [top, bottom, ...rest] = plain.split("/");
    if (rest.length || (bottom !== undefined && !/^\d+$/.test(bottom.trim()))) throw noNumber(text);
    const value =
      bottom === undefined ? plainNumber(plain) : plainNumber(top.trim()) / Number(bottom);
    if (value === null || (bottom !== undefined && !Number(bottom))) throw noNumber(text);
    if (Number.isInteger(value) && !Number.isSafeInteger(value) && !/[.e]/i.test(plain)) {
      throw new Mistake(
        `“${shortened(plain)}” is too large to be kept exactly; write 1e16, or less`,
      );
    }
    return value;
  }

  function plainNumber(text) {
    const sign = text.startsWith("-") ? -1 : 1;
    const name = text.replace(/^[+-]/, "").toLowerCase();
    if (Object.hasOwn(NAMED, name)) return sign * NAMED[name];
    const value = DECIMAL.test(text) ? Number(text) || 0 : null;
    return Math.abs(value) === Infinity ? null : value;
  }

  function noNumber(text) {
    return new Mistake(
      text.trim() ? `“${shortened(text.trim())}” is not a number` : "There is no number",
    );
  }

  function shortened(text) {
    return text.length > 20 ? `${text.slice(0, 20)}…` : text;
  }

  // Reads rows of numbers: a NumPy array, a list, cells of a spreadsheet, CSV, or numbers and spaces.
  // Returns {rows, isWhole}: whether brackets say that this is a whole array.
  function parseRows(text) {
    if (!text.trim()) throw new Mistake("There is nothing to paste");
    const isWhole = text.includes("[");
    const lines = isWhole
      ? bracketLines(text)
      : text
          .trim()
          .split(/\r?\n/)
          .filter((line) => line.trim());
    if (!isWhole && lines.every((line) => /^\s*[+\-−]?\d+,\d+\s*$/.test(line))) {
      const [one] = lines;
      throw new Mistake(
        `“${one.trim()}” may be ${one.trim().replace(",", ".")} or two numbers; ` +
          "write a decimal point, or a space after the comma",
      );
    }
    const rows = lines.map((line) => separated(line).map(parseNumber));
    const ragged = rows.findIndex((row) => row.length !== rows[0].length);
    if (ragged > 0) {
      throw new Mistake(
        `Rows must be equally long: row 0 has ${rows[0].length} numbers, ` +
          `row ${ragged} has ${rows[ragged].length}`,
      );
    }
    return { rows, isWhole };
  }

  function separated(line) {
    const separator = ["\t", ";", ","].find((sign) => line.includes(sign));
    const parts = separator ? line.split(separator) : line.trim().split(/\s+/);
    if (separator === "," && !parts.at(-1).trim()) parts.pop();
    return parts;
  }

  function bracketLines(text) {
    const inside = text
      .replace(/,?\s*dtype\s*=\s*[\w.'"]+/, "")
      .replace(/^[^[]*/, "")
      .replace(/[^\]]*$/, "");
    const depth = inside.match(/^[[\s]*/)[0].replace(/\s/g, "").length;
    if (depth > 2)
      throw new Mistake(`Rows and columns are needed; the array has ${depth} dimensions`);
    if (inside.includes("..."))
      throw new Mistake("NumPy left numbers out (...); paste the whole array");
    const lines = inside.split("]").map((row) =>
      row
        .replace(/^[\s,[]*/, "")
        .replace(/\s+/g, " ")
        .trim(),
    );
    return lines.filter(Boolean);
  }

  // What stands in a field of a setting: "2", "2, 1", or whatever it is, for convlib to judge.
  function parseSetting(text) {
    const plain = text.trim().replaceAll("−", "-");
    const parts = plain
      .replace(/^\(\s*(.*?)\s*\)$/, "$1")
      .split(/\s*,\s*|\s+/);
    const values = parts.map(plainNumber);
    if (values.includes(null)) return plain;
    return values.length === 1 ? values[0] : values;
  }

  function settingText(value) {
    if (value === null) return "";
    if (Array.isArray(value)) return value.map(settingText).join(", ");
    return typeof value === "number" ? minus(exactText(value)) : String(value);
  }

  // ---------------------------------------------------------------- Python

  function arrayLines(name, rows) {
    const lines = rows.map((row) => `[${row.map(pythonNumber).join(", ")}]`);
    if (lines.length === 1) return `${name} = np.array([${lines[0]}])`;
    return [`${name} = np.array([`, ...lines.map((line) => `    ${line},`), "])"].join("\n");
  }

  function pythonSetting(value) {
    return typeof value === "string" ? `"${value}"` : repr(value);
  }

  // Writes the lines that compute a bench's output with convlib.
  function pythonLines(state) {
    const options = ["stride", "padding", "dilation"]
      .filter((name) => name !== "dilation" || state.pool !== "mean")
      .filter((name) => !same(state[name], defaults(state.pool)[name]))
      .map((name) => `${name}=${pythonSetting(state[name])}`);
    const x = arrayLines("x", state.image);
    if (state.pool) {
      const call = state.pool === "max" ? "maxpool" : "avgpool";
      if (state.ceil_mode) options.push("ceil_mode=True");
      if (state.pool === "mean" && !state.count_include_pad)
        options.push("count_include_pad=False");
      const [rows, columns] = state.size;
      const window = rows === columns ? rows : repr(state.size);
      const line = `y = ${call}(${["x", window, ...options].join(", ")})`;
      return `import numpy as np\nfrom convlib import ${call}\n\n${x}\n${line}\n`;
    }
    const bias = state.bias ? [pythonNumber(state.bias)] : [];
    const names = state.flipped ? "conv2d, flip" : "conv2d";
    const kernel = state.flipped ? "flip(k)" : "k";
    const line = `y = conv2d(${["x", kernel, ...bias, ...options].join(", ")})`;
    return `import numpy as np\nfrom convlib import ${names}\n\n${x}\n${arrayLines("k", state.kernel)}\n${line}\n`;
  }

  function pythonNumber(value) {
    if (Number.isFinite(value)) return repr(value);
    return `${value < 0 ? "-" : ""}np.${repr(Math.abs(value))}`;
  }

  // ---------------------------------------------------------------- a whole bench as text

  const VERSION = "1";

  function defaults(pool) {
    return {
      stride: pool ? null : 1,
      padding: 0,
      dilation: 1,
      bias: 0,
      flipped: false,
      size: [2, 2],
      ceil_mode: false,
      count_include_pad: true,
      place: [0, 0],
    };
  }

  function same(a, b) {
    return repr(a) === repr(b);
  }

  const codes = {
    number: [exactText, parseNumber],
    flag: [(value) => (value ? "1" : "0"), (text) => known({ 0: false, 1: true }[text])],
    pair: [
      String,
      (text) => {
        const values = text.split(",").map(plainNumber);
        return known(
          values.length === 2 && values.every((n) => Number.isInteger(n) && n >= 0) ? values : null,
        );
      },
    ],
    rows: [
      (rows) => rows.map((row) => row.map(codes.number[0]).join(",")).join("/"),
      (text) => text.split("/").map((row) => row.split(",").map(codes.number[1])),
    ],
    setting: [
      (value) => {
        if (Array.isArray(value?.[0]))
          return value.map((axis) => axis.map(codes.setting[0]).join(",")).join("/");
        if (Array.isArray(value)) return value.map(codes.setting[0]).join(",");
        return value === null ? "none" : encodeURIComponent(value);
      },
      (text) => {
        if (text === "none") return null;
        if (text.includes("/"))
          return text.split("/").map((axis) => axis.split(",").map(codes.setting[1]));
        if (text.includes(",")) return text.split(",").map(codes.setting[1]);
        return plainNumber(text) ?? decodeURIComponent(text);
      },
    ],
    word: [String, (text) => known(["max", "mean"].includes(text) ? text : null)],
  };

  // Field of the state -> its key in the text, and how it is written and read.
  const FIELDS = {
    pool: ["pool", codes.word],
    image: ["x", codes.rows],
    kernel: ["k", codes.rows],
    size: ["w", codes.pair],
    stride: ["s", codes.setting],
    padding: ["p", codes.setting],
    dilation: ["d", codes.setting],
    bias: ["b", codes.number],
    flipped: ["f", codes.flag],
    ceil_mode: ["c", codes.flag],
    count_include_pad: ["n", codes.flag],
    place: ["o", codes.pair],
  };

  function known(value) {
    if (value === null || value === undefined) throw new Mistake("a value cannot be read");
    return value;
  }

  // Writes a state, what stands at its default left out: "1;x=3,0/1,2;k=0,1/2,2;s=2".
  function encode(state) {
    const usual = defaults(state.pool);
    return writeFields(FIELDS, state, (name) => name in usual && same(state[name], usual[name]));
  }

  // `fields` names the key of each field, and how it is written and read; null is left out.
  function writeFields(fields, state, isUsual) {
    const parts = Object.entries(fields)
      .filter(([name]) => state[name] !== null && !isUsual(name))
      .map(([name, [key, [write]]]) => `${key}=${write(state[name])}`);
    return [VERSION, ...parts].join(";");
  }

  function readFields(fields, text) {
    if (text.length > 20_000) throw new Mistake("it is too long");
    const [version, ...parts] = text.split(";");
    if (version !== VERSION) throw new Mistake("it was not written by this version of the bench");
    const read = {};
    for (const part of parts) {
      const [key, ...value] = part.split("=");
      const field = Object.keys(fields).find((name) => fields[name][0] === key);
      if (!field || field in read || value.length !== 1)
        throw new Mistake("a value cannot be read");
      read[field] = fields[field][1][1](value[0]);
    }
    return read;
  }

  // Reads what `encode` wrote; whatever else it is handed, it refuses with a sentence of its own.
  function decode(text) {
    const read = readFields(FIELDS, text);
    for (const name of ["image", "kernel"]) checkRows(name, read[name]);
    const state = { pool: null, ...defaults(read.pool), ...read };
    if (Math.max(...state.size) > MOST.kernel || Math.min(...state.size) < 1) {
      throw new Mistake(`the pool window must have 1 to ${MOST.kernel} rows and columns`);
    }
    return state;
  }

  // Checks that a bench can hold an array.
  function checkRows(name, rows) {
    if (!rows) throw new Mistake(`the ${name} is missing`);
    const most = MOST[name];
    const [height, width] = [rows.length, rows[0].length];
    if (rows.some((row) => row.length !== width))
      throw new Mistake(`rows of the ${name} are not equally long`);
    if (height > most || width > most) {
      const [n, what] = width > most ? [width, "columns"] : [height, "rows"];
      throw new Mistake(`The ${name} has room for ${most} ${what}; these are ${n}`);
    }
  }

  Object.assign(globalThis.convlib, {
    numberText,
    weightTexts,
    exactText,
    typedText,
    enclosed,
    biasText,
    sumOfProducts,
    parseNumber,
    plainNumber,
    parseRows,
    parseSetting,
    settingText,
    arrayLines,
    pythonNumber,
    pythonLines,
    codes,
    writeFields,
    readFields,
    encode,
    decode,
    checkRows,
    defaults,
    MOST,
  });
})();
