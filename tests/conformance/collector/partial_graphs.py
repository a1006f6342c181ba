# A cycle with tails: what hangs from garbage dies too, what garbage hangs from lives on.
import gc

gc.disable()
gc.collect()


class Node:
    def __init__(self, name, *links):
        self.name, self.links = name, list(links)

    def __del__(self):
        print('del', self.name)


tail = Node('tail')
a = Node('a', tail)
b = Node('b', a)
a.links.append(b)
entry = Node('entry', a)
del tail, a, b
print('reachable', gc.collect())
entry.links.clear()
print('cut', gc.collect())
kept = Node('kept')
c = Node('c', kept)
c.links.append(c)
del c
print(gc.collect(), kept.name)
d = Node('d')
d.links = (d, [d], {'d': d}, {1: (d,)})
del d
print(gc.collect())
