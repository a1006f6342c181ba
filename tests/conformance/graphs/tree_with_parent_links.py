# A tree whose children know their parent dies only by collection; with weak parent links it dies at once.
import gc
import sys
import weakref

gc.disable()
gc.collect()


class Strong:
    def __init__(self, name, parent=None):
        self.name, self.parent, self.children = name, parent, []
        if parent is not None:
            parent.children.append(self)

    def __del__(self):
        print('del', self.name)


class Weak(Strong):
    def __init__(self, name, parent=None):
        super().__init__(name, parent)
        self.parent = parent and weakref.ref(parent)


def build(cls):
    root = cls('root')
    left, right = cls('left', root), cls('right', root)
    cls('leaf', left)
    print(sys.getrefcount(root), sys.getrefcount(left), sys.getrefcount(right))
    return root


root = build(Strong)
del root
print('dropped, not dead')
print(gc.collect())
root = build(Weak)
left = root.children[0]
del root
print('left is alive:', left.name, left.parent() is None, left.children[0].parent() is left)
del left
print(gc.collect())
