n = 500
print(n + 500 is n + 500, n * 2 == 1000)
s = 'ab'
print(s + 'c' is s + 'c', s + 'c' == 'abc', s + '' is s, s * 1 is s, s[:] is s, str(s) is s)
one, none = 'a', ''
print(s[0] is one, (s + 'a')[2] is one, s[2:] is none)
t = (1, 2, n)
print(t[:] is t, tuple(t) is t, t + () is t, [t][0] is t)
l = [1]
print(l[:] is l, list(l) is l)
