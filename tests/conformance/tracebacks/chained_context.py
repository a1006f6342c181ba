def read():
    return {}['setting']

try:
    read()
except KeyError:
    int('not a number')
