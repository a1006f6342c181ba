def echo():
    received = None
    while True:
        try:
            received = yield received
        except ValueError as e:
            received = 'caught ' + str(e)
        finally:
            print('step')
g = echo()
print(next(g), g.send('a'), g.throw(ValueError('v')))
g.close()
try:
    g.send(1)
except StopIteration:
    print('closed')
h = echo()
try:
    h.send('too early')
except TypeError as e:
    print(e)
