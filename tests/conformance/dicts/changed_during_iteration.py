d = {1: 1, 2: 2}
for change in lambda: d.update({3: 3}), lambda: d.pop(1):
    try:
        for k in d:
            change()
    except RuntimeError as e:
        print(e)
d = {1: 1, 2: 2}
for k in d:
    d[k] = 'changed'
print(d)
for k in list(d):
    del d[k]
print(d)
