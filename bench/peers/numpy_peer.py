"""Backpropagation by hand on NumPy: buffers made once, products and updates in place, one pass per expression."""
import peer

a = peer.work()

import numpy as np

X, Y, X_test, Y_test = peer.mnist(a)
random = np.random.default_rng(1)
f32 = np.float32
sizes = list(zip(a.layers[:-1], a.layers[1:]))
W = [random.normal(0, np.sqrt(2 / i), (i, o)).astype(f32) for i, o in sizes]
b = [np.zeros(o, f32) for _, o in sizes]
rate = f32(a.learning_rate)
parameters = [p for pair in zip(W, b) for p in pair]
first_moments = [np.zeros_like(p) for p in parameters]
second_moments = [np.zeros_like(p) for p in parameters]
scratch = [np.empty_like(p) for p in parameters]
gradients = [np.empty_like(p) for p in parameters]
steps = 0
rows_buffer = np.empty((a.batch, a.layers[0]), f32)


def softmax(z):
    z -= z.max(1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(1, keepdims=True)
    return z


def sgd():
    for p, g in zip(parameters, gradients):
        g *= rate
        p -= g


def adam():
    global steps
    steps += 1
    scale = f32(a.learning_rate / (1 - 0.9 ** steps))
    correction = f32(1 / (1 - 0.999 ** steps))
    for p, g, m, v, s in zip(parameters, gradients, first_moments, second_moments, scratch):
        np.multiply(g, f32(0.1), out=s)
        m *= f32(0.9)
        m += s
        g *= g
        g *= f32(0.001)
        v *= f32(0.999)
        v += g
        np.multiply(v, correction, out=s)
        np.sqrt(s, out=s)
        s += f32(1e-8)
        np.divide(m, s, out=s)
        s *= scale
        p -= s


update = adam if a.optimizer == "adam" else sgd
last = len(sizes) - 1


def step(x, y):
    outputs, masks = [x], []
    for layer in range(last + 1):
        z = outputs[-1] @ W[layer]
        z += b[layer]
        if layer < last:
            np.maximum(z, 0, out=z)
            if a.dropout:
                mask = (random.random(z.shape, dtype=f32) >= a.dropout) * f32(1 / (1 - a.dropout))
                masks.append(mask)
                z *= mask
        outputs.append(z)
    d = softmax(outputs[-1])
    d[np.arange(len(y)), y] -= 1
    d /= f32(len(y))
    for layer in range(last, -1, -1):
        np.matmul(outputs[layer].T, d, out=gradients[2 * layer])
        np.sum(d, axis=0, out=gradients[2 * layer + 1])
        if layer:
            d = d @ W[layer].T
            if a.dropout:
                d *= masks[layer - 1]
            d *= outputs[layer] > 0
    update()


def epoch():
    if a.batch == a.samples:
        step(X, Y)
        return
    order = random.permutation(a.samples)
    for first in range(0, a.samples, a.batch):
        chosen = order[first:first + a.batch]
        step(np.take(X, chosen, axis=0, out=rows_buffer[:len(chosen)]), Y[chosen])


times = peer.timed(a, epoch)
z = X_test
for layer in range(last + 1):
    z = z @ W[layer] + b[layer]
    if layer < last:
        z = np.maximum(z, 0)
peer.report(times, (z.argmax(1) == Y_test).mean(), "NumPy " + np.__version__)
