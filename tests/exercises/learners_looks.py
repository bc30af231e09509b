"""Programs as learners write them, for a look into a network, each with one mistake."""
# ruff: noqa: F811

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()

# ---------------------------------------------------------------- best_patch


@learner("BEST_PATCH", "the place is counted through all numbers; turn it into three")
def best_patch(answers):
    return int(answers.argmax())


@learner("BEST_PATCH", "the strongest answer is returned, not its place")
def best_patch(answers):
    best = answers[0, 0, 0]
    for answer in answers.flat:
        if answer > best:
            best = answer
    return best


@learner("BEST_PATCH", "the weakest answer is found")
def best_patch(answers):
    best = (0, 0, 0)
    for place in np.ndindex(answers.shape):
        if answers[place] < answers[best]:
            best = place
    return best


@learner("BEST_PATCH", "row and column are swapped")
def best_patch(answers):
    digit, row, column = np.unravel_index(answers.argmax(), answers.shape)
    return digit, column, row


@learner("BEST_PATCH", "the digit stands last; it comes first")
def best_patch(answers):
    digit, row, column = np.unravel_index(answers.argmax(), answers.shape)
    return row, column, digit


@learner("BEST_PATCH", "only the first digit is searched")
def best_patch(answers):
    row, column = np.unravel_index(answers[0].argmax(), answers[0].shape)
    return 0, row, column


@learner("BEST_PATCH", "the size of an answer counts without its sign")
def best_patch(answers):
    return np.unravel_index(np.abs(answers).argmax(), answers.shape)


# ---------------------------------------------------------------- occlude


@learner("OCCLUDE", "the score that is lost is kept, not the one that is left")
def occlude(image, score, size):
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    lost = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        covered = image.copy()
        covered[i : i + size, j : j + size] = 0
        lost[i, j] = score(image) - score(covered)
    return lost


@learner("OCCLUDE", "the cover is one pixel, whatever size is")
def occlude(image, score, size):
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    left = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        covered = image.copy()
        covered[i, j] = 0
        left[i, j] = score(covered)
    return left


@learner("OCCLUDE", "the cover is as wide as size, and one row tall")
def occlude(image, score, size):
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    left = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        covered = image.copy()
        covered[i, j : j + size] = 0
        left[i, j] = score(covered)
    return left


@learner("OCCLUDE", "the block is painted with 1, not with 0")
def occlude(image, score, size):
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    left = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        covered = image.copy()
        covered[i : i + size, j : j + size] = 1
        left[i, j] = score(covered)
    return left


@learner("OCCLUDE", "nothing is covered: the whole image is scored")
def occlude(image, score, size):
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    left = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        covered = image.copy()
        covered[i : i + size, j : j + size] = 0
        left[i, j] = score(image)
    return left


@learner("OCCLUDE", "the last row and the last column of places are missing")
def occlude(image, score, size):
    rows, columns = image.shape[0] - size, image.shape[1] - size
    left = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            covered = image.copy()
            covered[i : i + size, j : j + size] = 0
            left[i, j] = score(covered)
    return left


# ---------------------------------------------------------------- excite


@learner("EXCITE", "the steps go downhill; this time they go along the gradient")
def excite(layers, image, filter, steps):
    for _ in range(steps):
        y, back = layers(image)
        dy = np.zeros_like(y)
        dy[:, filter] = 1
        dx, _ = back(dy)
        image = image - 0.1 * dx / np.abs(dx).max()
    return image


@learner("EXCITE", "all filters are excited; set dy of the one filter")
def excite(layers, image, filter, steps):
    for _ in range(steps):
        y, back = layers(image)
        dx, _ = back(np.ones_like(y))
        image = image + 0.1 * dx / np.abs(dx).max()
    return image


@learner("EXCITE", "the first filter is excited, whatever filter is")
def excite(layers, image, filter, steps):
    for _ in range(steps):
        y, back = layers(image)
        dy = np.zeros_like(y)
        dy[0, 0] = 1
        dx, _ = back(dy)
        image = image + 0.1 * dx / np.abs(dx).max()
    return image


@learner("EXCITE", "only one step is taken; does return stand inside the loop?")
def excite(layers, image, filter, steps):
    for _ in range(steps):
        y, back = layers(image)
        dy = np.zeros_like(y)
        dy[:, filter] = 1
        dx, _ = back(dy)
        image = image + 0.1 * dx / np.abs(dx).max()
        return image


@learner("EXCITE", "the gradient is not divided by its largest number")
def excite(layers, image, filter, steps):
    for _ in range(steps):
        y, back = layers(image)
        dy = np.zeros_like(y)
        dy[:, filter] = 1
        dx, _ = back(dy)
        image = image + 0.1 * dx
    return image


@learner("EXCITE", "the largest number is −4, not 2, where both are there; np.abs drops signs")
def excite(layers, image, filter, steps):
    for _ in range(steps):
        y, back = layers(image)
        dy = np.zeros_like(y)
        dy[:, filter] = 1
        dx, _ = back(dy)
        image = image + 0.1 * dx / dx.max()
    return image


@learner("EXCITE", "the gradient is returned, not the picture")
def excite(layers, image, filter, steps):
    for _ in range(steps):
        y, back = layers(image)
        dy = np.zeros_like(y)
        dy[:, filter] = 1
        dx, _ = back(dy)
        image = image + 0.1 * dx / np.abs(dx).max()
    return dx
