# category: memory
# description: A class has no weak reference from its base: type.__subclasses__ is kept without one.
# cause: The engine knows subclasses by number, and takes a dead class out of its base itself.
# workaround: None is needed, unless a program counts the weak references of a class.
# cpython: 1
# heapbook: 0
import weakref


class C:
    pass


print(weakref.getweakrefcount(C))
