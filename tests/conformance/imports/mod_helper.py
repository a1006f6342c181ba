print('running', __name__)
value = 1
items = []
_private = 'hidden'
def add(x):
    items.append(x)
    return len(items)
