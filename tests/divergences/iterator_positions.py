# category: built-in types
# description: An iterator over a sequence class of one's own cannot be set beyond its 2,147,483,647th item.
# cause: An iterator's position is one word of 32 bits, as everything in the engine's memory; CPython has 64.
# workaround: None is needed, unless a program sets such positions itself.
# cpython: 4294967296
# heapbook: 2147483647
class Numbers:
    def __getitem__(self, i):
        return i


it = iter(Numbers())
it.__setstate__(2**32)
print(next(it))
