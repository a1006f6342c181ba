def f(x, seen=[]):
    seen.append(x)
    return seen
print(f(1))
print(f(2))
print(f(3, []))
print(f.__defaults__)
