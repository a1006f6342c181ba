# A generator that is dropped inside with and try blocks leaves them in order, innermost first.
class Manager:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print('enter', self.name)
        return self

    def __exit__(self, kind, value, tb):
        print('exit', self.name, kind and kind.__name__)

    def __del__(self):
        print('del', self.name)


def worker():
    with Manager('outer'):
        try:
            with Manager('inner') as inner:
                yield inner.name
                yield 'second'
        finally:
            print('finally')
    print('not reached')


g = worker()
print(next(g))
del g
print('dropped')
g = worker()
next(g)
g.close()
print('closed', g.gi_frame, g.gi_running)
g = worker()
next(g)
try:
    g.throw(KeyError('thrown'))
except KeyError as error:
    print('came out', error)
g = worker()
del g
print('never started')


def stubborn():
    try:
        yield 1
    finally:
        yield 'in finally'


g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)
try:
    print(next(g, 'over'))
except GeneratorExit as error:
    print(repr(error))


def swallows():
    try:
        yield 1
    except GeneratorExit:
        return 'returned'


g = swallows()
next(g)
print(g.close())
