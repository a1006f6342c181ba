a = [1]
b = a
print(id(a) == id(b), id(a) == id([1]), isinstance(id(a), int))
print(hash(5), hash(2 ** 10), hash('a') == hash('a'), hash((1, 2)) == hash((1, 2)), hash(None) == hash(None), hash(1.0))
for bad in [], {}, set(), ([],):
    try:
        hash(bad)
    except TypeError as e:
        print(e)
