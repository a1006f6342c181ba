# sum, min and max over a list, its iterator, a tuple and a generator: the same answers, the same object, nothing held.
import sys
class C(int): pass
def gen(l):
    yield from l
big = 10**30
lists = [[], [1], [3,1,2], [1,2,3], [3,2,1], [1000,1001,1002,5], [1,True,2.5,7,8], [big,1,2,3], [1,2,big,3,-big,4], [C(5),6,7], [6,C(7),7,7],
  [5,5,5], [2**31-1]*5+[2**31], [-2**31, 0, -0, 7], list(range(90)), list(range(90, 0, -1)), [257,300,1000,-1000]*3]
for l in lists:
    for it in (lambda: l, lambda: iter(l), lambda: gen(l), lambda: tuple(l)):
        a = [type(x).__name__+repr(x) for x in (min(it(), default='no'), max(it(), default='no'), sum(it()), sum(it(), 5), sum(it(), True))]
        print(a, end=' ')
    print()
    if l:
        print([l.index(max(l)), [i for i,x in enumerate(l) if x is max(l)][:1], [i for i,x in enumerate(l) if x is min(l)][:1]], max(l, key=lambda x: -x), max(l, key=lambda x: x), min(l, key=lambda x:x%3))
    c = [sys.getrefcount(x) for x in l[:4]]
    m = max(l, default=None); n = min(l, default=None); s = sum(l)
    print([sys.getrefcount(x)-y for x,y in zip(l,c)])
    i = iter(l); next(i, None); print(sum(i), i.__length_hint__(), list(i))
    i = iter(l); 
    try: print(max(i), i.__length_hint__())
    except ValueError as e: print(e)
try: print(sum([1,2,'x',3]))
except TypeError as e: print(e)
l=[1,2,3,'x',4]; i=iter(l)
try: max(i)
except TypeError as e: print(e, list(i))
i=iter(l)
try: sum(i)
except TypeError as e: print(e, list(i))
class Evil:
    def __gt__(self, o): l.clear(); l.extend([0]*3+[90000,5]); return False
    def __lt__(self, o): l.clear(); return True
l=[70000+int('1'), Evil(), 3, 4]
print(max(l), l)
def deep(n):
    try: return deep(n+1)
    except RecursionError:
        try: return max([1,2,3]), n > 20
        except RecursionError as e: return str(e)
sys.setrecursionlimit(120)
print(deep(0))
