# binascii, and how string.Formatter reads formats.
import base64
import binascii
import string


def attempt(f, *args, **kwargs):
    try:
        return repr(f(*args, **kwargs))
    except (ValueError, TypeError) as e:
        return f'{type(e).__name__}: {e}'


for d in (b'', b'a', b'ab', b'abc', bytes(range(40))):
    e = binascii.b2a_base64(d)
    print(e, binascii.a2b_base64(e) == d, binascii.crc32(d), binascii.crc_hqx(d, 7), binascii.hexlify(d, '-', 2)[:20])
for s in ('YWJj', 'YWI', 'Y', 'YW=J', '=YQ', 'YQ==YQ==', 'a\u1234', 'Y Q = ='):
    print(ascii(s), attempt(binascii.a2b_base64, s), attempt(binascii.a2b_base64, s, strict_mode=True))
print(attempt(binascii.unhexlify, '0g'), attempt(binascii.unhexlify, '0'), base64.urlsafe_b64encode(b'\xff\xfe'), base64.b32encode(b'ab'))
print(binascii.b2a_qp(b'caf\xe9 = \t\n'), binascii.a2b_qp(b'a=3Db=\nc'))
for s in ('a{0}b', '{{x}}', '{a.b[3]!r:>{w}}', '{', '}', '{a!}', '{a[', '{a:{', '{a{b}'):
    print(s, attempt(lambda: list(string.Formatter().parse(s))))
print(string.Formatter().format('{0.real} {k[1]!r:>5} {}'.replace('{}', '{1}'), 5, 'x', k=[1, 'y']), string.Template('$a ${b}').substitute(a=1, b=2))
