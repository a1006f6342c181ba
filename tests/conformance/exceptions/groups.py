eg = ExceptionGroup('several', [ValueError(1), KeyError('k'), ExceptionGroup('in', [TypeError(2), ValueError(3)])])
eg.add_note('hey')
print(repr(eg), eg, eg.message, eg.exceptions)
print(eg.split(ValueError)); print(eg.subgroup(lambda e: isinstance(e, KeyError)))
print(type(BaseExceptionGroup('a', [ValueError()])), type(BaseExceptionGroup('a', [KeyboardInterrupt()])))
for a in [('a',), (1, [ValueError()]), ('a', []), ('a', [1]), ('a', 5), ('a', [KeyboardInterrupt()])]:
    try: ExceptionGroup(*a)
    except Exception as e: print(type(e).__name__, e)
class G(ExceptionGroup):
    def derive(self, excs): return G('d', excs)
print(G('x', [OSError("a")]).split(OSError), G.__mro__)
try: eg.message = 3
except AttributeError as e: print(e)
raise eg
