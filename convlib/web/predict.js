// Fields that take a prediction, say what it is, and open the output once it is right.
// `judge` follows convlib/exercises/prediction.py, sentence by sentence; a test compares them.
const NUMBER = /[-−]?(?:\d+(?:\.\d+)?|\.\d+)/g; // 12, −3.5, .25
const SIGN = /(\d*)([¼-¾⅐-⅞])/g; // ½, 2¾
const FRACTION = new RegExp(`${NUMBER.source}(?:\\s*/\\s*\\d+)?`, "g"); // also 5/8
const FACTOR = `\\(?${NUMBER.source}\\)?`;
const PRODUCT = new RegExp(`${FACTOR}(?:\\s*[·*]\\s*${FACTOR})*`, "g"); // also 3·2, 3·(−1)

function numbersIn(line, pattern) {
  return (line.match(pattern) || []).map((found) => {
    const [top, bottom = 1] = found.replaceAll("−", "-").replace(/[()]/g, "").split("/");
    return top.split(/[·*]/).reduce((product, factor) => product * Number(factor), 1) / Number(bottom);
  });
}

function parse(text, pattern = NUMBER) {
  return text.split(/[\n;\]]/).map((line) => numbersIn(line, pattern)).filter((row) => row.length);
}

// Writes ½ as 0.5: a fraction that is one character falls into its digits and a slash of its own.
function withoutSigns(text) {
  return text.replace(SIGN, (_, whole, sign) => {
    const [top, bottom] = sign.normalize("NFKC").split("⁄");
    return Number(whole) + top / bottom;
  });
}

// A slash or a comma can part two numbers or stand in one, 3/4 or 79,360, and of 3 + 2 = 5 either
// side can be meant: as the answer needs it.
function guessed(text, answer) {
  text = withoutSigns(text);
  const together = text.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  const patterns = [NUMBER, FRACTION, PRODUCT]; // in this order: a shape written 4·4 is two numbers
  const texts = [text, together, text.replace(/[^\n;=]*=/g, ""), text.replace(/=[^\n;]*/g, "")];
  const readings = texts.flatMap((one) => patterns.map((pattern) => parse(one, pattern)));
  const fits = (rows) => rows.flat().length === answer.flat().length;
  return readings.find(fits) || readings[1];
}

function same(some, others) {
  return some.length === others.length && some.every((value, n) => value === others[n]);
}

function transposed(rows) {
  return rows[0].map((_, j) => rows.map((row) => row[j]));
}

function isGrid(rows) {
  return rows.length > 1 && rows.every((row) => row.length === rows[0].length);
}

function runTogether(mine, right) {
  const digits = right.every((value) => Number.isInteger(value) && value >= 0 && value < 10);
  return mine.length === 1 && digits && String(mine[0]).length === right.length;
}

function judge(guess, answer, slips) {
  const mine = guess.flat(), right = answer.flat();
  if (!mine.length) return "Write a number first, in digits.";
  if (same(mine, right)) {
    const shaped = guess.length === 1 || guess.length === answer.length;
    return shaped ? "Right." : "The numbers are right, but not their rows.";
  }
  for (const [says, slip] of Object.entries(slips)) {
    if (same(mine, parse(slip).flat())) return says;
  }
  if (isGrid(guess) && same(transposed(guess).flat(), right)) {
    return "Rows and columns are swapped.";
  }
  if (mine.length !== right.length) {
    if (runTogether(mine, right)) return "Write the digits apart.";
    const yours = mine.length === 1 ? "That is 1 number" : `Those are ${mine.length} numbers`;
    return `${yours}; the answer has ${right.length}.`;
  }
  if (right.length === 2 && same([mine[1], mine[0]], right)) return "The two are swapped.";
  const more = mine.map((value, n) => value - right[n]);
  const each = right.length > 1 ? "Each is" : "That is";
  if (more.every((step) => step === 1)) return `${each} one too many.`;
  if (more.every((step) => step === -1)) return `${each} one too few.`;
  if (same(mine.map((value) => -value), right)) return "The sign is the other way round.";
  if (right.length === 1) return "Not yet.";
  const place = more.findIndex((step) => step !== 0);
  if (answer.length === 1) return `Not yet: look at number ${place + 1} again.`;
  const across = answer[0].length;
  return `Not yet: look at row ${Math.floor(place / across)}, column ${place % across} again.`;
}

function mount(form) {
  const field = form.querySelector("input, textarea");
  const answer = parse(form.dataset.answer), slips = JSON.parse(form.dataset.slips);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const says = judge(guessed(field.value, answer), answer, slips);
    form.querySelector("output").textContent = says;
    if (says.startsWith("Right")) form.nextElementSibling.open = true;
  });
  field.addEventListener("input", () => { form.querySelector("output").textContent = ""; });
}

document.querySelectorAll("form.predict").forEach(mount);
