# One attribute access in a hot loop meets instance values, class values, properties, slots, dicts and __getattr__.
class Plain:
    def __init__(self, x):
        self.x = x


class OnClass:
    x = 'class'


class Slotted:
    __slots__ = ('x',)

    def __init__(self, x):
        self.x = x


class Computed:
    reads = 0

    @property
    def x(self):
        Computed.reads += 1
        if Computed.reads == 2:
            raise AttributeError('second read')
        return 'computed'


class Fallback:
    def __getattr__(self, name):
        return 'fallback ' + name


class Override(Plain):
    def __getattribute__(self, name):
        return 'got ' + name


class Empty:
    pass


def read(objects):
    out = {}
    for o in objects:
        try:
            value = o.x
        except AttributeError as error:
            value = str(error)
        if not isinstance(value, int):
            out.setdefault(type(o).__name__, []).append(value)
    return out


objects = [Plain(i) for i in range(100)]
objects += [OnClass(), Slotted('slot'), Computed(), Computed(), Fallback(), Override('y'), Empty(), Plain('last')]
deleted = Plain(1)
del deleted.x
shadow = OnClass()
shadow.x = 'instance'
through_dict = Plain(1)
through_dict.__dict__['x'] = 'by dict'
other_dict = Plain(1)
other_dict.__dict__ = {'x': 'other dict'}
many = Plain(1)
for i in range(40):
    setattr(many, 'a%d' % i, i)
many.x = 'many'
objects += [deleted, shadow, through_dict, other_dict, many, OnClass]
for name, values in read(objects).items():
    print(name, values)


def write(objects, rounds):
    done = []
    for i in range(rounds):
        o = objects[i % len(objects)]
        try:
            o.x = i
            o.x += 1
        except (AttributeError, TypeError) as error:
            done.append((i, str(error)))
    return done


print(write([Plain(0)], 100))
print(write([Plain(0), Slotted(0), Empty(), Computed(), 5, many, other_dict], 21))


def class_changes(rounds):
    o = OnClass()
    seen = []
    for i in range(rounds):
        if i == 80:
            OnClass.x = 'changed'
        if i == 90:
            OnClass.x = property(lambda self: 'property now')
        if i == 100:
            del OnClass.x
        if i == 110:
            OnClass.__getattr__ = lambda self, name: name * 2
        if i == 120:
            o.__class__ = Fallback
        try:
            value = o.x
        except AttributeError as error:
            value = error.name
        if not seen or seen[-1] != value:
            seen.append(value)
    return seen


print(class_changes(130))
