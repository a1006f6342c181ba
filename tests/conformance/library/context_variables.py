# Context variables, tokens and contexts.
import contextvars
import sys

v = contextvars.ContextVar('v', default=1)
w = contextvars.ContextVar('w')
print(v.get(), w.get('none'), v.name)
try:
    w.get()
except LookupError as e:
    print(type(e).__name__, e.args[0] is w)
t = v.set(2)
print(v.get(), t.var is v, t.old_value is contextvars.Token.MISSING)
t2 = v.set(3)
print(t2.old_value)
v.reset(t2)
print(v.get())
for bad in [lambda: v.reset(t2), lambda: w.reset(t), lambda: contextvars.Token(), lambda: contextvars.ContextVar(3)]:
    try:
        bad()
    except (RuntimeError, ValueError, TypeError) as e:
        print(type(e).__name__, str(e).split(' at 0x')[0][:40])
c = contextvars.copy_context()
print(c[v], v in c, w in c, len(c), c.get(w), [x.name for x in c], dict(c.items()) == {v: 2})


def inside():
    v.set('inside')
    return v.get(), c.get(v)


print(c.run(inside), v.get(), c[v])
try:
    c.run(lambda: c.run(print))
except RuntimeError as e:
    print('already entered' in str(e))
value = []
n = sys.getrefcount(value)
token = w.set(value)
print(sys.getrefcount(value) - n)
w.reset(token)
print(sys.getrefcount(value) - n)
