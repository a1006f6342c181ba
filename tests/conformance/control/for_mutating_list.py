l = [1, 2, 3, 4]
for x in l:
    if x % 2 == 0:
        l.remove(x)
    if len(l) < 6 and x == 1:
        l.append(9)
print(l, x)
d = {1: 1}
try:
    for k in d:
        d[k + 1] = 0
except RuntimeError as error:
    print(error)
s = {1}
try:
    for k in s:
        s.add(2)
except RuntimeError as error:
    print(error)
