import sys
x = [10, 20]
for item in x:
    print(sys.getrefcount(x))
print(sys.getrefcount(x))
def f():
    y = [10, 20]
    for item in y:
        print(sys.getrefcount(y))
        break
    print(sys.getrefcount(y))
    for item in y:
        pass
    print(sys.getrefcount(y))
f()
