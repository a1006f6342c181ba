# Digests of hashlib's functions.
import hashlib

for n in (0, 1, 55, 56, 63, 64, 111, 112, 127, 128, 200):
    d = bytes(i & 255 for i in range(n))
    print(n, [hashlib.new(name, d).hexdigest()[:16] for name in ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512')])
    print('  ', [hashlib.new(name, d).hexdigest()[:16] for name in ('sha3_224', 'sha3_256', 'sha3_384', 'sha3_512')])
    print('  ', hashlib.shake_128(d).hexdigest(20), hashlib.shake_256(d).hexdigest(9), hashlib.blake2b(d).hexdigest()[:20],
          hashlib.blake2s(d, key=b'k', salt=b's', person=b'pp', digest_size=20).hexdigest())
h = hashlib.sha256(b'a')
g = h.copy()
h.update(b'b')
print(h.hexdigest(), g.hexdigest(), h.block_size, h.digest_size, h.name, h.digest() == hashlib.sha256(b'ab').digest())
