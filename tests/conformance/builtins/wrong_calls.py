import sys
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except BaseException as e: print(type(e).__name__, e)
t(print, 1, sep=3); t(print, 1, end=b''); t(print, 1, foo=2); t(print, 'a', 'b', sep=None, end=None, file=None, flush=1)
t(len); t(len, 1, 2); t(len, x=1); t(len, 5)
t(id); t(hash, []); t(hash, -1)
t(abs, 'x'); t(abs, -3); t(abs, -2.5); t(abs, 3+4j)
t(sum, [1,2,3]); t(sum, [0.1]*10); t(sum, ['a']); t(sum, [], 'a'); t(sum, [[1],[2]], []); t(sum, 5); t(sum, [1], start=5); t(sum, [1.5, 2, 2**70]); t(sum, [1e308, 1e308, -1e308]); t(sum, [True, 2]); t(sum,[1,2.5,3j]);
t(sum); t(sum, [b'a'], b''); t(sum, [1, None])
t(min); t(min, []); t(max, [], default=3); t(max, 1, 2, default=3); t(max, 1); t(min, [3,1,2], key=lambda x: -x); t(max, 'abc', key=None); t(min, 1, 'a'); t(min, [1], foo=2); t(max, 3, 1, 2, key=abs)
t(sorted, [3,1,2], reverse=True); t(sorted); t(sorted, [1], 2); t(sorted, [1], foo=3); t(sorted, 5); t(sorted, 'hello', key=ord)
t(all, [1, 0]); t(any, [0, '']); t(all, []); t(any, 5); t(all)
t(iter); t(iter, 5); t(iter, 1, 2); t(next, 5); t(next, iter([])); t(next, iter([]), 'd'); t(next)
t(callable, print); t(callable, 3); t(callable, int)
t(chr, 65); t(chr, -1); t(chr, 0x110000); t(chr, 'a'); t(chr, 1.5); t(chr, 2**70); t(ord, 'a'); t(ord, 'ab'); t(ord, b'a'); t(ord, b'ab'); t(ord, 5); t(ord, '')
t(bin, 5); t(bin, -5); t(hex, 255); t(oct, 8); t(hex, 1.5); t(bin, 2**70); t(hex, True)
t(round, 2.5); t(round, 3.5); t(round, 2.675, 2); t(round, 1234, -2); t(round, 'x'); t(round, 1.5, None); t(round, number=2.5); t(round, 1.5, 'a'); t(round)
t(pow, 2, 3); t(pow, 2, -1); t(pow, 2, 3, 5); t(pow, 2, -1, 5); t(pow, 2, 3, 0); t(pow, 'a', 2); t(pow, 2.0, 3, 5); t(pow, base=2, exp=3); t(pow, 2)
t(divmod, 7, 3); t(divmod, -7, 3); t(divmod, 7, 0); t(divmod, 7.5, 2); t(divmod, 'a', 2); t(divmod, 1)
t(format, 5, 'x'); t(format, 5, 3); t(format, 'a', '>5'); t(format, [], 'x'); t(format, 3.14159, '.2f'); t(format); t(format, None)
t(getattr, 5, 'real'); t(getattr, 5, 'foo'); t(getattr, 5, 'foo', 3); t(getattr, 5, 6); t(getattr, 5); t(hasattr, 5, 'real'); t(hasattr, 5, 3); t(setattr, 5, 'x', 3); t(setattr, 5, 3, 3); t(delattr, 5, 'x'); t(delattr, 5)
t(dir, 5, 6); print(dir(type('X', (), {'a': 1}))[-3:]); t(vars, 5); t(vars, 5, 6); t(globals, 1); t(locals, 1)
class A:
    x = 1
t(lambda: sorted(vars(A))); a = A(); a.y = 2; t(vars, a)
def f(p, q=2):
    z = 3
    print(locals(), dir(), vars(), 'f' in globals())
f(1)
t(isinstance, 1); t(isinstance, 1, int, 3); t(issubclass, int, (str, object)); t(isinstance, 1, [int]); t(isinstance, 1, ())
t(repr); t(ascii, 'é€😀\n'); t(repr, 'é'); t(ascii, [1, 'é'])
t(compile, '1+', 'f', 'eval'); t(compile, '1', 'f', 'foo'); t(compile, 1, 'f', 'exec'); t(compile, '1', 5, 'exec'); t(compile); t(eval, '1+1'); t(eval, '  1+1'); t(eval, 'x', {'x': 5}); t(eval, 'x', {}, {'x': 6}); t(eval, 5); t(eval, '1', 5); t(eval, '1', {}, 5); t(exec, '1', 5); t(exec, 'x=1', {}, 5); t(exec, 5); t(exec)
g = {}; exec('a = 1\ndef f(): return a', g); print(sorted(g), g['f'](), type(g['__builtins__']))
t(eval, compile('a+1', 'x', 'eval'), {'a': 2}); t(exec, compile('print("hi")', 'x', 'exec'))
exec(compile('1+1\n', 'x', 'single')); 
def cl():
    n = 1
    def inner(): return n
    return inner
t(exec, cl().__code__); t(eval, b'1+2'); t(eval, '\t3')
t(__import__, 'nope'); t(__import__, 5); t(__import__, 'sys', level=-1); t(__import__, ''); t(__import__, 'x', level=1)
t(type); t(type, 1, 2); t(type, 'X', (), {}); t(type, 1, (), {}); t(type, 'X', 3, {}); t(type, 'X', (), 3); t(type, 'X', (5,), {}); t(type, 'X', (bool,), {}); 
t(object, 1); t(int, 'z'); t(range, 'a'); t(enumerate, 5); t(zip, 1); t(map, 1); t(map, len); t(filter, None, [0, 1]); t(reversed, 5); t(slice); t(super); t(staticmethod); t(property, 1)
t(lambda: input()); t(bool, 1, 2); t(print.__name__); print(print, len, [].append)
t(__build_class__); t(__build_class__, 1, 2); t(__build_class__, f, 2)
t(lambda: (lambda x: x)(1, 2)); t(lambda: f()); t(lambda: f(1, 2, 3, 4)); t(lambda: f(1, z=2))
