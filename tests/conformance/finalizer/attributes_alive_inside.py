class K:
    def __init__(self):
        self.items = [1, 2]
        self.child = C()
    def __del__(self):
        print(self.items, self.child.name)
class C:
    name = 'child'
    def __del__(self):
        print('child dead')
K()
print('end')
