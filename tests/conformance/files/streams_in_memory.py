# StringIO and BytesIO: positions, over-writing, truncating, closing; buffers over a raw stream of our own.
import io

s = io.StringIO('hello\nworld')
print(s.read(3), s.tell(), s.readline(), s.read(), s.getvalue())
s.seek(0)
s.write('J')
print(s.getvalue(), s.truncate(4), repr(s.getvalue()))
s.seek(6)
s.write('x')
print(ascii(s.getvalue()), s.seek(0, 2))
for bad in [lambda: s.seek(-1), lambda: s.seek(1, 1), lambda: s.write(3), lambda: io.StringIO(b'x'), lambda: io.StringIO(newline='z')]:
    try:
        bad()
    except (ValueError, OSError, TypeError) as e:
        print(type(e).__name__, e)
s.close()
try:
    s.read()
except ValueError as e:
    print(e)
print(io.StringIO('a\r\nb\rc\n', newline=None).readlines(), io.StringIO('a\r\nb', newline='').readlines())
b = io.BytesIO(b'abc')
print(b.read(1), b.getvalue(), b.seek(5), b.write(b'z'), b.getvalue())
view = b.getbuffer()
view[0] = 65
try:
    b.write(b'1234567890')
except BufferError as e:
    print(e)
del view
room = bytearray(3)
b.seek(0)
print(b.readinto(room), room, b.readlines())


class Raw(io.RawIOBase):
    def __init__(self):
        self.data = [b'ab', b'cd\ne', b'', b'late']
        self.written = []

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, room):
        piece = self.data.pop(0)
        room[: len(piece)] = piece[: len(room)]
        if len(piece) > len(room):
            self.data.insert(0, piece[len(room) :])
        return min(len(piece), len(room))

    def write(self, data):
        self.written.append(bytes(data))
        return len(data)


raw = Raw()
r = io.BufferedReader(raw, 4)
print(r.read(3), r.readline(), r.read(), r.raw is raw)
w = io.BufferedWriter(raw, 4)
print(w.write(b'ab'), raw.written, w.write(b'cde'), raw.written)
w.flush()
print(raw.written)
t = io.TextIOWrapper(io.BytesIO(), encoding='utf-16')
t.write('aé')
t.flush()
print(t.buffer.getvalue(), t.encoding, t.errors, t.line_buffering)
print(io.TextIOWrapper(io.BytesIO(b'x\ny'), encoding='ascii').readlines())
print([c.__name__ for c in io.TextIOWrapper.__mro__], issubclass(io.BytesIO, io.BufferedIOBase))
