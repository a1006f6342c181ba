import gc
def gen(box):
    yield 1
    yield 2
def started():
    l = []
    g = gen(l)
    l.append(g)
    next(g)
def unstarted():
    l = []
    l.append(x for x in l)
started()
print(gc.collect())
unstarted()
print(gc.collect())
