a, b = 256, 255 + 1
print(a is b)
def at(n):
    return n + 1
print(at(255) is at(255), at(256) is at(256), at(-6) is at(-6), at(-7) is at(-7))
print(int('100') is int('100'), int('1000') is int('1000'))
