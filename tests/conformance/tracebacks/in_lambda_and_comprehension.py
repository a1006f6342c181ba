f = lambda x: x.missing
print([f(n) for n in [1]])
