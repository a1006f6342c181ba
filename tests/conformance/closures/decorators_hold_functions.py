# Decorators keep the function they wrap; wraps adds another holder; a cache adds its arguments.
import functools
import sys


def count_calls(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return func(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


def plain(func):
    return lambda *args: func(*args)


def register(registry):
    def decorate(func):
        registry[func.__name__] = func
        return func
    return decorate


registry = {}


@count_calls
def one(x):
    """doc of one"""
    return x + 1


@plain
def two(x):
    return x + 2


@register(registry)
@count_calls
@plain
def three(x):
    return x + 3


print(one(1), two(1), three(1), one.calls, one.__name__, one.__doc__, two.__name__, three.__name__)
print(sys.getrefcount(one.__wrapped__), sys.getrefcount(two.__closure__[0].cell_contents))
print(list(registry), sys.getrefcount(registry['<lambda>']))
print([type(c.cell_contents).__name__ for c in one.__closure__], one.__code__.co_freevars)


class Memo:
    def __init__(self, func):
        self.func, self.seen = func, {}

    def __call__(self, *args):
        if args not in self.seen:
            self.seen[args] = self.func(*args)
        return self.seen[args]

    def __get__(self, instance, owner):
        return functools.partial(self, instance)


@Memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(30), len(fib.seen))


class Shape:
    def __init__(self, n):
        self.n = n

    @Memo
    def area(self, k):
        return self.n * k

    def __del__(self):
        print('shape', self.n, 'dies')


s = Shape(3)
print(s.area(2), s.area(2), sys.getrefcount(s))
del s
print('kept by the memo')
Shape.__dict__['area'].seen.clear()
print('end')
