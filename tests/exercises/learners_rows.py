"""Programs as learners write them, for one row of numbers, each with one mistake."""
# ruff: noqa: F811

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


def pointer(turns):
    return np.cos(2 * np.pi * turns) + 1j * np.sin(2 * np.pi * turns)


# ---------------------------------------------------------------- transform


@learner("TRANSFORM", "the pointers turn forwards; they are turned back")
def transform(row):
    n = len(row)
    turns = np.outer(np.arange(n), np.arange(n)) / n
    return pointer(turns) @ row


@learner("TRANSFORM", "the turns are not divided by n")
def transform(row):
    n = len(row)
    turns = np.outer(np.arange(n), np.arange(n))
    return pointer(-turns) @ row


@learner("TRANSFORM", "the readings are divided by n")
def transform(row):
    n = len(row)
    readings = np.zeros(n, dtype=complex)
    for point in range(n):
        for place in range(n):
            readings[point] += row[place] * pointer(-point * place / n)
    return readings / n


@learner("TRANSFORM", "only how far across they point is left")
def transform(row):
    n = len(row)
    turns = np.outer(np.arange(n), np.arange(n)) / n
    return np.cos(2 * np.pi * turns) @ row


@learner("TRANSFORM", "only the first reading is made, the sum")
def transform(row):
    n = len(row)
    readings = []
    for point in range(n):
        reading = 0
        for place in range(n):
            reading += row[place] * pointer(-point * place / n)
        readings.append(reading)
        return np.array(readings)


# ---------------------------------------------------------------- overlap_add


@learner("OVERLAP_ADD", "the blocks overwrite each other with =; they add up with +=")
def overlap_add(row, kernel, block):
    output = np.zeros(len(row) + len(kernel) - 1, int)
    for start in range(0, len(row), block):
        part = row[start : start + block]
        room = len(part) + len(kernel) - 1
        output[start : start + room] = np.convolve(part, kernel)
    return output


@learner("OVERLAP_ADD", "the overhang of each block is cut off")
def overlap_add(row, kernel, block):
    output = np.zeros(len(row) + len(kernel) - 1, int)
    for start in range(0, len(row), block):
        part = row[start : start + block]
        output[start : start + len(part)] += np.convolve(part, kernel)[: len(part)]
    return output


@learner("OVERLAP_ADD", "the last, shorter block is left out")
def overlap_add(row, kernel, block):
    output = np.zeros(len(row) + len(kernel) - 1, int)
    for number in range(len(row) // block):
        start = number * block
        part = np.convolve(row[start : start + block], kernel)
        output[start : start + len(part)] += part
    return output


@learner("OVERLAP_ADD", "every block is put at place 0; it belongs at its start")
def overlap_add(row, kernel, block):
    output = np.zeros(len(row) + len(kernel) - 1, int)
    for start in range(0, len(row), block):
        part = np.convolve(row[start : start + block], kernel)
        output[: len(part)] += part
    return output


@learner("OVERLAP_ADD", "the kernel is turned round")
def overlap_add(row, kernel, block):
    output = np.zeros(len(row) + len(kernel) - 1, int)
    for place in range(len(row)):
        for step in range(len(kernel)):
            output[place + step] += row[place] * kernel[len(kernel) - 1 - step]
    return output
