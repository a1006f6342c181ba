# profile: 3.13
# 3.13: when the dict of an instance, and the dict of a module, are tracked.
import gc


class E:
    pass


def show(d):
    print(gc.is_tracked(d), end=' ')


e = E(); e.l = []; d = e.__dict__; show(d)
e.m = []; show(d)
d[1] = 1; show(d)
e = E(); e.l = 1; d = e.__dict__; show(d)
e.m = []; show(d)
d['k'] = []; show(d)
print()
e = E(); e.l = 1; d = e.__dict__
for i in range(40): setattr(e, 'x%d' % i, 1)
show(d); e.yy = []; show(d)
e = E()
for i in range(40): setattr(e, 'x%d' % i, [])
show(e.__dict__)
print()
e = E(); e.a = []; e.__dict__ = {}; show(e.__dict__); e.b = []; show(e.__dict__)
print()


class Big:
    pass


gc.collect()
b = Big()
b.me = b
for i in range(40): setattr(b, 'x%d' % i, i)
del b
print(gc.collect())
module = type(gc)('m')
show(module.__dict__)
d = {1: 2}; d[3] = (4,); d[5] = []; del d[5]; show(d); gc.collect(); show(d)
print()
