class Node:
    def __init__(self, n, next):
        self.n = n
        self.next = next
    def __del__(self):
        order.append(self.n)
order = []
chain = None
for i in range(300):
    chain = Node(i, chain)
chain = None
print(len(order), order[:3], order[-3:], order == sorted(order, reverse=True))
