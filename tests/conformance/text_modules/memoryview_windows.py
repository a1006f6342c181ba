# memoryview: windows on bytes, casts, release, who holds what.
import sys


def attempt(f, *args):
    try:
        return repr(f(*args))
    except (TypeError, ValueError, IndexError, BufferError, NotImplementedError) as e:
        return f'{type(e).__name__}: {e}'


data = bytearray(b'hello world')
before = sys.getrefcount(data)
m = memoryview(data)
print(sys.getrefcount(data) - before, m[0], m[1:3].tobytes(), len(m), m.format, m.shape, m.strides, m.readonly)
m[0] = 72
print(data, attempt(data.append, 1), attempt(data.clear))
m[1:3] = b'EL'
print(data, m.hex(':'), attempt(m.__setitem__, slice(0, 2), b'abc'))
c = m[:8].cast('i')
print(c.tolist(), c.nbytes, c[0], c.itemsize, attempt(c.__setitem__, 0, 2**40), attempt(c.__setitem__, 0, 'x'))
print(m == data, m[:2] == b'xx', m != m[:3], hash(memoryview(b'abc')) == hash(b'abc'), attempt(hash, m))
print(attempt(m.release), attempt(lambda: m[0]), attempt(c.release), sys.getrefcount(data) - before)
data.append(33)
print(data)
r = memoryview(b'abcdefgh')
print(attempt(r.__setitem__, 0, 1), r.cast('B', (2, 2, 2)).tolist(), r[::-2].tobytes(), r[::-2].contiguous, attempt(lambda: r[20]))
print(attempt(r.cast, 'd'), attempt(r.cast, 'zz'), attempt(r[::2].cast, 'h'), r.toreadonly() == r, attempt(memoryview, 1))
view = r.cast('B', (2, 4))
print(view[1, 2], view.shape, view.strides, attempt(lambda: view[0]), attempt(lambda: view[5, 0]), attempt(len, view))
with memoryview(b'xy') as w:
    print(list(w), w.tolist(), bytes(w))
print(attempt(lambda: w.tobytes()))
a = memoryview(data)
b = memoryview(a)
print(b.obj is data, attempt(a.release), b[0], attempt(b.release))
