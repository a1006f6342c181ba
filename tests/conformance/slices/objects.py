s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, s.indices(6), slice(5), slice(None, None, -1).indices(4), s == slice(1, 10, 2))
class Show:
    def __getitem__(self, key):
        return key
x = Show()
print(x[1], x[1:2], x[::3], x[1, 2], x[1:2, ::], x[...], x[:])
l = list(range(10))
print(l[s], l[slice(-3, None)], 'abcdef'[slice(4, 1, -1)])
