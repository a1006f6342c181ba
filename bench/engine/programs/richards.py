# A small operating system in simulation: tasks with states, packets in queues, a device for each kind of packet.
IDLE, WORKER, HANDLER, DEVICE = range(4)


class Packet:
    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.datum = 0
        self.data = [0] * 4

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class State:
    def __init__(self):
        self.pending = False
        self.waiting = False
        self.holding = False

    def blocked(self):
        return self.holding or (not self.pending and self.waiting)


class Task(State):
    def __init__(self, system, ident, priority, queue):
        super().__init__()
        self.system = system
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.pending = queue is not None
        system.add(self)

    def receive(self, packet, sender):
        if self.queue is None:
            self.queue = packet
            self.pending = True
            if self.priority > sender.priority:
                return self
        else:
            packet.append_to(self.queue)
        return sender

    def step(self):
        packet = None
        if self.waiting and self.pending:
            packet = self.queue
            self.queue = packet.link
            packet.link = None
            self.waiting = False
            self.pending = self.queue is not None
        return self.work(packet)

    def wait(self):
        self.waiting = True
        return self

    def hold(self):
        self.system.holds += 1
        self.holding = True
        return self.system.after(self)

    def send(self, packet):
        task = self.system.tasks[packet.ident]
        self.system.sent += 1
        packet.link = None
        packet.ident = self.ident
        return task.receive(packet, self)


class Idle(Task):
    def __init__(self, system, rounds):
        super().__init__(system, 0, 0, None)
        self.bits = 1
        self.rounds = rounds

    def work(self, packet):
        self.rounds -= 1
        if self.rounds == 0:
            return self.hold()
        if self.bits & 1:
            self.bits = self.bits >> 1 ^ 0xD008
            return self.system.release(4)
        self.bits >>= 1
        return self.system.release(5)


class Worker(Task):
    def __init__(self, system):
        super().__init__(system, 1, 1000, Packet(Packet(None, 1, WORKER), 1, WORKER))
        self.target = 2
        self.letter = 0

    def work(self, packet):
        if packet is None:
            return self.wait()
        self.target = 5 - self.target
        packet.ident = self.target
        packet.datum = 0
        for i in range(4):
            self.letter = self.letter % 26 + 1
            packet.data[i] = 64 + self.letter
        return self.send(packet)


class Handler(Task):
    def __init__(self, system, ident, priority):
        queue = None
        for _ in range(3):
            queue = Packet(queue, ident + 2, DEVICE)
        super().__init__(system, ident, priority, queue)
        self.works = None
        self.devices = None

    def work(self, packet):
        if packet is not None:
            if packet.kind == WORKER:
                self.works = packet.append_to(self.works)
            else:
                self.devices = packet.append_to(self.devices)
        work = self.works
        if work is None:
            return self.wait()
        at = work.datum
        if at >= 4:
            self.works = work.link
            work.ident = 1
            return self.send(work)
        device = self.devices
        if device is None:
            return self.wait()
        self.devices = device.link
        device.datum = work.data[at]
        device.ident = self.ident + 2
        work.datum = at + 1
        return self.send(device)


class Device(Task):
    def __init__(self, system, ident, priority):
        super().__init__(system, ident, priority, None)
        self.busy = None

    def work(self, packet):
        if packet is None:
            packet = self.busy
            if packet is None:
                return self.wait()
            self.busy = None
            packet.ident = self.ident - 2
            return self.send(packet)
        self.busy = packet
        return self.hold()


class System:
    def __init__(self):
        self.tasks = [None] * 6
        self.order = []
        self.holds = 0
        self.sent = 0

    def add(self, task):
        self.tasks[task.ident] = task
        self.order.insert(0, task)

    def after(self, task):
        at = self.order.index(task) + 1
        return self.order[at] if at < len(self.order) else None

    def release(self, ident):
        task = self.tasks[ident]
        task.holding = False
        return task if task.priority > 0 else self.tasks[0]

    def run(self):
        task = self.order[0]
        steps = 0
        while task is not None:
            steps += 1
            if task.blocked():
                task = self.after(task)
            else:
                task = task.step()
        return steps


def simulate(rounds):
    system = System()
    Idle(system, rounds)
    Worker(system)
    Handler(system, 2, 2000)
    Handler(system, 3, 3000)
    Device(system, 4, 4000)
    Device(system, 5, 5000)
    return system.run(), system.holds, system.sent


print(simulate(24000))
