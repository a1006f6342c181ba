# __context__ and __cause__ hold exceptions alive; cycles in a chain are cut when it is made.
import gc
import sys

gc.disable()


class E(Exception):
    def __del__(self):
        print('del', self.args)


def chain(n):
    try:
        if n == 0:
            raise E('root')
        chain(n - 1)
    except E as error:
        raise E(n)


try:
    chain(3)
except E as error:
    names = []
    at = error
    while at is not None:
        names.append(at.args[0])
        at = at.__context__
    print(names)
    error.__context__.__context__ = None
    print('cut')
print('out')
a, b = E('a'), E('b')
try:
    try:
        raise a
    except E:
        raise b
except E:
    print(b.__context__ is a)
try:
    try:
        raise b
    except E:
        raise a
except E:
    print(a.__context__ is b, b.__context__)
a.__context__ = a.__cause__ = None
print(a.__suppress_context__)
try:
    raise a from b
except E as error:
    print(error.__cause__ is b, error.__suppress_context__)
try:
    a.__cause__ = 5
except TypeError as error:
    print(error)
try:
    raise a from 5
except TypeError as error:
    print(error)
try:
    raise E('self') from None
except E as error:
    error.__context__ = error
    print(error.__context__ is error)
    error.__context__ = None
del a, b
gc.collect()
print('end')
