# A linked list of instances: built, reversed, searched, spliced and dropped.
class Link:
    def __init__(self, value, next):
        self.value = value
        self.next = next


def build(n):
    head = None
    for i in range(n):
        head = Link(i, head)
    return head


def reverse(head):
    before = None
    while head is not None:
        after = head.next
        head.next = before
        before, head = head, after
    return before


def drop_every_third(head):
    node = head
    i = 0
    while node.next is not None:
        i += 1
        if i % 3 == 0:
            node.next = node.next.next
        else:
            node = node.next
        if node.next is None:
            break
    return head


def total(head):
    s = 0
    while head is not None:
        s += head.value
        head = head.next
    return s


def run(rounds, n):
    result = 0
    for _ in range(rounds):
        head = drop_every_third(reverse(build(n)))
        result = (result + total(head)) & 0xFFFFFFF
    return result


print(run(300, 1000))
