# struct: sizes, packing, unpacking, what does not fit.
import struct


def attempt(f, *args):
    try:
        return repr(f(*args))
    except (struct.error, TypeError, OverflowError) as e:
        return f'{type(e).__name__}: {e}'


for f in ['i', '<i', '>q', '!H', '<lhb', '=lhb', '3sx5p', 'c?', '2i3b', '0i', 'b0i', '  i i', '5', 'z', 'i5', '<n', '10s', '']:
    print(repr(f), attempt(struct.calcsize, f))
print(struct.pack('>ihb', 1, -2, 3), attempt(struct.pack, '5s', 'x'), struct.pack('5s', b'abcdefg'), struct.pack('4p', b'abcdefg'))
for f, v in [('b', 128), ('B', -1), ('h', 40000), ('H', -1), ('<i', 2**31), ('<I', 2**32), ('<q', 2**64), ('<Q', -1),
             ('<f', 1e39), ('e', 65520.0), ('e', 1e-8), ('d', 'x'), ('i', 'x'), ('i', 1.5), ('c', b'ab'), ('?', [])]:
    print(f, v, attempt(struct.pack, f, v))
print(struct.unpack('<hhl', b'\x01\0\x02\0\x03\0\0\0'), attempt(struct.unpack, 'i', b'abc'), struct.unpack_from('<h', b'abcdef', 2))
data = bytearray(8)
print(attempt(struct.pack_into, '<hh', data, 2, 1, -1), data, attempt(struct.pack_into, '<q', data, 1, 5))
print(list(struct.iter_unpack('<h', b'abcdef')), attempt(struct.iter_unpack, '<h', b'abc'))
s = struct.Struct('<2h')
print(s.size, s.format, s.pack(1, 2), attempt(s.pack, 1), attempt(s.unpack, b'1'))
for x in (0.1, 1.5, 65504.0, 6e-8, float('inf'), -0.0, 1 / 3):
    print(struct.pack('<e', x), struct.unpack('<e', struct.pack('<e', x)), struct.pack('<f', x), struct.pack('>d', x))
