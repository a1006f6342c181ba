# Warnings: filters, registries, once and always, warnings that are errors, and those of the compiler.
import sys
import warnings


def shown(message, category, filename, lineno, file=None, line=None):
    print(category.__name__, message, lineno)


warnings.showwarning = shown
for i in range(2):
    warnings.warn('default once a place')
    warnings.warn('hidden', ImportWarning)
warnings.simplefilter('always')
for i in range(2):
    warnings.warn('each time', ResourceWarning)
warnings.simplefilter('once')
warnings.warn('only once')
warnings.warn('only once')
warnings.filterwarnings('ignore', message='quiet.*')
warnings.warn('quiet please')
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try:
        warnings.warn('raised', DeprecationWarning)
    except DeprecationWarning as e:
        print(repr(e))
    try:
        eval('1 is 1')
    except SyntaxError as e:
        print(e.msg)
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    compile('"\\d"', 'made', 'eval')
    warnings.warn_explicit('told', UserWarning, 'some.py', 12)
    print([(w.category.__name__, str(w.message), w.filename, w.lineno) for w in log])


def deeper():
    warnings.warn('from the caller', stacklevel=2)


warnings.simplefilter('always')
deeper()
for bad in [lambda: warnings.warn('x', int), lambda: warnings.warn('x', stacklevel='a')]:
    try:
        bad()
    except TypeError as e:
        print(e)
print(warnings.filters[0][0], sys.modules['warnings'] is warnings)
