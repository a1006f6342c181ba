# A module may be given a subclass as its class, and its __dict__ is read-only however it is reached.
import types

class M(types.ModuleType):
    a = 1
m = types.ModuleType('m')
try:
    m.__class__ = M; print(m.a, m); m.__class__ = types.ModuleType; print(hasattr(m,'a'))
except TypeError as e: print(e)
for d in (complex.real, types.ModuleType.__dict__['__dict__'], float.real, complex.imag): print(d)
print((1+2j).real, (1+2j).imag)
class Base: pass
class MM(types.ModuleType, Base): pass
class MN(Base, types.ModuleType): pass
for X in MM, MN:
    mod = X('spam')
    for f in (lambda: Base.__dict__['__dict__'].__set__(mod, {}), lambda: setattr(mod,'__dict__',{}), lambda: delattr(mod,'__dict__')):
        try: f(); print('ok')
        except Exception as e: print(type(e), e)
    print(sorted(mod.__dict__)[:2])
    print(sorted(vars(mod))[:2], sorted(Base.__dict__['__dict__'].__get__(mod))[:2])
class E(Base, Exception): pass
e = E(); e.x = 1; print(e.__dict__, Base.__dict__['__dict__'].__get__(e))
Base.__dict__['__dict__'].__set__(e, {'y': 2}); print(e.y)
