l = [1]
l.append(l)
print(l)
d = {'l': l}
d['d'] = d
print(d)
t = (l,)
l.append(t)
print(t)
