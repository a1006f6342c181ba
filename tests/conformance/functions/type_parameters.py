# Type parameters of functions, classes and aliases: made once, evaluated when asked for, and kept.
import sys


def first[T](items: list[T]) -> T:
    return items[0]


print(first([1, 2]), first.__type_params__, sys.getrefcount(first.__type_params__[0]))


def evaluated(name):
    print('evaluated', name)
    return int


def pick[T: evaluated('bound'), S: (evaluated('one'), str)](a: T, b: S):
    return a


T, S = pick.__type_params__
print(T.__name__, T.__bound__, T.__bound__, T.__constraints__)
print(S.__constraints__, S.__bound__, S.__covariant__, S.__infer_variance__)
type Pair[K, V = evaluated('default')] = tuple[K, V, evaluated('value')]
print(Pair, Pair.__name__, Pair.__type_params__, Pair.__module__)
print(Pair.__value__, Pair.__value__)
print(Pair.__type_params__[1].__default__, Pair.__type_params__[1].has_default())
print(Pair[str, int].__origin__ is Pair, Pair[str, int].__args__)
type Tree = list[Tree] | None
print(Tree.__value__)
try:
    Tree[int]
except TypeError as e:
    print(e)
type Broken = missing
try:
    Broken.__value__
except NameError as e:
    print(e)
missing = str
print(Broken.__value__)
print(list[T][int], dict[T, list[S]][int, str], tuple[T, ...].__parameters__)


def outer[A](x: A):
    def inner[B](y: B) -> A:
        return x

    return inner


print(outer(1).__type_params__, outer.__type_params__)
