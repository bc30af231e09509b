"""Fifty steps of one small network by convlib and by PyTorch, from numbers made by a formula.

    python tests/same_steps.py

prints PyTorch's losses, which test_nn_training.py holds for machines without PyTorch.
"""

import numpy as np

from convlib.nn import (
    SGD,
    Adam,
    AvgPool,
    Conv2D,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    softmax_cross_entropy,
)

STEPS = 50
IMAGES = np.sin(np.arange(40 * 2 * 11 * 11) ** 2 % 1009).reshape(40, 2, 11, 11)
LABELS = np.arange(40) * 7 % 4


def network():
    net = Network(
        Conv2D(2, 4, 3, padding=1, stride=2, dtype=np.float64),
        ReLU(),
        MaxPool(3, stride=1),
        Conv2D(4, 6, 2, groups=2, dilation=2, dtype=np.float64),
        ReLU(),
        AvgPool(2, padding=1),
        Flatten(),
        Dense(24, 4, dtype=np.float64),
    )
    for number, array in enumerate(net.parameters.values()):
        array.flat = np.cos(np.arange(array.size) * (number + 2.0)) / 2
    return net


def batch(step):
    return slice(step % 4 * 10, step % 4 * 10 + 10)


def our_losses(name):
    net, losses = network(), []
    optimiser = SGD(0.05, momentum=0.9) if name == "SGD" else Adam(0.01)
    for step in range(STEPS):
        scores, back = net(IMAGES[batch(step)])
        loss, dscores = softmax_cross_entropy(scores, LABELS[batch(step)])
        optimiser.step(net.parameters, back(dscores, to_x=False)[1])
        losses.append(loss)
    return losses


def torch_losses(name):
    import torch

    nn = torch.nn
    net = nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1, stride=2),
        nn.ReLU(),
        nn.MaxPool2d(3, stride=1),
        nn.Conv2d(4, 6, 2, groups=2, dilation=2),
        nn.ReLU(),
        nn.AvgPool2d(2, padding=1),
        nn.Flatten(),
        nn.Linear(24, 4),
    ).double()
    ours = network()
    with torch.no_grad():
        for key, parameter in net.named_parameters():
            parameter.copy_(torch.from_numpy(ours.parameters[key]))
    if name == "SGD":
        optimiser = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9)
    else:
        optimiser = torch.optim.Adam(net.parameters(), 0.01)
    images, labels, losses = torch.from_numpy(IMAGES), torch.from_numpy(LABELS), []
    for step in range(STEPS):
        scores = net(images[batch(step)])
        loss = nn.functional.cross_entropy(scores, labels[batch(step)])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


if __name__ == "__main__":
    for name in ("SGD", "Adam"):
        print(f'    "{name}": {torch_losses(name)[::7]},')
