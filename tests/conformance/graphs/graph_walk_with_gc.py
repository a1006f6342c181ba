# get_referents walks a graph downwards and get_referrers one step up.
import gc


class Node:
    def __init__(self, *children):
        self.children = list(children)


leaf = Node()
middle = Node(leaf, leaf)
top = Node(middle)


def kinds(objects):
    return sorted(type(o).__name__ for o in objects)


print(kinds(gc.get_referents(leaf.children)), kinds(gc.get_referents(middle.children)))
print(kinds(gc.get_referents([1, 'a', (2,), None])))
print(kinds(gc.get_referents({'k': [1]}, ({1},))))
print(gc.get_referents(5, 'text', 1.5))


def reachable(start):
    seen = {id(start)}
    todo = [start]
    nodes = 0
    while todo:
        item = todo.pop()
        if isinstance(item, Node):
            nodes += 1
        for child in gc.get_referents(item):
            if isinstance(child, (Node, list)) and id(child) not in seen:
                seen.add(id(child))
                todo.append(child)
    return nodes


print(reachable(top), reachable(middle), reachable(leaf))
print(sum(r is middle.children for r in gc.get_referrers(leaf)))
print([r is top.children for r in gc.get_referrers(middle) if isinstance(r, list)])
print(any(r is globals() for r in gc.get_referrers(top)))


def local():
    inside = Node(leaf)
    return [r is inside.children for r in gc.get_referrers(leaf) if isinstance(r, list)]


print(local())
f = lambda: leaf
cell = (lambda x: (lambda: x))(leaf).__closure__
print('cell' in kinds(gc.get_referrers(leaf)))
print(kinds(gc.get_referents(cell)), kinds(gc.get_referents(cell[0])))


def func(a=leaf, *, b=middle):
    pass


print([x for x in kinds(gc.get_referents(func)) if x in ('code', 'tuple', 'dict')])
print(kinds(gc.get_referents(Node.__init__.__get__(leaf))))
