# What the functions of gc take, and what they say of the rest.
import gc

print(gc.get_referents(int), gc.get_referents(1, 'a'), gc.is_tracked(int), gc.DEBUG_LEAK)


class A:
    pass


a = A()
a.x = a
print(gc.get_referents(a) == [a, A])
for f, args in (
    (gc.set_threshold, ()),
    (gc.set_threshold, ('a',)),
    (gc.collect, (3,)),
    (gc.collect, ('a',)),
    (gc.get_objects, (-2,)),
    (gc.get_objects, ('a',)),
    (gc.set_debug, ('a',)),
    (gc.is_tracked, ()),
):
    try:
        print(f(*args))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(len(gc.get_objects(-1)) == len(gc.get_objects()))
gc.freeze()
print(gc.get_freeze_count() > 0)
gc.unfreeze()
print(gc.get_freeze_count())
