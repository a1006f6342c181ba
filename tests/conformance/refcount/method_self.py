import sys
class C:
    def m(self):
        return sys.getrefcount(self)
    def deeper(self):
        return self.m()
o = C()
print(o.m(), C.m(o), C().m(), o.deeper())
def f():
    p = C()
    print(p.m(), C.m(p), p.deeper())
f()
