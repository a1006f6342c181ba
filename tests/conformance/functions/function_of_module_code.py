# A function made of a module's code has its names in its globals.
import types

co = compile('x = 1\ny = x + 1\nprint(sorted(locals())[:1])\ndef g(): return x\nclass K: pass', 'f', 'exec')
g = {}
f = types.FunctionType(co, g); f(); print(g['y'], g['g'](), g['K'])

try:
    1 / 0
except ZeroDivisionError as e:
    print(dir(e.__traceback__))
