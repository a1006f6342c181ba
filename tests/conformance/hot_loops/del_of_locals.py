# Locals are deleted and bound again inside hot loops; the count and the moment of death are the same each time.
import sys


class Node:
    died = 0

    def __init__(self, n):
        self.n = n

    def __del__(self):
        Node.died += 1


def rebind(rounds):
    died = []
    for i in range(rounds):
        node = Node(i)
        other = node
        if i % 60 == 0:
            died.append((Node.died, sys.getrefcount(node)))
        del node
        if i % 60 == 0:
            died.append((Node.died, sys.getrefcount(other)))
        del other
    return died, Node.died


print(rebind(181))


def sometimes(rounds):
    errors = 0
    message = None
    for i in range(rounds):
        if i % 10:
            value = i
        try:
            value += 1
            del value
        except UnboundLocalError as error:
            errors += 1
            message = str(error)
    return errors, message


print(sometimes(200))


def late(rounds):
    x = 'bound'
    for i in range(rounds):
        if i == rounds - 2:
            del x
        x
    return 'not reached'


try:
    late(100)
except UnboundLocalError as error:
    print(error)


def cells(rounds):
    out = []
    for i in range(rounds):
        captured = Node(i)

        def read():
            return captured.n

        if i % 50 == 7:
            out.append(read())
            del captured
            try:
                read()
            except NameError as error:
                out.append(str(error))
    return out


print(cells(120))
for n in range(100):
    if n % 2:
        item = n
    else:
        try:
            del item
        except NameError as error:
            if n < 2:
                print(error)
print('item' in globals(), Node.died)
