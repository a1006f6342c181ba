# Class attributes seen through instances, mutable ones shared, += that makes an instance's own.
import sys


class Basket:
    items = []
    count = 0
    label = 'basket'

    def add(self, item):
        self.items.append(item)
        self.count += 1


a, b = Basket(), Basket()
a.add('apple')
b.add('pear')
print(Basket.items, a.count, b.count, Basket.count, a.__dict__)
a.items = ['own']
print(a.items, b.items, sys.getrefcount(Basket.items))
a.items += ['more']
b.items += ['shared']
print(a.items, Basket.items, b.__dict__.keys(), b.items is Basket.items, sys.getrefcount(b.items))
del b.items
try:
    del b.items
except AttributeError as error:
    print(error)
Basket.label = 'changed'
print(a.label, vars(b))


class Counter:
    total = 0

    def __init__(self):
        type(self).total += 1


class Sub(Counter):
    pass


Counter(), Counter(), Sub(), Sub()
print(Counter.total, Sub.total, 'total' in Sub.__dict__)


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


class Owner:
    thing = Thing('of class')


o = Owner()
o.thing = Thing('of instance')
del o.thing
print(o.thing.name)
Owner.thing = Thing('second')
print('replaced')
del Owner.thing
print(hasattr(o, 'thing'))
o.__dict__ = {'thing': Thing('in new dict')}
d = o.__dict__
del o
print('dict lives', list(d))
d.clear()
p = Owner()
p.a = p.b = t = []
print(sys.getrefcount(t), sys.getrefcount(p.__dict__))
vars(p)['c'] = t
print(p.c is t, sys.getrefcount(t))
