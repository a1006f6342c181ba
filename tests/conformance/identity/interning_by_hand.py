# Which strings are one object: literals, computed ones, sys.intern, keys and attribute names.
import sys

a, b = 'hello world', 'hello world'
print(a is b, 'a' * 3 is 'aaa')
c = ''.join(['hello', ' ', 'world'])
print(c == a, c is a, sys.intern(c) is c or sys.intern(c) is a)
n = 20
x, y = 'ab' * n, 'ab' * n
print(x is y, sys.intern(x) is sys.intern(y), sys.intern(y) is x)
d = {}
key = ''.join(['some', '_', 'key'])
setattr(type('T', (), {}), key, 1)
print('some_key' is sys.intern(key))
print(str(5) is str(5), str('abc') is 'abc', 'abc'[:] is 'abc', 'abc'[0:1] is 'a', ''.join(['abc']) is 'abc')
print(chr(200) is chr(200), chr(300) is chr(300), 'x'.upper() is 'X', ''.strip() is '')
s = 'abc'
print(s.replace('z', 'y') is s, s.strip() is s, s + '' is s, s * 1 is s, f'{s}' is s, '%s' % s is s, s.lower() is s)
t = 'abc'.encode()
print(t[:] is t, bytes(t) is t, b'' is bytes(), b'a' is t[0:1])
try:
    sys.intern(type('S', (str,), {})('x'))
except TypeError as error:
    print(error)
