x = 5
print([x for _ in range(2)], [x + y for y in range(2) for x in [y]])
def f(n):
    return [lambda: i + n for i in range(3)]
print([g() for g in f(10)])
class C:
    n = 3
    values = [i for i in range(n)]
print(C.values)
def show(v):
    print('eval', v)
    return v
print({show('k' + str(i)): show(i) for i in range(2)})
