# A BytesIO has a bytes object as its buffer: that which it was made of, that which getvalue() gives, its own once it writes.
import io, sys, gc
data = b'first line\nsecond line\n'
f = io.BytesIO(data)
print(f.getvalue() is data, f.read() is data, f.read(), f.seek(0))
class Data(bytes): pass
d = Data(b'some bytes of a subclass'); before = sys.getrefcount(d); g = io.BytesIO(d); print(sys.getrefcount(d) - before, g.getvalue() is d)
own = bytes(bytearray(b'my own bytes')); before = sys.getrefcount(own)
f = io.BytesIO(own); print(sys.getrefcount(own) - before)
v = f.getvalue(); print(v is own, sys.getrefcount(own) - before); del v
f.write(b'X'); print(own, f.getvalue(), sys.getrefcount(own) - before)
a = f.getvalue(); b = f.getvalue(); print(a is b, sys.getrefcount(a) - 2)
f.write(b'Y'); print(a, f.getvalue(), a is f.getvalue())
f.seek(0, 2); f.write(b'more and more'); print(f.getvalue(), f.tell())
f.seek(40); f.write(b'!'); print(f.getvalue())
f.truncate(5); print(f.getvalue(), f.tell())
f.seek(1); print(f.read(2), f.readline(), f.readlines(), f.read())
with f.getbuffer() as view:
    view[0] = 90
    try: f.write(b'no')
    except BufferError as e: print(e)
    print(bytes(view))
print(f.getvalue(), [type(r).__name__ for r in gc.get_referents(f)])
f.close(); print(f.closed, [type(r).__name__ for r in gc.get_referents(f)])
try: f.read()
except ValueError as e: print(e)
g = io.BytesIO(); g.writelines([b'a\n', bytearray(b'b\n'), memoryview(b'c')]); g.seek(0); print(list(g), g.tell()); g.seek(0)
buf = bytearray(3); print(g.readinto(buf), buf, g.read1(1), g.read(-1)); g.__init__(b'again'); print(g.read(), g.tell())
import copy, pickle
h = copy.copy(g); print(h.getvalue(), h.tell(), h.getvalue() is g.getvalue())
s = io.BytesIO(bytearray(b'from a bytearray')); print(s.read(4), s.getvalue())
for n in range(3):
    t = io.BytesIO(); t.write(b'z' * n); print(t.getvalue() is t.getvalue())
