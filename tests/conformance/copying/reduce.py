# What copy and pickle ask of an object: reduction of iterators, instances, functions and exceptions.
import copy
def show(it):
    r = it.__reduce__(); print(type(it).__name__, r)
    f, args, *st = r
    new = f(*args)
    if st and st[0] is not None: new.__setstate__(st[0])
    print(list(new))
for make in (lambda: iter([1,2,3]), lambda: reversed([1,2,3]), lambda: iter((1,2,3)), lambda: iter('aé𝄞b'), lambda: iter('abc'), lambda: iter(b'abc'), lambda: iter(bytearray(b'abc')), lambda: iter(range(5)), lambda: iter(range(1<<70,(1<<70)+3)), lambda: iter({1:2,3:4}), lambda: iter({1:2,3:4}.items()), lambda: reversed({1:2,3:4}.values()), lambda: iter({1,2,3}), lambda: reversed('abc')):
    it = make()
    try:
        next(it)
        show(it); list(it); show(it)
    except Exception as e: print(type(e), e)
class A:
    def __init__(self): self.x = [1]
class S:
    __slots__ = ('a', 'b')
class L(list): pass
class D(dict): pass
class N:
    def __getnewargs__(self): return (1,)
    def __new__(cls, *a): return object.__new__(cls)
s = S(); s.a = 1
for o in (A(), s, L([1,2]), D(a=1), N(), object()):
    for p in (0, 2, 4):
        try: print(o.__reduce_ex__(p)[1:3])
        except TypeError as e: print(e)
    try:
        c = copy.copy(o); print(type(c), getattr(c,'__dict__',None), list(c) if isinstance(c,(list,dict)) else '')
        c = copy.deepcopy(o); print(type(c), getattr(c,'__dict__',None))
    except TypeError as e: print(e)
for o in (len, iter(lambda:1,2), (i for i in []), type(o), print, [].append, 1, 's', ValueError(1, 2), range(3), slice(1,2), lambda: 1):
    try: print(type(o.__reduce_ex__(4)))
    except TypeError as e: print(e)
for e in (OSError(999,'x','f'), OSError(999,'x','f',None,'g'), OSError(3), ImportError('m',name='n'), AttributeError('a',name='b',obj=1), KeyError('k'), ExceptionGroup('g',[ValueError(1)])):
    e.extra = 1
    print(e.__reduce__()); c = copy.copy(e); print(repr(c), c.extra, type(c))
    if isinstance(e, OSError): print(c.filename, c.filename2)
print([].__len__.__reduce__(), list.append.__reduce__(), (1).__add__.__reduce__(), A().__init__.__reduce__()[0], str.__len__.__reduce__())
