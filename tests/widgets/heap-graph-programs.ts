/** Programs whose heaps the tests of the heap graph look at, each with what it is good for. */
export const heapPrograms: Readonly<Record<string, readonly string[]>> = {
  'two names, one list': ['my_list = [1, 2, 3]\nyour_list = my_list\ndel my_list\n'],
  'a cycle that is garbage, and its collection': [
    `class Person:
    def __init__(self, name):
        self.name = name

ann = Person("Ann")
bob = Person("Bob")
ann.friend = bob
bob.friend = ann
me = []
me.append(me)
held = [ann]
del ann
del bob
del me
held.clear()
`,
    'import gc\nn = gc.collect()\n',
  ],
  'long containers, dicts, sets, weak references, calls and closures': [
    `from _weakref import ref
class A:
    limit = [10]
x = A()
r = ref(x, print)
pairs = {"a": [1], (1, 2): "two", 3: x, "x": x}
several = (x, x, [], [])
some = {1, "one", (1, "one")}
big = [[i] for i in range(40)]
def depth(n, acc):
    acc.append(n)
    if n:
        depth(n - 1, acc)
def outer(n):
    data = [n]
    def inner():
        return data
    return inner
f = outer(5)
def with_default(a, seen=[]):
    seen.append(a)
with_default(1)
depth(2, [])
`,
  ],
  'a cache of linked entries': [
    `class Entry:
    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.prev = self.next = None

class Cache:
    def __init__(self, size):
        self.size = size
        self.map = {}
        self.head = Entry(None, None)
        self.tail = Entry(None, None)
        self.head.next = self.tail
        self.tail.prev = self.head

    def put(self, key, value):
        if len(self.map) >= self.size:
            old = self.tail.prev
            old.prev.next = old.next
            old.next.prev = old.prev
            del self.map[old.key]
        entry = self.map[key] = Entry(key, value)
        first = self.head.next
        entry.prev, entry.next = self.head, first
        self.head.next = first.prev = entry

cache = Cache(2)
for n, word in enumerate(["ape", "bee", "cat"]):
    cache.put(word, [n])
`,
  ],
  'a tree with links to the parents': [
    `class Tree:
    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent
        self.children = []
        if parent:
            parent.children.append(self)

root = Tree("root")
for i in range(3):
    a = Tree(f"a{i}", root)
    for j in range(4):
        Tree(f"b{i}{j}", a)
del a
`,
  ],
};

/** More objects than one reading lists. */
export const largeHeap = `class Node:
    def __init__(self, name):
        self.name = name
        self.links = []
nodes = [Node(i) for i in range(700)]
for i in range(699):
    nodes[i].links.append(nodes[i + 1])
`;
