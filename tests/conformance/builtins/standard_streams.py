import sys
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except BaseException as e: print(type(e).__name__, e)
print(sys.stdout.encoding, sys.stdout.name, sys.stdout.isatty(), sys.stdout.fileno(), sys.stdout.writable(), sys.stdout.readable(), sys.stdout.closed, sys.stdout.mode)
t(sys.stdout.write, 5); t(sys.stdout.write, 'abc\n'); t(sys.stdout.writelines, ['a', 'b\n']); t(sys.stdout.flush)
class W:
    def __init__(self): self.d = []
    def write(self, s): self.d.append(s); return len(s)
    def flush(self): self.d.append('FLUSH')
w = W()
old = sys.stdout; sys.stdout = w
print('a', 1, [2], sep='-'); print(); print('x', end='', flush=True)
sys.stdout = old
print(w.d)
print('to w', file=w); print(w.d[-2:])
t(print, 1, file=5)
sys.stdout = None; print('nothing'); sys.stdout = old
del sys.stdout
try: print('a')
except RuntimeError as e: sys.stdout = old; print(e)
sys.displayhook(5); sys.displayhook(None); print(_)
