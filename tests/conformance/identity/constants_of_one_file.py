a = 1000
b = 1000
print(a is b)
def f():
    return 1000
def g():
    return 1000
print(f() is g(), f() is a)
x, y = 1.5, 1.5
print(x is y)
p, q = (1, 'two'), (1, 'two')
print(p is q)
s, t = 'hello world!', 'hello world!'
print(s is t)
