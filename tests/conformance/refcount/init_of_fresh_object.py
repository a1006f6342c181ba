import sys
class C:
    def __init__(self):
        print('init', sys.getrefcount(self))
c = C()
print(sys.getrefcount(c))
def f():
    d = C()
    print(sys.getrefcount(d))
f()
