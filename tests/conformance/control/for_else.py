for x in [1, 2, 3]:
    if x == 2:
        break
else:
    print('not reached')
for x in []:
    pass
else:
    print('empty, x is still', x)
for i in range(3):
    for j in range(3):
        if j == i:
            break
    else:
        continue
    print(i, j)
