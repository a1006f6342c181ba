import sys
class C:
    @property
    def p(self):
        return sys.getrefcount(self)
    def __getitem__(self, i):
        return sys.getrefcount(self)
def f():
    o = C()
    print([o.p for _ in range(4)])
    print([o[0] for _ in range(4)])
f()
o = C()
for _ in range(4):
    print(o.p, o[0])
