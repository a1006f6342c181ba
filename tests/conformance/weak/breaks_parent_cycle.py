import weakref
class Node:
    def __init__(self, name, parent=None):
        self.name = name
        self.parent = weakref.ref(parent) if parent is not None else None
        self.children = []
        if parent is not None:
            parent.children.append(self)
    def __del__(self):
        print('dead', self.name, self.parent and self.parent())
root = Node('root')
child = Node('child', root)
print(child.parent().name)
del root
print('root deleted', child.parent())
del child
