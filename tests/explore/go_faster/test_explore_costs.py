"""The explorer of costs shows what plain counting gives."""

from math import ceil, log10

import numpy as np

from convlib.explore import explore_costs
from tests.drawn import panels
from tests.explore.compared import every_state
from tests.explore.go_faster.scales import assert_ranks

KERNELS = [3, 5, 7, 9, 11, 15]


def counted(n, k):
    """Count calls and bytes of float32 by walking through the methods, with sizes of arrays."""
    image, kernel = np.empty((n, n), np.float32), np.empty((k, k), np.float32)
    output = np.empty((n - k + 1, n - k + 1), np.float32)
    patches = kernel.size * output.size
    lowered = sum(image[:, v : v + output.shape[1]].size for v in range(k))
    calls = {
        "loop": output.size,
        "einsum windows": 1,
        "shifts": kernel.size,
        "patches": 1,
        "row products": len(kernel),
    }
    held = {
        "loop": kernel.nbytes,
        "einsum windows": 0,
        "shifts": output.nbytes,
        "patches": 4 * patches,
        "row products": 4 * lowered + output.nbytes,
    }
    return calls, held


@every_state(explore_costs, (1024,), (40,))
def test_costs_are_counted_and_drawn_on_a_logarithmic_scale(states, size):
    largest = [max(max(counted(size, k)[which].values()) for k in KERNELS) for which in (0, 1)]
    seen = []
    for values, markup, says in states:
        k = values["kernel"]
        seen.append(k)
        calls, held = counted(size, k)
        listed = [
            ", ".join(f"{name} {count:,}" for name, count in counts.items())
            for counts in (calls, held)
        ]
        assert says == (
            f"Kernel {k}×{k}, image {size}×{size}. Calls: {listed[0]}. Bytes: {listed[1]}."
        )
        drawn = zip(
            panels(markup),
            (calls, held),
            largest,
            ("window edge", "kernel edge"),
            ("calls", "bytes"),
            strict=True,
        )
        for panel, counts, most, colour, title in drawn:
            assert panel.texts[0][0] == title
            exponents = range(ceil(log10(most)) + 1)
            texts = {name: f"{count:,}" for name, count in counts.items()}
            assert_ranks(panel, counts, exponents, colour, texts)
    assert seen == KERNELS


def test_answers_of_the_chapter():
    assert 4 * 9 * 1022**2 == counted(1024, 3)[1]["patches"] == 37_601_424
    assert counted(1024, 15)[1]["patches"] // 10**6 == 918
