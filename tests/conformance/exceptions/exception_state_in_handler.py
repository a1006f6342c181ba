import sys
print(sys.exc_info(), sys.exception())
try:
    raise ValueError('v')
except ValueError as error:
    print(sys.exception() is error, sys.exc_info()[0].__name__)
    try:
        raise KeyError('k')
    except KeyError:
        print(type(sys.exception()).__name__)
    print(type(sys.exception()).__name__)
print(sys.exception())
