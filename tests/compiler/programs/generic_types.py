type T1[X: int, *Y, **Z] = dict[X, Y]
type T2 = int
def gf[T: (int, str), U = int](a: T, b=1, *, c: U = 2) -> T: return a
class GC[T](Base[T], metaclass=M):
    x: T
    def __m(self, __a): return self.__b
    def g[V](self, a: V) -> T: type L = V; return [a for _ in T]
