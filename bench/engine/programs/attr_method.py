# Attributes read and written, methods called on instances of three related classes.
class Account:
    def __init__(self, owner, balance):
        self.owner = owner
        self.balance = balance
        self.moves = 0

    def add(self, amount):
        self.balance = self.balance + amount
        self.moves += 1
        return self

    def fee(self):
        return 1

    def settle(self):
        self.balance -= self.fee()
        return self.balance


class Savings(Account):
    rate = 3

    def fee(self):
        return self.rate & 1


class Student(Savings):
    def fee(self):
        return 0 if self.moves & 3 else Savings.fee(self)


def run(rounds):
    accounts = [Account('a', 100), Savings('b', 200), Student('c', 300)]
    total = 0
    for i in range(rounds):
        for account in accounts:
            account.add(i & 7).add(1)
            total = (total + account.settle()) & 0xFFFFFF
    return total, [account.moves for account in accounts]


print(run(100000))
