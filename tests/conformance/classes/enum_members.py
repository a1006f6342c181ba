# Enum members: one object each, aliases, flags, lookups, and what they print.
import enum
import sys
from enum import Enum, Flag, IntEnum, StrEnum, auto


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1

    def describe(self):
        return f'{self.name} is {self.value}'


print(list(Color), Color(1) is Color.RED, Color.CRIMSON is Color.RED, Color['GREEN'] is Color.GREEN, len(Color))
print(Color.RED.describe(), repr(Color.CRIMSON), str(Color.GREEN), f'{Color.RED}', Color.__members__.keys())
print(Color.RED == 1, Color.RED in Color, 1 in Color, 7 in Color, isinstance(Color.RED, Color), hash(Color.RED) == hash('RED'))
for bad in (lambda: Color(5), lambda: Color['BLUE'], lambda: setattr(Color, 'RED', 2), lambda: Color.RED < Color.GREEN):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
try:
    class More(Color):
        BLUE = 3
except TypeError as error:
    print(error)


class Size(IntEnum):
    S = auto()
    M = auto()
    L = 10


print(Size.M + 1, Size.L > Size.S, sorted([Size.L, Size.S]), [1, 2, 3][Size.S], repr(Size.M), str(Size.M), Size(10) is Size.L)


class Perm(Flag):
    R = 4
    W = 2
    X = 1
    ALL = R | W | X


rw = Perm.R | Perm.W
print(rw, repr(rw), Perm.R in rw, Perm.X in rw, ~rw, rw ^ Perm.R, list(Perm.ALL), bool(rw & Perm.X), Perm(6) is rw, len(rw))


class Name(StrEnum):
    FIRST = auto()
    SECOND = 'Second!'


print(Name.FIRST, Name.FIRST == 'first', Name.SECOND.upper(), {'first': 1}[Name.FIRST], repr(Name.SECOND))


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    @property
    def density(self):
        return round(self.mass / self.radius ** 3, 4)


print(Planet.EARTH.density, Planet((0.64, 3.39)) is Planet.MARS)
Animal = Enum('Animal', 'CAT DOG')
print(list(Animal), Animal.DOG.value, Animal.CAT.__class__ is Animal)
try:
    @enum.unique
    class Twice(Enum):
        A = 1
        B = 1
except ValueError as error:
    print(error)


class Shape(Enum):
    ROUND = 'o'

    @classmethod
    def _missing_(cls, value):
        return cls.ROUND if value == 'O' else None


print(Shape('O'), sys.getrefcount(Shape.ROUND) == sys.getrefcount(Shape.ROUND))
try:
    Shape('x')
except ValueError as error:
    print(error)
