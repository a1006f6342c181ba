import sys
class M:
    def __enter__(self):
        print('enter', sys.getrefcount(self))
        return self
    def __exit__(self, *info):
        print('exit', sys.getrefcount(self))
m = M()
with m:
    print('body', sys.getrefcount(m))
with M() as n:
    print('body', sys.getrefcount(n))
print('after', sys.getrefcount(m), sys.getrefcount(n))
def f():
    m = M()
    with m:
        print('body', sys.getrefcount(m))
    print('after', sys.getrefcount(m))
print('local')
f()
