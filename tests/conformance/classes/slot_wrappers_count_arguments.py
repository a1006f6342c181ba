# How the wrappers of slots count their arguments.
class A:
    pass
for o, n in (([], '__setitem__'), ([], '__mul__'), ([],'__rmul__'), ([], '__imul__'), ({}, '__setitem__'), ({}, '__delitem__'), (A(), '__setattr__'), (3, '__pow__'), (3, '__rpow__'), (print.__class__.__dict__['__name__'], '__get__'), (print.__class__.__dict__['__name__'], '__set__'), ([], '__getitem__'), ({}, '__contains__'), (A(), '__init__'), ([], '__iadd__'), (bytearray(), '__setitem__'), (print.__class__.__dict__['__name__'], '__delete__'), ('', '__getitem__'), ('', '__mul__'), (3, '__add__'), (A(), '__eq__'), (A(), '__hash__'), ([], '__len__'), (3, '__ipow__')):
    m = getattr(o, n, None)
    if m is None:
        continue
    for a in ((), (1,), (1, 2), (1, 2, 3), (1,2,3,4)):
        try:
            r = m(*a)
        except TypeError as e:
            if 'expected' in str(e):
                print(n, a, repr(str(e)))
        except Exception:
            pass
