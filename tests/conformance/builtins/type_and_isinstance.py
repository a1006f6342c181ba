class C:
    pass
for x in 1, 1.0, 'a', b'', [], (), {}, set(), None, True, range(1), print, len, C, C(), lambda: 0, type, ..., NotImplemented, (i for i in ()):
    print(type(x).__name__, end=' ')
print()
print(type(1) is int, isinstance(1, (str, int)), isinstance(True, int), issubclass(bool, int), isinstance(C(), object), isinstance(C, type), callable(C), type(type) is type)
print(int, type(None), type(...), list.__name__, [].__class__, isinstance(1, int | str))
