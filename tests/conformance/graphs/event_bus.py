# An event bus that holds its listeners strongly, then by WeakMethod: who is kept alive by whom.
import sys
import weakref


class Bus:
    def __init__(self):
        self.listeners = []

    def subscribe(self, listener):
        self.listeners.append(listener)

    def emit(self, event):
        for listener in list(self.listeners):
            listener(event)


class WeakBus(Bus):
    def subscribe(self, listener):
        self.listeners.append(weakref.WeakMethod(listener, self.listeners.remove))

    def emit(self, event):
        for ref in list(self.listeners):
            listener = ref()
            if listener is not None:
                listener(event)


class Widget:
    def __init__(self, name, bus):
        self.name = name
        bus.subscribe(self.on_event)

    def on_event(self, event):
        print(self.name, 'got', event)

    def __del__(self):
        print('del', self.name)


for bus in (Bus(), WeakBus()):
    print(type(bus).__name__)
    a, b = Widget('a', bus), Widget('b', bus)
    print(sys.getrefcount(a), len(bus.listeners))
    bus.emit('first')
    del a
    print('a is dropped')
    bus.emit('second')
    print(len(bus.listeners))
    del b
    bus.listeners.clear()
    print('cleared')
