import sys
class C:
    def __len__(self):
        print('len', sys.getrefcount(self))
        return 1
    def __bool__(self):
        print('bool', sys.getrefcount(self))
        return True
    def __contains__(self, x):
        print('contains', sys.getrefcount(self))
        return True
    def __setitem__(self, key, value):
        print('setitem', sys.getrefcount(self), sys.getrefcount(value))
    def __call__(self):
        print('call', sys.getrefcount(self))
    def __eq__(self, other):
        print('eq', sys.getrefcount(self), sys.getrefcount(other))
        return True
    def __add__(self, other):
        print('add', sys.getrefcount(self), sys.getrefcount(other))
        return self
o, q = C(), C()
len(o); bool(o); 1 in o; o[0] = q; o(); o == q; o + q
def f():
    o, q = C(), C()
    len(o); bool(o); 1 in o; o[0] = q; o(); o == q; o + q
print('local')
f()
