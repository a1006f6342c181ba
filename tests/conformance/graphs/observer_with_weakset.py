# Observers in a WeakSet: the set shrinks as they die, also while it is walked.
import weakref


class Observer:
    def __init__(self, name):
        self.name = name

    def update(self, value):
        print(self.name, value)


class Subject:
    def __init__(self):
        self.observers = weakref.WeakSet()

    def notify(self, value):
        for observer in sorted(self.observers, key=lambda o: o.name):
            observer.update(value)


subject = Subject()
names = {n: Observer(n) for n in 'abcd'}
for observer in names.values():
    subject.observers.add(observer)
del observer
subject.notify(1)
del names['b']
print(len(subject.observers))
subject.notify(2)
walked = 0
for observer in subject.observers:
    names.clear()
    walked += 1
    print('walking', len(list(subject.observers)), observer in subject.observers)
print(walked, len(subject.observers))
del observer
print(len(subject.observers))
other = Observer('x')
a = weakref.WeakSet([other, other])
b = weakref.WeakSet()
print(len(a), a > b, a | b == a, a & b == b, a.isdisjoint(b), other in a, 5 in a)
try:
    a.add(5)
except TypeError as error:
    print(error)
try:
    a.discard(5)
except TypeError as error:
    print(error)
try:
    b.remove(other)
except KeyError as error:
    print('KeyError')
a.clear()
print(len(a))
