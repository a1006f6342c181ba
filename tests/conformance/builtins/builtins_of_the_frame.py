# __reduce__ of iterators asks the running frame's builtins.
import types

code = compile("x.__reduce__()", "test", "eval")
try: eval(code, {'__builtins__': types.MappingProxyType({}), 'x': iter([1, 2])})
except AttributeError as e: print(e)
print(eval(code, {'__builtins__': types.MappingProxyType({'iter': iter}), 'x': iter([1, 2])}))
