# Tuples in which no cycle can lie are garbage in the one version and are not looked at in the other.
import gc
gc.disable(); gc.collect()
def f(x):
    l = [x]
    l.append(l)
f((int,)); print(gc.collect())
f((int,str)); print(gc.collect())
f(((int,),(str,))); print(gc.collect())
f({'a': 1}); print(gc.collect())
f((f, str)); print(gc.collect())
t = (int, str)
print(gc.is_tracked(t), gc.collect(), gc.is_tracked(t))
f(t)
del t
print(gc.collect())
