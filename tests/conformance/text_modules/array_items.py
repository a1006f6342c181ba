# array: items of one C type, what does not fit, slices, buffers that hold the size.
from array import array


def attempt(f, *args):
    try:
        return repr(f(*args))
    except (TypeError, ValueError, OverflowError, IndexError, BufferError) as e:
        return f'{type(e).__name__}: {e}'


for c, v in [('b', 128), ('b', -129), ('B', 256), ('B', -1), ('h', 40000), ('H', 70000), ('H', -1), ('i', 2**31 - 1),
             ('I', -1), ('q', 2**63), ('Q', 2**64), ('Q', -1), ('f', 'x'), ('d', None), ('i', 'x'), ('i', 1.5), ('w', 'ab'), ('w', 'é')]:
    print(c, v, attempt(lambda: array(c, [v])), attempt(array(c).append, v))
a = array('i', range(10))
print(a, a[3], a[-1], a[2:5], a[::3], len(a), 3 in a, a.index(4), a.count(2), a.itemsize, a.typecode)
a.insert(2, 99)
a.remove(5)
a.reverse()
print(a, a.pop(), a.pop(0), a)
a.extend([7, 8])
a.extend(array('i', [1]))
print(a, attempt(a.extend, array('d', [1])), attempt(a.remove, 1234), attempt(a.pop, 100), attempt(lambda: a[100]))
print(a + array('i', [1]), a * 2, attempt(lambda: a + [1]), a == array('d', a), a < array('i', [50]))
a[1:3] = array('i', [5, 6, 7])
a[::2] = array('i', [0] * len(a[::2]))
del a[1]
del a[::2]
print(a, attempt(a.__setitem__, slice(0, 1), [1]), attempt(a.__setitem__, 0, 'x'))
a += array('i', [4])
a *= 2
print(a, a.tobytes(), memoryview(a).format, array('d', [1.5, 2]).tobytes(), array('w', 'abc').tounicode())
c = array('h', [1, 2])
c.byteswap()
c.frombytes(b'\x01\x02')
c.fromlist([3])
print(c, attempt(c.frombytes, b'1'), attempt(c.fromlist, [1, 'x']), c)
m = memoryview(c)
print(attempt(c.append, 1), attempt(c.pop))
m.release()
c.append(5)
print(c, list(iter(c)), array('b', b'abc'), attempt(array, 'i', b'123'), attempt(array, 'z'), attempt(array))
print(array('f', [0.1]), array('d', [float('nan')]), array('u', 'x') if False else '')
