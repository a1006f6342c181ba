def f():
    pass
class C:
    def m(self):
        pass
print(len, [].append.__name__, print, int, C, type(f), None, ..., NotImplemented)
print(repr(f)[:12], repr(C().m)[:20], repr(lambda: 0)[:20], str(C.m)[:14])
print(range(3), slice(1, 2), {1: {2: 3}}, ({1}, [()]), type, object, ValueError, {}.keys(), enumerate)
