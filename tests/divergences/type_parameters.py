# category: language
# description: Type parameters and the type statement compile but do not run.
# cause: Not written yet: TypeVar and its kin have no types here.
# workaround: Leave the parameters out; they change nothing at run time.
# cpython: 1
# heapbook: NotImplementedError: TYPEVAR is not supported yet
def first[T](items: T) -> T:
    return items[0]


print(first([1, 2]))
