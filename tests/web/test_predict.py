"""The page's fields judge a prediction as `predict` does, and open the output once it is right."""

import numpy as np
import pytest

from convlib import web
from convlib.exercises.prediction import judge

FORM = """<!doctype html><html lang="en"><title>t</title><main>
<form class="predict" hidden data-answer="12 12&#10;10 17"
data-slips='{{"Flipped.": "18 20", "Right, in dozens.": "1 1 0.8 1.4"}}'>
<label>Your prediction <textarea></textarea></label><button>Check</button> <output></output></form>
<details><summary>Show the output</summary>{inside}</details></main>"""


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.set_content(FORM.format(inside="<pre>12 12</pre>"))
    page.add_script_tag(content=web.source("predict.js"))
    yield page
    page.close()


def as_text(rows):
    return "\n".join(" ".join(f"{value:g}" for value in row) for row in rows)


def test_page_and_python_say_the_same(page):
    rng = np.random.default_rng(0)
    cases, expected = [], []
    for _ in range(400):
        answer = rng.integers(-2, 3, rng.integers(1, 4, 2)).astype(float)
        guess = [
            answer,
            answer + 1,
            answer - 1,
            -answer,
            answer.T,
            answer[:, ::-1],
            answer.reshape(1, -1),
            rng.integers(-2, 3, answer.shape).astype(float),
            answer[:1],
            np.array([[rng.integers(10, 1000)]]),
        ][rng.integers(10)]
        slip = answer[::-1, ::-1]
        cases.append([as_text(guess), as_text(answer), {"Flipped.": as_text(slip)}])
        expected.append(judge(guess, answer, {"Flipped.": slip}))
    script = """cases => cases.map(([guess, answer, slips]) => judge(
        parse(guess), parse(answer), slips))"""
    assert page.evaluate(script, cases) == expected
    assert len(set(expected)) > 12


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("12", [[12]]),
        ("(3, 3)", [[3, 3]]),
        ("[[1, -2], [3.5, 4]]", [[1, -2], [3.5, 4]]),
        ("1 2\n3 4", [[1, 2], [3, 4]]),
        ("1 2; 3 4", [[1, 2], [3, 4]]),
        ("−7", [[-7]]),
        ("3 by 3", [[3, 3]]),
        (".125 −.5", [[0.125, -0.5]]),
        ("[2. 3.]", [[2, 3]]),
        ("<b>no</b>", []),
    ],
)
def test_what_readers_type_is_understood(page, text, rows):
    assert page.evaluate("text => parse(text)", text) == rows


@pytest.mark.parametrize(
    ("text", "answer", "says"),
    [
        ("1/8 2/8 5/8", "0.125 0.25 0.625", "Right."),
        (".125, 1/4, 5 / 8", "0.125 0.25 0.625", "Right."),
        ("1/8 1/4 −5/8", "0.125 0.25 0.625", "Not yet: look at number 3 again."),
        ("12/4", "3", "Right."),
        ("2/2", "2 2", "Right."),
        ("3/4", "4 3", "The two are swapped."),
        ("3/4; 1/2", "3 4\n1 2", "Right."),
        ("3/4", "1 2 3", "That is 1 number; the answer has 3."),
        ("393,216", "393216", "Right."),
        ("79,360 and 32,512", "79360 32512", "Right."),
        ("1,234,567 and 1/8", "1234567 0.125", "Right."),
        ("100,200", "100 200", "Right."),
        ("⅛ ¼ ⅝", "0.125 0.25 0.625", "Right."),
        ("2½, −¾", "2.5 -0.75", "Right."),
        ("1 ½", "1 0.5", "Right."),
        ("100, 200", "100200", "Those are 2 numbers; the answer has 1."),
        ("12,12", "1212", "Those are 2 numbers; the answer has 1."),
        ("three", "3", "Write a number first, in digits."),
        ("6552", "6 5 5 2", "Write the digits apart."),
        ("655", "6 5 5 2", "That is 1 number; the answer has 4."),
        ("15", "1 -5", "That is 1 number; the answer has 2."),
        ("1·0 3·1 1·2\n2·2 2·2 3·0", "0 3 2\n4 4 0", "Right."),
        ("3·(−1), −2 · 2, 0*5", "-3 -4 0", "Right."),
        ("3·2 + 1·1", "6 2", "Not yet: look at number 2 again."),
        ("0 + 3 + 2 = 5\n4 + 4 + 0 = 8", "0 3 2\n4 4 0", "Right."),
        ("1·0 + 3·1 + 1·2 = 5; 2·2 + 2·2 + 3·0 = 8", "0 3 2\n4 4 0", "Right."),
        ("0 + 3 + 2 = 5\n4 + 4 + 1 = 9", "0 3 2\n4 4 0", "Not yet: look at row 1, column 2 again."),
        ("5 + 8 + 6 = 19", "19", "Right."),
        ("3·2 + 1·1 = 7; 2·2 = 4", "7\n4", "Right."),
        ("4·4", "16", "Right."),
        ("4·4", "4 4", "Right."),
        ("2·4", "4 2", "The two are swapped."),
        ("4·2·3·3", "4 2 3 3", "Right."),
        ("4·4", "4 4 4", "Those are 2 numbers; the answer has 3."),
    ],
)
def test_slash_comma_or_dot_stands_in_a_number_or_parts_two(page, text, answer, says):
    script = "([text, answer]) => judge(guessed(text, parse(answer)), parse(answer), {})"
    assert page.evaluate(script, [text, answer]) == says


def test_field_says_and_opens(page):
    field, says = page.get_by_label("Your prediction"), page.locator("output")
    fold = page.locator("details")
    field.fill("10 12\n12 17")
    page.get_by_role("button", name="Check").click()
    assert says.inner_text() == "Not yet: look at row 0, column 0 again."
    assert fold.get_attribute("open") is None
    field.fill("12 10\n12 17")
    assert says.inner_text() == ""
    page.get_by_role("button", name="Check").press("Enter")
    assert says.inner_text() == "Rows and columns are swapped."
    field.fill("12 12\n10 17")
    page.get_by_role("button", name="Check").click()
    assert says.inner_text() == "Right."
    assert fold.get_attribute("open") is not None


def test_another_form_of_the_answer_opens_too(page):
    page.get_by_label("Your prediction").fill("1 1 0.8 1.4")
    page.get_by_role("button", name="Check").click()
    assert page.locator("output").inner_text() == "Right, in dozens."
    assert page.locator("details").get_attribute("open") is not None
