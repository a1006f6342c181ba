a = b = [1]
a += [2]
print(a, b, a is b)
s = t = (1,)
s += (2,)
print(s, t, s is t)
n = m = 1000
n += 1
print(n, m)
n -= 2; n *= 3; n //= 4; n %= 100; n **= 2; n <<= 3; n >>= 1; n |= 1; n &= 255; n ^= 3
print(n)
x = 7.0
x /= 2
print(x)
