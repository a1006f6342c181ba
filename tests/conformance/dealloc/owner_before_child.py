class Node:
    def __init__(self, name, *children):
        self.name = name
        self.children = children
    def __del__(self):
        print('dead', self.name, [c.name for c in self.children])
tree = Node('root', Node('left', Node('leaf')), Node('right'))
del tree
print('end')
