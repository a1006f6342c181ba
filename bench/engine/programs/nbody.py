# Planets on floats in lists: attribute-free numeric code.
def bodies():
    return [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.5],
        [4.84, -1.16, -0.10, 0.61, 2.81, -0.02, 0.038],
        [8.34, 4.12, -0.40, -1.01, 1.82, 0.01, 0.011],
        [12.89, -15.11, -0.22, 1.08, 0.87, -0.01, 0.0017],
        [15.38, -25.92, 0.18, 0.98, 0.59, -0.03, 0.0020],
    ]


def advance(system, dt, steps):
    pairs = []
    for i, a in enumerate(system):
        for b in system[i + 1 :]:
            pairs.append((a, b))
    for _ in range(steps):
        for a, b in pairs:
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            square = dx * dx + dy * dy + dz * dz
            force = dt / (square * square**0.5)
            pull = b[6] * force
            a[3] -= dx * pull
            a[4] -= dy * pull
            a[5] -= dz * pull
            pull = a[6] * force
            b[3] += dx * pull
            b[4] += dy * pull
            b[5] += dz * pull
        for body in system:
            body[0] += dt * body[3]
            body[1] += dt * body[4]
            body[2] += dt * body[5]


def energy(system):
    e = 0.0
    for i, a in enumerate(system):
        e += 0.5 * a[6] * (a[3] * a[3] + a[4] * a[4] + a[5] * a[5])
        for b in system[i + 1 :]:
            dx, dy, dz = a[0] - b[0], a[1] - b[1], a[2] - b[2]
            e -= a[6] * b[6] / (dx * dx + dy * dy + dz * dz) ** 0.5
    return e


system = bodies()
before = energy(system)
advance(system, 0.001, 18000)
print('%.9f %.9f' % (before, energy(system)))
