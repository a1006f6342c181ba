# Locks of the one thread, thread-local data, functions for the end.
import _thread
import atexit
import signal
import threading

lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01))
lock.release()
try:
    lock.release()
except RuntimeError as e:
    print(e)
with lock:
    print(lock.locked())
r = threading.RLock()
print(r.acquire(), r.acquire(), r._is_owned())
r.release()
r.release()
try:
    r.release()
except RuntimeError as e:
    print(e)
for bad in [lambda: lock.acquire(False, 1), lambda: lock.acquire(timeout=-2)]:
    try:
        bad()
    except ValueError as e:
        print(e)


class Local(threading.local):
    shared = []

    def __init__(self, x):
        self.x = x


a = Local(5)
print(a.x, a.__dict__, threading.local().__dict__)
try:
    a.__dict__ = {}
except AttributeError as e:
    print(e)
try:
    threading.local(1)
except TypeError as e:
    print(e)
print(threading.current_thread() is threading.main_thread(), threading.active_count(), threading.main_thread().name)
e = threading.Event()
print(e.wait(0.01), e.set(), e.wait())
print(_thread.LockType is type(lock), signal.getsignal(signal.SIGINT) is signal.default_int_handler)
atexit.register(print, 'first registered, last called')
atexit.register(print, 'a', 'b', sep='-')


@atexit.register
def fails():
    print('fails')
    raise ValueError('at exit')


atexit.unregister(len)
print('end')
