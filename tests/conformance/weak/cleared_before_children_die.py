import weakref
class Child:
    def __init__(self, parent):
        self.parent = weakref.ref(parent)
    def __del__(self):
        print('child', self.parent())
class Parent:
    def __init__(self):
        self.child = Child(self)
    def __del__(self):
        print('parent', self.child.parent() is self)
Parent()
print('end')
