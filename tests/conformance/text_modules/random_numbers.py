# The Mersenne Twister draws the same numbers from the same seeds.
import random

for seed in (0, 1, -5, 2**70 + 3, 'abc', b'abc'):
    r = random.Random(seed)
    print(seed, [r.random() for _ in range(3)], [r.getrandbits(k) for k in (1, 5, 32, 33, 64, 100)], r.randrange(1000))
random.seed(42)
print([random.randint(1, 6) for _ in range(10)], random.choice('abcdef'), random.sample(range(100), 5), random.gauss(0, 1))
x = list(range(10))
random.shuffle(x)
print(x, random.uniform(1, 2), random.choices('ab', [1, 3], k=8), random.expovariate(1), random.betavariate(1, 2))
state = random.getstate()
a = [random.random() for _ in range(700)]
random.setstate(state)
print(a == [random.random() for _ in range(700)], len(state[1]), state[1][-1])
for wrong in (lambda: random.getrandbits(-1), lambda: random.setstate((3, (1,), None)), lambda: random.seed([])):
    try:
        wrong()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
