# Type parameters: their scopes, lazy bounds, aliases, generic classes, and what refers to what.
import gc


def first[T](items: list[T]) -> T:
    return items[0]


class Stack[T, *Ts, **P]:
    def push[U: (int, str)](self, item: U) -> T:
        return T, U

    items: list[T]


type Pair[A] = tuple[A, A]
type Rec = list[Rec] | int
print(first.__type_params__, Stack.__type_params__, Stack.__parameters__, Stack.push.__type_params__[0].__constraints__)
print(first([1]), Stack().push(1), Stack.__orig_bases__, Stack[int, str, [int]].__args__)
print(Pair.__value__, Pair[int], Pair.__type_params__, Rec.__value__, Rec.__name__, type(Rec).__name__)


def lazy[T: undefined_name](x: T):
    return x


T = lazy.__type_params__[0]
try:
    T.__bound__
except NameError as error:
    print(error)
undefined_name = int
print(T.__bound__, T.__name__, T.__infer_variance__, lazy(5))
print(Stack.__type_params__[0] is Stack().push(1)[0], Stack.__type_params__[0] is not first.__type_params__[0])
try:
    exec('def f[T, T](): pass')
except SyntaxError as error:
    print(error.msg)
x = 'global'


class C[T]:
    x = 'class'

    def f[U](self, default=x):
        return default, x


print(C().f())
