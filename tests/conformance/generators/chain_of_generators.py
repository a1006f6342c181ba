# A pipeline of generators holds its parts; dropping the last one closes them from the end to the start.
import sys


def numbers(n):
    try:
        for i in range(n):
            yield i
    finally:
        print('numbers closes')


def squares(source):
    try:
        for i in source:
            yield i * i
    finally:
        print('squares closes')


def pairs(source):
    try:
        for i in source:
            yield i, next(source, None)
    finally:
        print('pairs closes')


first = numbers(10)
pipe = pairs(squares(first))
print(next(pipe), next(pipe), sys.getrefcount(first))
del pipe
print('pipe is gone', sys.getrefcount(first), first.gi_frame is not None)
print(next(first))
del first
print('first is gone')
pipe = pairs(squares(numbers(3)))
print(list(pipe))
del pipe


def outer():
    try:
        result = yield from inner()
        print('inner gave', result)
    finally:
        print('outer closes')


def inner():
    try:
        yield 'a'
        yield 'b'
    finally:
        print('inner closes')
    return 'done'


g = outer()
print(next(g), g.gi_yieldfrom.__name__, sys.getrefcount(g.gi_yieldfrom))
del g
print('dropped')
print(list(outer()))


def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)


print(list(tree(3)))
t = tree(3)
next(t)
depth, at = 0, t
while at is not None:
    depth, at = depth + 1, at.gi_yieldfrom
print(depth)
