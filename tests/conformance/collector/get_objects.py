import gc
class C:
    pass
c = C()
l = [1]
n = 12345
objects = gc.get_objects()
print(any(o is c for o in objects), any(o is l for o in objects), any(o is n for o in objects), any(o is objects for o in objects))
