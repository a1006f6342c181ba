import sys
big = 10 ** 6
for thing in None, True, False, ..., NotImplemented, 0, -5, 256, (), '', 'a', int, ValueError, object:
    print(sys.getrefcount(thing) > big)
x = 257
print(sys.getrefcount(int('257')) < 10, sys.getrefcount(int('-6')) < 10)
print(sys.getrefcount(1.5) < 10, sys.getrefcount('two words') < 10, sys.getrefcount(len) < big)
