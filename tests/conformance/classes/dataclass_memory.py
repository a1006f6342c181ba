# Dataclasses: defaults that are shared or made anew, slots, frozen, equality, replace, and their counts.
import dataclasses
import sys
from dataclasses import dataclass, field


@dataclass
class Item:
    name: str
    tags: list = field(default_factory=list)
    price: float = 0.0

    def __post_init__(self):
        self.name = self.name.title()


a, b = Item('pen'), Item('pen')
print(a, a == b, a is b, a.tags is b.tags, sys.getrefcount(a.tags))
a.tags.append('blue')
print(a == b, dataclasses.replace(a, price=2).tags is a.tags, dataclasses.asdict(a)['tags'] is a.tags)
try:
    @dataclass
    class Bad:
        items: list = []
except ValueError as error:
    print(error)


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0
    note: str = field(default='', compare=False, repr=False)


v = Version(1, 2, 'x')
print(v, v == Version(1, 2), hash(v) == hash(Version(1, 2)), Version(1) < v, sorted([v, Version(0, 9)]))
for change in (lambda: setattr(v, 'major', 2), lambda: delattr(v, 'minor')):
    try:
        change()
    except dataclasses.FrozenInstanceError as error:
        print(error)


@dataclass(slots=True, weakref_slot=True)
class Node:
    value: int
    next: 'Node | None' = None

    def __del__(self):
        print('del', self.value)


n = Node(1, Node(2))
print(Node.__slots__, hasattr(n, '__dict__'), sys.getrefcount(n.next))
n.next = None
try:
    n.extra = 1
except AttributeError as error:
    print(error)
del n


@dataclass(kw_only=True)
class Base:
    x: int


@dataclass
class Child(Base):
    y: int
    z: dataclasses.InitVar[int] = 3

    def __post_init__(self, z):
        self.total = self.x + self.y + z


c = Child(5, x=1)
print(c, c.total, [f.name for f in dataclasses.fields(c)], Child.__match_args__)
try:
    Child(1, 2, 3)
except TypeError as error:
    print(error)


@dataclass
class Tree:
    left: 'Tree' = None
    right: 'Tree' = None


t = Tree()
t.left = t
print(t)
match Version(3, 4):
    case Version(major, minor):
        print(major, minor)
print(dataclasses.astuple(Item('x', ['y'])), dataclasses.make_dataclass('P', ['x', ('y', int, 5)])(1))
