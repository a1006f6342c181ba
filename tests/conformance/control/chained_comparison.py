def show(x):
    print('eval', x)
    return x
print(show(1) < show(2) < show(3))
print(show(3) < show(2) < show(1))
print(1 < 3 > 2 == 2 != 5 in [5])
