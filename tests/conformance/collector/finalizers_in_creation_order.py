import gc
class K:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print('del', self.n, self.other.n)
nodes = [K(i) for i in range(4)]
for i, node in enumerate(nodes):
    node.other = nodes[i - 1]
del nodes, node
print(gc.collect())
