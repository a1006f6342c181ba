# category: memory
# description: Very deep chains of containers die in another order from the 400th level on.
# cause: CPython puts a deallocation aside (the "trashcan") when the C stack runs low, which is thousands of levels down
#   and depends on the build; we do so at a fixed depth that fits every browser's stack.
# workaround: None needed: all die, at the same moment, and each count is right.
# cpython: [0, 1]
# heapbook: [601, 602]
class Node:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        died.append(self.number)


died = []
chain = None
for number in range(1000):
    chain = (Node(number), chain)
del chain
print(died[:2])
