def show(x):
    print('eval', x)
    return x
print(show(0) and show(1))
print(show(0) or show(2))
print(show(1) and show(0) or show(3))
print(not show(''), 1 and 2, 0 or [] or 'last')
