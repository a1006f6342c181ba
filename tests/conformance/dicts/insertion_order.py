d = {}
for k in 'cab':
    d[k] = len(d)
d['c'] = 'again'
del d['a']
d['a'] = 'back'
print(d, list(d.items()))
print({1: 'a', True: 'b', 1.0: 'c'}, {'x': 1, **{'y': 2, 'x': 3}})
big = {i: i * i for i in range(100)}
for i in range(0, 100, 2):
    del big[i]
print(len(big), list(big)[:5], big[99])
