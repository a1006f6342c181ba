# oracle: 3.13
import gc
before = gc.get_stats()
print(len(before), sorted(before[0]))
l = []
l.append(l)
del l
gc.collect()
gc.collect(0)
after = gc.get_stats()
for b, a in zip(before, after):
    print({k: a[k] - b[k] for k in ('collections', 'collected', 'uncollectable')})
