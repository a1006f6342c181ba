b = b'abc\x00\xff'
print(b, len(b), b[0], b[1:3], list(b), b + b'd', b'a' in b, 97 in b, bytes([1, 2]), bytes(3), b'\'"')
print(b'abc'.decode(), 'é'.encode(), b'abc' == b'abc', b'a' < b'b', b'abc'.upper(), b.hex(), bytes('é', 'latin-1'))
