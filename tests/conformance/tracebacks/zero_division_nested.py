def a(x):
    return b(x) + 1

def b(x):
    y = x * 2
    return y / 0

print('before')
a(5)
print('never')
